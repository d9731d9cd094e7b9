"""What the sync engine and the session need of the store, as Protocols. `ops` and `rows` hold the data that passes
through them, which is handed on here. What they need of the server is in `server_ports`.

StoreError                     the disk did not do what it was asked; the environment's fault, not a bug
├── DiskFullError              no room, or no more writes are taken
├── NewerSchemaError           the file was written by a newer version of this app
└── CorruptStoreError          the file is damaged; at the next opening it is set aside and its outbox saved
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from triluna_desktop.sync.ops import FAILED, IN_FLIGHT, Op, OpHead, OpKind, OpState, Phase
from triluna_desktop.sync.rows import (
    Actor,
    BatchState,
    Changes,
    Counts,
    EntryRow,
    Found,
    HistoryPart,
    HistoryRow,
    ItemView,
    Marked,
    PatternRow,
    Row,
    SendState,
    ShrinkWarning,
    Side,
    Sides,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date, datetime

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.search import Query
    from triluna_desktop.sync.upkeep import Upkeep

__all__ = [
    "DEFAULT_DAYS",
    "FAILED",
    "HISTORY_DAYS",
    "IN_FLIGHT",
    "SYNCED",
    "Actor",
    "BatchState",
    "CalendarStore",
    "Changes",
    "CorruptStoreError",
    "Counts",
    "DiskFullError",
    "EntryRow",
    "Found",
    "HistoryPart",
    "HistoryRow",
    "ItemView",
    "Marked",
    "NewerSchemaError",
    "Op",
    "OpHead",
    "OpKind",
    "OpState",
    "PatternRow",
    "Phase",
    "Row",
    "SendState",
    "ShrinkWarning",
    "Side",
    "Sides",
    "StoreError",
    "Transaction",
]

T = TypeVar("T")

SYNCED = "last_synced"
"""The note of when the polled window was read last, ISO 8601."""
HISTORY_DAYS = "history_days"
"""The note of how many days the history is kept; 0 where nothing is to be kept any more. None: `DEFAULT_DAYS`."""
DEFAULT_DAYS = 90


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
    def upkeep(self) -> Upkeep:
        """What is done with the file as a whole."""
        ...

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

    def heads(self) -> Iterator[OpHead]:
        """The first queued operation of each item, in order, as they are asked for."""
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

    def hand_over(self, op_id: int, successor: int) -> None:
        """Let those that wait for an operation wait for another one."""
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
        """Keep in the history what a change replaced; ``at`` in seconds since the epoch."""
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
        limit: int = 200,
    ) -> tuple[HistoryRow, ...]:
        """What was changed, newest first: of one item or all, older than the row ``before``, by one or anybody."""
        ...

    def history_with(
        self, text: str, *, key: str | None = None, before: int | None = None, actor: Actor | None = None
    ) -> HistoryPart:
        """As `history`, where titles or notes hold the text in whatever case: so many rows as take a moment."""
        ...

    def history_row(self, row_id: int) -> HistoryRow | None: ...

    def history_count(self, key: str) -> int:
        """How many changes of an item are kept."""
        ...

    async def search(self, query: Query, now: datetime, limit: int) -> Found:
        """What is shown and fits, on another thread: at most ``limit`` items, what is to come first.

        ``now`` is by the wall clock.
        """
        ...
