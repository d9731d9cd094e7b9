"""Times and dates as people type them, in several languages."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale

from triluna_desktop.ui.dates import day_text, range_title, time_text, week_number
from triluna_desktop.ui.typed import Misread, MisreadError, read_date, read_named_day, read_time

BRITISH, AMERICAN, GERMAN = QLocale("en_GB"), QLocale("en_US"), QLocale("de_DE")
LOCALES = [
    "en_GB",
    "en_US",
    "de_DE",
    "fr_FR",
    "ja_JP",
    "he_IL",
    "hu_HU",
    "pt_BR",
    "ru_RU",
    "sv_SE",
    "ar_EG",
    "ko_KR",
]
NEAR = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("9", 540),
        ("09", 540),
        ("9:30", 570),
        ("9.30", 570),
        ("9h30", 570),
        ("9 h", 540),
        ("930", 570),
        ("0930", 570),
        ("2pm", 840),
        ("2:30 p.m.", 870),
        ("12am", 0),
        ("12 pm", 720),
        ("0:00", 0),
        ("24:00", 1440),
        ("24", 1440),
        (" 14:05 ", 845),
    ],
)  # fmt: skip - a table.
def test_a_time_is_read_as_people_write_it(typed: str, minutes: int) -> None:
    assert read_time(typed, BRITISH) == minutes


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Misread.NO_TIME),
        ("noon", Misread.NO_TIME),
        ("9:3", Misread.NO_TIME),
        ("13pm", Misread.NO_TIME),
        ("-1", Misread.NO_TIME),
        ("25:00", Misread.OUTSIDE_DAY),
        ("24:01", Misread.OUTSIDE_DAY),
        ("9:60", Misread.OUTSIDE_DAY),
        ("9999", Misread.OUTSIDE_DAY),
    ],
)  # fmt: skip - a table.
def test_what_is_no_time_of_a_day_is_refused_with_the_reason(typed: str, why: Misread) -> None:
    with pytest.raises(MisreadError) as caught:
        read_time(typed, BRITISH)
    assert caught.value.why is why


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2027, 3, 5), date(2028, 2, 29)])
def test_a_date_that_is_shown_can_be_typed_back(name: str, day: date) -> None:
    locale = QLocale(name)
    short = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)

    assert read_date(day_text(day, locale), locale, NEAR) == day
    assert read_date(short, locale, NEAR) == day
    assert read_date(day.isoformat(), locale, NEAR) == day


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize("minutes", [0, 725, 870, 1439, 1440])
def test_a_time_that_is_shown_can_be_typed_back(name: str, minutes: int) -> None:
    locale = QLocale(name)

    assert read_time(time_text(minutes, locale), locale) == minutes


@pytest.mark.parametrize(
    ("typed", "locale", "day"),
    [
        ("24/12", BRITISH, date(2026, 12, 24)),
        ("12/24", AMERICAN, date(2026, 12, 24)),
        ("24.12.", GERMAN, date(2026, 12, 24)),
        ("24. Dezember", GERMAN, date(2026, 12, 24)),
        ("24 dec 2027", GERMAN, date(2027, 12, 24)),
        ("Dec 24, 27", AMERICAN, date(2027, 12, 24)),
        ("thursday 24 december", BRITISH, date(2026, 12, 24)),
    ],
)
def test_a_date_may_leave_out_what_is_clear(typed: str, locale: QLocale, day: date) -> None:
    assert read_date(typed, locale, NEAR) == day


@pytest.mark.parametrize("typed", ["31 Nov", "29/2/2027", "2026-13-01", "0/1"])
def test_a_date_that_does_not_exist_is_told_from_what_is_no_date(typed: str) -> None:
    with pytest.raises(MisreadError) as caught:
        read_date(typed, BRITISH, NEAR)
    assert caught.value.why is Misread.NO_SUCH_DATE
    with pytest.raises(MisreadError) as caught:
        read_date("someday", BRITISH, NEAR)
    assert caught.value.why is Misread.NO_DATE


@pytest.mark.parametrize(
    ("first", "days", "locale", "title"),
    [
        (date(2026, 11, 16), 7, BRITISH, "16 – 22 November 2026"),
        (date(2026, 11, 30), 7, BRITISH, "30 November – 6 December 2026"),
        (date(2026, 12, 28), 7, BRITISH, "28 December 2026 – 3 January 2027"),
        (date(2026, 11, 19), 1, BRITISH, "19 November 2026"),
        (date(2026, 11, 16), 7, AMERICAN, "November 16 – 22, 2026"),
        (date(2026, 11, 30), 7, AMERICAN, "November 30 – December 6, 2026"),
        (date(2026, 11, 16), 7, GERMAN, "16. – 22. November 2026"),
        (date(2026, 11, 30), 7, QLocale("ja_JP"), "2026年11月30日 – 12月6日"),
    ],
)
def test_a_week_is_titled_in_the_order_of_the_locale(first: date, days: int, locale: QLocale, title: str) -> None:
    assert range_title(first, days, locale) == title


def test_a_week_has_its_iso_number_wherever_it_starts() -> None:
    assert week_number(date(2026, 11, 16)) == week_number(date(2026, 11, 15)) == 47
    assert week_number(date(2026, 12, 28)) == 53


NEAR_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}


@pytest.mark.parametrize(
    ("typed", "locale", "day"),
    [
        ("today", BRITISH, date(2026, 11, 19)),
        (" Tomorrow ", BRITISH, date(2026, 11, 20)),
        ("yesterday", GERMAN, date(2026, 11, 18)),
        ("friday", BRITISH, date(2026, 11, 20)),
        ("Fri", BRITISH, date(2026, 11, 20)),
        ("wednesday", BRITISH, date(2026, 11, 25)),
        ("thursday", BRITISH, date(2026, 11, 26)),
        ("Freitag", GERMAN, date(2026, 11, 20)),
        ("Fr.", GERMAN, date(2026, 11, 20)),
        ("friday", GERMAN, date(2026, 11, 20)),
        ("vendredi", QLocale("fr_FR"), date(2026, 11, 20)),
        ("יום שישי", QLocale("he_IL"), date(2026, 11, 20)),
        ("金曜日", QLocale("ja_JP"), date(2026, 11, 20)),
    ],
)  # fmt: skip - a table.
def test_a_weekday_is_the_next_one_and_some_words_name_days(typed: str, locale: QLocale, day: date) -> None:
    assert read_named_day(typed, locale, NEAR, NEAR_WORDS) == day


@pytest.mark.parametrize("typed", ["", "f", "fr", "19 Nov", "march", "someday", "fridayish"])
def test_other_words_name_no_day(typed: str) -> None:
    assert read_named_day(typed, BRITISH, NEAR, NEAR_WORDS) is None


def test_the_calendar_ends_before_the_day_after_its_last() -> None:
    assert read_named_day("tomorrow", BRITISH, date.max, NEAR_WORDS) is None
    assert read_named_day("today", BRITISH, date.max, NEAR_WORDS) == date.max


def test_the_days_words_of_the_language_count_too() -> None:
    assert read_named_day("morgen", GERMAN, NEAR, {"morgen": 1}) == date(2026, 11, 20)
