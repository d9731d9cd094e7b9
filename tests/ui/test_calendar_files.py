"""What happens to a calendar's files: where a new one is, what is removed with it, what somebody else deletes."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.helpers.profiles_desk import Drawer, ProfilesDesk, desk_on, make_calendars, profiles_desk

from triluna_desktop import folder_watch
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.folder_watch import FolderWatch
from triluna_desktop.options import RAISE, Options
from triluna_desktop.profile import database_of, open_profile, prepare
from triluna_desktop.system import settings as table
from triluna_desktop.system.instance import ask, serve
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import profile_book
from triluna_desktop.system.secrets import KeyringLockedError
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.profiles.calendar_form import AddCalendarDialog
from triluna_desktop.ui.profiles.manage_dialog import ManageDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme

NOBODY = "http://127.0.0.1:9/api/public"
"""Where no server listens: what is queued stays unsent."""
TODAY = date.today()  # noqa: DTZ011 - the user's own date, as in the app.
LUNCH = Entry("lunch", TODAY, 12 * 60, 13 * 60, is_available=False, title="Lunch")


@pytest.fixture(autouse=True)
def quick_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_watch, "REST_MS", 0)


def banner(desk: ProfilesDesk) -> str:
    notice = desk.window.profile.page.banner.notice
    return "" if notice is None else f"{notice.text} {notice.advice}"


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def queued(folder: Path, name: str) -> list[str]:
    """The titles in a profile's file, which nobody has open."""
    profile = open_profile(prepare(Options(name, folder)), Options(name, folder), keyring=Drawer())
    try:
        assert profile.opened.damage is None
        return [view.item.title for view in profile.session.days(TODAY, 1).entries]
    finally:
        profile.store.close()
        profile.ground.close_log()


