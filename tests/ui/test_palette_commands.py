"""The palette holds every action, does each, and says why one cannot be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import entry

from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui import commands

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow


def run(palette: PalettePage, text: str) -> None:
    """Choose a command by its whole text."""
    palette.open_palette()
    palette.popup.edit.setText(text)  # No key types the dots of some.
    assert palette.chosen == text
    palette.press(Qt.Key.Key_Return)


def test_every_action_of_the_window_stands_in_it(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window())
    palette.open_palette()
    texts = {row.text for row in palette.popup.model.rows if not row.is_heading}
    wanted = {each.text for group in commands.groups() for each in group.commands if each.name != "palette"}
    assert wanted <= texts


def test_what_is_selected_is_duplicated_copied_turned_split_and_deleted(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "10:00", "11:00"))
    palette = PalettePage(page)
    page.select("Dentist")
    run(palette, "Split in two")
    assert len(page.entries()) == 2
    run(palette, "Undo")
    page.select("Dentist")
    run(palette, "Duplicate")
    assert page.entries() == ["10:00-11:00 Dentist", "11:00-12:00 Dentist"]
    run(palette, "Delete")
    assert page.entries() == ["10:00-11:00 Dentist"]
    page.select("Dentist")
    run(palette, "Block what is available, or make it available")
    assert page.session.days(page.clock.now().date(), 1).entries[0].item.is_available
    run(palette, "Copy")
    run(palette, "Delete")
    assert page.entries() == []
    run(palette, "Paste")
    assert page.entries() == ["10:00-11:00 Dentist"]
    assert page.window.profile.week_view.hasFocus()


def test_who_types_a_whole_name_gets_no_other_command_that_begins_so(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window())
    run(palette, "Copy")
    assert palette.is_open, "nothing is selected, and the openings are not meant"
    assert palette.says.startswith("No entry is selected")


def test_sync_is_paused_and_goes_on(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    run(palette, "Pause sync, or go on")
    assert page.session.is_paused
    assert page.toast == "Sync is paused. Your edits wait on this computer."
    run(palette, "Pause sync, or go on")
    assert not page.session.is_paused
    assert page.toast == "Sync goes on."


def test_a_drag_makes_what_was_chosen(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    for text, is_available in (("Drag blocks time", False), ("Drag makes available time", True)):
        run(palette, text)
        assert page.window.profile.week_view.brush is is_available


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Delete", "No entry is selected"),
        ("Duplicate", "No entry is selected"),
        ("Paste", "Nothing was copied yet"),
        ("Release early", "There is nothing to release"),
    ],
)
def test_why_something_cannot_be_done_is_said(make_window: MakeWindow, text: str, reason: str) -> None:
    palette = PalettePage(make_window())
    run(palette, text)
    assert palette.is_open
    assert reason in palette.says


@pytest.mark.parametrize("text", ["Block now: 30 min", "New entry…", "Change many…", "Quick add…"])
def test_a_token_that_may_only_read_is_the_reason(make_window: MakeWindow, text: str) -> None:
    page = make_window()
    page.say(ConnectionState.READ_ONLY)
    palette = PalettePage(page)
    run(palette, text)
    assert palette.is_open
    assert "The token may only read. Paste one that may write in Settings." in palette.says


def test_in_the_first_steps_what_needs_a_calendar_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    listed = page.window.profile.commands.listed
    assert not next(each for each in listed() if each.name == "search").reason
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    assert "finish the first steps" in next(each for each in listed() if each.name == "search").reason
    assert not next(each for each in listed() if each.name == "settings").reason


def test_the_demo_has_one_calendar(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window(is_demo=True))
    run(palette, "Show the next calendar")
    assert "The demo has one calendar, and no other can be added." in palette.says


def test_after_each_command_that_opens_nothing_the_grid_has_the_keyboard(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "10:00", "11:00"))
    palette = PalettePage(page)
    for group in commands.groups():
        for command in group.commands:
            if command.text.endswith("…") or command.name in (
                "palette",
                "quit",
                "warnings",
                "shortcuts",
                "today",
                "why",
            ):
                continue
            page.window.profile.week_view.setFocus()
            palette.open_palette()
            palette.popup.edit.setText(command.text)
            palette.press(Qt.Key.Key_Return)
            if palette.is_open:
                palette.press(Qt.Key.Key_Escape)
            QApplication.processEvents()
            assert page.window.profile.week_view.hasFocus(), command.name


def test_the_tips_name_the_keys_that_the_user_has(make_window: MakeWindow) -> None:
    page = make_window()
    toolbar = page.window.profile.page.toolbar
    keymap = page.window.profile.choosing.keymap
    assert toolbar.brush.button("block").toolTip() == "A drag blocks time (B)"
    keymap.add(keymap.commands["brush_block"], "X")
    keymap.remove(keymap.commands["brush_block"], "B")
    assert toolbar.brush.button("block").toolTip() == "A drag blocks time (X)"
    assert toolbar.forward_button.toolTip() == "Next week (J)"
    page.settings.set(table.GRID_SINGLE_LETTER_KEYS, False)
    assert toolbar.brush.button("block").toolTip() == "A drag blocks time"
    assert toolbar.forward_button.toolTip() == "Next week (PgDown)"


@pytest.mark.parametrize(("text", "name"), [("Search…", "Search"), ("Quick add…", "Quick add")])
def test_search_and_quick_add_are_in_reach_of_the_mouse(make_window: MakeWindow, text: str, name: str) -> None:
    page = make_window()
    page.click(page.window.profile.page.toolbar.more_button)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()
    assert PalettePage(page).popup.accessibleName() == name
