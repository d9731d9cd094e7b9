"""What the sync engine and the session need from others, as Protocols, and the data that passes through them.

StoreError                     the disk did not do what it was asked; the environment's fault, not a bug
├── DiskFullError              no room, or no more writes are taken
├── NewerSchemaError           the file was written by a newer version of this app
└── CorruptStoreError          the file is damaged; at the next opening it is set aside and its outbox saved
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - named tuples are looked into at run time.
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

from triluna_desktop.domain.models import Entry, Item, Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.remote import (
        ConflictingSlot,
        RemoteCalendar,
        RemoteEntry,
        RemotePattern,
        Trouble,
    )

T = TypeVar("T")

SYNCED = "last_synced"
"""The note of when the polled window was read last, ISO 8601."""


class CalendarApi(Protocol):
    """The seven endpoints. Each coroutine raises `domain.remote.RemoteError` and nothing else.

    A create or a replace returns None where the server said yes with an empty body: read again to learn the id.
    """

    async def read_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        """The entries from ``first`` to ``last``, both included; with their patterns where asked for.

        ``in_background``: nobody waits for it; raises KeptForEditsError where it would take what edits may need.
        """
        ...

    async def create_entry(self, entry: Entry) -> RemoteEntry | None: ...

    async def replace_entry(self, server_id: int, entry: Entry) -> RemoteEntry | None: ...

    async def delete_entry(self, server_id: int) -> None: ...

    async def read_patterns(self) -> tuple[RemotePattern, ...]: ...

    async def create_pattern(self, pattern: Pattern) -> RemotePattern | None: ...

    async def delete_pattern(self, server_id: int) -> None: ...


class OpKind(Enum):
    """What a queued operation asks of the server."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class OpState(Enum):
    """Where a queued operation stands. DONE ones are removed; SENDING becomes UNCERTAIN at start-up."""

    PENDING = "pending"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    BLOCKED_AUTH = "blocked_auth"
    DONE = "done"


class Phase(Enum):
    """How far the change of a pattern has come. The API has no PUT for one, so it is a create and a delete."""

    NONE = ""
    """Of every other operation; and of this one before its first request."""
    CREATING = "creating"
    """The new one is being created beside the old."""
    REMOVING = "removing"
    """The new one stands (`Op.new_id`); the old one is being deleted."""
    CLEARING = "clearing"
    """The server lets only one of them stand, so the old one is being deleted first."""
    FILLING = "filling"
    """The old one is gone; the new one is being created."""
    RESTORING = "restoring"
    """The new one was refused for good; the old one is being put back."""


IN_FLIGHT = frozenset({OpState.SENDING, OpState.UNCERTAIN})
"""States in which the server may or may not have carried the operation out. In all others it surely has not."""

FAILED = frozenset({OpState.CONFLICT, OpState.REJECTED})
"""States in which the user decides what happens next."""


@dataclass(frozen=True, slots=True)
class Op:
    """One queued operation: a row of the outbox, and what is known about its sending.

    Waiting times are not kept here: they are counted by the monotonic clock of a run, and begin anew at start.
    """

    id: int
    """Its place in the queue; 0 until it is written."""
    kind: OpKind
    item: Item
    """What shall be on the server; of a delete, what shall go."""
    base: Item | None
    """What was there when it was queued, with its server id; None for a create."""
    queued_at: int
    """The store's revision that its queueing made: a read begun at this revision or later began after it."""
    state: OpState = OpState.PENDING
    attempt: int = 0
    """How often it may have reached the server."""
    started_at: float | None = None
    """Seconds since the epoch at which it was last sent."""
    baseline: frozenset[int] | None = None
    """Of a create: the ids that stood on its date (of a pattern: all) before it was first sent."""
    baseline_skipped: int = 0
    """How many rows of that reply could not be read."""
    waits_for: int | None = None
    """Another operation that must end, whichever way, before this one is tried."""
    trouble: Trouble | None = None
    message: str = ""
    conflicts: tuple[ConflictingSlot, ...] = ()
    phase: Phase = Phase.NONE
    new_id: int | None = None
    """Of a pattern's change: the id that the new one got."""
    batch: int | None = None
    """The bulk edit that it is a part of."""

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key

    @property
    def outcome(self) -> Item | None:
        """What the item is once this is carried out."""
        return None if self.kind is OpKind.DELETE else self.item


