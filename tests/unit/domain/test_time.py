"""The wall clock: its words, 24:00, and the days on which it jumps."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.time import (
    format_time,
    instant_of,
    parse_time,
    repeated_minutes,
    skipped_minutes,
    week_of,
    weekday_of,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:00", 0),
        ("9:05", 545),
        ("14:30", 870),
        ("14:30:59", 870),
        ("09:00:00.000", 540),
        ("23:59", 1439),
        ("24:00", 1440),
        ("24:00:00", 1440),
        (" 8:00\n", 480),
    ],
)
def test_times_are_read_as_people_and_the_server_write_them(text: str, minutes: int) -> None:
    assert parse_time(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "9", "9:5", "9.30", "-1:00", "123:00", "9:00 PM", "٠٩:٠٠", "09:00:00Z", "9:00:"]
)
def test_what_is_not_written_like_a_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write it as HH:MM, for example 14:30"):
        parse_time(text)


@pytest.mark.parametrize("text", ["24:01", "25:00", "12:60", "12:00:60", "24:00:01"])
def test_what_no_day_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the day goes from 00:00 to 24:00"):
        parse_time(text)


def test_times_are_written_with_two_digits_and_the_end_of_the_day_as_24_00() -> None:
    assert [format_time(minutes) for minutes in (0, 545, 1439, 1440)] == ["00:00", "09:05", "23:59", "24:00"]


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_outside_the_day_are_not_written(minutes: int) -> None:
    with pytest.raises(ValueError, match=f"{minutes} minutes lie outside the day"):
        format_time(minutes)


def test_sunday_is_0_and_saturday_is_6() -> None:
    assert [weekday_of(date(2026, 11, day)) for day in range(22, 29)] == [0, 1, 2, 3, 4, 5, 6]


def test_a_week_starts_where_the_locale_says() -> None:
    thursday = date(2026, 11, 26)
    assert week_of(thursday, 0) == date(2026, 11, 22)
    assert week_of(thursday, 1) == date(2026, 11, 23)
    assert week_of(thursday, 4) == thursday
    assert week_of(thursday, 5) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("zone", "day", "skipped", "repeated"),
    [
        ("Europe/Berlin", date(2026, 3, 29), (120, 180), None),
        ("Europe/Berlin", date(2026, 10, 25), None, (120, 180)),
        ("Europe/Berlin", date(2026, 10, 26), None, None),
        ("America/Toronto", date(2026, 3, 8), (120, 180), None),
        ("America/Toronto", date(2026, 11, 1), None, (60, 120)),
        ("Australia/Lord_Howe", date(2026, 10, 4), (120, 150), None),
        ("Australia/Lord_Howe", date(2026, 4, 5), None, (90, 120)),
        ("America/Havana", date(2026, 3, 8), (0, 60), None),
        ("America/Havana", date(2026, 3, 7), None, None),
        ("America/Havana", date(2026, 11, 1), None, (0, 60)),
        ("Asia/Beirut", date(2026, 3, 29), (0, 60), None),
        ("Asia/Beirut", date(2026, 10, 24), None, (1380, 1440)),
        ("Asia/Beirut", date(2026, 10, 25), None, None),
        ("Antarctica/Casey", date(2010, 3, 4), None, (1380, 1440)),
        ("Antarctica/Casey", date(2010, 3, 5), None, (0, 120)),
        ("Pacific/Apia", date(2011, 12, 30), (0, 1440), None),
        ("UTC", date(9999, 12, 31), None, None),
        ("Europe/Berlin", date(9999, 12, 31), None, None),
    ],
)
def test_skipped_and_repeated_hours_are_found_wherever_in_the_day_they_lie(
    zone: str, day: date, skipped: tuple[int, int] | None, repeated: tuple[int, int] | None
) -> None:
    assert skipped_minutes(day, ZoneInfo(zone)) == skipped
    assert repeated_minutes(day, ZoneInfo(zone)) == repeated


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "instant"),
    [
        ("America/Toronto", date(2026, 11, 26), 840, datetime(2026, 11, 26, 19, tzinfo=UTC)),
        ("America/Toronto", date(2026, 11, 26), 1440, datetime(2026, 11, 27, 5, tzinfo=UTC)),
        # 02:30 is skipped: what the clock shows as 03:30.
        ("Europe/Berlin", date(2026, 3, 29), 150, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # 02:30 comes twice: the first one, still in summer time.
        ("Europe/Berlin", date(2026, 10, 25), 150, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Midnight itself is skipped, seen as a start and as the end of the day before.
        ("America/Havana", date(2026, 3, 8), 0, datetime(2026, 3, 8, 5, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 7), 1440, datetime(2026, 3, 8, 5, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: date, minutes: int, instant: datetime) -> None:
    assert instant_of(day, minutes, ZoneInfo(zone)) == instant
