"""What this computer does to the app: its disk, its clock, its zone, its sleep.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.clock import FakeClock
from tests.helpers.fault_checks import CONFIRMING, check_sent_once, settle, slots_of
from tests.helpers.full_disk import full_disk
from tests.helpers.live_window import NOW, THURSDAY, live_window
from tests.helpers.profiles_desk import profiles_desk
from tests.helpers.sandbox import SandboxProcess

from triluna_desktop.stage import tell_of_damage
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.system.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.ui.theme import Theme

if sys.platform == "win32":
    pytest.skip("limits on the size of files, and the zone by TZ, are of Unix", allow_module_level=True)

DISK_FULL = "Nothing was changed: the disk is full. Make room and try again."


# --- the disk


async def test_disk_full_while_editing(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    """The edit is refused aloud; in the inspector what was typed stays, and is saved once there is room."""
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        with full_disk():
            assert await window.drag("09:00", "10:00") == ""
            assert window.toast == DISK_FULL
            assert window.shown() == []
            assert await window.command("block", when="2026-11-20 11:00-12:00") == (
                2,
                "There is no room left on the disk. Nothing was changed.",
            )
            window.window.profile.week.inspecting.new_entry()
            form = window.window.profile.page.inspector.form
            form.fields["title"].editor.setFocus()
            QTest.keyClicks(form.fields["title"].editor, "Supervision")
            QTest.keyClick(form.fields["title"].editor, Qt.Key.Key_Return)
            await window.until(lambda: form.refused_card.isVisible())
            assert form.refused_card.sentence.text() == DISK_FULL
            assert form.fields["title"].text == "Supervision"
        QTest.keyClick(form.fields["title"].editor, Qt.Key.Key_Return)
        await window.until(lambda: window.shown())
        await settle(window)
        assert [each["title"] for each in sandbox.entries()] == ["Supervision"]


async def test_disk_full_while_another_calendar_is_shown(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    """What was typed is saved as its calendar goes; that it was not is said where the user looks now."""
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Dr. Chen": account, "Dr. Okafor": account}) as desk:
        await desk.open_all()
        desk.window.profile.week.inspecting.new_entry()
        form = desk.window.profile.page.inspector.form
        form.fields["title"].editor.setFocus()
        QTest.keyClicks(form.fields["title"].editor, "Supervision")
        with full_disk():
            desk.click(desk.button("dr-okafor"))
            banner = desk.window.profile.page.banner
            await desk.until(lambda: banner.notice is not None)
        assert banner.notice is not None
        assert banner.notice.text == "What was changed last in “Dr. Chen” was not saved."
        assert banner.notice.advice == DISK_FULL


async def test_disk_full_while_sending(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    """What the server says cannot be written down: that is said, and nothing is sent until it can be."""
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults({"kind": "drop_before", "method": "GET", "times": 0})
        key = await window.drag("09:00", "10:00")
        sandbox.clear_faults()
        await settle(window)
        assert window.card(key) == ""
        with full_disk():
            await window.session.sync_now()
            window.pass_moment()
            assert window.banner == (
                "The calendar's file on this computer cannot be written (there is no room left on the disk). Make "
                "room on the disk. The edits that you see are safe; nothing is sent until it can be written."
            )
            assert window.buttons == ["Try again"]
            assert window.state == "The calendar's file cannot be written – trying again in 1 s"
        window.click(window.window.profile.page.banner.buttons[0])
        await window.until(lambda: window.banner == "")
        assert slots_of(sandbox) == ["09:00-10:00"]


def queue_an_edit(folder: Path) -> Path:
    """A calendar's file that an app left with one unsent edit."""
    from tests.helpers.offline_session import slot

    from triluna_desktop.domain import edits
    from triluna_desktop.sync import journal

    path = folder / "calendar.sqlite3"
    store = SqliteStore(path)
    store.open()
    store._run(lambda tx: journal.queue_edit(tx, edits.create(slot("mine", day=THURSDAY)), 0.0))
    store.close()
    return path


LOOK = "Look through the coming weeks, and make again what is missing."


def told_of(make_window: MakeWindow, path: Path) -> tuple[str, list[str], int]:
    """Open the file as a start does; what the banner says, its buttons, and how many edits are still queued."""
    store = SqliteStore(path)
    opened = store.open()
    queued = len(store._run(lambda tx: tx.ops()))
    store.close()
    page = make_window()
    tell_of_damage(page.window, opened)
    return page.banner, [button.text() for button in page.window.profile.page.banner.buttons], queued


def test_corrupt_file(make_window: MakeWindow, tmp_path: Path) -> None:
    path = queue_an_edit(tmp_path / "other")
    with path.open("r+b") as file:
        file.seek(100)  # The list of tables, right after the header: no edit can be found without.
        file.write(b"\xff" * 2000)
    said, buttons, queued = told_of(make_window, path)
    assert queued == 0
    assert said == (
        "The calendar's file on this computer was damaged. No change that was not sent yet was found in it; if "
        f"you had made some, make them again. All else is read from the server again. {LOOK} The damaged file is "
        f"kept as {path}.damaged-1."
    )
    assert buttons == ["Copy the details"]