class OpHead(NamedTuple):
    """The first queued operation of an item: the only one of the item that may be sent."""

    id: int
    key: str
    kind: OpKind
    state: OpState
    waits_for: int | None


class EntryRow(NamedTuple):
    """An entry that the server is known to hold. From ``date`` on it is `Entry.content`."""

    key: str
    server_id: int
    revision: int
    """The store's revision when the row was last written; 0 in a row to be written."""
    date: date
    start: int
    end: int
    is_available: bool
    title: str
    notes: str

    def item(self) -> Entry:
        """The entry."""
        key, server_id, _, day, start, end, is_available, title, notes = self
        return Entry(key, day, start, end, is_available, title, notes, server_id)


class PatternRow(NamedTuple):
    """A pattern that the server is known to hold. From ``weekday`` on it is `Pattern.content`."""

    key: str
    server_id: int
    revision: int
    weekday: int
    start: int
    end: int
    is_available: bool
    title: str

    def item(self) -> Pattern:
        """The pattern."""
        key, server_id, _, weekday, start, end, is_available, title = self
        return Pattern(key, weekday, start, end, is_available, title, server_id)


Row: TypeAlias = EntryRow | PatternRow


class SendState(Enum):
    """What the screen says of an item: is what it shows on the server?"""

    SENT = "sent"
    PENDING = "pending"
    CONFIRMING = "confirming"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    BLOCKED_AUTH = "blocked_auth"


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as the screen shows it: the last confirmed state with the unsent edits on top.

    ``confirmed`` is what the server is known to hold, None for what was never there. The others tell of a refusal:
    ``message`` is the server's own word on it, ``trouble`` its kind, ``conflicts`` the slots that the server
    named, and ``base`` what the item was when it was changed here. ``exposed``: weekly hours that were blocked, of
    which neither the old nor the new version stands on the server just now, so that callers may book them.
    """

    item: Item
    state: SendState = SendState.SENT
    confirmed: Item | None = None
    message: str = ""
    trouble: Trouble | None = None
    conflicts: tuple[ConflictingSlot, ...] = ()
    base: Item | None = None
    exposed: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, so that views refresh just that. ``dates`` None means any date may have."""

    dates: frozenset[date] | None = frozenset()
    patterns: bool = False
    status: bool = False


@dataclass(frozen=True, slots=True)
class ShrinkWarning:
    """The server's replies agree that many rows are gone. Nothing is dropped until the user says so."""

    missing: int
    known: int


class Actor(Enum):
    """Who changed something."""

    THIS_APP = "this_app"
    """The user, here."""
    ELSEWHERE = "elsewhere"
    """Somebody else: it came with a read of the server."""
    SYNC = "sync"
    """The merge of a change here with one elsewhere."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of one item; ``at`` in seconds since the epoch. No ``before``: created. No ``after``: deleted."""

    id: int
    at: float
    actor: Actor
    before: Item | None
    after: Item | None

    @property
    def key(self) -> str:
        """The item's key."""
        item = self.after if self.after is not None else self.before
        assert item is not None  # noqa: S101 - a change has at least one side.
        return item.key


class BatchState(NamedTuple):
    """How far a bulk edit has come, counted in changes."""

    id: int
    total: int
    left: int
    """Not known to be on the server; those that the server refused among them."""
    failed: int
    """Refused: the user decides what becomes of them."""

    @property
    def done(self) -> int:
        """How many are settled: on the server, or needing no request."""
        return self.total - self.left

    @property
    def is_running(self) -> bool:
        """Whether something is still to be sent."""
        return self.left > self.failed


