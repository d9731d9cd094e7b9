"""The use cases of one signed-in profile: look at days, change them, take it back, keep in step with the server.

The views and the commands talk to this class and to nothing below it. What is on screen never waits for the
network: reads come from the disk at once, an edit is on disk when `Session.apply` returns, and it is sent in its
own time. There is no Qt here; any asyncio loop will do.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.sync.ports import Changes, ItemView, SendState, ShrinkWarning

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import date, datetime

    from triluna_desktop.domain.availability import DayAvailability, ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import Trouble
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import CalendarApi, CalendarStore

__all__ = [
    "Changes",
    "ConnectionState",
    "DaysView",
    "EditRefusedError",
    "ItemView",
    "RefusalReason",
    "SendState",
    "Session",
    "ShrinkWarning",
    "Status",
]


class RefusalReason(Enum):
    """Why an edit was not written."""

    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    STORE_FAILED = "store_failed"
    STALE = "stale"
    """The item is no longer as the edit expects it."""
    CHANGED_SINCE = "changed_since"
    """What shall be undone was changed since."""
    PATTERN_IN_PLACE = "pattern_in_place"
    """A pattern that is on the server cannot be changed in place: the API can only create and delete patterns."""


class EditRefusedError(Exception):
    """The edit was not written: nothing of it, neither on disk nor on the screen."""

    def __init__(self, reason: RefusalReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class ConnectionState(Enum):
    """How things stand between this app and the server, for the status bar."""

    NO_TOKEN = "no_token"
    LOADING = "loading"
    """Nothing was ever loaded, and it is being tried."""
    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    NEEDS_TOKEN = "needs_token"
    """The server refused the token (401): no requests until `Session.token_changed`."""
    READ_ONLY = "read_only"
    """The token may not write (403): edits stay queued until `Session.token_changed`."""
    WAITING = "waiting"
    """The server, or our own count of requests, says to wait until ``Status.retry_at``."""
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar tells. Times are aware; ``message`` is the server's own words, maybe empty."""

    state: ConnectionState
    trouble: Trouble | None
    message: str
    last_synced: datetime | None
    retry_at: datetime | None
    unsent: int
    """Items with queued changes that are not known to be on the server."""
    needs_decision: int
    """How many of them the server refused or contradicts."""
    requests_this_hour: int
    request_limit: int
    skipped_rows: int
    """Rows of the last reply that could not be read."""
    ever_synced: bool
    shrink: ShrinkWarning | None


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


class Session:
    """One profile's calendar. Reads are synchronous and quick, changes are coroutines."""

    def __init__(
        self,
        store: CalendarStore,
        api: CalendarApi | None,
        clock: Clock,
        *,
        mode_settings: ModeSettings,
        rng: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        has_token: Callable[[], bool] = lambda: True,
    ) -> None:
        """``rng`` gives 0 <= x < 1 for the jitter; ``sleep`` waits seconds of ``clock.monotonic``.

        Without an ``api``, or while ``has_token`` says no, nothing is sent: edits stay queued on disk.
        """
        raise NotImplementedError

    def days(self, first: date, days: int = 7) -> DaysView:
        """The view of some dates: the last confirmed state with the unsent edits on top."""
        raise NotImplementedError

    def item(self, key: str) -> ItemView | None:
        """One item as the screen shows it."""
        raise NotImplementedError

    def dates_with_entries(self, first: date, last: date) -> frozenset[date]:
        """The dates, ``first`` and ``last`` included, that hold an entry."""
        raise NotImplementedError

    def availability(self, first: date, days: int) -> tuple[DayAvailability, ...]:
        """What is bookable on each date, with the unsent edits counted in."""
        raise NotImplementedError

    @property
    def status(self) -> Status:
        """How things stand."""
        raise NotImplementedError

    @property
    def mode_settings(self) -> ModeSettings:
        """How this account keeps its calendar."""
        raise NotImplementedError

    @mode_settings.setter
    def mode_settings(self, settings: ModeSettings) -> None:
        raise NotImplementedError

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        raise NotImplementedError

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit that was taken back and can be done again."""
        raise NotImplementedError

    @property
    def is_read_only(self) -> bool:
        """Whether the server refuses writes with this token; edits are refused then."""
        raise NotImplementedError

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Have ``callback`` told of changes, on the loop's thread. Returns what ends it."""
        raise NotImplementedError

    async def start(self) -> None:
        """Start keeping in step: read the server once, send what is queued, then poll."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Stop. A request in flight is given up; whether it was carried out is found out at the next start."""
        raise NotImplementedError

    async def apply(self, edit: Edit) -> None:
        """Write an edit to disk and have it sent.

        Raises:
            EditRefusedError: nothing was written.
        """
        raise NotImplementedError

    async def undo(self) -> Edit | None:
        """Take the last edit back; returns the edit that was carried out, None where there is nothing to undo.

        Raises:
            EditRefusedError: CHANGED_SINCE where an item is no longer as that edit left it.
        """
        raise NotImplementedError

    async def redo(self) -> Edit | None:
        """Do again what was undone last; as `undo`."""
        raise NotImplementedError

    async def sync_now(self) -> None:
        """Send what is due, then read; returns when both were tried. `status` tells how it went."""
        raise NotImplementedError

    async def discard(self, key: str) -> None:
        """Drop an item's unsent edits: back to the confirmed state."""
        raise NotImplementedError

    async def retry(self, key: str) -> None:
        """Send again what the server refused."""
        raise NotImplementedError

    async def accept_shrink(self) -> None:
        """The user says that the rows of `Status.shrink` are gone indeed: read again, and drop them."""
        raise NotImplementedError

    def look_at(self, first: date, last: date) -> None:
        """Tell which dates are on screen; those outside of the polled window are read too."""
        raise NotImplementedError

    def set_visible(self, visible: bool) -> None:
        """Poll every 60 s while visible, every 5 minutes while not."""
        raise NotImplementedError

    def window_focused(self) -> None:
        """Poll at once, but not more than once in 10 s."""
        raise NotImplementedError

    def token_changed(self) -> None:
        """There is a new token, or none any more: leave NEEDS_TOKEN and READ_ONLY, and sync."""
        raise NotImplementedError
