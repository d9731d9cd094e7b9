"""Calendars that are removed one after the other: the window in which it is done stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.helpers.profiles_desk import Drawer, ProfilesDesk, desk_on, make_calendars

from triluna_desktop.ui.profiles.manage_dialog import ManageDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme


def remove_chosen(desk: ProfilesDesk, dialog: ManageDialog) -> None:
    """As a person does: *Remove…*, and *Remove* in the question."""
    desk.click(dialog.remove_button)
    assert dialog.question is not None
    sure = [
        each
        for each in dialog.question.buttons()
        if dialog.question.buttonRole(each) is QMessageBox.ButtonRole.DestructiveRole
    ]
    desk.click(sure[0])


def listed(dialog: ManageDialog) -> list[str]:
    """The titles in the dialog; the chosen one has a star."""
    rows = range(dialog.list.count())
    return [dialog.list.item(row).text() + "*" * (row == dialog.list.currentRow()) for row in rows]


async def test_the_shown_calendar_is_removed_and_the_next_one_too_in_the_same_window(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, dict.fromkeys(("Ann", "Ben", "Cleo", "Dora"), account))
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        desk.click(desk.button("ben"))
        desk.window.run_command("manage_calendars")
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        place = dialog.pos()
        assert listed(dialog) == ["Ann", "Ben*", "Cleo", "Dora"]

        remove_chosen(desk, dialog)
        assert listed(dialog) == ["Ann", "Cleo*", "Dora"]
        assert dialog.form.title.text() == "Cleo"
        assert desk.listed == ["Ann", "Cleo*", "Dora"], "the next one is shown beneath"
        assert (QApplication.activeModalWidget(), dialog.pos()) == (dialog, place)
        assert dialog.focusWidget() is dialog.remove_button, "the next is one key away"

        remove_chosen(desk, dialog)
        assert listed(dialog) == ["Ann", "Dora*"]
        remove_chosen(desk, dialog)
        assert listed(dialog) == ["Ann*"], "behind the last one there is only the one before"
        assert not dialog.remove_button.isEnabled()

        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None
        assert desk.flow.dialog is None
        await desk.until(lambda: list(drawer.kept) == [f"default {sandbox.url}"] and not desk.tasks._tasks)


async def test_one_that_is_not_shown_leaves_the_window_open_too(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, dict.fromkeys(("Ann", "Ben", "Cleo"), account))
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        desk.window.run_command("manage_calendars")
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        dialog.list.setCurrentRow(1)
        remove_chosen(desk, dialog)
        assert (listed(dialog), QApplication.activeModalWidget()) == (["Ann", "Cleo*"], dialog)
        dialog.reject()
        assert desk.listed == ["Ann*", "Cleo"]
        await desk.until(lambda: len(drawer.kept) == 2 and not desk.tasks._tasks)


async def test_the_rows_of_the_list_are_as_high_as_what_is_in_them_and_the_only_calendar_says_why_it_stays(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    window_theme.install_sheet()
    drawer = Drawer()
    make_calendars(tmp_path, drawer, dict.fromkeys(("Ann", "Ben"), (sandbox.url, sandbox.token)))
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        desk.window.run_command("manage_calendars")
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        first, second = (dialog.list.visualItemRect(dialog.list.item(row)) for row in range(2))
        assert second.top() - first.top() >= dialog.list.sizeHintForRow(0)
        assert dialog.remove_button.toolTip() == ""

        remove_chosen(desk, dialog)
        assert not dialog.remove_button.isEnabled()
        assert dialog.remove_button.toolTip().startswith("The only calendar stays.")