class Counts(NamedTuple):
    """How many items have queued operations, and of how many the user must decide."""

    unsent: int
    needs_decision: int


Marked: TypeAlias = tuple[int, int, bool]
"""A stretch that is marked: its first minute, the one after its last, and whether it is available."""


class Side(NamedTuple):
    """What is marked on dates, and every week on weekdays (0 is Sunday)."""

    entries: Mapping[date, tuple[Marked, ...]]
    patterns: Mapping[int, tuple[Marked, ...]]


class Sides(NamedTuple):
    """Of the dates that unsent edits touch, what the server is known to hold and what is wanted."""

    dates: tuple[date, ...]
    """In order; none where nothing is unsent."""
    confirmed: Side
    wanted: Side


class StoreError(Exception):
    """The store on disk did not do what it was asked. The environment's fault, not a bug."""


class DiskFullError(StoreError):
    """There is no room left on the disk, or it takes no more writes."""


class NewerSchemaError(StoreError):
    """The file was written by a newer version of this app; it is left as it is."""


class CorruptStoreError(StoreError):
    """The file is damaged."""


class Transaction(Protocol):
    """What a callable given to `CalendarStore.run` works with. All of it is committed, or none."""

    @property
    def revision(self) -> int:
        """The revision under which this transaction writes. Asking for it makes one."""
        ...

    def entries(self, first: date, last: date) -> list[EntryRow]:
        """The confirmed entries of the dates, both included."""
        ...

    def entries_with_ids(self, ids: Collection[int]) -> list[EntryRow]:
        """The confirmed entries with these server ids, of whatever date."""
        ...

    def patterns(self) -> list[PatternRow]: ...

    def row(self, key: str) -> Row | None:
        """The confirmed state of an item."""
        ...

    def lent_keys(self) -> frozenset[str]:
        """The keys that look as if made of a server id, and belong to a row that by now has another id."""
        ...

    def put_entries(self, rows: Iterable[EntryRow]) -> None:
        """Write confirmed entries, under a new revision."""
        ...

    def put_patterns(self, rows: Iterable[PatternRow]) -> None: ...

    def drop_rows(self, keys: Iterable[str]) -> None: ...

    def bury(self, row: Row) -> None:
        """Drop a row that this app deleted, and remember its id until the next start."""
        ...

    def buried(self, since: int) -> tuple[frozenset[int], frozenset[int]]:
        """The ids of entries, and of patterns, that were buried after the revision ``since``."""
        ...

    def ops(self) -> list[Op]:
        """All queued operations, in order."""
        ...

    def ops_of(self, key: str) -> list[Op]:
        """The queued operations of one item, in order."""
        ...

    def op(self, op_id: int) -> Op | None: ...

    def heads(self) -> list[OpHead]:
        """The first queued operation of each item, in order."""
        ...

    def put_op(self, op: Op) -> Op:
        """Write an operation; a new one (id 0) goes to the end of the queue. Returns it with its id."""
        ...

    def drop_op(self, op_id: int) -> None:
        """Remove an operation, and let those go that wait for it."""
        ...

    def release(self, op_id: int) -> None:
        """Let those go that wait for an operation."""
        ...

    def loaded(self, first: date, last: date) -> list[tuple[date, date]]:
        """The stretches of dates that were read before and share a date with these; all ends included."""
        ...

    def add_loaded(self, first: date, last: date) -> None:
        """Remember that these dates were read from the server."""
        ...

    def note(self, name: str) -> str | None:
        """A remembered word about the server, such as whether it refuses overlaps."""
        ...

    def set_note(self, name: str, value: str) -> None: ...

    def record_request(self, at: float, kind: str) -> None:
        """Write down a request, ``at`` in seconds since the epoch; those older than a day are forgotten."""
        ...

    def requests_since(self, at: float) -> list[float]:
        """When requests were made after ``at``, oldest first."""
        ...

    def shift_requests(self, by: float, latest: float) -> None:
        """The wall clock was set: move the times of all requests, none of them beyond ``latest``."""
        ...

    def add_batch(self, edit: Edit, at: float) -> int:
        """Remember a bulk edit, made ``at`` seconds since the epoch; returns the id for `Op.batch`."""
        ...

    def batch_edit(self, batch: int) -> Edit | None: ...

    def drop_batch(self, batch: int) -> None:
        """Forget a bulk edit; what is left of it goes on by itself."""
        ...

    def add_history(self, at: float, actor: Actor, before: Item | None, after: Item | None) -> None:
        """Keep in the history what a change replaced; ``at`` in seconds since the epoch. Kept for 90 days."""
        ...

    def add_history_of(self, at: float, actor: Actor, changes: Iterable[tuple[Item | None, Item | None]]) -> None:
        """As `add_history`, of many changes ``(before, after)`` at once."""
        ...


