"""What is told of days and of the connection, as data. The session hands it to whoever shows it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass
from triluna_desktop.sync.ports import SYNCED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import Trouble
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore, ItemView, ShrinkWarning
    from triluna_desktop.sync.reader import Reader

_OFFLINE = ("NO_CONNECTION", "CONNECT_TIMEOUT", "TIMEOUT", "DISCONNECTED", "PROXY")
"""Members of `domain.remote.Trouble`, by their names: what errors are made of is imported when one happens."""


class ConnectionState(Enum):
    """How things stand between this app and the server, for the status bar."""

    NO_TOKEN = "no_token"  # noqa: S105 - the name of a state, not a secret.
    LOADING = "loading"
    """Nothing was ever loaded, and it is being tried."""
    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    NEEDS_TOKEN = "needs_token"  # noqa: S105 - as above.
    """The server refused the token (401): no requests until `Session.token_changed`."""
    READ_ONLY = "read_only"
    """The token may not write (403): edits stay queued until `Session.token_changed`."""
    WAITING = "waiting"
    """The server, or our own count of requests, says to wait until ``Status.retry_at``."""
    PAUSED = "paused"
    """The user wants nothing sent or read by itself, until they go on or the app starts anew."""
    KEEPING = "keeping"
    """What is left of the hour's requests is kept for edits, which are sent: nothing is read until then."""
    ERROR = "error"


_SENDS = frozenset(
    {ConnectionState.LOADING, ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.KEEPING}
)


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar tells. Times are aware; ``message`` is the server's own words, maybe empty."""

    state: ConnectionState
    trouble: Trouble | None
    message: str
    last_synced: datetime | None
    retry_at: datetime | None
    """When it is tried again by itself, where that waits for time."""
    unsent: int
    """Items with queued changes that are not known to be on the server."""
    needs_decision: int
    """How many of them the server refused or contradicts."""
    requests_this_hour: int
    request_limit: int
    skipped_rows: int
    """Rows that could not be read in the last list of the polled window, or of the other dates on screen."""
    ever_synced: bool
    shrink: ShrinkWarning | None
    confirms_writes: bool = True
    """Whether it is known what became of the last request to change something. Reading may go well meanwhile."""

    @property
    def is_sending(self) -> bool:
        """Whether what is queued goes out now: nothing is in its way, and the server confirms what it gets."""
        return self.confirms_writes and self.state in _SENDS


@dataclass(frozen=True, slots=True)
class DaysView:
    """What a grid shows of ``days`` dates from ``first`` on."""

    first: date
    days: int
    entries: tuple[ItemView, ...]
    patterns: tuple[ItemView, ...]
    """All patterns, of whatever weekday."""
    conflicts: Mapping[str, tuple[Entry, ...]]
    """By key, the entries that an entry overlaps."""
    loaded: bool
    """Whether all of these dates were read from the server at least once."""


def status_of(store: CalendarStore, link: Link, reader: Reader | None, used: int, limit: int) -> Status:
    """How things stand. Without a ``reader`` nothing was tried yet; ``used`` of ``limit`` requests were made."""
    counts = store.counts()
    if link.last_synced is None and (synced := store.note(SYNCED)) is not None:
        link.last_synced = datetime.fromisoformat(synced)
    return Status(
        state=connection_state(link, is_starting=reader is None),
        trouble=link.trouble,
        message=link.message,
        last_synced=link.last_synced,
        retry_at=link.tries_again_at,
        unsent=counts.unsent,
        needs_decision=counts.needs_decision,
        requests_this_hour=used,
        request_limit=limit,
        skipped_rows=0 if reader is None else reader.left_out,
        ever_synced=link.last_synced is not None,
        shrink=None if reader is None else reader.shrink,
        confirms_writes=link.confirms_writes,
    )


def connection_state(link: Link, *, is_starting: bool) -> ConnectionState:
    """What of all that holds the status bar tells first. ``is_starting``: nothing was tried yet in this run."""
    told = (
        # The token may still lie in the keyring, and the calendar is there to be seen.
        (is_starting and link.last_synced is not None, ConnectionState.SYNCING),
        (not link.has_token, ConnectionState.NO_TOKEN),
        (link.is_blocked, ConnectionState.NEEDS_TOKEN),
        (link.is_paused and link.active == 0, ConnectionState.PAUSED),
        (link.retry_at is not None, ConnectionState.WAITING),
        (link.is_read_only, ConnectionState.READ_ONLY),
        (link.trouble is not None and link.trouble.name in _OFFLINE, ConnectionState.OFFLINE),
        (link.trouble is not None or link.store_failed, ConnectionState.ERROR),
        (link.reads_rest > 0.0, ConnectionState.KEEPING),
        (link.last_synced is None, ConnectionState.LOADING),
        (link.active > 0, ConnectionState.SYNCING),
    )
    return next((state for holds, state in told if holds), ConnectionState.SYNCED)
