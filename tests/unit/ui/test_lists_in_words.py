"""What stands between the parts of a list is the language's: a comma is not one everywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from tests.helpers.manual_clock import ManualClock
from tests.helpers.window_page import NOW

from triluna_desktop.domain.availability import DayAvailability
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.starts import DayStarts
from triluna_desktop.ui.callers.caller_words import CallerWords
from triluna_desktop.ui.callers.day_starts import marked
from triluna_desktop.ui.profiles.profile_state import Removal
from triluna_desktop.ui.profiles.profile_words import ProfileWords
from triluna_desktop.ui.team.team_words import TeamWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

THURSDAY = date(2026, 11, 19)
TIMES = (840, 870, 900)


class OtherComma(QTranslator):
    """A language that writes all as English does, but for the comma of its lists."""

    def translate(self, _context: str, source: str, _said: str | None = None, _number: int = -1) -> str:
        return "، " if source == ", " else None  # type: ignore[return-value]  # None: as it stands in the source.


@pytest.fixture
def other_comma(qapp: QApplication) -> Iterator[None]:
    translator = OtherComma()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    assert qapp is not None


@pytest.mark.usefixtures("other_comma")
def test_the_parts_of_a_list_are_parted_as_the_language_does() -> None:
    words = Words(QLocale("en_GB"))
    day = DayAvailability(THURSDAY, IntervalSet((Interval(540, 720), Interval(780, 1020))))
    assert TeamWords(words).stretches(day) == "09:00 – 12:00، 13:00 – 17:00"
    callers = CallerWords(words, ManualClock(NOW))
    assert callers.offered([DayStarts(THURSDAY, TIMES)], 30) == "Today at 14:00، 14:30 or 15:00"
    removal = Removal(is_read=True, unsent=2, names=("Night clinic", "Tea"))
    assert "Among them: Night clinic، Tea." in ProfileWords().remove_details(removal)


@pytest.mark.parametrize(
    ("locale", "said"), [("en_GB", "14:00, 14:30 and 15:00"), ("ja_JP", "14:00、14:30、15:00")]
)
def test_a_screen_reader_is_told_the_starts_as_the_locale_lists_them(locale: str, said: str) -> None:
    callers = CallerWords(Words(QLocale(locale)), ManualClock(NOW))
    starts = marked(TIMES, TIMES)
    assert callers.spoken_day(THURSDAY, starts).endswith(f": {said}.")