def test_corrupt_file_of_which_edits_are_saved(make_window: MakeWindow, tmp_path: Path) -> None:
    path = queue_an_edit(tmp_path / "other")
    # The page of another table is damaged, and the file was not closed in order: so it is looked through.
    connection = sqlite3.connect(path)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    path.with_name(f"{path.name}.state").write_text("open")
    said, _, queued = told_of(make_window, path)
    assert queued == 1, "nothing is lost"
    assert said == (
        "The calendar's file on this computer was damaged. Changes not sent yet that were saved from it: 1. "
        f"Others may be lost. All else is read from the server again. {LOOK} The damaged file is kept as "
        f"{path}.damaged-1."
    )


def test_0_byte_file(make_window: MakeWindow, tmp_path: Path) -> None:
    path = queue_an_edit(tmp_path / "other")
    path.write_bytes(b"")
    said, buttons, _ = told_of(make_window, path)
    assert said == (
        "The calendar's file on this computer was empty. Changes that were not sent yet are lost; all else is "
        f"read from the server again. {LOOK}"
    )
    assert buttons == []


def test_file_that_is_gone(make_window: MakeWindow, tmp_path: Path) -> None:
    path = queue_an_edit(tmp_path / "other")
    path.unlink()
    said, _, _ = told_of(make_window, path)
    assert said == (
        "The calendar's file on this computer is gone. Changes that were not sent yet are lost with it; all else "
        f"is read from the server again. {LOOK}"
    )


# --- the clock, the zone, sleep


async def test_wrong_clock_that_is_put_right(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        window.clock.set_wall(NOW - timedelta(days=3))
        window.refresh()
        assert window.state == "Synced", "not “in 3 days”, nor “0 s ago” for three days"
        window.clock.set_wall(NOW)
        sandbox.faults(
            {"kind": "raw", "status": 429, "headers": {"retry-after": "120"}, "body": "{}", "method": "POST"}
        )
        await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.clock.set_wall(NOW - timedelta(hours=5))
        window.refresh()
        assert window.state == "No more requests are allowed just now – going on in 2 min"
        window.clock.set_wall(NOW)
        await window.pass_time(121)
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00"]


async def test_sleep_and_resume_mid_request(tmp_path: Path, window_theme: Theme) -> None:
    """The computer sleeps while a POST is on its way: hours pass at once, and the connection is dead."""
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        async with live_window(tmp_path, window_theme, server.url) as window:
            server.faults({"kind": "hold_after", "method": "POST"})
            key = await window.drag("09:00", "10:00")
            await window.until(lambda: window.card(key) == CONFIRMING)
            server.kill()
            window.clock.advance(20 * 3600)
            window.window.profile.week.dawn.timeout.emit()
            await window.until(lambda: window.session.status.trouble is not None)
            window.refresh()
            assert window.banner == "The connection broke off. Edits are kept and sent later."
            assert window.unsent == "1 change not sent yet"
            assert window.card(key) == "Confirming with the server…", (
                "and callers are offered no time that has passed"
            )
            assert window.window.profile.week.today == date(2026, 11, 20), "it is tomorrow by now"
            server.restart()
            await window.pass_time(40)
            await settle(window)
            assert slots_of(server) == ["09:00-10:00"]
        await check_sent_once(tmp_path, window_theme, server, ("09:00-10:00",))


class TravellingClock(FakeClock):
    """The app's own clock, which looks the system's zone up, at instants that the test sets."""

    def __init__(self) -> None:
        super().__init__()
        self._system = SystemClock(monotonic=self.monotonic, instant=lambda: self._now)

    def now(self) -> datetime:
        return self._system.now()


@pytest.fixture
def system_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


async def test_zone_change_while_running(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, system_zone: pytest.MonkeyPatch
) -> None:
    """Off the plane in Tokyo: it is Friday there, and the entries stay on their dates and times."""
    system_zone.setenv("TZ", "America/Toronto")
    time.tzset()
    clock = TravellingClock()
    clock.set_wall(NOW.replace(hour=18))
    sandbox.add_entry(THURSDAY, "14:00", "15:00", title="Lunch")
    async with live_window(tmp_path, window_theme, sandbox.url, clock=clock) as window:
        view, bar = window.window.profile.week_view, window.window.profile.page.status_bar
        assert bar.zone.text() == "America/Toronto"
        assert (view.today, view._now[1]) == (THURSDAY, 13 * 60 + 24)

        system_zone.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        await window.clock.run_for(61)
        window.refresh()
        view._minute.timeout.emit()
        window.window.profile.week.dawn.timeout.emit()

        assert bar.zone.text() == "Asia/Tokyo"
        assert (view.today, view._now[1]) == (date(2026, 11, 20), 3 * 60 + 25)
        assert window.window.profile.week.today == date(2026, 11, 20)
        assert window.shown() == ["14:00-15:00 Lunch"], "wall times are wall times"
        await window.drag("09:00", "10:00")
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "14:00-15:00"]
