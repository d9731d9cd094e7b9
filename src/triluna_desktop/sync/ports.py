"""What the sync engine and the session need from others, as Protocols, and the data that passes through them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.models import Entry, Item, Pattern
    from triluna_desktop.domain.remote import RemoteCalendar, RemoteEntry, RemotePattern


class CalendarApi(Protocol):
    """The seven endpoints. Each coroutine raises `domain.remote.RemoteError` and nothing else.

    A create or a replace returns None where the server said yes with an empty body: read again to learn the id.
    """

    async def read_calendar(
        self, first: date | None = None, last: date | None = None, *, include_recurring: bool = False
    ) -> RemoteCalendar:
        """The entries from ``first`` to ``last``, both included; with their patterns where asked for."""
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

    ``confirmed`` is what the server is known to hold, None for what was never there. ``message`` is the server's
    own word on a refusal.
    """

    item: Item
    state: SendState = SendState.SENT
    confirmed: Item | None = None
    message: str = ""


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


class StoreError(Exception):
    """The store on disk did not do what it was asked. The environment's fault, not a bug."""


class DiskFullError(StoreError):
    """There is no room left on the disk, or it takes no more writes."""
