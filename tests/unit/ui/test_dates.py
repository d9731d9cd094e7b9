"""How times are written: as the locale has it, or as the user chose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication

from triluna_desktop.ui.dates import TimedLocale, time_text, times_text
from triluna_desktop.ui.translation import choose_language
from triluna_desktop.ui.typed import read_time
from triluna_desktop.ui.words import Words


def timed(name: str, clock: str) -> TimedLocale:
    locale = TimedLocale(QLocale(name))
    locale.clock = clock
    return locale


@pytest.mark.parametrize(
    ("name", "clock", "text"),
    [
        ("en_GB", "locale", "14:30"),
        ("en_GB", "12", "2:30 pm"),
        ("en_GB", "24", "14:30"),
        ("en_US", "locale", "2:30 PM"),
        ("en_US", "24", "14:30"),
        ("de_DE", "12", "2:30 PM"),
        ("de_DE", "24", "14:30"),
    ],
)
def test_times_are_written_as_chosen(name: str, clock: str, text: str) -> None:
    said = time_text(14 * 60 + 30, timed(name, clock)).replace("\u202f", " ")
    assert said.casefold() == text.casefold()


@pytest.mark.parametrize("name", ["en_GB", "en_US", "de_DE", "ja_JP", "ar_EG", "fi_FI", "fa_IR"])
@pytest.mark.parametrize("clock", ["locale", "12", "24"])
@pytest.mark.parametrize("minute", [0, 1, 11 * 60, 12 * 60, 13 * 60 + 5, 23 * 60 + 59])
def test_what_is_written_is_read_back(name: str, clock: str, minute: int) -> None:
    locale = timed(name, clock)
    assert read_time(time_text(minute, locale), locale) == minute


def test_a_language_that_was_chosen_names_the_days_and_the_systems_stays_as_it_is() -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        choose_language("system")
        assert QLocale().standaloneDayName(1) == "Montag"
        choose_language("en")
        assert QLocale().standaloneDayName(1) == "Monday"
    finally:
        QLocale.setDefault(before)


def test_words_follow_a_change_while_they_are_held() -> None:
    locale = timed("en_GB", "24")
    words = Words(locale)
    assert time_text(900, words.locale) == "15:00"
    locale.clock = "12"
    assert time_text(900, words.locale).casefold() == "3:00 pm"


def test_where_one_reads_from_right_to_left_a_stretch_is_kept_together() -> None:
    plain = times_text(540, 1020, timed("he_IL", "24"))
    assert plain == "9:00 – 17:00"
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert times_text(540, 1020, timed("he_IL", "24")) == f"\u2068{plain}\u2069"
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_every_locale_writes_times_as_qt_has_them() -> None:
    anywhere = (QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    others = {
        locale.name()
        for locale in QLocale.matchingLocales(*anywhere)
        for minute in (0, 61, 720, 1439)
        if time_text(minute, locale)
        != locale.toString(QTime(minute // 60, minute % 60), QLocale.FormatType.ShortFormat)
    }
    assert others == set()
