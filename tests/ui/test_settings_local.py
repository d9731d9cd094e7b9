"""Privacy and Advanced: what is on this computer is cleared, opened and exported, and nothing is lost unasked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from tests.helpers.settings_page import SettingsOnScreen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.helpers.window_fixtures import MakeWindow


def test_clearing_asks_first_and_says_what_goes(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    privacy = screen.dialog.privacy
    screen.dialog.show_page(privacy)
    page.click(privacy.clear_button)
    assert privacy.clear_question.said.text().startswith("The calendar and its history are deleted")
    assert privacy.clear_question.no.hasFocus()
    page.click(privacy.clear_question.no)
    assert page.account.local.cleared == []
    page.click(privacy.clear_button)
    page.click(privacy.clear_question.yes)
    assert page.account.local.cleared == [0]


def test_clearing_names_how_many_unsent_changes_would_be_lost(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    privacy = screen.dialog.privacy
    screen.dialog.show_page(privacy)
    page.account.local.waiting = 3
    page.click(privacy.clear_button)
    assert privacy.clear_question.said.text() == (
        "3 changes are not on the server yet. They would be lost for good. Cancel to have them sent first."
    )
    assert privacy.clear_question.yes.text() == "Lose 3 changes and clear"
    page.account.local.waiting = 4
    page.click(privacy.clear_question.yes)
    assert page.account.local.cleared == [], "nobody has agreed to lose the fourth"
    assert privacy.result.text() == "Nothing was cleared: there is a change by now that is not on the server."


def test_clearing_that_the_disk_refuses_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    privacy = screen.dialog.privacy
    screen.dialog.show_page(privacy)
    page.account.local.problem = "there is no room left on the disk"
    page.click(privacy.clear_button)
    page.click(privacy.clear_question.yes)
    assert privacy.result.text() == (
        "Nothing was cleared: the calendar's file could not be written (there is no room left on the disk)."
    )


def test_clearing_the_history_asks_and_says_how_it_ended(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    privacy = screen.dialog.privacy
    screen.dialog.show_page(privacy)
    page.click(privacy.clear_history_button)
    assert page.account.local.histories_cleared == 0
    page.click(privacy.history_question.yes)
    assert page.account.local.histories_cleared == 1
    assert privacy.result.text() == "The history is cleared."


class Folders(QObject):
    """The program that shows folders: remembers which it was asked for, and what its environment held."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str | None]] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.shown.append((url.toLocalFile(), os.environ.get("TRILUNA_TOKEN")))


def test_the_program_that_shows_the_folder_gets_no_token_of_the_environment(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    advanced = screen.dialog.advanced
    screen.dialog.show_page(advanced)
    monkeypatch.setenv("TRILUNA_TOKEN", "tl_live_9f3c7d1e5b2a")
    folders = Folders()
    QDesktopServices.setUrlHandler("file", folders, "show_folder")  # type: ignore[arg-type] # The stub has bytes, which it refuses.
    try:
        page.click(advanced.folder_button)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert folders.shown == [(str(page.account.local.folder), None)]
    assert os.environ["TRILUNA_TOKEN"] == "tl_live_9f3c7d1e5b2a"


def test_diagnostics_are_written_where_the_user_says_and_trouble_is_told(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    advanced = screen.dialog.advanced
    screen.dialog.show_page(advanced)
    advanced.export(str(tmp_path / "out.zip"))
    assert page.account.local.exported == [tmp_path / "out.zip"]
    assert advanced.result.text() == f"Written: {tmp_path / 'out.zip'}"
    page.account.local.problem = "No space left on device"
    advanced.export(str(tmp_path / "out.zip"))
    assert advanced.result.text() == f"{tmp_path / 'out.zip'} could not be written: No space left on device"
