"""Several calendars in one window, each on a server of its own: shown by turns, all synced, never mixed."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import weakref
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from tests.helpers.profiles_desk import Drawer, ProfilesDesk, desk_on, make_calendars, profiles_desk
from tests.helpers.sandbox import SandboxProcess

from triluna_desktop.app import without_profile
from triluna_desktop.domain.models import Entry
from triluna_desktop.options import RAISE, Options, WindowOptions
from triluna_desktop.profile import database_of
from triluna_desktop.start import _with_last_shown
from triluna_desktop.system import settings as table
from triluna_desktop.system.instance import ask
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import profile_book
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.profiles.calendar_form import AddCalendarDialog
from triluna_desktop.ui.profiles.manage_dialog import ManageDialog
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage

    from triluna_desktop.ui.theme import Theme

CHEN, OKAFOR = "Dr. Chen", "Dr. Okafor"
ANNS_TOKEN, BENS_TOKEN = "tl_canary_of_chen_4f9b2c7d", "tl_canary_of_okafor_8e1a55"
TODAY = date.today()  # noqa: DTZ011 - the user's own date, as in the app.
NOON = (12 * 60, 13 * 60)


def block(title: str, day: date = TODAY) -> Entry:
    return Entry(title.lower(), day, *NOON, is_available=False, title=title)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[SandboxProcess, SandboxProcess]]:
    """Two accounts: each server takes its own token alone."""
    with SandboxProcess(tokens=[ANNS_TOKEN]) as chen, SandboxProcess(tokens=[BENS_TOKEN]) as okafor:
        yield chen, okafor


@pytest.fixture
def calendars(servers: tuple[SandboxProcess, SandboxProcess]) -> dict[str, tuple[str, str]]:
    for each in servers:
        each.reset()
    return {CHEN: (servers[0].url, ANNS_TOKEN), OKAFOR: (servers[1].url, BENS_TOKEN)}


def titles(server: SandboxProcess) -> list[str]:
    return [row["title"] for row in server.entries()]


async def open_desk_dialog(desk: ProfilesDesk, command: str) -> AddCalendarDialog | ManageDialog:
    desk.window.run_command(command)
    dialog = desk.flow.dialog
    assert isinstance(dialog, AddCalendarDialog | ManageDialog)
    return dialog


async def test_an_edit_of_one_calendar_never_reaches_the_server_of_another(
    tmp_path: Path,
    window_theme: Theme,
    calendars: dict[str, tuple[str, str]],
    servers: tuple[SandboxProcess, SandboxProcess],
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        await desk.add_entries("default", block("Chen's lunch"))
        await desk.add_entries("dr-okafor", block("Okafor's lunch"))
        await desk.until(lambda: not any(desk.session(name).status.unsent for name in ("default", "dr-okafor")))
        assert (titles(servers[0]), titles(servers[1])) == (["Chen's lunch"], ["Okafor's lunch"])
        assert desk.entries("default", TODAY) == ["Chen's lunch"]
        assert desk.entries("dr-okafor", TODAY) == ["Okafor's lunch"]
        # Nobody knocked at the wrong door with the wrong token.
        assert all(row["status"] != 401 for server in servers for row in server.log())


async def test_what_is_not_sent_goes_out_while_another_calendar_is_shown(
    tmp_path: Path,
    window_theme: Theme,
    calendars: dict[str, tuple[str, str]],
    servers: tuple[SandboxProcess, SandboxProcess],
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        servers[0].faults({"kind": "status_before", "status": 429, "method": "POST", "times": 0})
        await desk.add_entries("default", block("Lunch"), block("Tea", TODAY + timedelta(days=1)))
        await desk.until(lambda: desk.session("default").status.retry_at is not None)
        desk.click(desk.button("dr-okafor"))
        await desk.until(lambda: desk.button("default").state.unsent == 2)
        assert "2 changes are not sent yet." in desk.button("default").toolTip()
        servers[0].clear_faults()
        await desk.session("default").sync_now()
        await desk.until(lambda: desk.button("default").state.unsent == 0)
        assert titles(servers[0]) == ["Lunch", "Tea"]


async def test_a_click_shows_the_other_calendar_on_the_same_dates(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        await desk.add_entries("dr-okafor", block("Okafor's", TODAY + timedelta(weeks=5)))
        desk.window.profile.week.turn(5)
        before = desk.window.profile
        dates = (before.week.first, before.week.days)
        before.week_view.scroll_to(4 * 60)
        top = before.week_view.top_minute
        desk.click(desk.button("dr-okafor"))
        after = desk.window.profile
        assert after is not before
        assert (after.week.first, after.week.days, after.week_view.top_minute) == (*dates, top)
        assert [each.item.title for each in after._session.days(*dates).entries] == ["Okafor's"]
        assert desk.listed == [CHEN, f"{OKAFOR}*"]
        assert desk.window.windowTitle().endswith(OKAFOR)


async def test_keys_show_calendars_by_number_and_by_turns_and_the_list_has_the_keyboard_of_who_is_in_it(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert desk.listed == [CHEN, f"{OKAFOR}*"]
        assert QApplication.focusWidget() is desk.window.profile.week_view
        desk.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert desk.listed == [f"{CHEN}*", OKAFOR]
        desk.button("default").setFocus()
        desk.press(Qt.Key.Key_Down)
        assert QApplication.focusWidget() is desk.button("dr-okafor")
        desk.press(Qt.Key.Key_Return)
        assert desk.listed == [CHEN, f"{OKAFOR}*"]
        assert QApplication.focusWidget() is desk.button("dr-okafor")


async def test_what_is_typed_is_saved_before_another_calendar_is_shown(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        await desk.add_entries("default", block("Lunch"))
        desk.window.profile.week.inspecting.open("lunch")
        form = desk.window.profile.page.inspector.form
        form.fields["title"].editor.selectAll()
        QTest.keyClicks(form.fields["title"].editor, "Lunch with Ann")
        desk.click(desk.button("dr-okafor"))
        assert desk.listed == [CHEN, f"{OKAFOR}*"]
        await desk.until(lambda: desk.entries("default", TODAY) == ["Lunch with Ann"])


async def test_what_is_typed_and_makes_no_sense_is_gone_back_to(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        await desk.add_entries("default", block("Lunch"))
        desk.window.profile.week.inspecting.open("lunch")
        start = desk.window.profile.page.inspector.form.fields["start"].editor
        start.setFocus()
        start.selectAll()
        QTest.keyClicks(start, "soon")
        desk.click(desk.button("dr-okafor"))
        assert desk.listed == [f"{CHEN}*", OKAFOR]
        assert QApplication.focusWidget() is start


async def test_a_page_goes_only_when_its_work_is_done_and_then_it_goes(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        gone: list[str] = []
        page, held = desk.window.profile, asyncio.Event()
        page.destroyed.connect(lambda: gone.append("page"))
        page._work.spawn(held.wait(), "slow work")
        desk.click(desk.button("dr-okafor"))
        desk.sweep()
        assert gone == []
        held.set()
        await desk.until(lambda: len(desk.tasks._tasks) == 0)
        desk.sweep()
        assert gone == ["page"]


async def test_the_pictures_of_a_page_go_with_it_though_the_rest_waits_for_the_collector(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        layer = desk.window.profile.week_view._layer
        picture, plates = weakref.ref(layer.pixmap()), weakref.ref(layer.painter)
        desk.click(desk.button("dr-okafor"))
        assert picture() is None
        assert plates() is None
        assert layer._pixmap.isNull()


def close_dialogs(desk: ProfilesDesk) -> None:
    for dialog in desk.window.findChildren(QDialog):
        dialog.close()


async def test_nothing_of_a_page_is_kept_once_it_is_gone_whatever_was_opened_in_it(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        for name in ("bulk", "weekly_hours", "overview", "history", "settings", "team_week", "search", "new"):
            desk.window.run_command(name)
            close_dialogs(desk)
        page = weakref.ref(desk.window.profile)
        desk.click(desk.button("dr-okafor"))
        await desk.until(lambda: len(desk.tasks._tasks) == 0)
        desk.sweep()
        gc.collect()
        assert page() is None


async def test_the_others_are_opened_one_after_the_other_with_a_rest_and_ask_the_keyring_once(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    calendars = {**calendars, "Clara": calendars[OKAFOR], "Dario": calendars[OKAFOR]}
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.until(lambda: len(desk.rests.asked) == 1)
        assert [run.name for run in desk.profiles.runs.values() if run.is_open] == ["default"]
        assert len(desk.drawer.reads) == 1
        await desk.open_all()
        # Three before an opening, and one before what they took is given back.
        await desk.until(lambda: len(desk.rests.asked) == 4)
        assert sorted(desk.drawer.reads) == sorted(desk.drawer.kept)
        assert not any(desk.session(name)._is_visible for name in desk.profiles.runs if name != "default")


async def test_a_token_in_the_environment_is_that_of_the_profile_the_process_was_started_for(
    tmp_path: Path,
    window_theme: Theme,
    calendars: dict[str, tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", ANNS_TOKEN)
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        desk.drawer.kept.clear()
        desk.rests.end()
        await desk.until(lambda: all(run.token is not None for run in desk.profiles.runs.values()))
        assert desk.profiles.runs["dr-okafor"].profile.account.has_token is False


async def test_each_profile_answers_commands_and_the_one_that_is_asked_to_come_is_shown(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        socket = app_paths("dr-okafor", tmp_path).socket
        # Asked before it is open: the command waits.
        waiting = asyncio.create_task(asyncio.to_thread(ask, socket, {"command": "status"}, 20.0))
        await desk.open_all()
        answer = await waiting
        assert answer is not None
        assert answer["exit_code"] == 0
        await asyncio.to_thread(ask, socket, {"command": RAISE}, 20.0)
        assert desk.listed == [CHEN, f"{OKAFOR}*"]
        assert profile_book(tmp_path).shown == "dr-okafor"


async def test_a_profile_that_another_process_has_is_left_to_it(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, calendars)
    paths = app_paths("dr-okafor", tmp_path)
    other = ProfileLock(paths.lock_file)
    assert other.acquire()
    try:
        async with desk_on(tmp_path, window_theme, drawer) as desk:
            await desk.open_all()
            desk.click(desk.button("dr-okafor"))
            assert desk.listed == [f"{CHEN}*", OKAFOR]
            banner = desk.window.profile.page.banner
            await desk.until(lambda: banner.notice is not None)
            said = banner.notice
            assert said is not None
            assert said.text == f"“{OKAFOR}” cannot be shown."
            assert "open in another window" in said.advice
            other.release()
            desk.click(desk.button("dr-okafor"))
            assert desk.profiles.shown.name == "dr-okafor"
            await desk.until(lambda: desk.session("dr-okafor").status.ever_synced)
            assert not desk.button("dr-okafor").state.needs_attention
    finally:
        other.release()


async def test_a_calendar_whose_file_cannot_be_used_says_why_when_it_is_wanted(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, calendars)
    file = database_of(app_paths("dr-okafor", tmp_path), calendars[OKAFOR][0])
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        desk.rests.end()
        await desk.until(lambda: desk.button("dr-okafor").state.needs_attention)
        desk.click(desk.button("dr-okafor"))
        said = desk.window.profile.page.banner.notice
        assert said is not None
        assert said.text == f"“{OKAFOR}” cannot be shown."
        assert "newer version" in said.advice


async def test_a_new_calendar_is_shown_with_the_place_for_its_token_and_a_way_back(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    only = {CHEN: calendars[CHEN]}
    async with profiles_desk(tmp_path, window_theme, only) as desk:
        await desk.open_all()
        assert desk.listed == []
        desk.click(desk.switcher.add_button)
        dialog = desk.flow.dialog
        assert isinstance(dialog, AddCalendarDialog)
        QTest.keyClicks(dialog.form.title, CHEN.upper())
        desk.click(dialog.add_button)
        assert dialog.form.problem.text() == "There is a calendar of this name already. Choose another one."
        dialog.form.title.clear()
        QTest.keyClicks(dialog.form.title, OKAFOR)
        desk.click(dialog.add_button)
        page = desk.window.profile
        await desk.until(lambda: page.first_run is not None and page.first_run.isVisible())
        assert page.first_run is not None
        assert QApplication.focusWidget() is page.first_run.form.edit
        desk.click(page.first_run.back_button)
        assert desk.listed == [f"{CHEN}*", OKAFOR]


async def test_the_token_of_a_new_calendar_opens_that_account_and_no_other(
    tmp_path: Path,
    window_theme: Theme,
    calendars: dict[str, tuple[str, str]],
    servers: tuple[SandboxProcess, SandboxProcess],
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        desk.drawer.kept = {key: kept for key, kept in desk.drawer.kept.items() if key.startswith("default ")}
        desk.rests.end()
        await desk.until(lambda: desk.profiles.runs["dr-okafor"].token is not None)
        desk.click(desk.button("dr-okafor"))
        page = desk.window.profile
        await desk.until(lambda: page.first_run is not None and page.first_run.isVisible())
        assert page.first_run is not None
        QTest.keyClicks(page.first_run.form.edit, BENS_TOKEN)
        QTest.keyClick(page.first_run.form.edit, Qt.Key.Key_Return)
        await desk.until(lambda: desk.session("dr-okafor").status.ever_synced)
        assert desk.drawer.kept[f"dr-okafor {servers[1].url}"] == BENS_TOKEN
        assert desk.drawer.kept[f"default {servers[0].url}"] == ANNS_TOKEN


@pytest.mark.parametrize("keeps", [False, True])
async def test_a_removed_calendar_forgets_its_token_and_its_files_unless_they_are_kept(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]], keeps: bool
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.click(desk.button("dr-okafor"))
        desk.click(desk.switcher.manage_button)
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        desk.click(dialog.remove_button)
        question = dialog.question
        assert question is not None
        box = question.checkBox()
        assert isinstance(box, TickBox)  # One of which not only the colour says that it is ticked.
        assert box is not None
        if box.isChecked() is not keeps:
            box.click()
        remove = next(
            each
            for each in question.buttons()
            if question.buttonRole(each) is QMessageBox.ButtonRole.DestructiveRole
        )
        desk.click(remove)
        await desk.until(lambda: (tmp_path / "dr-okafor").exists() is keeps and not desk.tasks._tasks)
        assert desk.listed == []
        assert [key.split()[0] for key in desk.drawer.kept] == ["default"]
        assert app_paths("dr-okafor", tmp_path).lock_file.exists() is keeps
        assert [each.name for each in profile_book(tmp_path).profiles] == ["default"]
        notice = desk.window.profile.page.banner.notice
        assert ("" if notice is None else notice.advice) == (
            "The command triluna-desktop --profile dr-okafor shows it again." if keeps else ""
        )


async def test_before_a_calendar_is_removed_what_was_never_sent_is_named(
    tmp_path: Path,
    window_theme: Theme,
    calendars: dict[str, tuple[str, str]],
    servers: tuple[SandboxProcess, SandboxProcess],
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        servers[1].faults({"kind": "status_before", "status": 503, "method": "POST", "times": 0})
        await desk.add_entries("dr-okafor", block("Night clinic"), block("Tea", TODAY + timedelta(days=1)))
        removal = desk.profiles.removal_of("dr-okafor")
        assert (removal.unsent, removal.names) == (2, ("Night clinic", "Tea"))
        told = desk.flow.words.remove_details(removal)
        assert "2 changes were never sent; callers do not know of them." in told
        assert "Among them: Night clinic, Tea." in told
        desk.profiles.shown.profile.ground.settings.set(table.PRIVACY_MASK_TITLES, True)
        removal = desk.profiles.removal_of("dr-okafor")
        assert (removal.unsent, removal.names) == (2, ()), "not while the screen is shared"


async def test_a_pause_holds_for_every_calendar_those_that_are_opened_later_too(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        first = desk.profiles.shown.profile.session
        first.pause(is_on=True)
        desk.rests.end()
        await desk.until(lambda: desk.profiles.session_of("dr-okafor") is not None)
        second = desk.profiles.session_of("dr-okafor")
        assert second is not None
        assert second.is_paused
        second.pause(is_on=False)
        assert not first.is_paused


def _pictures(dialog: ManageDialog) -> list[QImage]:
    """The badges of the list, then those of the colours."""
    icons = [dialog.list.item(row).icon() for row in range(dialog.list.count())]
    icons += [button.icon() for button in dialog.form.colours.values()]
    return [each.pixmap(20, 20).toImage() for each in icons]


async def test_calendars_are_renamed_recoloured_and_put_in_order(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.click(desk.switcher.manage_button)
        dialog = desk.flow.dialog
        assert isinstance(dialog, ManageDialog)
        dialog.list.setCurrentRow(1)
        dialog.form.title.setFocus()
        dialog.form.title.selectAll()
        QTest.keyClicks(dialog.form.title, "Ben")
        QTest.keyClick(dialog.form.title, Qt.Key.Key_Tab)
        desk.click(dialog.form.colours["green"])
        desk.click(dialog.up_button)
        light = _pictures(dialog)
        window_theme.choose("dark")
        dark = _pictures(dialog)
        window_theme.choose("light")
        assert all(before != after for before, after in zip(light, dark, strict=True))
        assert _pictures(dialog) == light
        assert desk.listed == ["Ben", f"{CHEN}*"]
        assert desk.button("dr-okafor").state.known.colour == "green"
        dialog.form.title.setFocus()
        dialog.form.title.selectAll()
        QTest.keyClicks(dialog.form.title, CHEN)
        QTest.keyClick(dialog.form.title, Qt.Key.Key_Tab)
        assert dialog.form.problem.isVisible()
        assert desk.listed == ["Ben", f"{CHEN}*"]


@pytest.mark.parametrize("command", ["bulk", "manage_calendars"])
async def test_no_calendar_is_shown_over_a_dialog_that_waits_for_an_answer(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]], command: str
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.window.run_command(command)
        assert QApplication.activeModalWidget() is not None
        desk.flow.list.switch("dr-okafor")
        assert desk.listed == [f"{CHEN}*", OKAFOR]


async def test_another_calendar_that_is_chosen_in_the_tray_leaves_the_window_where_it_is(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.window.hide()
        desk.flow.list.switch("dr-okafor", raises=False)
        assert desk.profiles.shown.name == "dr-okafor"
        assert not desk.window.isVisible()
        desk.flow.list.switch("dr-okafor")
        assert desk.window.isVisible()


async def test_a_look_that_is_chosen_in_one_calendar_is_that_of_all(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.window.profile.settings.set(table.GRID_SNAP, 5)
        desk.window.profile.settings.set(table.CALENDAR_MODE, "unavailable")
        desk.click(desk.button("dr-okafor"))
        assert desk.window.profile.settings.get(table.GRID_SNAP) == 5
        assert desk.window.profile.settings.get(table.CALENDAR_MODE) == "available"


@pytest.mark.parametrize(("opens_last", "opened"), [(True, "dr-okafor"), (False, "default")])
def test_a_start_that_names_no_profile_opens_the_one_that_was_shown_last(
    tmp_path: Path, opens_last: bool, opened: str
) -> None:
    make_calendars(tmp_path, Drawer(), {CHEN: ("http://127.0.0.1:9", "a"), OKAFOR: ("http://127.0.0.1:9", "b")})
    profile_book(tmp_path).show("dr-okafor")
    asked = WindowOptions(Options(data_dir=tmp_path), opens_last=opens_last)
    assert _with_last_shown(asked)[0].common.profile == opened


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--data-dir", "/x", "--profile", "a"], ["--data-dir", "/x"]),
        (["--profile=a", "--verbose"], ["--verbose"]),
        (["--profile", "--profile", "--verbose"], ["--verbose"]),
        ([], []),
    ],
)
def test_a_start_anew_drops_the_profile_of_the_start_before(arguments: list[str], kept: list[str]) -> None:
    assert without_profile(arguments) == kept


async def test_a_profile_that_is_named_at_a_start_joins_the_list_beside_the_default_one(
    tmp_path: Path, window_theme: Theme, calendars: dict[str, tuple[str, str]]
) -> None:
    url, token = calendars[CHEN]
    drawer = Drawer()
    async with profiles_desk(tmp_path, window_theme, {CHEN: (url, token)}):
        pass
    app_paths("default", tmp_path).profiles_file.unlink()
    Settings(app_paths("work", tmp_path).settings_file).set(table.ACCOUNT_BASE_URL, url)
    drawer.kept[f"work {url}"] = token
    async with desk_on(tmp_path, window_theme, drawer, shown="work") as desk:
        await desk.until(lambda: desk.listed == ["My calendar", "work*"])
        assert [each.name for each in profile_book(tmp_path).profiles] == ["default", "work"]
