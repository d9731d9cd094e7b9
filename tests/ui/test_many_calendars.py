"""Many calendars in one window: what they take of each other's room, prompts, settings and time."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from tests.helpers.profiles_desk import Drawer, desk_on, make_calendars, profiles_desk

from triluna_desktop import open_profiles
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.system.instance import ask
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.secrets import KeyringDismissedError
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.profiles.calendar_form import AddCalendarDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme


async def test_what_is_under_a_long_list_of_calendars_keeps_its_height(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {f"Dr. {name}": account for name in "ABCDEFGHIJ"}) as desk:
        window_theme.install_sheet()
        QApplication.processEvents()
        switcher = desk.switcher
        for button in (switcher.team_button, switcher.manage_button, switcher.add_button):
            assert button.height() >= button.fontMetrics().height(), button.text()


class LockedDrawer(Drawer):
    """A keyring that puts up its prompt at each question; nobody types the password before `unlock`."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts: list[str] = []
        self._is_locked = True

    def unlock(self) -> None:
        self._is_locked = False

    def read(self, username: str) -> str | None:
        if self._is_locked:
            self.prompts.append(username)
            raise KeyringDismissedError("The keyring's prompt was closed.")
        return super().read(username)


async def test_a_prompt_that_was_closed_does_not_come_for_each_other_calendar_and_one_answer_does_for_all(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    drawer = LockedDrawer()
    account = (sandbox.url, sandbox.token)
    make_calendars(tmp_path, drawer, {f"Dr. {name}": account for name in "ABCD"})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.rests.end()
        await desk.until(lambda: all(run.token is not None for run in desk.profiles.runs.values()))
        assert len(drawer.prompts) == 1
        desk.flow.list.switch("dr-c")
        assert desk.window.profile.first_run is not None
        drawer.unlock()
        desk.click(desk.window.profile.first_run.again_button)
        await desk.until(lambda: all(desk.session(name).status.ever_synced for name in desk.profiles.runs))
        assert len(drawer.prompts) == 1


async def test_a_keyring_that_hangs_holds_up_neither_the_other_calendars_nor_their_commands(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_profiles, "STARTED_WITHIN", 0.0)
    hung = threading.Event()

    class HangingDrawer(Drawer):
        def read(self, username: str) -> str | None:
            assert hung.wait(20)
            return super().read(username)

    drawer = HangingDrawer()
    account = (sandbox.url, sandbox.token)
    make_calendars(tmp_path, drawer, {f"Dr. {name}": account for name in "AB"})
    try:
        async with desk_on(tmp_path, window_theme, drawer) as desk:
            # Nobody has rested yet: the command opens its calendar itself.
            socket = app_paths("dr-b", tmp_path).socket
            answer = await asyncio.to_thread(ask, socket, {"command": "status"}, 5.0)
            assert answer is not None
            assert desk.profiles.runs["dr-b"].is_open
            hung.set()
    finally:
        hung.set()


async def test_a_calendar_that_is_not_shown_polls_and_keeps_versions_as_the_settings_say(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {f"Dr. {name}": account for name in "AB"})
    shown = Settings(app_paths("default", tmp_path).settings_file)
    shown.load()
    shown.set_all({table.SYNC_POLL_HIDDEN: 600, table.PRIVACY_HISTORY_DAYS: 7})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        behind = desk.session("dr-b")
        await desk.until(lambda: behind.history.days_kept == 7)
        assert behind._engine.base_poll_seconds == 600
        desk.window.profile.settings.set(table.SYNC_POLL_HIDDEN, 1800)
        desk.window.profile.settings.set(table.PRIVACY_HISTORY, False)
        await desk.until(lambda: behind.history.days_kept == 0)
        assert behind._engine.base_poll_seconds == 1800


async def test_the_keys_of_the_calendars_are_listed_and_no_command_can_have_them(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Ben": account}) as desk:
        page = desk.window.profile
        desk.window.run_command("shortcuts")
        assert page.choosing.shortcuts is not None
        listed = [label.text() for label in page.choosing.shortcuts.findChildren(QLabel)]
        assert listed[listed.index("Ctrl+1 … 9") + 1] == "Show the calendar at this place of the list"
        keymap = page.choosing.keymap
        assert keymap.problem_with("Ctrl+2") == "Ctrl+2 shows the calendar at this place of the list."
        assert keymap.problem_with("Ctrl+0") == ""
        page.choosing.shortcuts.close()


async def test_why_a_name_is_not_taken_has_room_beside_all_the_colours(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Ben": account}) as desk:
        desk.window.run_command("add_calendar")
        dialog = desk.flow.dialog
        assert isinstance(dialog, AddCalendarDialog)
        QTest.keyClicks(dialog.form.title, "ann")
        QTest.keyClick(dialog.form.title, Qt.Key.Key_Return)
        QApplication.processEvents()
        problem = dialog.form.problem
        assert problem.isVisible()
        assert problem.height() >= problem.heightForWidth(problem.width())
        for name, button in dialog.form.colours.items():
            assert min(button.height(), button.width()) >= button.iconSize().height(), name
        dialog.reject()


async def test_a_new_calendar_that_gets_the_token_of_another_one_is_told_of(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": account, "Ben": account})
    del drawer.kept[f"ben {sandbox.url}"]
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.flow._added.add("ben")  # One that is added in the window is at the public server.
        desk.rests.end()
        await desk.until(lambda: desk.profiles.runs["ben"].token is not None)
        desk.flow.list.switch("ben")
        page = desk.window.profile
        await desk.until(lambda: page.first_run is not None and page.first_run.isVisible())
        assert page.first_run is not None
        QTest.keyClicks(page.first_run.form.edit, sandbox.token)
        QTest.keyClick(page.first_run.form.edit, Qt.Key.Key_Return)
        said = "This is the account of “Ann”, too: both show the same calendar."
        await desk.until(lambda: getattr(page.page.banner.notice, "text", "") == said)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "drop_before"}, "Its server cannot be reached."),
        ({"kind": "status_before", "status": 500}, "Its server does not answer as it should."),
        ({"kind": "status_before", "status": 401}, "Its token was refused: it needs another one."),
        ({"kind": "status_before", "status": 429}, "Its server allows no more requests just now."),
    ],
)
async def test_what_is_the_matter_with_a_calendar_that_is_not_shown_is_said_in_the_list(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: dict[str, object], said: str
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Ben": account}) as desk:
        await desk.until(lambda: desk.session("default").status.state is ConnectionState.SYNCED)
        sandbox.faults({**fault, "method": "GET", "times": 0})
        desk.rests.end()
        await desk.until(lambda: said in desk.button("ben").accessibleDescription())
        assert desk.button("ben").toolTip().splitlines()[0] == "Ben", "it may be cut off in the list"
        assert said not in desk.button("default").accessibleDescription()


async def test_a_calendar_is_found_by_its_name_among_the_commands(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Dr. Okafor": account}) as desk:
        await desk.open_all()
        for typed, shown in (("okaf", "dr-okafor"), ("ann", "default")):
            palettes = desk.window.profile.palettes
            palettes.open_palette()
            popup = palettes.palette
            assert popup is not None
            QTest.keyClicks(popup.edit, typed)
            desk.press(Qt.Key.Key_Return)
            await desk.until(lambda shown=shown: desk.profiles.shown.name == shown)  # type: ignore[misc]