def written_by_a_newer_app(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


# -- a new one ---------------------------------------------------------------------------------------------------


async def test_a_calendar_that_is_added_is_at_the_server_of_the_shown_one_and_the_dialog_says_so(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with profiles_desk(tmp_path, window_theme, {"Ann": (sandbox.url, sandbox.token)}) as desk:
        desk.window.run_command("add_calendar")
        dialog = desk.flow.dialog
        assert isinstance(dialog, AddCalendarDialog)
        assert dialog.server.isVisible()
        assert f"127.0.0.1:{sandbox.port}" in dialog.server.text()
        QTest.keyClicks(dialog.form.title, "Ben")
        QTest.keyClick(dialog.form.title, Qt.Key.Key_Return)
        await desk.until(lambda: desk.profiles.shown.name == "ben")
        assert desk.profiles.shown.profile.base_url == sandbox.url
        kept = Settings(app_paths("ben", tmp_path).settings_file)
        kept.load()
        assert kept.get(table.ACCOUNT_BASE_URL) == sandbox.url


async def test_where_the_shown_calendar_is_at_the_usual_server_nothing_is_said_of_servers(
    tmp_path: Path, window_theme: Theme
) -> None:
    usual = table.ACCOUNT_BASE_URL.default
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": (usual, "")})
    drawer.kept.clear()
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.window.run_command("add_calendar")
        dialog = desk.flow.dialog
        assert isinstance(dialog, AddCalendarDialog)
        assert not dialog.server.isVisible()
        dialog.reject()


# -- one that is removed -----------------------------------------------------------------------------------------


async def test_a_calendar_that_another_process_holds_is_not_removed_and_the_dialog_says_why(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": account, "Ben": account})
    other = ProfileLock(app_paths("ben", tmp_path).lock_file)
    assert other.acquire()
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.window.run_command("manage_calendars")
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        dialog.list.setCurrentRow(1)
        desk.click(dialog.remove_button)
        told = dialog.question
        assert told is not None
        assert told.text() == "“Ben” was not removed."
        assert "open in another window or command" in told.informativeText()
        assert [told.standardButton(each) for each in told.buttons()] == [QMessageBox.StandardButton.Close]
        told.close()
        # It may also be taken between the question and the answer.
        dialog.accept()
        dialog.removal_confirmed.emit("ben", False)
        assert banner(desk).startswith("“Ben” was not removed.")
        assert [each.name for each in profile_book(tmp_path).profiles] == ["default", "ben"]
        assert f"ben {sandbox.url}" in drawer.kept
        assert app_paths("ben", tmp_path).settings_file.exists()
        other.release()
        dialog.removal_confirmed.emit("ben", False)
        await desk.until(lambda: not app_paths("ben", tmp_path).data_dir.parent.exists())
        assert f"ben {sandbox.url}" not in drawer.kept


async def test_of_a_calendar_that_was_not_opened_yet_the_unsent_changes_are_named_before_it_is_removed(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": (sandbox.url, sandbox.token), "Ben": (NOBODY, "x")})
    ben = open_profile(prepare(Options("ben", tmp_path)), Options("ben", tmp_path), keyring=Drawer())
    await ben.session.apply(edits.create(LUNCH))
    await ben.close()
    ben.ground.close_log()
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        assert desk.profiles.session_of("ben") is None, "it rests"
        removal = desk.profiles.removal_of("ben")
        assert (removal.unsent, removal.names, removal.is_read) == (1, ("Lunch",), True)


async def test_of_a_calendar_whose_file_cannot_be_opened_it_is_said_that_unsent_changes_may_be_in_it(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, caplog: pytest.LogCaptureFixture
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": account, "Ben": account})
    written_by_a_newer_app(database_of(app_paths("ben", tmp_path), sandbox.url))
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.window.run_command("manage_calendars")
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        dialog.list.setCurrentRow(1)
        desk.click(dialog.remove_button)
        question = dialog.question
        assert question is not None
        assert "It may hold changes that were never sent." in question.informativeText()
        box = question.checkBox()
        assert box is not None
        assert box.isChecked(), "its data are kept unless the user says otherwise"
        question.close()
        dialog.reject()
        caplog.clear()


async def test_a_token_that_stays_in_the_keyring_is_told_of(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, caplog: pytest.LogCaptureFixture
) -> None:
    class StubbornDrawer(Drawer):
        def erase(self, username: str) -> None:
            raise KeyringLockedError(f"The keyring is locked. It keeps {username}.")

    account = (sandbox.url, sandbox.token)
    drawer = StubbornDrawer()
    make_calendars(tmp_path, drawer, {"Ann": account, "Ben": account})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        desk.flow._remove("ben", False)
        await desk.until(lambda: "“Ben” was removed, but its token may still be in the keyring." in banner(desk))
        assert "The keyring is locked." in banner(desk)
        caplog.clear()


# -- a folder that somebody deletes ------------------------------------------------------------------------------


async def test_a_folder_deleted_under_the_shown_calendar_is_put_back_with_what_was_never_sent(
    tmp_path: Path, window_theme: Theme, caplog: pytest.LogCaptureFixture
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": (NOBODY, "x")})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        watch = FolderWatch(desk.profiles, desk.window, desk._spawn)
        await desk.add_entries("default", LUNCH)
        delete(tmp_path / "default")
        assert desk.entries("default", TODAY) == ["Lunch"]
        await desk.until(lambda: desk.profiles.shown.is_in_place)
        said = "This calendar's folder was deleted while the app was running. It was put back; nothing is lost."
        await desk.until(lambda: banner(desk).startswith(said))
        # Commands reach the window, and no second one can begin there.
        paths = app_paths("default", tmp_path)
        await desk.until(paths.socket.exists)
        assert not ProfileLock(paths.lock_file).acquire()
        kept = Settings(paths.settings_file)
        kept.load()
        assert kept.get(table.ACCOUNT_BASE_URL) == NOBODY
        # It is watched on: the second time is as the first.
        delete(tmp_path / "default")
        await desk.until(lambda: not desk.profiles.shown.is_in_place)
        await desk.until(lambda: desk.profiles.shown.is_in_place)
        watch.end()
        caplog.clear()
    assert queued(tmp_path, "default") == ["Lunch"]


async def test_commands_reach_a_calendar_whose_folder_was_put_back(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, caplog: pytest.LogCaptureFixture
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Ben": account}) as desk:
        await desk.open_all()
        watch = FolderWatch(desk.profiles, desk.window, desk._spawn)
        delete(tmp_path / "ben")
        await desk.until(lambda: "“Ben”" in banner(desk))
        assert "Manage calendars" in banner(desk)
        socket = app_paths("ben", tmp_path).socket
        await desk.until(socket.exists)
        answer = await asyncio.to_thread(ask, socket, {"command": "status"}, 5.0)
        assert answer is not None
        assert answer["exit_code"] == 0
        watch.end()
        caplog.clear()


async def test_a_folder_that_cannot_be_put_back_is_told_of_once_with_what_would_be_lost(
    tmp_path: Path, window_theme: Theme, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "AGAIN_MS", 0)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": (NOBODY, "x")})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        watch = FolderWatch(desk.profiles, desk.window, desk._spawn)
        await desk.add_entries("default", LUNCH)
        delete(tmp_path / "default")
        (tmp_path / "default").write_text("in the way")
        await desk.until(lambda: "cannot be put back" in banner(desk))
        assert "1 change that is not sent yet would be lost when the app ends" in banner(desk)
        (tmp_path / "default").unlink()
        await desk.until(lambda: "It was put back" in banner(desk))
        watch.end()
        caplog.clear()
    assert queued(tmp_path, "default") == ["Lunch"]


async def test_a_folder_that_is_deleted_just_before_the_end_is_put_back_by_the_end(
    tmp_path: Path, window_theme: Theme
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": (NOBODY, "x")})
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.add_entries("default", LUNCH)
        delete(tmp_path / "default")
    assert queued(tmp_path, "default") == ["Lunch"]


# -- one that is open in another window --------------------------------------------------------------------------


async def test_a_calendar_that_another_window_has_is_shown_there_when_it_is_wanted_and_is_no_alarm(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    drawer = Drawer()
    make_calendars(tmp_path, drawer, {"Ann": account, "Ben": account})
    paths = app_paths("ben", tmp_path)
    other = ProfileLock(paths.lock_file)
    assert other.acquire()
    asked: list[object] = []

    async def answer(request: dict[str, object]) -> dict[str, object]:
        asked.append(request["command"])
        return {"exit_code": 0}

    paths.ensure()
    window = await serve(paths.socket, answer, lock=other)
    try:
        async with desk_on(tmp_path, window_theme, drawer) as desk:
            button = desk.button("ben")
            assert not button.state.needs_attention
            assert "It is open in another window" in button.accessibleDescription()
            desk.click(button)
            await desk.until(lambda: asked == [RAISE] and not desk.profiles._locks._asked)
            QApplication.processEvents()
            assert desk.profiles.shown.name == "default"
            assert "cannot be shown" not in banner(desk)
    finally:
        await window.close()
        other.release()
