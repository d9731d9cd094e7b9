"""The wall clock, against zoneinfo asked the long way: walk through real minutes and read the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.strategies import MINUTES

from triluna_desktop.domain.time import (
    format_time,
    instant_of,
    parse_time,
    repeated_minutes,
    skipped_minutes,
    week_of,
    weekday_of,
)

ZONES = [
    "Europe/Berlin",
    "America/Toronto",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Casablanca",
    "America/Scoresbysund",
    "Pacific/Apia",
    "Asia/Kolkata",
    "UTC",
]
ANY_DAY = st.dates(date(1990, 1, 1), date(2037, 12, 31))


def clock_shows(day: date, zone: ZoneInfo) -> dict[int, list[datetime]]:
    """For each minute of the wall day, the instants at which a clock shows it, in order.

    Found by watching a clock minute by minute over three real days. It knows nothing of folds and gaps.
    """
    shown: dict[int, list[datetime]] = {minute: [] for minute in range(1440)}
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=26)
    for _ in range(76 * 60):
        wall = instant.astimezone(zone)
        if wall.date() == day:
            shown[wall.hour * 60 + wall.minute].append(instant)
        instant += timedelta(minutes=1)
    return shown


def stretch_of(minutes: list[int]) -> tuple[int, int] | None:
    if not minutes:
        return None
    assert minutes == list(range(minutes[0], minutes[-1] + 1)), "one stretch"
    return minutes[0], minutes[-1] + 1


@cache
def days_of_change(name: str) -> list[date]:
    """The dates from 1990 to 2037 around which the zone's offset changes, with the days before and after."""
    zone = ZoneInfo(name)
    found: set[date] = set()
    day = date(1990, 1, 1)
    offset = None
    while day.year < 2038:
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(zone).utcoffset()
        if offset is not None and now != offset:
            found |= {day + timedelta(days=by) for by in (-2, -1, 0, 1)}
        offset = now
        day += timedelta(days=1)
    return sorted(found)


@given(st.sampled_from(ZONES), st.data())
@settings(deadline=None, max_examples=60)
def test_skipped_and_repeated_minutes_are_what_a_watched_clock_skips_and_repeats(
    name: str, data: st.DataObject
) -> None:
    days = days_of_change(name)
    day = data.draw(ANY_DAY | st.sampled_from(days) if days else ANY_DAY)
    zone = ZoneInfo(name)
    shown = clock_shows(day, zone)
    assert skipped_minutes(day, zone) == stretch_of([minute for minute, at in shown.items() if not at])
    assert repeated_minutes(day, zone) == stretch_of([minute for minute, at in shown.items() if len(at) > 1])
    for minute, at in shown.items():
        instant = instant_of(day, minute, zone)
        if at:
            assert instant == at[0], "the first time that the clock shows it"


@given(st.sampled_from(ZONES), st.data())
def test_a_skipped_time_is_read_with_the_offset_from_before_the_change(name: str, data: st.DataObject) -> None:
    zone = ZoneInfo(name)
    day = data.draw(st.sampled_from(days_of_change(name)) if days_of_change(name) else ANY_DAY)
    gap = skipped_minutes(day, zone)
    if gap is None:
        return
    start, end = gap
    minute = data.draw(st.integers(start, end - 1))
    jump = instant_of(day, start, zone)
    assert instant_of(day, minute, zone) - jump == timedelta(minutes=minute - start)
    just_before = jump - timedelta(minutes=1)
    assert (jump.astimezone(zone).utcoffset() or timedelta()) > (
        just_before.astimezone(zone).utcoffset() or timedelta()
    ), "the clock goes forward just where the gap starts"


@given(st.sampled_from(ZONES), ANY_DAY)
def test_the_end_of_a_day_is_the_start_of_the_next(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    assert instant_of(day, 1440, zone) == instant_of(day + timedelta(days=1), 0, zone)


@given(MINUTES)
def test_formatting_and_parsing_give_the_same_minute_again(minutes: int) -> None:
    text = format_time(minutes)
    assert len(text) == 5
    assert parse_time(text) == minutes
    assert parse_time(f"{text}:00") == minutes
    assert parse_time(f" {text.removeprefix('0')} ") == minutes


@given(st.integers(0, 1439), st.integers(0, 59), st.integers(0, 999))
def test_seconds_are_dropped(minutes: int, second: int, millisecond: int) -> None:
    assert parse_time(f"{format_time(minutes)}:{second:02}.{millisecond:03}") == minutes


@given(st.text(max_size=10))
def test_any_other_text_is_no_time_or_one_of_a_day(text: str) -> None:
    try:
        assert 0 <= parse_time(text) <= 1440
    except ValueError as error:
        assert f"“{text}” is not a time" in str(error)


@given(st.integers().filter(lambda minutes: not 0 <= minutes <= 1440))
def test_minutes_outside_the_day_have_no_format(minutes: int) -> None:
    with pytest.raises(ValueError, match="outside the day"):
        format_time(minutes)


@given(st.dates(date(1, 1, 8)), st.integers(0, 6))
def test_a_week_starts_on_its_first_weekday_and_holds_its_day(day: date, first_weekday: int) -> None:
    start = week_of(day, first_weekday)
    assert weekday_of(start) == first_weekday
    assert timedelta() <= day - start < timedelta(days=7)
    assert weekday_of(day) == day.toordinal() % 7, "day 1 of year 1 was a Monday"
