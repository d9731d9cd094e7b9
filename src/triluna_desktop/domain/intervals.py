"""Half-open stretches of one wall day, and sets of them.

``Interval(540, 600)`` is 09:00 up to, not including, 10:00; so 09:00-10:00 and 10:00-11:00 touch and do not
overlap (the API's rule for conflicts).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of one day, ``start`` to ``end`` in minutes, half-open and never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError(f"{self.start} to {self.end} is no stretch of a day")

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share at least a minute."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Interval) -> bool:
        """Whether one ends just where the other starts."""
        return self.end == other.start or other.end == self.start

    def contains(self, minute: int) -> bool:
        """Whether the minute lies inside."""
        return self.start <= minute < self.end

    def intersection(self, other: Interval) -> Interval | None:
        """What both cover, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """Disjoint, sorted, never touching stretches of one day. `of` makes one of any stretches."""

    intervals: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, intervals: Iterable[Interval]) -> IntervalSet:
        """The set that covers the given stretches, whatever their order and overlap."""
        merged: list[Interval] = []
        for interval in sorted(intervals, key=_start):
            if merged and interval.start <= merged[-1].end:
                if interval.end > merged[-1].end:
                    merged[-1] = Interval(merged[-1].start, interval.end)
            else:
                merged.append(interval)
        return cls(tuple(merged))

    @classmethod
    def of_mask(cls, mask: int) -> IntervalSet:
        """The set of the minutes whose bits are set in ``mask``: bit 0 is 00:00, bit 1439 is 23:59.

        A day's minutes in the bits of one integer are what many stretches are laid over one another in: one
        addition to the set is some 0.2 us, whatever is in it already.
        """
        found: list[Interval] = []
        while mask:
            start = (mask & -mask).bit_length() - 1
            rest = mask >> start
            end = start + (~rest & (rest + 1)).bit_length() - 1
            found.append(_known(start, end))
            mask = mask >> end << end
        return cls(tuple(found))

    @property
    def mask(self) -> int:
        """The minutes as bits; see `of_mask`."""
        bits = 0
        for interval in self.intervals:
            bits |= (1 << interval.end) - (1 << interval.start)
        return bits

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals)

    def __bool__(self) -> bool:
        return bool(self.intervals)

    @property
    def minutes(self) -> int:
        """How many minutes the set covers."""
        return sum(interval.minutes for interval in self.intervals)

    def contains(self, minute: int) -> bool:
        """Whether the minute is covered."""
        return any(interval.contains(minute) for interval in self.intervals)

    def union(self, other: IntervalSet) -> IntervalSet:
        """What either covers."""
        return IntervalSet.of((*self.intervals, *other.intervals))

    def intersection(self, other: IntervalSet) -> IntervalSet:
        """What both cover."""
        both: list[Interval] = []
        mine, theirs = self.intervals, other.intervals
        at = beside = 0
        # Both are in order: what ends first overlaps nothing further on.
        while at < len(mine) and beside < len(theirs):
            one, two = mine[at], theirs[beside]
            start, end = max(one.start, two.start), min(one.end, two.end)
            if start < end:
                both.append(Interval(start, end))
            if one.end <= two.end:
                at += 1
            else:
                beside += 1
        return IntervalSet(tuple(both))

    def complement(self) -> IntervalSet:
        """What of the day is not covered."""
        gaps: list[Interval] = []
        at = 0
        for interval in self.intervals:
            if at < interval.start:
                gaps.append(Interval(at, interval.start))
            at = interval.end
        if at < DAY_MINUTES:
            gaps.append(Interval(at, DAY_MINUTES))
        return IntervalSet(tuple(gaps))

    def difference(self, other: IntervalSet) -> IntervalSet:
        """What this covers and the other does not."""
        return self.intersection(other.complement())


@lru_cache(maxsize=2048)
def _known(start: int, end: int) -> Interval:
    """The same few stretches come up all over a year."""
    return Interval(start, end)


def _start(interval: Interval) -> int:
    return interval.start


ALL_DAY = IntervalSet((Interval(0, DAY_MINUTES),))
