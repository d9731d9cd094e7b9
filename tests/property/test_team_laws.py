"""When several calendars are bookable at once, against walking through real minutes on the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.strategies import interval_sets

from triluna_desktop.domain.availability import DayAvailability
from triluna_desktop.domain.intervals import IntervalSet
from triluna_desktop.domain.team import Span, bookable_spans, common_spans, on_the_wall

MINUTE = timedelta(minutes=1)
NIGHTS = [
    ("Europe/Berlin", date(2026, 3, 28)),
    ("Europe/Berlin", date(2026, 10, 24)),
    ("America/New_York", date(2026, 10, 31)),
    ("Australia/Lord_Howe", date(2026, 10, 3)),
    ("America/Havana", date(2026, 3, 7)),
    ("UTC", date(2026, 11, 18)),
]
"""Zones, and a date whose morrow is one of a clock change there, but in the last."""


ONE_NIGHT = st.sampled_from(NIGHTS)
UP_TO_FOUR = st.integers(1, 4)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[ZoneInfo, list[DayAvailability]]:
    """Three dates around a clock change, somewhere."""
    name, first = draw(ONE_NIGHT)
    return ZoneInfo(name), [DayAvailability(first + timedelta(days=at), draw(interval_sets())) for at in range(3)]


@st.composite
def teams(draw: st.DrawFn) -> list[tuple[ZoneInfo, list[DayAvailability]]]:
    """Up to four calendars over the same three dates, each on a clock of its own."""
    _, first = draw(ONE_NIGHT)
    return [
        (
            ZoneInfo(draw(ONE_NIGHT)[0]),
            [DayAvailability(first + timedelta(days=at), draw(interval_sets())) for at in range(3)],
        )
        for _ in range(draw(UP_TO_FOUR))
    ]


@cache
def walked(zone: ZoneInfo, first: date) -> tuple[tuple[datetime, date, int], ...]:
    """Each real minute of three dates and what is around them: its instant, and what the clock shows."""
    at = datetime.combine(first, datetime.min.time(), UTC) - timedelta(hours=15)
    locals_ = ((at + number * MINUTE, (at + number * MINUTE).astimezone(zone)) for number in range(102 * 60))
    return tuple((instant, local.date(), local.hour * 60 + local.minute) for instant, local in locals_)


def open_minutes(zone: ZoneInfo, days: list[DayAvailability]) -> set[datetime]:
    """Each real minute in which the calendar's own clock shows an open one."""
    masks = {day.date: day.bookable.mask for day in days}
    return {at for at, day, minute in walked(zone, days[0].date) if masks.get(day, 0) >> minute & 1}


def covered(spans: tuple[Span, ...]) -> set[datetime]:
    """Each minute of the spans."""
    return {span.start + number * MINUTE for span in spans for number in range(span.length // MINUTE)}


def spans_of(team: list[tuple[ZoneInfo, list[DayAvailability]]]) -> list[tuple[Span, ...]]:
    return [bookable_spans(days, zone) for zone, days in team]


@given(calendars())
def test_the_spans_of_a_calendar_are_the_real_minutes_that_its_clock_shows_open(
    calendar: tuple[ZoneInfo, list[DayAvailability]],
) -> None:
    zone, days = calendar
    spans = bookable_spans(days, zone)
    assert covered(spans) == open_minutes(zone, days)
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(teams())
def test_all_are_bookable_in_just_the_minutes_in_which_each_of_them_is(
    team: list[tuple[ZoneInfo, list[DayAvailability]]],
) -> None:
    every = [open_minutes(zone, days) for zone, days in team]
    assert covered(common_spans(spans_of(team))) == set.intersection(*every)


@given(st.data())
def test_neither_the_order_of_the_calendars_nor_one_named_twice_makes_a_difference(data: st.DataObject) -> None:
    spans = spans_of(data.draw(teams()))
    others = data.draw(st.permutations([*spans, spans[0]]))
    assert common_spans(others) == common_spans(spans)


@given(teams(), st.integers(1, 600), st.integers(0, 72 * 60))
def test_of_what_is_common_the_long_enough_that_is_not_over_remains(
    team: list[tuple[ZoneInfo, list[DayAvailability]]], least: int, over: int
) -> None:
    spans = spans_of(team)
    after = datetime.combine(team[0][1][0].date, datetime.min.time(), UTC) + over * MINUTE
    every = common_spans(spans)
    found = common_spans(spans, least=least * MINUTE, after=after)
    assert all(span.length >= least * MINUTE and span.start >= after for span in found)
    # Nothing long enough is missing.
    assert all(
        any(one.start <= span.start and span.end <= one.end for one in found)
        for span in every
        if span.end - max(span.start, after) >= least * MINUTE and span.start >= after
    )
    assert covered(found) <= covered(every)


@given(calendars())
def test_on_the_wall_of_its_own_clock_a_calendar_is_open_where_it_was(
    calendar: tuple[ZoneInfo, list[DayAvailability]],
) -> None:
    zone, days = calendar
    spans = bookable_spans(days, zone)
    for day in days:
        is_open = open_minutes(zone, days)
        shown = {minute for at, on, minute in walked(zone, days[0].date) if on == day.date and at in is_open}
        assert on_the_wall(spans, day.date, zone) == IntervalSet.of_mask(sum(1 << minute for minute in shown))


def test_of_no_calendar_nothing_is_common() -> None:
    assert common_spans([]) == ()
