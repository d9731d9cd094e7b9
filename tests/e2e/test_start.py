"""How the window opens: for the first time, without a network, with a refused token, beside a broken file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.sandbox import SandboxProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


def test_the_first_start_explains_how_to_connect_and_asks_no_server(
    desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path
) -> None:
    app = start_app(Home(home_folder, api_url=sandbox.url, environment=desktop.environment))
    app.wait_for_text("Connect your account")
    for step in ("Log in to your TriLuna dashboard", "Profile Settings", "API Access", "Generate API Token"):
        app.wait_for_text(step)
    app.wait_for_text("600 credits")
    app.wait_for_text("Try the demo")
    assert sandbox.log() == []


def test_try_the_demo_on_the_first_run_page_becomes_the_demo(
    desktop: Desktop, start_app: StartApp, mouse: Mouse, home_folder: Path
) -> None:
    home = Home(home_folder, environment=desktop.environment)
    app = start_app(home)
    mouse.click(app.wait_for_thing("Try the demo", "push button").box.middle)
    # The same process becomes the demo, with a profile and a socket of its own.
    app.home = Home(home_folder, profile="demo", environment=desktop.environment)
    app.wait_for_status(lambda status: status["state"] == "synced", "demo in sync")
    app.wait_for(lambda: len(app.blocks()) > 3, "sample calendar")


def test_without_a_network_the_last_seen_week_is_there_at_once(
    desktop: Desktop, start_app: StartApp, home_folder: Path
) -> None:
    with SandboxProcess(seed="demo") as server:
        home = Home(home_folder, api_url=server.url, token=server.token, environment=desktop.environment)
        assert home.run("sync").code == 0
    app = start_app(home)
    app.wait_for(lambda: len(app.blocks()) > 3, "last seen week")
    app.wait_for_text("The server cannot be reached.")
    app.wait_for_text("Offline")


def test_a_refused_token_leaves_the_week_on_the_screen_and_asks_for_another(
    desktop: Desktop, start_app: StartApp, home_folder: Path
) -> None:
    with SandboxProcess(seed="demo") as server:
        home = Home(home_folder, api_url=server.url, token=server.token, environment=desktop.environment)
        assert home.run("sync").code == 0
        server.configure(tokens=["another-token"])
        app = start_app(home)
        app.wait_for_status(lambda status: status["state"] == "needs_token", "state “needs token”")
        assert len(app.blocks()) > 3
        app.wait_for_text("Token refused")


def test_a_calendar_file_that_is_no_database_is_set_aside_and_the_calendar_is_read_again(
    desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path
) -> None:
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    assert home.run("block", "tomorrow", "9:00-10:00").code == 0
    (file,) = (path for path in home.paths.data_dir.glob("calendar*.sqlite3"))
    for journal in home.paths.data_dir.glob("calendar*-wal"):
        journal.unlink()
    file.write_bytes(b"this is no database" * 1000)
    app = start_app(home)
    app.wait_synced()
    app.wait_for_text("was damaged")
    assert len(sandbox.entries()) == 1
    told = home.run("list", "--json")
    assert (told.code, [entry["state"] for entry in told.json["entries"]]) == (0, ["sent"])


def test_wrong_options_are_a_sentence_and_exit_two(desktop: Desktop, home_folder: Path) -> None:
    home = Home(home_folder, api_url="http://example.com/api", environment=desktop.environment)
    done = home.run()
    assert (done.code, done.stdout) == (2, "")
    assert "https" in done.stderr
    assert "Traceback" not in done.stderr
