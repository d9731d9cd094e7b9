"""Hours and warnings against the oracle of what is bookable in each minute."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.oracle import oracle, row_of
from tests.helpers.strategies import entry_lists, mode_settings, pattern_lists

from triluna_desktop.domain.availability import ModeSettings, availability_over
from triluna_desktop.domain.hours import Hours, hours_over
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import week_of, weekday_of
from triluna_desktop.domain.warnings import Limits, OfferWarning, OfferWarningKind, warnings_over

FIRST = date(2026, 10, 20)
DAYS = 14
DATES = st.integers(-1, DAYS).map(lambda number: FIRST + timedelta(days=number))
"""Also one before and one after the span, and the night of 25 October, when clocks go back in Berlin."""
SPAN = [FIRST + timedelta(days=number) for number in range(DAYS)]
BERLIN = ZoneInfo("Europe/Berlin")


@given(mode_settings(), pattern_lists(), entry_lists(days=DATES), st.integers(0, 6))
@settings(deadline=None, max_examples=40)
def test_hours_are_the_sum_of_the_open_minutes_by_date_weekday_and_week(
    mode: ModeSettings, patterns: list[Pattern], entries: list[Entry], first_weekday: int
) -> None:
    weekly, dated = [(each.weekday, each) for each in patterns], [(each.date, each) for each in entries]
    found = hours_over(FIRST, DAYS, mode, weekly, dated)
    by_date = {day: sum(oracle(day, mode, patterns, entries)) for day in SPAN}
    assert {day: found.on(day) for day in SPAN} == by_date
    assert found.on(FIRST - timedelta(days=1)) is found.on(found.last + timedelta(days=1)) is None
    assert found.last == SPAN[-1]
    assert found == Hours.of(availability_over(FIRST, DAYS, mode, patterns, entries))
    assert found.total == sum(by_date.values())
    for weekday, minutes, dates in found.by_weekday():
        assert minutes == sum(each for day, each in by_date.items() if weekday_of(day) == weekday)
        assert dates == sum(weekday_of(day) == weekday for day in SPAN)
    weeks = found.by_week(first_weekday)
    assert [week.first for week in weeks] == sorted({week_of(day, first_weekday) for day in SPAN})
    for week in weeks:
        there = [each for day, each in by_date.items() if week_of(day, first_weekday) == week.first]
        assert (week.minutes, week.dates) == (sum(there), len(there))
    assert found.by_week(first_weekday, 2) == weeks[:2]


@given(mode_settings(), pattern_lists(), entry_lists(days=DATES))
@settings(deadline=None, max_examples=30)
def test_availability_over_dates_is_that_of_each_date(
    mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    for day in availability_over(FIRST, DAYS, mode, patterns, entries):
        assert row_of(day.bookable) == oracle(day.date, mode, patterns, entries)


LIMITS = st.builds(
    Limits,
    st.integers(1, 120),
    st.sampled_from([(1320, 360), (0, 0), (0, 300), (1200, 1440)]),
    st.integers(0, 6),
)


@given(mode_settings(), pattern_lists(max_size=8), entry_lists(max_size=10, days=DATES), LIMITS)
@settings(deadline=None, max_examples=25)
def test_warnings_say_what_the_minutes_say(
    mode: ModeSettings, patterns: list[Pattern], entries: list[Entry], limits: Limits
) -> None:
    found = warnings_over(FIRST, DAYS, mode, patterns, entries, limits=limits, zone=BERLIN)
    rows = {day: oracle(day, mode, patterns, entries) for day in SPAN}
    check_idle(found, mode, patterns, entries)
    check_weeks(found, rows, limits)
    start, end = limits.night
    night = {m for m in range(1440) if (start <= m < end if start <= end else m >= start or m < end)}
    for day, row in rows.items():
        of_week = oracle(day, mode, patterns, [])
        told = told_minutes(found, OfferWarningKind.OPEN_AT_NIGHT, day)
        assert told == {m for m in night if of_week[m]} | {m for m in night if row[m]}
        of_date = {
            m
            for each in found
            if each.date == day and each.kind is OfferWarningKind.OPEN_AT_NIGHT
            for m in minutes_of(each)
        }
        assert not any(of_week[m] for m in of_date), "what the weekly hours open is said of them alone"
        short, told = short_minutes(row, limits), told_minutes(found, OfferWarningKind.TOO_SHORT, day)
        assert short <= told <= short | short_minutes(of_week, limits)
    clock = [each for each in found if each.kind is OfferWarningKind.CLOCK_CHANGE]
    night_of = date(2026, 10, 25)
    there = [entry for entry in entries if entry.date == night_of and entry.start < 180 and entry.end > 120]
    assert {each.item.key for each in clock if each.item is not None} == {entry.key for entry in there}
    assert {each.date for each in clock} <= {night_of}


def check_weeks(found: tuple[OfferWarning, ...], rows: dict[date, list[bool]], limits: Limits) -> None:
    closed = {each.date for each in found if each.kind is OfferWarningKind.WEEK_CLOSED}
    weeks = {week_of(day, limits.first_weekday) for day in SPAN}
    expected: set[date] = set()
    for week in weeks:
        dates = [week + timedelta(days=number) for number in range(7)]
        if all(day in rows and not any(rows[day]) for day in dates):
            expected.add(week)
    assert closed == expected


def check_idle(
    found: tuple[OfferWarning, ...], mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    """An item is idle where all minutes are the same without it."""
    kinds = (OfferWarningKind.BLOCK_CHANGES_NOTHING, OfferWarningKind.PATTERN_COVERED)
    told: dict[str, OfferWarning] = {each.item.key: each for each in found if each.kind in kinds and each.item}
    for pattern in patterns:
        day = next(day for day in SPAN if weekday_of(day) == pattern.weekday)
        others = [each for each in patterns if each is not pattern]
        is_idle = oracle(day, mode, others, []) == oracle(day, mode, patterns, [])
        assert (pattern.key in told) is is_idle
        if pattern.is_available and is_idle:
            assert told[pattern.key].kind is OfferWarningKind.PATTERN_COVERED
    for entry in entries:
        if entry.is_available or entry.date not in SPAN:
            assert entry.key not in told
            continue
        others_on = [each for each in entries if each is not entry]
        row, without = (oracle(entry.date, mode, patterns, each) for each in (entries, others_on))
        assert (entry.key in told) is (row == without)
    assert all(each.item is None or each.interval == each.item.interval for each in told.values())


def told_minutes(found: tuple[OfferWarning, ...], kind: OfferWarningKind, day: date) -> set[int]:
    """What is said of a date, or of its weekday."""
    return {
        minute
        for each in found
        if each.kind is kind and (each.date == day or each.weekday == weekday_of(day))
        for minute in minutes_of(each)
    }


def minutes_of(warning: OfferWarning) -> range:
    """What it is about."""
    return range(0) if warning.interval is None else range(warning.interval.start, warning.interval.end)


def short_minutes(row: list[bool], limits: Limits) -> set[int]:
    """The minutes that lie in an opening in which no appointment fits."""
    found: set[int] = set()
    for is_open, run in groupby(range(1440), key=lambda minute: row[minute]):
        minutes = list(run)
        if is_open and len(minutes) < limits.length:
            found |= set(minutes)
    return found


def test_without_a_zone_nothing_is_said_of_clock_changes() -> None:
    day = date(2026, 3, 29)
    entry = Entry("e", day, 90, 200)
    with_zone, without = (
        {each.kind for each in warnings_over(day, 1, ModeSettings(), [], [entry], zone=zone)}
        for zone in (BERLIN, None)
    )
    assert with_zone - without == {OfferWarningKind.CLOCK_CHANGE}


def test_hours_of_no_date_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one date"):
        Hours.of([])
