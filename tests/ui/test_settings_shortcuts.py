"""The page of the shortcuts: keys are pressed to be given, conflicts are told with their ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.settings_page import SettingsOnScreen
from tests.helpers.weekly_page import WeeklyPage

from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.settings.key_editor import KeyEditor

CTRL = Qt.KeyboardModifier.ControlModifier


def editing(page: WindowPage, command: str) -> KeyEditor:
    """The editor of a command's keys, on screen."""
    screen = SettingsOnScreen(page)
    screen.dialog.show_page(screen.dialog.shortcuts)
    screen.dialog.shortcuts.choose(command)
    editor = screen.dialog.shortcuts.editor
    editor.field.setFocus()
    return editor


def keys_of(page: WindowPage, command: str) -> tuple[str, ...]:
    keymap = page.window.profile.choosing.keymap
    return keymap.all_of(keymap.commands[command])


def window_keys(page: WindowPage, command: str) -> list[str]:
    """The keys of the action in the window itself."""
    action = page.window.profile.commands._actions[command]
    return [key.toString() for key in action.shortcuts()]


def test_keys_that_are_pressed_are_given_and_work_in_the_window_at_once(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "sidebar")
    QTest.keyClick(editor.field, Qt.Key.Key_F4)
    assert editor.said.text() == "F4 is added."
    assert window_keys(page, "sidebar") == ["F9", "F4"]
    page.click(editor.keys["F9"])
    assert window_keys(page, "sidebar") == ["F4"]
    listed = {each.name: each.keys for each in page.window.profile.commands.listed()}
    assert listed["sidebar"] == ("F4",), "the palette shows them"
    page.click(editor.reset_button)
    assert window_keys(page, "sidebar") == ["F9"]
    assert page.settings.get(table.SHORTCUTS_KEYS) == ""


def test_a_shortcut_of_the_window_is_no_command_while_keys_are_asked_for(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "undo")
    QTest.keyClick(editor.field, Qt.Key.Key_P, CTRL)
    assert editor.said.text() == "Ctrl+P belongs to “Print this week”."
    assert keys_of(page, "undo") == ("Ctrl+Z",)


def test_a_conflict_can_be_left_taken_or_swapped(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "undo")
    QTest.keyClick(editor.field, Qt.Key.Key_D, CTRL)
    assert editor.said.text() == "Ctrl+D belongs to “Duplicate”."
    assert editor.cancel_button.hasFocus(), "the harmless answer"
    page.click(editor.cancel_button)
    assert keys_of(page, "undo") == ("Ctrl+Z",)
    assert not editor.take_button.isVisibleTo(editor)

    QTest.keyClick(editor.field, Qt.Key.Key_D, CTRL)
    page.click(editor.swap_button)
    assert (keys_of(page, "undo"), keys_of(page, "duplicate")) == (("Ctrl+D",), ("Ctrl+Z",))

    QTest.keyClick(editor.field, Qt.Key.Key_Z, CTRL)
    page.click(editor.take_button)
    assert (keys_of(page, "undo"), keys_of(page, "duplicate")) == (("Ctrl+D", "Ctrl+Z"), ())
    screen = SettingsOnScreen(page)
    screen.dialog.show_page(screen.dialog.shortcuts)
    page.click(screen.dialog.shortcuts.reset_all_button)
    assert (keys_of(page, "undo"), keys_of(page, "duplicate")) == (("Ctrl+Z",), ("Ctrl+D",))


def test_a_key_with_a_fixed_meaning_is_refused_with_a_sentence(make_window: MakeWindow) -> None:
    editor = editing(make_window(), "undo")
    QTest.keyClick(editor.field, Qt.Key.Key_Space)
    assert editor.said.text() == "Space has its fixed meaning in the calendar and in every dialog."


def test_tab_and_esc_leave_the_field_and_are_no_keys(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "undo")
    QTest.keyClick(editor.field, Qt.Key.Key_Tab)
    assert not editor.field.hasFocus()
    assert keys_of(page, "undo") == ("Ctrl+Z",)


