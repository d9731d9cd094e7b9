"""A date of the wall clock as real time runs: without what a clock change skips, and what it repeats twice.

Hours that are open on the wall are longer or shorter than they look in the night of a change. Whoever asks how
long something lasts, or at which instant it is, asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import DAY_MINUTES, instant_of, repeated_minutes, skipped_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from triluna_desktop.domain.intervals import Interval


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a date in which the clock just runs: wall minutes ``start`` to ``end``, half-open."""

    start: int
    end: int
    at: int
    """Real minutes from the date's beginning to ``start``."""
    again_until: int = 0
    """Wall minutes before this one are shown for the second time; 0 for none."""

    def wall(self, real: int) -> int:
        """The wall minute at so many real minutes from the date's beginning."""
        return self.start + real - self.at


@lru_cache(maxsize=512)
def segments_of(day: date, zone: tzinfo) -> tuple[Segment, ...]:
    """The date in stretches without a clock change, in the order in which they come: one on most dates."""
    if (skipped := skipped_minutes(day, zone)) is not None:
        start, end = skipped
        after = Segment(end, DAY_MINUTES, start)
        return (Segment(0, start, 0), after) if start else (after,)
    if (repeated := repeated_minutes(day, zone)) is not None:
        start, end = repeated
        return (Segment(0, end, 0), Segment(start, DAY_MINUTES, end, again_until=end))
    return (Segment(0, DAY_MINUTES, 0),)


def changed_minutes(day: date, zone: tzinfo) -> tuple[int, int] | None:
    """The wall minutes ``(start, end)`` of the date that a clock change skips or repeats; None on most dates."""
    found = segments_of(day, zone)
    if len(found) == 2:
        return (found[0].end, found[1].start) if found[0].end < found[1].start else (found[1].start, found[0].end)
    return (0, found[0].start) if found[0].start else None


def real_minutes(day: date, zone: tzinfo) -> int:
    """How long the date really is: 1440 minutes on most dates."""
    last = segments_of(day, zone)[-1]
    return last.at + last.end - last.start


def real_runs(day: date, stretches: Iterable[Interval], zone: tzinfo) -> tuple[tuple[int, int], ...]:
    """When the stretches of the wall day hold, in real minutes from the date's beginning, half-open and in order.

    ``stretches`` are sorted and do not touch, as those of an `IntervalSet`. What runs through a change is one run.
    """
    runs: list[tuple[int, int]] = []
    wanted = tuple(stretches)
    for segment in segments_of(day, zone):
        for stretch in wanted:
            start, end = max(stretch.start, segment.start), min(stretch.end, segment.end)
            if start >= end:
                continue
            begins, ends = segment.at + start - segment.start, segment.at + end - segment.start
            if runs and runs[-1][1] == begins:
                runs[-1] = (runs[-1][0], ends)
            else:
                runs.append((begins, ends))
    return tuple(runs)


def real_instant(day: date, real: int, zone: tzinfo) -> datetime:
    """The instant, in UTC, at so many real minutes from the date's beginning."""
    return instant_of(day, 0, zone) + timedelta(minutes=real)
