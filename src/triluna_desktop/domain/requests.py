"""Requests and the hour that limits them: how many have left, how long the next one waits, how often to poll.

The guide allows 1000 requests an hour and token. They are counted in an hour that slides, the strictest reading.
Times are seconds since 1970 by the wall clock, which a user or NTP may set at any moment. So beside them one
`Anchor` is kept, both clocks read at once, and when the wall clock has gone another way than the uptime since,
the times are moved along with it: setting the clock neither frees requests nor holds them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

HOUR_SECONDS = 3600.0
COUNTED_SECONDS = HOUR_SECONDS + 1.0
"""How long a request counts: a second more, as one may take longer to arrive than another."""
REQUESTS_PER_HOUR = 1000
RESERVE = 100
"""How many of an hour's requests reading in the background leaves for edits."""
_TOLERANCE_SECONDS = 0.5
"""Two clocks are not read at the same instant, and drift a little."""


class RequestKind(Enum):
    """What a request is for."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    TEST = "test"
    """One of a test of the token."""


class Anchor(NamedTuple):
    """Both clocks, read at once: the wall's in seconds since 1970, and the seconds since the computer started."""

    wall: float
    uptime: float


def step_since(anchor: Anchor | None, now: Anchor) -> float:
    """By how many seconds the wall clock was set since, forwards where positive; 0 after a start of the computer.

    Of a clock that was set while the computer was off nothing is known.
    """
    if anchor is None or now.uptime < anchor.uptime:
        return 0.0
    step = (now.wall - anchor.wall) - (now.uptime - anchor.uptime)
    return step if abs(step) > _TOLERANCE_SECONDS else 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of the last hour's requests. ``times`` are oldest first, as in the module's docstring."""

    times: tuple[float, ...] = ()
    held_until: float = 0.0
    """Until when the server asked to wait."""
    anchor: Anchor | None = None

    def at(self, now: Anchor) -> Record:
        """The same at a later moment: without what counts no longer, and moved along where the clock was set."""
        step = step_since(self.anchor, now)
        times, held_until = self.times, self.held_until
        if step:
            times, held_until = tuple(time + step for time in times), held_until + step if held_until else 0.0
        if times and times[-1] > now.wall:
            # Set back while the computer was off. Counted as just made, they hold for an hour at most.
            times = tuple(min(time, now.wall) for time in times)
        if times and times[0] <= now.wall - COUNTED_SECONDS:
            times = times[bisect_right(times, now.wall - COUNTED_SECONDS) :]
        anchor = now if self.anchor is None or step or now.uptime < self.anchor.uptime else self.anchor
        return Record(times, min(held_until, now.wall + HOUR_SECONDS), anchor)

    def wait(self, now: float, allowed: int) -> float:
        """Seconds until one more may leave where at most ``allowed`` may in an hour; 0 is now."""
        held = max(0.0, self.held_until - now)
        if len(self.times) < allowed:
            return held
        oldest = self.times[-allowed] if allowed > 0 else now
        return max(held, oldest + COUNTED_SECONDS - now)

    def with_one(self, now: float) -> Record:
        """One more has left."""
        return replace(self, times=(*self.times, now))

    def held_for(self, seconds: float, now: float) -> Record:
        """The server asks to wait so long, at most an hour; a later moment asked for before stays."""
        until = now + min(max(seconds, 0.0), HOUR_SECONDS)
        return replace(self, held_until=max(until, self.held_until))


def kept_for_edits(waiting: int, limit: int, reserve: int = RESERVE) -> int:
    """How many requests of an hour reading leaves alone while so many edits wait: the reserve, and all of theirs.

    At most half of the hour, or a queue that cannot be sent would end all reading.
    """
    return max(min(reserve, limit), min(waiting, limit // 2))


def poll_seconds(base: float, used: int, limit: int, kept: int) -> float:
    """Seconds between two polls: ``base`` while more than half of what reads may use is left, then ever more.

    Twice as long with each halving of what is left, and never so often that polling alone could come to the
    requests that are ``kept``: what is left would last an hour at that pace. An hour at most.
    """
    room = limit - kept
    left = room - used
    if left <= 0:
        return max(base, COUNTED_SECONDS)
    slowed = base * max(1.0, room / 2 / left)
    return max(base, min(max(slowed, COUNTED_SECONDS / left), COUNTED_SECONDS))
