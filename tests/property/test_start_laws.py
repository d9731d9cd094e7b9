"""The starts of appointments, openings and their periods, against walking through real minutes on the clock."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.oracle import row_of
from tests.helpers.strategies import interval_sets

from triluna_desktop.domain.availability import DayAvailability
from triluna_desktop.domain.clock_changes import changed_minutes, real_instant, real_minutes, real_runs
from triluna_desktop.domain.intervals import IntervalSet
from triluna_desktop.domain.openings import grouped, since, zone_name
from triluna_desktop.domain.starts import Appointment, DayStarts, sentence, starts, starts_over
from triluna_desktop.integrations.ics import free_periods

MINUTE = timedelta(minutes=1)
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("UTC", date(2026, 11, 1)),
]
"""Dates of a clock change: forwards and back, by an hour and by half of one, at night and at midnight."""


ONE_CHANGE = st.sampled_from(CHANGES)
BESIDE = st.sampled_from([-1, 0, 0, 0, 1])
LENGTHS = st.sampled_from([1, 15, 30, 45, 60, 90, 1440]) | st.integers(1, 240)
STEPS = st.sampled_from([5, 15, 30, 60]) | st.integers(1, 90)
NOTICES = st.integers(0, 3000)


@st.composite
def nights(draw: st.DrawFn) -> tuple[ZoneInfo, date]:
    """A zone, and a date at a clock change of it or beside it."""
    name, day = draw(ONE_CHANGE)
    return ZoneInfo(name), day + timedelta(days=draw(BESIDE))


@cache
def walked(zone: ZoneInfo, day: date) -> tuple[tuple[datetime, int], ...]:
    """Each real minute of the date: its instant, and what the clock shows."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    found: list[tuple[datetime, int]] = []
    for number in range(54 * 60):
        instant = at + number * MINUTE
        local = instant.astimezone(zone)
        if local.date() == day:
            found.append((instant, local.hour * 60 + local.minute))
    return tuple(found)


def open_minutes(zone: ZoneInfo, day: date, bookable: IntervalSet) -> list[bool]:
    """Of each real minute of the date, whether it is open."""
    row = row_of(bookable)
    return [row[minute] for _, minute in walked(zone, day)]


def oracle(zone: ZoneInfo, day: date, bookable: IntervalSet, length: int, soonest: datetime) -> list[int]:
    """Each wall minute, where the clock shows it first, from which on ``length`` real minutes are open."""
    minutes = walked(zone, day)
    is_open = open_minutes(zone, day, bookable)
    left = [0] * (len(minutes) + 1)
    for at in range(len(minutes) - 1, -1, -1):
        left[at] = left[at + 1] + 1 if is_open[at] else 0
    found: list[int] = []
    seen: set[int] = set()
    for at, (instant, minute) in enumerate(minutes):
        if minute not in seen:
            seen.add(minute)
            if left[at] >= length and instant >= soonest:
                found.append(minute)
    return found


@st.composite
def appointments(draw: st.DrawFn) -> Appointment:
    return Appointment(draw(LENGTHS), draw(STEPS), draw(NOTICES))


@given(nights(), interval_sets(), appointments(), st.integers(-3000 * 60, 2000 * 60))
@settings(deadline=None)
def test_with_a_step_of_a_minute_each_minute_is_a_start_from_which_an_appointment_fits(
    where: tuple[ZoneInfo, date], bookable: IntervalSet, wanted: Appointment, from_midnight: int
) -> None:
    zone, day = where
    now = (real_instant(day, 0, zone) + timedelta(seconds=from_midnight)).astimezone(zone)
    found = starts(DayAvailability(day, bookable), Appointment(wanted.length, 1, wanted.notice), now)
    soonest = now.astimezone(UTC) + wanted.notice * MINUTE
    assert list(found) == oracle(zone, day, bookable, wanted.length, soonest)


@given(nights(), interval_sets(), appointments(), st.integers(-3000 * 60, 2000 * 60))
@settings(deadline=None)
def test_each_opening_that_is_long_enough_starts_at_its_beginning_and_goes_on_in_steps(
    where: tuple[ZoneInfo, date], bookable: IntervalSet, wanted: Appointment, from_midnight: int
) -> None:
    zone, day = where
    now = (real_instant(day, 0, zone) + timedelta(seconds=from_midnight)).astimezone(zone)
    found = starts(DayAvailability(day, bookable), wanted, now)
    soonest = now.astimezone(UTC) + wanted.notice * MINUTE
    fit = oracle(zone, day, bookable, wanted.length, soonest)
    assert sorted(set(found)) == list(found)
    assert set(found) <= set(fit)
    is_open = open_minutes(zone, day, bookable)
    first_at: dict[int, int] = {}
    for at, (_, minute) in enumerate(walked(zone, day)):
        first_at.setdefault(minute, at)
    expected: set[int] = set()
    for begins, _ in real_runs(day, bookable, zone):
        expected |= {
            minute
            for minute in fit
            if first_at[minute] >= begins
            and (first_at[minute] - begins) % wanted.step == 0
            and all(is_open[begins : first_at[minute]])
        }
    assert set(found) == expected


