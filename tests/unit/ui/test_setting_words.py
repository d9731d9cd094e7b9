"""The words of the settings: each row has its own, and every page is a home of something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import TABLE, Kind, Page, Setting
from triluna_desktop.ui.settings.choice_box import NumberBox
from triluna_desktop.ui.settings.row_text import RowText, value_text
from triluna_desktop.ui.settings.row_words import RowWords
from triluna_desktop.ui.words import Words

ELSEWHERE = {
    table.CALENDAR_MODE,
    table.CALENDAR_DEFAULT_START,
    table.CALENDAR_DEFAULT_END,
    table.CALENDAR_HOURS,
}
"""On the page of the calendar, in parts of their own."""
ROWS = [setting for setting in TABLE if setting.page is not Page.NONE and setting not in ELSEWHERE]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(QLocale("en_GB"))


@pytest.mark.parametrize("setting", ROWS, ids=lambda setting: setting.key)
def test_every_row_has_a_label_words_to_find_it_by_and_a_name_for_each_value(
    words: Words, setting: Setting[Any]
) -> None:
    text = RowWords(words).of(setting)
    assert text.label
    assert text.label[0].isupper() and not text.label.endswith(".")
    assert not text.help or text.help.endswith(".")
    assert text.help or text.also
    assert tuple(text.values) == (setting.choices if setting.kind is Kind.CHOICE else ())
    assert value_text(setting, text, setting.default, words)


def test_no_two_rows_are_called_the_same(words: Words) -> None:
    labels = [RowWords(words).of(setting).label for setting in ROWS]
    assert sorted(labels) == sorted(set(labels))


def test_the_words_are_of_rows_that_there_are(words: Words) -> None:
    assert set(RowWords(words)._texts) == {setting.key for setting in ROWS}


def test_the_languages_to_choose_from_are_those_that_ship() -> None:
    folder = Path(table.__file__).parents[1] / "assets" / "translations"
    shipped = {file.stem.removeprefix("triluna_") for file in folder.glob("triluna_*.qm")}
    assert set(table.APPEARANCE_LANGUAGE.choices) == {"system", *shipped}


def test_values_are_told_in_the_words_of_a_person(words: Words) -> None:
    rows = RowWords(words)

    def told(setting: Setting[Any], value: object) -> str:
        return value_text(setting, rows.of(setting), value, words)

    assert told(table.GRID_SNAP, 15) == "15 min"
    assert told(table.GRID_HOUR_HEIGHT, 48) == "48 px"
    assert told(table.SYNC_POLL_VISIBLE, 300) == "5 min"
    assert told(table.NOTIFICATIONS_QUIET_FROM, 1320) == "22:00"
    assert told(table.CALENDAR_FIRST_WEEKDAY, "locale") == "As usual here (Monday)"
    assert told(table.PRIVACY_HISTORY, False) == "off"
    assert told(table.NETWORK_PROXY_ADDRESS, "") == "nothing"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("sentence", ["{number} min", "min. {number}", "in {number}-minute steps"])
def test_a_unit_stands_where_the_language_puts_it(words: Words, sentence: str) -> None:
    text = RowText("Length", number=sentence)
    assert value_text(table.CALLERS_LENGTH, text, 45, words) == sentence.format(number=45)
    box = NumberBox()
    box.show_with(text.number)
    box.setValue(45)
    assert box.text() == sentence.format(number=45)


def test_numbers_are_shown_with_their_unit(words: Words) -> None:
    rows = RowWords(words)
    assert value_text(table.CALLERS_LENGTH, rows.of(table.CALLERS_LENGTH), 45, words) == "45 min"
    assert value_text(table.GRID_HOUR_HEIGHT, rows.of(table.GRID_HOUR_HEIGHT), 48, words) == "48 px"
