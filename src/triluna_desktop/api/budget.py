"""How many requests were made in the last hour, and how long to wait so that they stay within the limit.

The guide allows 1000 requests an hour and token. We count our own in an hour that slides, the strictest reading.
The server's word wins over our count wherever it is stricter: a 429, or a header that says nothing remains, holds
everything until the moment it names (other devices use the same account), and the count that is shown is its own.
It never loosens our limit: at most ``limit`` requests leave in any hour, whatever a header promises.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from triluna_desktop.domain.time import Clock

REQUESTS_PER_HOUR = 1000
WINDOW_SECONDS = 3600.0

_LEADING_NUMBER = re.compile(r"\s*(\d{1,15})\b", re.ASCII)
_EARLIEST_EPOCH = 10_000_000
"""A reset above it is a moment in seconds since 1970, below it a number of seconds from now: both are in use."""


class RequestBudget:
    """Counts requests; keep it across restarts by `export` and ``times``. One token, one budget."""

    def __init__(self, clock: Clock, *, limit: int = REQUESTS_PER_HOUR, times: Iterable[float] = ()) -> None:
        """``times``: when requests were made, in seconds since 1970, as `export` gave them."""
        self.limit = limit
        self._clock = clock
        self._times = deque(sorted(times))
        # On the monotonic clock: setting the wall clock moves no wait.
        self._held_until: float | None = None
        # When, on the wall clock, the server last said how many it had counted, and how many.
        self._said: tuple[float, int] | None = None

    @property
    def used(self) -> int:
        """Requests of the last hour: the server's count where it is known, else ours."""
        now = self._trim()
        own = len(self._times)
        if self._said is None or not now - WINDOW_SECONDS < self._said[0] <= now:
            return own
        said_at, counted = self._said
        return min(counted + sum(1 for time in self._times if time > said_at), max(self.limit, own))

    def note_request(self) -> None:
        """Count a request that is about to leave. Also one that then finds no server: the safe side."""
        now = self._trim()
        self._times.append(now)

    def note_headers(self, headers: Mapping[str, str]) -> None:
        """Take in ``X-RateLimit-*`` or ``RateLimit-*`` of a reply, its names in lower case or any."""
        limit, remaining, reset = (_number(headers, name) for name in ("limit", "remaining", "reset"))
        if remaining is None:
            return
        if limit == self.limit:  # Another number may be of another stretch of time: then only "none left" counts.
            self._said = (self._trim(), max(0, limit - remaining))
        if remaining == 0 and reset is not None:
            self.hold(reset - self._clock.now().timestamp() if reset > _EARLIEST_EPOCH else reset)

    def hold(self, seconds: float) -> None:
        """The server asks to wait so long, at most an hour; a later moment asked for before stays."""
        until = self._clock.monotonic() + min(max(seconds, 0.0), WINDOW_SECONDS)
        self._held_until = until if self._held_until is None else max(until, self._held_until)

    def wait_needed(self) -> float:
        """Seconds until the next request may leave; 0 is now."""
        now = self._trim()
        own = 0.0
        if len(self._times) >= self.limit:
            own = self._times[-self.limit] + WINDOW_SECONDS - now
        held = 0.0 if self._held_until is None else self._held_until - self._clock.monotonic()
        return max(own, held, 0.0)

    def export(self) -> list[float]:
        """When the requests of the last hour were made, in seconds since 1970, oldest first."""
        self._trim()
        return list(self._times)

    def _trim(self) -> float:
        """Forget what is older than an hour; the present in seconds since 1970."""
        now = self._clock.now().timestamp()
        if self._times and self._times[-1] > now:
            # The clock was set back. Counting those as just made holds for an hour at most, and never loses one.
            self._times = deque(min(time, now) for time in self._times)
        while self._times and self._times[0] <= now - WINDOW_SECONDS:
            self._times.popleft()
        return now


def _number(headers: Mapping[str, str], name: str) -> int | None:
    for prefix in ("x-ratelimit-", "ratelimit-"):
        match = _LEADING_NUMBER.match(headers.get(prefix + name, ""))
        if match:
            return int(match[1])
    return None
