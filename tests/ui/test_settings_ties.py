"""What the settings say of the desktop around the app: notifications, the start with the session, global keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from triluna_desktop.system import settings as table
from triluna_desktop.system.autostart import AutostartError, DesktopFile
from triluna_desktop.ui.ties import BLOCK_NOW, SHOW_WINDOW, shortcuts_absent, shortcuts_bound

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.ui.settings.tie_rows import TieRows


class Desk(QObject):
    """The desktop as a test wants it, with a real file for the start."""

    shortcuts_changed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file = DesktopFile(["/usr/bin/triluna-desktop", "--hidden"], {"XDG_CONFIG_HOME": str(folder)})
        self.notifications = ""
        self.shortcuts = ""
        self.found = "Notifications cannot be shown."

    async def ask_notifications(self) -> str:
        self.notifications = self.found
        return self.notifications

    async def ask_shortcuts(self) -> str:
        return self.shortcuts

    @property
    def starts_with_session(self) -> bool:
        return self.file.is_on()

    def start_with_session(self, *, is_on: bool) -> str:
        try:
            (self.file.turn_on if is_on else self.file.turn_off)()
        except AutostartError as error:
            return str(error)
        return ""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "config")


def open_settings(make_window: MakeWindow, desk: Desk) -> TieRows:
    page = make_window()
    page.window.ties = desk
    page.window.run_command("settings")
    rows = page.window.profile.choosing._tie_rows
    assert rows is not None
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    dialog.pages.setCurrentIndex(dialog.each_page.index(dialog.tray))
    QApplication.processEvents()
    return rows


def test_the_app_is_started_with_the_session_by_a_tick_and_not_by_another(
    make_window: MakeWindow, desk: Desk
) -> None:
    rows = open_settings(make_window, desk)
    assert not rows.start.isChecked()
    rows.start.setFocus()
    QTest.keyClick(rows.start, Qt.Key.Key_Space)
    assert rows.start.isChecked()
    assert desk.file.is_on()
    QTest.keyClick(rows.start, Qt.Key.Key_Space)
    assert not desk.file.is_on()
    assert rows.start.accessibleName() == "Start when I log in"


def test_a_folder_that_cannot_be_written_is_named_on_the_page_and_the_tick_goes(
    make_window: MakeWindow, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("in the way")
    rows = open_settings(make_window, desk)
    QTest.keyClick(rows.start, Qt.Key.Key_Space)
    assert not rows.start.isChecked()
    assert "could not be written" in rows.dialog.tray.problem.text()
    assert not rows.dialog.tray.problem.isHidden()


def test_the_pages_say_why_notifications_and_global_keys_are_not_there(
    make_window: MakeWindow, desk: Desk
) -> None:
    rows = open_settings(make_window, desk)
    assert rows.notes[table.Page.NOTIFICATIONS].text() == "Notifications cannot be shown."
    assert not rows.notes[table.Page.NOTIFICATIONS].isHidden()
    assert rows.notes[table.Page.SHORTCUTS].isHidden()
    desk.shortcuts = "Block now: 30 min: Super+B"
    desk.shortcuts_changed.emit()
    assert rows.notes[table.Page.SHORTCUTS].text() == "Block now: 30 min: Super+B"
    assert not rows.notes[table.Page.SHORTCUTS].isHidden()


def test_the_keys_that_the_desktop_gave_are_named_and_each_way_to_fail_has_its_sentence(
    qapp: QApplication,  # noqa: ARG001 - translations need the application.
) -> None:
    assert shortcuts_bound({BLOCK_NOW: "Super+B", SHOW_WINDOW: ""}) == (
        "Block now: 30 min: Super+B\nShow the window: set in the desktop's settings"
    )
    assert "keyboard settings" in shortcuts_absent("no_portal") == shortcuts_absent("no_bus")
    assert len({shortcuts_absent(state) for state in ("no_bus", "dismissed", "failed", "offered")}) == 4
