"""What one typed line is understood to say, by examples. It is Thursday 19 November 2026, 13:24."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.quick_add import Habits, QuickAdd, read_quick_add
from triluna_desktop.domain.said import Problem, Reading
from triluna_desktop.domain.time import format_time
from triluna_desktop.domain.vocabulary import ENGLISH, Vocabulary, begun

NOW = datetime(2026, 11, 19, 13, 24, tzinfo=ZoneInfo("America/Toronto"))
HABITS = Habits(ModeSettings(), is_available=False, length=30)


def read(text: str, words: Vocabulary = ENGLISH, habits: Habits = HABITS, now: datetime = NOW) -> QuickAdd:
    return read_quick_add(text, now, habits, words)


def said(found: QuickAdd) -> str:
    """What would be written: "11-20 14:00-15:30", or "1 09:00-17:00" of every Monday."""
    dated = [f"{each.date:%m-%d} {_times(each.interval)}" for each in found.parts]
    weekly = [f"{each.weekday} {_times(each.interval)}" for each in found.weekly]
    return ", ".join([*dated, *weekly])


def _times(interval: Interval) -> str:
    return f"{format_time(interval.start)}-{format_time(interval.end)}"


@pytest.mark.parametrize(
    ("text", "written", "title"),
    [
        ("block tomorrow 2-3:30 dentist", "11-20 14:00-15:30", "dentist"),
        ("block 15 Jan 14:00-15:30 Title", "01-15 14:00-15:30", "Title"),
        ("next tue 3pm 45m call", "11-24 15:00-15:45", "call"),
        ("in 30 min", "11-19 13:54-14:24", ""),
        ("30m", "11-19 13:24-13:54", ""),
        ("2 h 30 min", "11-19 13:24-15:54", ""),
        ("until 5", "11-19 13:24-17:00", ""),
        ("rest of the day", "11-19 13:24-24:00", ""),
        ("all day fri", "11-20 00:00-24:00", ""),
        ("22-2 night", "11-19 22:00-24:00, 11-20 00:00-02:00", "night"),
        ("10pm-2", "11-19 22:00-24:00, 11-20 00:00-02:00", ""),
        ("mon-wed 9-17", "11-23 09:00-17:00, 11-24 09:00-17:00, 11-25 09:00-17:00", ""),
        ("MON TO WED 9-17", "11-23 09:00-17:00, 11-24 09:00-17:00, 11-25 09:00-17:00", ""),
        ("15-17 Jan all day vacation", "01-15 00:00-24:00, 01-16 00:00-24:00, 01-17 00:00-24:00", "vacation"),
        ("Jan 15 2-3 sun cream", "01-15 14:00-15:00", "sun cream"),
        ("every monday 9-5", "1 09:00-17:00", ""),
        ("every mon, wed and fri 9-12 office", "1 09:00-12:00, 3 09:00-12:00, 5 09:00-12:00", "office"),
        ("fridays 22-2", "5 22:00-24:00, 6 00:00-02:00", ""),
        ("block tue 24 Nov 9-10", "11-24 09:00-10:00", ""),
        ('block "lunch with Tom at 3" fri 12-1', "11-20 12:00-13:00", "lunch with Tom at 3"),
        ("block tomorrow room 5 9-10", "11-20 09:00-10:00", "room 5"),
        ("meeting 2 tomorrow 2-3", "11-20 14:00-15:00", "meeting 2"),
        ("tomorrow 3 call", "11-20 15:00-15:30", "call"),
        ("at 3 a meeting", "11-19 15:00-15:30", "a meeting"),
        ("call in 3 days at 4", "11-22 16:00-16:30", "call"),
        ("24.11. 14.30-15.30", "11-24 14:30-15:30", ""),
        ("930-1100 fri", "11-20 09:30-11:00", ""),
        ("9h-12h fri", "11-20 09:00-12:00", ""),
        ("between 2 and 4 fri", "11-20 14:00-16:00", ""),
        ("the 15th 2pm", "12-15 14:00-14:30", ""),
        ("today 8-midnight", "11-19 20:00-24:00", ""),
        ("tomorrow 23:00-23:59", "11-20 23:00-24:00", ""),
        ("from 30 nov to 1 dec all day trip", "11-30 00:00-24:00, 12-01 00:00-24:00", "trip"),
        ("31.12.-1.1. 9-10", "12-31 09:00-10:00, 01-01 09:00-10:00", ""),
        ("2026-11-30 to 2026-12-01 9-10", "11-30 09:00-10:00, 12-01 09:00-10:00", ""),
        ("mon 30 nov - tue 1 dec 9-10", "11-30 09:00-10:00, 12-01 09:00-10:00", ""),
        ("2026-11-24T09:00-10:00", "11-24 09:00-10:00", ""),
        ("24-11-2026 9-10", "11-24 09:00-10:00", ""),
        ("weekdays 9-10", ", ".join(f"{weekday} 09:00-10:00" for weekday in range(1, 6)), ""),
        ("every weekend 9-10", "6 09:00-10:00, 0 09:00-10:00", ""),
        ("daily 9-10", ", ".join(f"{weekday} 09:00-10:00" for weekday in (1, 2, 3, 4, 5, 6, 0)), ""),
        ("tonight 8-9", "11-19 20:00-21:00", ""),
        ("call this evening at 7", "11-19 19:00-19:30", "call"),
        ("tomorrow evening 6-7 choir", "11-20 18:00-19:00", "choir"),
        ("tomorrow morning 5-6 run", "11-20 05:00-06:00", "run"),
        ("tomorrow 3 o'clock", "11-20 15:00-15:30", ""),
        ("tomorrow 15-16 Uhr call", "11-20 15:00-16:00", "call"),
        ("tomorrow 9-10 dentist, 2nd floor", "11-20 09:00-10:00", "dentist, 2nd floor"),
        ('tomorrow 9-10 "next week\'s plan"', "11-20 09:00-10:00", "next week's plan"),
    ],
)
def test_a_line_is_understood(text: str, written: str, title: str) -> None:
    found = read(text)
    assert found.problem is None
    assert (said(found), found.title) == (written, title)


@pytest.mark.parametrize(
    ("text", "hours", "times"),
    [
        ("tomorrow 2-3:30", (480, 1200), "14:00-15:30"),
        ("tomorrow 2-3:30", (0, 480), "02:00-03:30"),
        ("tomorrow 8-9", (480, 1200), "08:00-09:00"),
        ("tomorrow 7-8", (480, 1200), "19:00-20:00"),
        ("tomorrow 9-5", (480, 1200), "09:00-17:00"),
        ("tomorrow 10-2", (480, 1200), "10:00-14:00"),
        ("tomorrow 12-1", (480, 1200), "12:00-13:00"),
        ("tomorrow 11-1pm", (480, 1200), "11:00-13:00"),
        ("tomorrow 2-3:30pm", (480, 1200), "14:00-15:30"),
        ("tomorrow 9am-5", (480, 1200), "09:00-17:00"),
        ("tomorrow 02:00-03:30", (480, 1200), "02:00-03:30"),
        ("tomorrow 2-14", (480, 1200), "02:00-14:00"),
        ("tomorrow 5-6", (0, 1440), "05:00-06:00"),
    ],
)
def test_the_half_of_the_day_is_that_in_which_the_calendar_is_open(
    text: str, hours: tuple[int, int], times: str
) -> None:
    habits = Habits(ModeSettings(default_hours=Interval(*hours)), is_available=False, length=30)
    assert said(read(text, habits=habits)) == f"11-20 {times}"


def test_the_hours_of_that_very_weekday_count() -> None:
    early, late = Interval(0, 600), Interval(720, 1320)
    settings = ModeSettings(hours=(late, early, late, late, late, late, None))
    habits = Habits(settings, is_available=True, length=30)
    assert said(read("mon 5-6", habits=habits)) == "11-23 05:00-06:00"
    assert said(read("tue 5-6", habits=habits)) == "11-24 17:00-18:00"


@pytest.mark.parametrize(
    ("text", "is_available"),
    [
        ("open fri 9-12", True),
        ("unblock fri 9-12", True),
        ("free fri 9-12", True),
        ("busy fri 9-12", False),
        ("fri 9-12 open house", False),
    ],
)
def test_the_first_word_says_whether_it_opens_or_blocks(text: str, is_available: bool) -> None:
    assert read(text).is_available is is_available


def test_without_such_a_word_the_habit_holds() -> None:
    opening = Habits(ModeSettings(), is_available=True, length=30)
    assert read("fri 9-12", habits=opening).is_available


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("3/4 10-11", Reading.NUMBER_ORDER),
        ("15 Jan 10-11", Reading.OTHER_YEAR),
        ("thu 10-11", Reading.IN_A_WEEK),
        ("next fri 10-11", Reading.COMING),
        ("tomorrow 2-3", Reading.HALF_DAY),
        ("tomorrow 14:00", Reading.DEFAULT_LENGTH),
        ("14:00-15:00", Reading.TODAY),
        ("today 9-10", Reading.PAST),
    ],
)
def test_a_reading_that_could_be_another_is_named(text: str, reading: Reading) -> None:
    assert reading in read(text).readings


@pytest.mark.parametrize(
    "text", ["tomorrow 14:00-15:00", "2026-11-24 9am-10am", "next tue 10-11", "13/4/2027 10-11"]
)
def test_what_can_be_read_in_one_way_only_needs_no_remark(text: str) -> None:
    assert read(text).readings == ()


def test_the_order_of_numbers_is_the_locales() -> None:
    american = Vocabulary(ENGLISH.weekdays, ENGLISH.months, ENGLISH.near, order="Mdy", first_weekday=0)
    assert said(read("3/4 10-11")) == "04-03 10:00-11:00"
    assert said(read("3/4 10-11", american)) == "03-04 10:00-11:00"


def test_the_locales_words_are_understood_beside_english() -> None:
    german = Vocabulary(
        begun(("Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag")),
        begun(("Januar", "Februar", "März"), 1),
        {"morgen": 1, "übermorgen": 2},
    ).with_words(ENGLISH)
    assert said(read("Übermorgen 9-12", german)) == "11-21 09:00-12:00"
    assert said(read("Die 9-12", german)) == "11-24 09:00-12:00"
    assert said(read("1. März 9-12", german)) == "03-01 09:00-12:00"
    assert said(read("tomorrow 9-12", german)) == "11-20 09:00-12:00"


@pytest.mark.parametrize(
    ("text", "problem", "about"),
    [
        ("", Problem.EMPTY, ""),
        ("  ", Problem.EMPTY, ""),
        ("block", Problem.NO_TIME, ""),
        ("block tomorrow dentist", Problem.NO_TIME, ""),
        ("tomorrow 30m", Problem.NO_TIME, ""),
        ("31 Feb 9-10", Problem.NO_SUCH_DATE, "31 Feb"),
        ("25:00-26:00", Problem.NO_SUCH_TIME, "25:00-26:00"),
        ("tomorrow 14pm", Problem.NO_SUCH_TIME, "14pm"),
        ("sat 20 Nov 9-10", Problem.WRONG_WEEKDAY, "20 Nov"),
        ("14:00-14:00", Problem.EMPTY_STRETCH, "14:00-14:00"),
        ("0m", Problem.EMPTY_STRETCH, "0m"),
        ("until 9", Problem.HAS_PASSED, "until 9"),
        ("tomorrow 9am for 200h", Problem.TOO_LONG, "for 200h"),
        ("tomorrow in 30 min", Problem.TWO_STARTS, "in 30 min"),
        ("tomorrow 9-10 " + "x" * 201, Problem.TITLE_TOO_LONG, "x" * 201),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_written(text: str, problem: Problem, about: str) -> None:
    found = read(text)
    assert (found.problem, found.said if about else "") == (problem, about)
    assert found.items(new_key) == ()


def test_the_date_and_the_title_are_kept_while_the_time_is_still_missing() -> None:
    found = read("block tomorrow dentist")
    assert ([f"{day}" for day in found.days], found.title) == (["2026-11-20"], "dentist")


def test_half_an_hour_lasts_half_an_hour_when_the_clock_jumps_ahead() -> None:
    now = datetime(2027, 3, 14, 1, 45, tzinfo=ZoneInfo("America/Toronto"))
    assert said(read("30m", now=now)) == "03-14 01:45-03:15"
    assert said(read("in 30 min for 1h", now=now)) == "03-14 03:15-04:15"


def test_what_is_written_is_what_was_understood() -> None:
    (entry,) = read("block tomorrow 2-3:30 dentist").items(new_key)
    assert isinstance(entry, Entry)
    assert (entry.date.day, entry.start, entry.end, entry.is_available, entry.title) == (
        20,
        840,
        930,
        False,
        "dentist",
    )
    (pattern,) = read("open every monday 9-5").items(new_key)
    assert isinstance(pattern, Pattern)
    assert (pattern.weekday, pattern.start, pattern.end, pattern.is_available) == (1, 540, 1020, True)