class CalendarStore(Protocol):
    """Cache and outbox on disk: one writer thread, and quick reads on the caller's.

    Every method may raise `StoreError`.
    """

    @property
    def revision(self) -> int:
        """Grows with each write of confirmed rows and with each queued operation."""
        ...

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` on the writer thread in one transaction that is on disk when this returns.

        Cancelling the caller does not undo what has begun.
        """
        ...

    def entry_views(self, first: date, last: date) -> tuple[ItemView, ...]:
        """The entries of the dates, both included, as shown; by date, start, end and key."""
        ...

    def pattern_views(self) -> tuple[ItemView, ...]:
        """All patterns as shown; by weekday, start, end and key."""
        ...

    def item_view(self, key: str) -> ItemView | None: ...

    def dates_with_entries(self, first: date, last: date) -> frozenset[date]: ...

    def is_loaded(self, first: date, last: date) -> bool:
        """Whether each of these dates was read from the server at least once."""
        ...

    def counts(self) -> Counts: ...

    def sides(self, first: date, last: date) -> Sides:
        """Of the dates, both included, that unsent edits touch: what is confirmed beside what is wanted.

        The very same object until something is written.
        """
        ...

    def note(self, name: str) -> str | None: ...

    def requests_since(self, at: float) -> tuple[float, ...]:
        """When requests were made after ``at``, in seconds since the epoch, oldest first."""
        ...

    def request_counts(self, since: float, stretch: float) -> tuple[tuple[int, str, int], ...]:
        """Number of the stretch of ``stretch`` seconds after ``since``, kind, and how many requests; in order."""
        ...

    def queued_kinds(self) -> tuple[tuple[OpKind, bool, int], ...]:
        """Kind, whether of a pattern, and how many operations are queued; without those that wait for the user."""
        ...

    def batches(self) -> tuple[BatchState, ...]:
        """The bulk edits that are kept, oldest first; finished ones go when the next one comes."""
        ...

    def history(
        self,
        *,
        key: str | None = None,
        before: int | None = None,
        actor: Actor | None = None,
        text: str = "",
        limit: int = 200,
    ) -> tuple[HistoryRow, ...]:
        """What was changed, newest first: of one item or all, older than the row with the id ``before``.

        ``actor`` and ``text``, which is looked for in titles and notes in whatever case, narrow it down.
        """
        ...

    def history_row(self, row_id: int) -> HistoryRow | None: ...

    def history_count(self, key: str) -> int:
        """How many changes of an item are kept."""
        ...


class RequestMeter(Protocol):
    """Counts the requests of the last hour, of whatever part of the app."""

    limit: int
    pace: float
    """Seconds that a request takes."""

    @property
    def used(self) -> int: ...

    @property
    def kept(self) -> int:
        """How many requests of the hour reading leaves to edits."""
        ...

    def wait_needed(self) -> float:
        """Seconds until the next request for an edit may leave; 0 is now."""
        ...
