"""The search over the window: by titles, notes and dates; Enter goes there."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import SendState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.palette.search_popup import SearchPopup

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Entry

NEXT_TUESDAY = THURSDAY + timedelta(days=5)
LAST_MONTH = THURSDAY - timedelta(days=30)


def test_it_finds_what_is_to_come_then_weekly_hours_then_the_past(make_window: MakeWindow) -> None:
    page = make_window(
        entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY),
        entry("Dentist, first look", "09:00", "10:00", day=LAST_MONTH),
        Pattern("weekly", 2, 480, 540, is_available=False, title="Dentist hours"),
    )
    search = PalettePage(page)
    search.open_search()
    search.type("DENT")
    assert search.rows == [
        "# To come",
        "Dentist | not sent · Tue 24 Nov, 14:00 – 15:00",
        "# Every week",
        "Dentist hours | not sent · ↻ Tuesday, 08:00 – 09:00",
        "# Past",
        "Dentist, first look | not sent · Tue 20 Oct, 09:00 – 10:00",
    ]
    assert search.says == "3 found."


def test_enter_goes_to_the_week_of_the_entry_and_selects_it(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY))
    search = PalettePage(page)
    search.open_search()
    search.type("dent")
    search.press(Qt.Key.Key_Return)
    assert page.shown_dates == (MONDAY + timedelta(days=7), 7)
    assert page.window.profile.week_view.selected == ("Dentist",)
    assert page.window.profile.week_view.hasFocus()


def test_enter_pressed_before_it_was_looked_for_goes_to_what_is_found(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY))
    search = PalettePage(page)
    search.open_search()
    search.popup.edit.setText("dent")
    search.press(Qt.Key.Key_Return)
    assert page.window.profile.week_view.selected == ("Dentist",)


def test_weekly_hours_are_shown_in_the_inspector(make_window: MakeWindow) -> None:
    page = make_window(Pattern("weekly", 2, 480, 540, is_available=False, title="Office"))
    search = PalettePage(page)
    search.open_search()
    search.type("office")
    search.press(Qt.Key.Key_Return)
    assert page.is_inspecting


def test_date_words_lead_to_the_date_and_list_what_is_on_it(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY))
    search = PalettePage(page)
    search.open_search()
    search.type("next tue")
    assert search.rows[0] == "Go to Tuesday, 24 November 2026"
    assert search.rows[2].startswith("Dentist | ")
    search.press(Qt.Key.Key_Return)
    assert page.shown_dates[0] == MONDAY + timedelta(days=7)


def test_a_time_puts_the_slot_cursor_there(make_window: MakeWindow) -> None:
    page = make_window()
    search = PalettePage(page)
    search.open_search()
    search.type("tomorrow 3pm")
    search.press(Qt.Key.Key_Return)
    cursor = page.window.profile.week_view.slot_cursor
    assert cursor is not None
    assert (cursor.head, cursor.start, cursor.end) == (THURSDAY + timedelta(days=1), 900, 930)


def test_nothing_found_says_so_and_what_was_searched(make_window: MakeWindow) -> None:
    page = make_window()
    search = PalettePage(page)
    search.open_search()
    assert "“next tue”" in search.says
    search.type("zebra")
    assert search.rows == []
    assert search.says == (
        "Nothing found for “zebra”. Searched were titles, notes and dates of all entries and weekly hours that "
        "this computer knows."
    )
    search.press(Qt.Key.Key_Return)
    assert search.is_open


def test_while_titles_are_hidden_only_dates_are_searched_and_no_title_is_shown(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY))
    page.settings.set(table.PRIVACY_MASK_TITLES, value=True)
    search = PalettePage(page)
    search.open_search()
    assert search.says.startswith("Titles are hidden, so only dates and times count")
    search.type("dentist")
    assert search.rows == []
    assert search.says == (
        "“dentist” is no date or time. Titles are hidden just now, so nothing else is searched."
    )
    search.type("next tue")
    assert search.rows[2] == "Blocked time | not sent · Tue 24 Nov, 14:00 – 15:00"
    assert "Dentist" not in " ".join(row.said for row in search.popup.model.rows)


def test_an_older_answer_does_not_replace_a_newer_one(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00"), entry("Lunch", "12:00", "13:00"))
    search = PalettePage(page)
    search.open_search()
    page.hold_work()
    search.type("dentist")
    search.type("lunch")
    page.release_work()
    assert [row for row in search.rows if not row.startswith("#")] == [
        "Lunch | not sent · Thu 19 Nov, 12:00 – 13:00"
    ]


def test_a_file_that_cannot_be_read_is_said(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00"))
    search = PalettePage(page)
    search.open_search()
    with sqlite3.connect(page.store.path) as other:
        other.execute("ALTER TABLE pattern RENAME TO elsewhere")
    search.type("dentist")
    with sqlite3.connect(page.store.path) as other:
        other.execute("ALTER TABLE elsewhere RENAME TO pattern")
    other.close()
    assert "The search failed: the calendar's file could not be read" in search.says


def test_what_stands_in_conflict_says_that_it_is_not_sent(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00"))
    page.say_of("Dentist", SendState.CONFLICT)
    search = PalettePage(page)
    page.window.profile.week_view.setFocus()
    page.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search.type("dentist")
    assert search.popup.model.rows[1].said == "Dentist, blocked, not sent · Thu 19 Nov, 14:00 – 15:00"


def come(page: WindowPage, new: Entry) -> None:
    """An entry comes into the calendar while the search is open."""
    page.runner.run(page.session.apply(edits.create(new)))


def wait_for_calendar(search: PalettePage) -> None:
    """Let the moment pass after which the calendar is searched again."""
    popup = search.popup
    assert isinstance(popup, SearchPopup)
    if popup.again.isActive():
        popup.again.stop()
        popup.again.timeout.emit()


def test_what_a_first_sync_brings_is_found_without_typing_it_anew(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.LOADING, ever_synced=False)
    search = PalettePage(page)
    search.open_search()
    search.type("dent")
    assert search.says.startswith("Nothing found for “dent” yet: the calendar has not been read from the server.")
    page.say(ConnectionState.SYNCED)
    come(page, entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY))
    wait_for_calendar(search)
    assert search.rows == ["# To come", "Dentist | not sent · Tue 24 Nov, 14:00 – 15:00"]
    assert search.says == "1 found."


def test_what_is_found_later_leaves_the_chosen_row_chosen(make_window: MakeWindow) -> None:
    page = make_window(
        entry("Dentist", "14:00", "15:00", day=NEXT_TUESDAY),
        entry("Dentist again", "09:00", "10:00", day=NEXT_TUESDAY + timedelta(days=1)),
    )
    search = PalettePage(page)
    search.open_search()
    search.type("dent")
    search.press(Qt.Key.Key_Down)
    come(page, entry("Dentures", "14:00", "15:00", day=THURSDAY))
    wait_for_calendar(search)
    assert len(search.rows) == 4
    search.press(Qt.Key.Key_Return)
    assert page.window.profile.week_view.selected == ("Dentist again",)
