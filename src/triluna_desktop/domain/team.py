"""Several calendars side by side: when all of them are bookable at once, in real time.

A wall time of two calendars is one instant only where their clocks agree, and in the night of a clock change an
hour of the wall is none or two. So what is compared are instants, never minutes of a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.clock_changes import real_instant, real_minutes, real_runs, segments_of
from triluna_desktop.domain.intervals import Interval, IntervalSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, tzinfo

    from triluna_desktop.domain.availability import DayAvailability

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of real time, from one instant to another (aware), half-open and never empty."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"{self.start} to {self.end} is no stretch of time")

    @property
    def length(self) -> timedelta:
        """How long it really lasts."""
        return self.end - self.start


def bookable_spans(days: Iterable[DayAvailability], zone: tzinfo) -> tuple[Span, ...]:
    """When a calendar on the wall clock of ``zone`` is bookable. What goes on past midnight is one span.

    ``days`` are dates in their order; the spans are in order and do not touch.
    """
    spans: list[Span] = []
    for day in days:
        for start, end in real_runs(day.date, day.bookable, zone):
            begins, ends = real_instant(day.date, start, zone), real_instant(day.date, end, zone)
            if spans and spans[-1].end == begins:
                spans[-1] = Span(spans[-1].start, ends)
            else:
                spans.append(Span(begins, ends))
    return tuple(spans)


def common_spans(
    calendars: Sequence[Sequence[Span]], *, least: timedelta = _MINUTE, after: datetime | None = None
) -> tuple[Span, ...]:
    """When all calendars are bookable at once, for at least so long, from ``after`` on; of no calendar: never.

    Each calendar's spans are in order and do not touch, as those of `bookable_spans`; so are the ones returned.
    """
    if not calendars:
        return ()
    common = list(calendars[0])
    for spans in calendars[1:]:
        common = list(_both(common, spans))
    if after is not None:
        common = [Span(max(span.start, after), span.end) for span in common if span.end > after]
    return tuple(span for span in common if span.length >= least)


def _both(mine: Sequence[Span], theirs: Sequence[Span]) -> Iterator[Span]:
    at = beside = 0
    # Both are in order: what ends first overlaps nothing further on.
    while at < len(mine) and beside < len(theirs):
        one, two = mine[at], theirs[beside]
        start, end = max(one.start, two.start), min(one.end, two.end)
        if start < end:
            yield Span(start, end)
        if one.end <= two.end:
            at += 1
        else:
            beside += 1


def on_the_wall(spans: Iterable[Span], day: date, zone: tzinfo) -> IntervalSet:
    """Where the spans lie on a date of the wall clock in ``zone``; what is shown twice there is one stretch."""
    midnight = real_instant(day, 0, zone)
    length = real_minutes(day, zone)
    found: list[Interval] = []
    for span in spans:
        start = max(0, _minutes(span.start - midnight))
        end = min(length, _minutes(span.end - midnight))
        for segment in segments_of(day, zone):
            first = max(start, segment.at)
            last = min(end, segment.at + segment.end - segment.start)
            if first < last:
                found.append(Interval(segment.wall(first), segment.wall(last)))
    return IntervalSet.of(found)


def _minutes(time: timedelta) -> int:
    """Whole minutes, rounded up: a span that begins within a minute begins with the next."""
    return -(-time // _MINUTE)
