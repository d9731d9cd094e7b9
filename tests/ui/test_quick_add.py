"""The quick add over the window: a live sentence, a ghost in the week, and one undo step on Enter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale, Qt
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import MONDAY, NOW, THURSDAY, entry

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.quick_add import Habits, read_quick_add
from triluna_desktop.domain.vocabulary import ENGLISH
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason
from triluna_desktop.ui import dates
from triluna_desktop.ui.palette.add_words import AddWords
from triluna_desktop.ui.palette.vocabulary import vocabulary_of
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

FRIDAY = THURSDAY + timedelta(days=1)


def test_it_says_what_it_understood_before_it_writes(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    assert "for example" in add.says.casefold()
    add.type("block tomorrow 2-3:30 dentist")
    assert add.says == (
        "Block on Friday, 20 November 2026, 14:00 to 15:30. Title: “dentist”. Enter adds it, Esc leaves. "
        "Neither am nor pm was given; your default hours decided."
    )
    assert page.entries(FRIDAY) == []
    add.press(Qt.Key.Key_Return)
    assert page.entries(FRIDAY) == ["14:00-15:30 dentist"]
    assert not add.is_open
    assert page.toast == "“dentist” created"
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.entries(FRIDAY) == []


def test_it_draws_a_ghost_while_one_types_and_takes_it_away_on_esc(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    board = page.window.profile.week_view.board
    add.open_quick_add()
    add.type("fri 2-3pm")
    assert board.outcome is not None
    assert [(ghost.day, ghost.item.start, ghost.item.end) for ghost in board.outcome.ghosts] == [
        (FRIDAY, 840, 900)
    ]
    add.press(Qt.Key.Key_Escape)
    assert board.outcome is None
    assert page.entries(FRIDAY) == []


def test_hours_out_of_sight_come_into_view_as_they_are_typed(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    view = page.window.profile.week_view
    add.open_quick_add()
    add.type("block fri 23:00-23:30")
    assert view.grid.y_of(1410) <= view.grid.height


def test_enter_shows_the_week_in_which_it_is_and_selects_it(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    add.type("block 1 Dec 9-10 review")
    add.press(Qt.Key.Key_Return)
    assert page.shown_dates[0] == MONDAY + timedelta(days=14)
    assert len(page.window.profile.week_view.selected) == 1


def test_what_stands_there_already_is_said(make_window: MakeWindow) -> None:
    page = make_window(entry("Lunch", "12:00", "13:00", day=FRIDAY), entry("Call", "13:00", "13:30", day=FRIDAY))
    add = PalettePage(page)
    add.open_quick_add()
    add.type("block fri 12:30-12:45")
    assert "It overlaps “Lunch”, 12:00 – 13:00." in add.says
    add.type("block fri 12:30-13:15")
    assert "It overlaps “Lunch”, 12:00 – 13:00, and 1 more." in add.says
    add.type("block fri 15:00-16:00")
    assert "overlaps" not in add.says


def test_across_midnight_it_is_two_entries_and_one_undo_step(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    add.type("block 22-2 night shift")
    assert (
        "Block from Thursday, 19 November 2026, 22:00 to Friday, 20 November 2026, 02:00: an entry on each date."
        in add.says
    )
    add.press(Qt.Key.Key_Return)
    assert page.entries() + page.entries(FRIDAY) == ["22:00-24:00 night shift", "00:00-02:00 night shift"]
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.entries() + page.entries(FRIDAY) == []


def test_weekly_hours_are_weekly_hours(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    add.type("open every mon and wed 9-5")
    assert "Weekly hours: open every Monday, Wednesday, 09:00 to 17:00." in add.says
    add.press(Qt.Key.Key_Return)
    patterns = [view.item for view in page.session.days(THURSDAY, 1).patterns]
    assert [(each.weekday, each.start, each.end) for each in patterns if isinstance(each, Pattern)] == [
        (1, 540, 1020),
        (3, 540, 1020),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("block tomorrow", "Friday, 20 November 2026: a time is missing, for example “2-3:30” or “14:00 45m”."),
        ("31 feb 9-10", "There is no such date: “31 feb”."),
        ("sat 20 nov 9-10", "“20 nov” is a Friday. Correct the date or the weekday."),
        ("until 9", "“until 9” has passed already today."),
        ("tomorrow 23:59", "“23:59”: the last minute of a day cannot be taken alone. Start earlier."),
        (
            "next week 9-5",
            (
                "“next week” is not understood. Say the dates or weekdays, as in “mon-fri” or “28 Dec - 3 Jan”; "
                "if it is a part of the title, put that in quotation marks."
            ),
        ),
    ],
)
def test_what_is_not_understood_is_said_and_enter_writes_nothing(
    make_window: MakeWindow, text: str, sentence: str
) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    add.type(text)
    assert add.says == sentence
    add.press(Qt.Key.Key_Return)
    assert add.is_open
    assert not page.session.can_undo


def test_a_refusal_is_said_and_what_was_typed_stays(make_window: MakeWindow) -> None:
    page = make_window()
    add = PalettePage(page)
    add.open_quick_add()
    add.type("block fri 9-10")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    add.press(Qt.Key.Key_Return)
    assert "the disk is full" in add.says
    assert add.popup.edit.text() == "block fri 9-10"


def test_without_a_verb_it_makes_what_a_drag_makes(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED)
    page.window.profile.week_view.set_brush(True)
    add = PalettePage(page)
    add.open_quick_add()
    add.type("fri 9-10")
    assert add.says.startswith("Open on Friday")


@pytest.mark.parametrize("name", ["de_DE", "fr_FR", "en_US", "ar_EG", "ja_JP"])
def test_what_the_locale_writes_is_understood(name: str) -> None:
    locale = QLocale(name)
    words = vocabulary_of(locale, 1)
    habits = Habits(ModeSettings(), is_available=False, length=30)
    for weekday in range(1, 8):
        found = read_quick_add(f"{locale.dayName(weekday)} 14:00-15:00", NOW, habits, words)
        assert [day.isoweekday() for day in found.days] == [weekday]
    short = locale.toString(QDate(2027, 4, 13), locale.dateFormat(QLocale.FormatType.ShortFormat))
    if "/" in short and name != "ja_JP":
        assert [f"{day:%m-%d}" for day in read_quick_add(f"{short} 14:00-15:00", NOW, habits, words).days] == [
            "04-13"
        ]


@given(st.integers(0, 400), st.integers(0, 1438), st.integers(1, 900), st.booleans())
def test_the_sentence_names_what_is_written(days: int, start: int, length: int, is_available: bool) -> None:
    day = THURSDAY + timedelta(days=days)
    end = min(start + length, 1440)
    words = Words(QLocale("en_GB"))
    verb = "open" if is_available else "block"
    line = f"{verb} {day.isoformat()} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    found = read_quick_add(line, NOW, Habits(ModeSettings(), is_available=False, length=30), ENGLISH)
    (item,) = found.items(new_key)
    assert isinstance(item, Entry)
    sentence = AddWords(words).understood(found)
    assert sentence.startswith("Open" if is_available else "Block")
    assert dates.full_day_text(item.date, words.locale) in sentence
    if (item.start, item.end) != (0, 1440):
        assert dates.time_text(item.start, words.locale) in sentence
        assert dates.time_text(item.end, words.locale) in sentence
