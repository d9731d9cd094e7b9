"""How many requests queued work will take, and how long: "312 requests, about 19 min"."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from triluna_desktop.domain.requests import COUNTED_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_PACE = 0.3
"""Seconds that one request takes, until it was measured."""
BASELINE_SECONDS = 60.0
"""How long one read serves the creates behind it (`docs/DECISIONS.md`, 6)."""


@dataclass(frozen=True, slots=True)
class Work:
    """Queued operations by what they cost. A change of a pattern is a create and a delete."""

    creates: int = 0
    updates: int = 0
    deletes: int = 0
    pattern_creates: int = 0
    pattern_changes: int = 0
    pattern_deletes: int = 0

    def __add__(self, other: Work) -> Work:
        """Both together."""
        return Work(
            self.creates + other.creates,
            self.updates + other.updates,
            self.deletes + other.deletes,
            self.pattern_creates + other.pattern_creates,
            self.pattern_changes + other.pattern_changes,
            self.pattern_deletes + other.pattern_deletes,
        )

    @property
    def writes(self) -> int:
        """Requests that change something."""
        entries = self.creates + self.updates + self.deletes
        return entries + self.pattern_creates + 2 * self.pattern_changes + self.pattern_deletes


@dataclass(frozen=True, slots=True)
class Hour:
    """How the hour's requests stand. ``leaving``: in how many seconds each of ours counts no longer, in order."""

    limit: int
    used: int
    leaving: tuple[float, ...] = ()
    held: float = 0.0
    """Seconds that the server asks to wait."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What queued work will take."""

    requests: int
    seconds: float

    @property
    def minutes(self) -> int:
        """Begun minutes."""
        return ceil(self.seconds / 60)


def requests_for(work: Work, pace: float, *, has_read: bool) -> int:
    """Its requests: the writes, one read for each batch of creates, and the first read of a run.

    That first read serves as a baseline too.
    """
    entry_reads = ceil(work.creates * pace / BASELINE_SECONDS)
    pattern_creates = work.pattern_creates + work.pattern_changes
    pattern_reads = ceil(pattern_creates * pace / BASELINE_SECONDS)
    reads = entry_reads + pattern_reads
    if not has_read and work.writes:
        reads = max(1, reads)
    return work.writes + reads


def forecast(work: Work, hour: Hour, pace: float = DEFAULT_PACE, *, has_read: bool = True) -> Forecast:
    """What the work takes at ``pace`` seconds a request, one after the other, within the hour's limit."""
    requests = requests_for(work, pace, has_read=has_read)
    return Forecast(requests, _seconds(requests, hour, pace))


def _seconds(requests: int, hour: Hour, pace: float) -> float:
    """When the last of them has ended, counted from now."""
    counted = deque(_leaving(hour))
    now = hour.held if requests else 0.0
    for _ in range(requests):
        while counted and counted[0] <= now:
            counted.popleft()
        if len(counted) >= hour.limit:
            now = max(now, counted[len(counted) - hour.limit])
        counted.append(now + COUNTED_SECONDS)
        now += pace
    return now


def _leaving(hour: Hour) -> Iterable[float]:
    """When each request counts no longer. Of those that only the server has counted, the latest is taken."""
    unknown = max(0, hour.used - len(hour.leaving))
    return (*sorted(hour.leaving), *[COUNTED_SECONDS] * unknown)
