"""The window among processes: a second start, commands handed over, and every way to end."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home, wait_until_gone
from tests.helpers.failed_start import failed_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.screen_reader import ScreenReader
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    return Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)


def test_a_second_start_brings_the_minimised_window_of_the_first_back_and_ends(
    desktop: Desktop, start_app: StartApp, home: Home
) -> None:
    app = start_app(home)
    (window,) = desktop.windows()
    desktop.minimise(window)
    app.wait_for(lambda: desktop.windows() == [], "minimised window")
    done = home.run()
    assert (done.code, done.stderr) == (0, "")
    app.wait_for(lambda: desktop.active_window() == window, "window in front")
    assert desktop.windows() == [window]


def test_a_command_is_handed_to_the_running_window_which_shows_it_and_sends_it(
    start_app: StartApp, home: Home, sandbox: SandboxProcess
) -> None:
    app = start_app(home)
    app.wait_synced()
    home.environment.pop("TRILUNA_TOKEN")
    done = home.run("block", "today", "11:00-11:30", "--title", "Handed over", "--json")
    assert done.code == 0, done
    (entry,) = sandbox.entries()
    assert [told["id"] for told in done.json["entries"]] == [entry["id"]]
    app.wait_for_text("11:00 to 11:30, blocked, Handed over")
    assert home.run("delete", str(entry["id"])).code == 0
    app.wait_for(lambda: app.blocks() == [], "week without the entry")
    assert sandbox.entries() == []


def test_without_a_window_a_command_works_alone(home: Home, sandbox: SandboxProcess) -> None:
    done = home.run("open", "30m", "--json")
    assert (done.code, done.stderr) == (0, "")
    assert [entry["id"] for entry in done.json["entries"]] == [entry["id"] for entry in sandbox.entries()]
    assert len(sandbox.entries()) in (1, 2)  # Two where it crosses midnight.
    assert home.run("release").code == 0


def test_a_block_that_the_window_was_handed_is_released_by_another_command(
    start_app: StartApp, home: Home, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    app = start_app(home)
    app.wait_synced()
    assert home.run("open", "2h").code == 0
    opened = [(entry["date"], entry["start_time"]) for entry in sandbox.entries()]
    done = home.run("block", "30m", "--json")
    assert (done.code, done.stderr) == (0, "")
    assert done.json["blocked"]
    assert [(entry["date"], entry["start_time"]) for entry in sandbox.entries()] != opened
    file = tmp_path / "calendar.json"
    assert home.run("export", "--output", str(file)).code == 0
    done = home.run("import", str(file), "--json")
    assert (done.code, done.json["imported"], done.json["already"]) == (0, 0, len(sandbox.entries()))
    assert home.run("release", "--json").json["closed"]
    assert home.run("release").stdout == "Nothing to release.\n"


def test_each_exit_code_has_its_case_and_its_object(home: Home, sandbox: SandboxProcess) -> None:
    day = "2027-03-04"

    def run(*arguments: str) -> tuple[int, str | None]:
        done = home.run(*arguments, "--json")
        assert done.json["ok"] is (done.code == 0)
        assert (done.stderr == "") is (done.code == 0)
        error = done.json["error"]
        return done.code, error and error["code"]

    assert run("block", day, "9:00-10:00") == (0, None)
    assert run("block", "whenever") == (2, "invalid_input")
    assert run("block", day, "9:30-10:30") == (4, "needs_decision")
    sandbox.faults({"kind": "drop_before", "times": 0})
    assert run("block", day, "11:00-12:00") == (3, "queued")
    sandbox.clear_faults()
    assert len(sandbox.entries()) == 1
    home.environment["TRILUNA_TOKEN"] = "no-such-token"
    assert run("list") == (5, "token")


def test_two_commands_at_once_wait_for_each_other(home: Home, sandbox: SandboxProcess) -> None:
    from concurrent.futures import ThreadPoolExecutor

    hours = [f"{hour:02}:00-{hour:02}:30" for hour in range(8, 12)]
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda hour: home.run("block", "tomorrow", hour).code, hours))
    assert codes == [0, 0, 0, 0]
    assert [entry["start_time"] for entry in sandbox.entries()] == ["08:00:00", "09:00:00", "10:00:00", "11:00:00"]


def test_neither_a_second_window_nor_a_command_hangs_on_an_owner_that_is_frozen_but_says_so(
    desktop: Desktop, reader: ScreenReader, mouse: Mouse, start_app: StartApp, home: Home
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    app = start_app(home)
    app.wait_synced()
    app.send(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as pool:
            command = pool.submit(home.run, "open", "30m", "--json")
            code, texts, complaint = failed_start(home, desktop, reader, mouse)
            done = command.result()
    finally:
        app.send(signal.SIGCONT)
    assert (done.code, done.json["error"]["code"]) == (2, "busy")
    app.wait_synced()
    assert home.run("list", "--json").json["entries"] == [], "a command that was given up is not carried out later"
    assert code == 2
    assert "TriLuna Desktop is running already, but does not answer." in texts
    assert "does not answer" in complaint


def test_a_calendar_of_a_newer_version_is_said_in_a_dialog(
    desktop: Desktop, reader: ScreenReader, mouse: Mouse, home: Home
) -> None:
    assert home.run("list").code == 0
    (file,) = (path for path in home.paths.data_dir.glob("calendar*.sqlite3"))
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    code, texts, complaint = failed_start(home, desktop, reader, mouse)
    assert code == 2
    assert "A newer version of TriLuna Desktop has written this calendar's file." in texts
    assert "version 1000" in complaint


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_demo_in_order_and_its_server_with_it(
    desktop: Desktop, start_app: StartApp, home_folder: Path, number: signal.Signals
) -> None:
    app = start_app(Home(home_folder, profile="demo", environment=desktop.environment))
    app.wait_synced()
    (server,) = app.children()
    app.send(number)
    assert (app.wait(), app.output) == (0, "")
    wait_until_gone(server)
    assert "ERROR" not in app.home.log()


def test_a_signal_that_comes_while_the_demo_still_starts_leaves_nothing_behind(
    desktop: Desktop, start_app: StartApp, home_folder: Path
) -> None:
    app = start_app(Home(home_folder, profile="demo", environment=desktop.environment))
    children = app.children()
    app.send(signal.SIGTERM)
    assert (app.wait(), app.output) == (0, "")
    for child in children:
        wait_until_gone(child)


def test_kill_9_of_the_demo_takes_its_server_along_and_the_next_start_works(
    desktop: Desktop, start_app: StartApp, home_folder: Path
) -> None:
    app = start_app(Home(home_folder, profile="demo", environment=desktop.environment))
    app.wait_synced()
    (server,) = app.children()
    app.kill()
    wait_until_gone(server)
    app.start()
    app.wait_synced()


def test_closing_the_window_ends_the_app_and_its_place_is_remembered(
    desktop: Desktop, start_app: StartApp, home: Home
) -> None:
    app = start_app(home)
    app.wait_synced()
    (window,) = desktop.windows()
    desktop.resize(window, 1100, 700)
    app.wait_for(lambda: (app.frame.width, app.frame.height) == (1100, 700), "other size")
    place = app.frame
    desktop.close(window)
    assert (app.wait(), app.output) == (0, "")
    app.start()
    app.wait_for(lambda: app.frame == place, f"window at {place}")


def test_the_demos_server_is_started_again_when_it_ends(
    desktop: Desktop, start_app: StartApp, home_folder: Path
) -> None:
    import os

    app = start_app(Home(home_folder, profile="demo", environment=desktop.environment))
    app.wait_synced()
    (server,) = app.children()
    os.kill(server, signal.SIGKILL)
    app.wait_for(lambda: app.children() not in ([], [server]), "new server")
    assert app.home.run("block", "tomorrow", "22:00-22:30").code in (0, 3)
    app.wait_synced()
