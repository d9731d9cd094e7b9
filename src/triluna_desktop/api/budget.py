"""Whether a request may leave now: at most 1000 an hour and token, and the last hundred are for the user's edits.

The requests themselves are counted by a ledger, on disk where there is one (`sync.ledger`). Here the server's
word is added, which wins over our count wherever it is stricter: a 429, or a header that says nothing remains,
holds everything until the moment it names, and a header that says less remains than we think holds up what is read
in the background (other devices use the same account). It never loosens our limit, whatever it promises.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.domain.forecast import DEFAULT_PACE
from triluna_desktop.domain.requests import (
    HOUR_SECONDS,
    REQUESTS_PER_HOUR,
    RESERVE,
    Anchor,
    Record,
    RequestKind,
    kept_for_edits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from triluna_desktop.domain.time import Clock

ASK_AGAIN_SECONDS = 300.0
"""Where the server names no moment, how long its count holds up reading: the next read tells a new one."""
_PACE_WEIGHT = 0.1
_LEADING_NUMBER = re.compile(r"\s*(\d{1,15})\b", re.ASCII)
_EARLIEST_EPOCH = 10_000_000
"""A reset above it is a moment in seconds since 1970, below it a number of seconds from now: both are in use."""


class Ledger(Protocol):
    """Counts the requests that leave."""

    def now(self) -> Anchor: ...

    def read(self) -> Record: ...

    async def take(self, kind: str, allowed: int) -> tuple[float, Record]:
        """Count one, or say how many seconds it must wait. Raises SurelyUnsentError where it cannot be counted."""
        ...

    async def hold(self, seconds: float) -> None: ...


class MemoryLedger:
    """Counts in memory, for as long as it lives."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._record = Record()

    def now(self) -> Anchor:
        """Both clocks."""
        return Anchor(self._clock.now().timestamp(), self._clock.monotonic())

    def read(self) -> Record:
        """How things stand."""
        self._record = self._record.at(self.now())
        return self._record

    async def take(self, kind: str, allowed: int) -> tuple[float, Record]:
        """As `Ledger.take`."""
        del kind
        now = self.now().wall
        wait = self.read().wait(now, allowed)
        if wait == 0:
            self._record = self._record.with_one(now)
        return wait, self._record

    async def hold(self, seconds: float) -> None:
        """As `Ledger.hold`."""
        self._record = self.read().held_for(seconds, self.now().wall)


class RequestBudget:
    """One token, one budget. It implements `sync.server_ports.RequestMeter`."""

    def __init__(
        self,
        clock: Clock,
        *,
        limit: int = REQUESTS_PER_HOUR,
        reserve: int = RESERVE,
        ledger: Ledger | None = None,
        edits_waiting: Callable[[], int] = lambda: 0,
    ) -> None:
        """``edits_waiting`` tells how many of the user's edits are to be sent: all of them go before reading."""
        self.limit = limit
        self.pace = DEFAULT_PACE
        """Seconds that a request takes, as measured."""
        self._reserve = reserve
        self._clock = clock
        self._ledger = ledger or MemoryLedger(clock)
        self._edits_waiting = edits_waiting
        self._known: Record | None = None
        self._said: tuple[float, int, float | None] | None = None
        """When the server said how many it had counted, how many, and when it begins anew; on the monotonic clock.
        What has left since is added to the number."""

    @property
    def used(self) -> int:
        """Requests of the last hour: our count, or the server's where that is higher."""
        own = len(self._present().times)
        said = self._server_count()
        return own if said is None else max(own, min(said, self.limit))

    @property
    def kept(self) -> int:
        """How many requests of the hour are kept for edits."""
        return kept_for_edits(self._edits_waiting(), self.limit, self._reserve)

    def wait_needed(self) -> float:
        """Seconds until the next request of the user's may leave; 0 is now."""
        return self._present().wait(self._ledger.now().wall, self.limit)

    async def take(self, kind: RequestKind, *, in_background: bool = False) -> float:
        """Let one request leave, and count it; 0, else how many seconds it must wait.

        ``in_background``: nobody waits for it, so it must leave enough for edits.

        Raises:
            SurelyUnsentError: it cannot be counted, and so must not leave.
        """
        kept = self.kept if in_background else 0
        if in_background and (wait := self._wait_as_said(kept)) > 0:
            return wait
        wait, self._known = await self._ledger.take(kind.value, self.limit - kept)
        if wait == 0 and self._said is not None:
            at, counted, reset = self._said
            self._said = at, counted + 1, reset
        return wait

    async def note_reply(self, headers: Mapping[str, str], retry_after: float | None, seconds: float) -> None:
        """Take in a reply: its headers, names in lower case or any; the wait of a 429; how long it took."""
        self.pace += (seconds - self.pace) * _PACE_WEIGHT
        limit, remaining, reset = (_number(headers, name) for name in ("limit", "remaining", "reset"))
        begins_in = None
        if reset is not None:
            begins_in = reset - self._ledger.now().wall if reset > _EARLIEST_EPOCH else float(reset)
        hold = retry_after
        if remaining is not None:
            if limit == self.limit:  # Another number may be of another stretch of time: then only "none" counts.
                at = self._clock.monotonic()
                begins = None if begins_in is None else at + max(0.0, begins_in)
                self._said = (at, max(0, limit - remaining), begins)
            if remaining == 0 and begins_in is not None:
                hold = begins_in if hold is None else max(hold, begins_in)
        if hold is not None:
            await self.hold(hold)

    async def hold(self, seconds: float) -> None:
        """The server asks to wait so long, at most an hour; a later moment asked for before stays."""
        self._known = self._present().held_for(seconds, self._ledger.now().wall)
        await self._ledger.hold(seconds)

    def _present(self) -> Record:
        self._known = self._ledger.read() if self._known is None else self._known.at(self._ledger.now())
        return self._known

    def _server_count(self) -> int | None:
        """What the server would count now; None where it has not said, or that was long ago."""
        if self._said is None:
            return None
        at, counted, begins = self._said
        until = at + HOUR_SECONDS if begins is None else min(begins, at + HOUR_SECONDS)
        return counted if self._clock.monotonic() < until else None

    def _wait_as_said(self, kept: int) -> float:
        """How long a read in the background waits because of what the server counts."""
        counted = self._server_count()
        if counted is None or self._said is None or counted < self.limit - kept:
            return 0.0
        at, _, begins = self._said
        until = at + ASK_AGAIN_SECONDS if begins is None else begins
        return max(0.0, until - self._clock.monotonic())


def _number(headers: Mapping[str, str], name: str) -> int | None:
    for prefix in ("x-ratelimit-", "ratelimit-"):
        match = _LEADING_NUMBER.match(headers.get(prefix + name, ""))
        if match:
            return int(match[1])
    return None
