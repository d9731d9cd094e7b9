"""When, as people write it on a command line."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.when import DatedInterval, WhenError, parse_day, parse_when

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 19, 13, 24, 30, tzinfo=TORONTO)  # A Thursday.
TODAY = NOW.date()


def slot(day: date, start: str, end: str) -> DatedInterval:
    def minutes(text: str) -> int:
        return int(text[:2]) * 60 + int(text[3:])

    return DatedInterval(day, Interval(minutes(start), minutes(end)))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("30m", "13:24", "13:54"),
        ("30 min", "13:24", "13:54"),
        ("2h", "13:24", "15:24"),
        ("1h30", "13:24", "14:54"),
        ("1h 30m", "13:24", "14:54"),
        ("until 17:00", "13:24", "17:00"),
        ("until 17", "13:24", "17:00"),
        ("until 24:00", "13:24", "24:00"),
        ("rest of day", "13:24", "24:00"),
        ("Rest of the Day", "13:24", "24:00"),
        ("14:00-15:30", "14:00", "15:30"),
        ("14:00 to 15:30", "14:00", "15:30"),
        ("9-10", "09:00", "10:00"),
    ],
)
def test_words_without_a_date_mean_today(words: str, start: str, end: str) -> None:
    assert parse_when(words, NOW) == (slot(TODAY, start, end),)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-23 9:00-10:00", date(2026, 11, 23)),
        ("tomorrow 9:00-10:00", date(2026, 11, 20)),
        ("today 9:00 - 10:00", TODAY),
        ("mon 9:00–10:00", date(2026, 11, 23)),
        ("thursday 9:00-10:00", date(2026, 11, 26)),
    ],
)
def test_words_with_a_date_mean_that_date(words: str, day: date) -> None:
    assert parse_when(words, NOW) == (slot(day, "09:00", "10:00"),)


@pytest.mark.parametrize(
    ("now", "words", "start", "end"),
    [
        (datetime(2026, 3, 8, 1, 45, tzinfo=TORONTO), "30m", "01:45", "03:15"),
        (datetime(2026, 3, 8, 1, 45, tzinfo=TORONTO), "15m", "01:45", "03:00"),
        (datetime(2026, 3, 8, 3, 0, tzinfo=TORONTO), "30m", "03:00", "03:30"),
        (datetime(2026, 11, 1, 1, 50, tzinfo=TORONTO), "30m", "01:50", "02:20"),
        (datetime(2026, 11, 1, 1, 50, tzinfo=TORONTO, fold=1), "30m", "01:50", "02:20"),
    ],
)
def test_a_duration_lasts_that_long_also_where_the_clock_changes(
    now: datetime, words: str, start: str, end: str
) -> None:
    assert parse_when(words, now) == (slot(now.date(), start, end),)


def test_what_crosses_midnight_is_an_entry_a_date() -> None:
    assert parse_when("2026-11-23 22:00-02:00", NOW) == (
        slot(date(2026, 11, 23), "22:00", "24:00"),
        slot(date(2026, 11, 24), "00:00", "02:00"),
    )
    assert parse_when("24h", NOW) == (slot(TODAY, "13:24", "24:00"), slot(TODAY + timedelta(1), "00:00", "13:24"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "says no time"),
        ("30", "says no time"),
        ("soon", "says no time"),
        ("0m", "is empty"),
        ("9999h", "more than a week"),
        ("until 09:00", "has passed"),
        ("until 25:00", "not a time of a day"),
        ("until noon", "not a time"),
        ("14:00-14:00", "is empty"),
        ("14:75-15:00", "not a time of a day"),
        ("24:00-01:00", "is empty"),
        ("23:59-24:00", "last minute before midnight"),
        ("2026-02-30 9:00-10:00", "not a date of the calendar"),
        ("yesterdayish 9:00-10:00", "not a date"),
        ("9999-12-31 22:00-02:00", "last day of the calendar"),
    ],
)
def test_words_that_say_no_time_are_refused_with_a_sentence(words: str, said: str) -> None:
    with pytest.raises(WhenError, match=said):
        parse_when(words, NOW)


def test_a_weekday_is_the_next_one_and_never_today() -> None:
    assert parse_day("thu", TODAY) == date(2026, 11, 26)
    assert parse_day("friday", TODAY) == date(2026, 11, 20)
    assert parse_day("yesterday", TODAY) == date(2026, 11, 18)


def test_an_end_at_23_59_is_the_end_of_the_day() -> None:
    assert parse_when("22:00-23:59", NOW) == (slot(TODAY, "22:00", "24:00"),)


def test_a_last_minute_that_no_entry_can_say_is_left_out() -> None:
    late = NOW.replace(hour=23, minute=59)
    assert parse_when("30m", late) == (slot(TODAY + timedelta(1), "00:00", "00:29"),)


@pytest.mark.parametrize("words", ["rest of day", "until 24:00", "1m"])
def test_in_the_last_minute_what_ends_at_midnight_is_refused_with_what_can_be_said_instead(words: str) -> None:
    with pytest.raises(WhenError) as refused:
        parse_when(words, NOW.replace(hour=23, minute=59))
    assert str(refused.value) == (
        "It is 23:59, and the last minute before midnight cannot be an entry of its own. "
        "Give a time that goes on after midnight, for example 30m."
    )


@given(st.text(max_size=30))
def test_any_words_are_understood_or_refused_but_never_break(words: str) -> None:
    try:
        parts = parse_when(words, NOW)
    except WhenError:
        return
    assert parts
    for before, after in pairwise(parts):
        assert before.interval.end == 1440
        assert after.interval.start == 0
        assert after.date == before.date + timedelta(days=1)