@pytest.mark.parametrize("key", [Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Meta])
def test_a_key_that_means_nothing_alone_is_not_taken(make_window: MakeWindow, key: Qt.Key) -> None:
    page = make_window()
    editor = editing(page, "undo")
    QTest.keyClick(editor.field, key)
    assert keys_of(page, "undo") == ("Ctrl+Z",)
    assert editor.said.text() == ""


def test_letters_of_the_grid_can_be_given_to_any_command(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "sidebar")
    QTest.keyClick(editor.field, Qt.Key.Key_Y)
    assert editor.said.text() == "Y is added. It works while the calendar has the keyboard."
    assert window_keys(page, "sidebar") == ["F9"], "in a field it is text"
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    dialog.accept()
    view = page.window.profile.week_view
    view.setFocus()
    was_shown = page.window.profile.page.sidebar.isVisibleTo(page.window)
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert page.window.profile.page.sidebar.isVisibleTo(page.window) is not was_shown


def test_a_key_of_the_grid_that_was_taken_away_does_nothing_any_more(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "select_all")
    page.click(editor.keys["Ctrl+A"])
    QTest.keyClick(editor.field, Qt.Key.Key_F4)
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    dialog.accept()
    view = page.window.profile.week_view
    heard: list[object] = []
    view.selection_changed.connect(heard.append)
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert "select_all" in view._keys.custom
    assert heard == []


def test_the_list_of_shortcuts_shows_the_keys_that_hold(make_window: MakeWindow) -> None:
    page = make_window()
    editor = editing(page, "undo")
    QTest.keyClick(editor.field, Qt.Key.Key_F4)
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    page.click(dialog.shortcuts.list_button)
    listed = page.window.profile.choosing.shortcuts
    assert listed is not None
    assert "Ctrl+Z, F4" in page.sentences(listed)
    listed.accept()


def test_the_tip_of_the_status_bar_names_the_key_that_holds(make_window: MakeWindow) -> None:
    page = make_window()
    button = page.window.profile.page.status_bar.refresh_button
    assert button.toolTip() == "Ask the server now (F5)"
    editor = editing(page, "sync")
    page.click(editor.keys["F5"])
    assert button.toolTip() == "Ask the server now"
    QTest.keyClick(editor.field, Qt.Key.Key_F4)
    assert button.toolTip() == "Ask the server now (F4)"


def test_the_list_is_filtered_by_command_and_by_key(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    shortcuts = screen.dialog.shortcuts
    screen.dialog.show_page(shortcuts)

    def left() -> list[str]:
        return [name for name, item in shortcuts._items.items() if not item.isHidden()]

    QTest.keyClicks(shortcuts.filter, "redo")
    assert left() == ["redo"]
    shortcuts.filter.selectAll()
    QTest.keyClicks(shortcuts.filter, "ctrl+h")
    assert left() == ["weekly_hours"]


def test_a_command_found_by_the_search_of_the_settings_is_chosen_in_the_list(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.search("print this")
    screen.press(Qt.Key.Key_Return)
    assert screen.dialog.shortcuts.editor.heading.text() == "Keys of “Print this week”"
    assert screen.dialog.shortcuts.tree.hasFocus()


def test_the_commands_to_bind_are_copied(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.dialog.show_page(screen.dialog.shortcuts)
    QApplication.processEvents()
    page.click(screen.dialog.shortcuts.bind.buttons["triluna-desktop block 30m"])
    assert QGuiApplication.clipboard().text() == "triluna-desktop block 30m"


def test_the_window_of_the_weekly_hours_understands_the_users_keys(make_window: MakeWindow) -> None:
    page = make_window()
    keymap = page.window.profile.choosing.keymap
    keymap.swap(keymap.commands["undo"], "Ctrl+D")
    keymap.add(keymap.commands["delete"], "X")
    weekly = WeeklyPage(page).open()
    editing = weekly.dialog.editing
    for where, key, held in (
        (editing.view, Qt.Key.Key_D, CTRL),
        (editing.table, Qt.Key.Key_D, CTRL),
        (editing.view, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier),
    ):
        weekly.grid.drag_empty("monday", "10:00", "12:00")
        assert weekly.draft == ["mon 10:00-12:00 available"]
        where.setFocus()
        QTest.keyClick(where, key, held)
        assert weekly.draft == [], where