@given(nights(), interval_sets())
@settings(deadline=None)
def test_runs_are_the_real_minutes_that_are_open(where: tuple[ZoneInfo, date], bookable: IntervalSet) -> None:
    zone, day = where
    minutes = walked(zone, day)
    assert real_minutes(day, zone) == len(minutes)
    covered = [real for begins, ends in real_runs(day, bookable, zone) for real in range(begins, ends)]
    assert covered == [real for real, is_open in enumerate(open_minutes(zone, day, bookable)) if is_open]
    assert all(real_instant(day, real, zone) == minutes[real][0] for real in covered)
    shown = Counter(minute for _, minute in minutes)
    odd = [minute for minute in range(1440) if shown[minute] != 1]
    assert changed_minutes(day, zone) == ((odd[0], odd[-1] + 1) if odd else None)


@given(nights(), st.lists(interval_sets(), min_size=3, max_size=3))
@settings(deadline=None)
def test_the_periods_in_utc_are_all_open_minutes_and_no_others(
    where: tuple[ZoneInfo, date], sets: list[IntervalSet]
) -> None:
    zone, day = where
    days = [DayAvailability(day + timedelta(days=number), each) for number, each in enumerate(sets)]
    expected = {
        instant
        for each in days
        for (instant, _), is_open in zip(
            walked(zone, each.date), open_minutes(zone, each.date, each.bookable), strict=True
        )
        if is_open
    }
    periods = free_periods(days, zone)
    found: set[datetime] = set()
    for start, end in periods:
        assert start < end
        found |= {start + number * MINUTE for number in range(int((end - start) / MINUTE))}
    assert found == expected
    assert all(one[1] < other[0] for one, other in pairwise(periods)), "none touch"


@given(st.lists(interval_sets() | st.just(IntervalSet()), max_size=9), st.sampled_from(CHANGES))
def test_groups_hold_each_open_date_once_with_its_own_openings(
    sets: list[IntervalSet], where: tuple[str, date]
) -> None:
    zone, first = ZoneInfo(where[0]), where[1] - timedelta(days=3)
    days = [DayAvailability(first + timedelta(days=number), each) for number, each in enumerate(sets)]
    groups = grouped(days, zone)
    told = [(day, stretch, group.zone) for group in groups for day in group.dates for stretch in group.stretches]
    assert sorted(told) == [
        (day.date, stretch, zone_name(day.date, stretch.start, zone)) for day in days for stretch in day.bookable
    ]
    assert len({(group.stretches, group.zone) for group in groups}) == len(groups)
    for group in groups:
        assert list(group.dates) == sorted(group.dates)
        assert group.is_run is (
            len(group.dates) > 2 and (group.dates[-1] - group.dates[0]).days < len(group.dates)
        )


@given(st.lists(interval_sets(), min_size=1, max_size=4), st.integers(-1500, 6000))
def test_what_has_passed_is_left_out_to_the_minute(sets: list[IntervalSet], after: int) -> None:
    first = date(2026, 11, 15)
    now = datetime(2026, 11, 15, tzinfo=UTC) + timedelta(minutes=after)
    days = [DayAvailability(first + timedelta(days=number), each) for number, each in enumerate(sets)]
    left = {
        (day.date, minute)
        for day in since(days, now)
        for minute, is_open in enumerate(row_of(day.bookable))
        if is_open
    }
    assert left == {
        (day.date, minute)
        for number, day in enumerate(days)
        for minute, is_open in enumerate(row_of(day.bookable))
        if is_open and number * 1440 + minute >= after
    }


@given(st.lists(interval_sets(), max_size=4), appointments(), st.integers(1, 5))
def test_the_sentence_names_starts_of_the_first_date_that_has_any_and_counts_the_rest(
    sets: list[IntervalSet], wanted: Appointment, most: int
) -> None:
    first = date(2026, 11, 15)
    now = datetime(2026, 11, 14, tzinfo=UTC)
    found = starts_over(
        [DayAvailability(first + timedelta(days=number), each) for number, each in enumerate(sets)], wanted, now
    )
    said = sentence(found, wanted.step, most)
    every = [(day.date, minute) for day in found for minute in day.minutes]
    if not every:
        assert said is None
        return
    assert said is not None
    assert said.date == every[0][0]
    assert said.minutes[0] == every[0][1], "the earliest is always told"
    assert {(said.date, minute) for minute in said.minutes} <= set(every)
    assert len(said.minutes) == min(most, sum(day == said.date for day, _ in every))
    assert list(said.minutes) == sorted(set(said.minutes))
    assert said.more == len(every) - len(said.minutes)


def test_the_sentence_tells_of_the_morning_and_of_the_afternoon() -> None:
    day = date(2026, 11, 17)
    said = sentence([DayStarts(day - timedelta(days=1), ()), DayStarts(day, (840, 870, 900, 960))], 30)
    assert said is not None
    assert (said.date, said.minutes, said.more) == (day, (840, 870, 960), 1)


def test_an_opening_soon_after_another_does_not_make_breaks_of_the_steps() -> None:
    # 9:00-10:15 and 10:20-10:35 for calls of 15 minutes in steps of 30: the nearest two are 20 minutes apart.
    said = sentence([DayStarts(date(2026, 11, 17), (540, 570, 600, 620, 840))], 30)
    assert said is not None
    assert said.minutes == (540, 570, 840)
