"""What the store tells: confirmed rows, items as the screen shows them, what changed, and what was before."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - named tuples are looked into at run time.
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triluna_desktop.domain.remote import ConflictingSlot, Trouble


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
    ``both_stand``: of weekly hours, both do, as the server refused to delete the old ones.
    """

    item: Item
    state: SendState = SendState.SENT
    confirmed: Item | None = None
    message: str = ""
    trouble: Trouble | None = None
    conflicts: tuple[ConflictingSlot, ...] = ()
    base: Item | None = None
    exposed: bool = False
    both_stand: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, as far as it is shown; ``total`` counts all of it."""

    coming: tuple[ItemView, ...] = ()
    """Entries that have not ended, the next one first."""
    weekly: tuple[ItemView, ...] = ()
    past: tuple[ItemView, ...] = ()
    """Entries that have ended, the last one first."""
    total: int = 0


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


class HistoryPart(NamedTuple):
    """What a text was found in, in a part of the history."""

    rows: tuple[HistoryRow, ...]
    before: int | None
    """The part ended before this id, where there may be more; None where all was looked through."""


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
