"""The token from standard input to a real keyring and back, and nowhere else: no file, no argument, no log."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.keyring_daemon import KeyringDaemon
from tests.helpers.sandbox import SandboxProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

CANARY = "tl_canary_5b8e1f7a40c2d963"


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxProcess]:
    """A sandbox that takes the canary; its own argument holds another token, so that no process shows this one."""
    with SandboxProcess() as running:
        yield running


@pytest.fixture
def canary_server(server: SandboxProcess) -> SandboxProcess:
    server.reset()
    server.configure(tokens=[CANARY])
    return server


@pytest.fixture
def home(desktop: Desktop, canary_server: SandboxProcess, home_folder: Path) -> Iterator[Home]:
    """A home without a token, in a session with a keyring."""
    with KeyringDaemon(desktop.bus, home_folder / "keyring"):
        yield Home(home_folder, api_url=canary_server.url, environment=desktop.environment)
    assert [
        file for file in home_folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()
    ] == []


def processes_that_show(text: str) -> list[str]:
    """The command lines of all processes that hold the text."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes()
        except OSError:
            continue  # It ended meanwhile.
        if text.encode() in line:
            found.append(line.decode(errors="replace"))
    return found


def test_the_token_goes_from_standard_input_to_the_keyring_is_used_and_is_forgotten(
    home: Home, canary_server: SandboxProcess
) -> None:
    before = home.run("list", "--json")
    assert (before.code, before.json["error"]["code"]) == (5, "token")

    with subprocess.Popen(
        home.command("token", "set"),
        env=home.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as setting:
        assert setting.stdin is not None
        setting.stdin.write(CANARY)
        setting.stdin.flush()
        assert processes_that_show(CANARY) == []
        out, err = setting.communicate("\n", timeout=30)
    assert (setting.returncode, err) == (0, "")
    assert CANARY not in out
    assert CANARY[-4:] in out

    tested = home.run("token", "test")
    assert (tested.code, tested.stdout.splitlines()) == (0, ["Reading: yes", "Writing: yes"])
    assert canary_server.entries() == []
    made = home.run("--verbose", "block", "tomorrow", "9:00-10:00", "--json")
    assert made.code == 0
    listed = home.run("--verbose", "list", "--json")
    assert listed.code == 0

    assert home.run("token", "forget").code == 0
    after = home.run("list", "--json")
    assert (after.code, after.json["error"]["code"]) == (5, "token")
    for done in (tested, made, listed, after):
        assert CANARY not in done.stdout + done.stderr
    assert "HTTP Request" in home.log()


def test_a_token_of_another_server_is_not_sent_to_this_one(home: Home) -> None:
    assert home.run("token", "set", stdin=CANARY + "\n").code == 0
    with SandboxProcess() as other:
        home.api_url = other.url
        assert home.run("list").code == 5
        assert other.log() == []


def test_the_first_run_page_takes_the_token_and_the_next_start_finds_it_in_the_keyring(
    start_app: StartApp, home: Home, mouse: Mouse, canary_server: SandboxProcess
) -> None:
    app = start_app(home)
    app.wait_for_text("Connect your account")
    assert canary_server.log() == []
    mouse.click(app.wait_for_thing("API token", "text").box.middle)
    mouse.type(CANARY)
    mouse.click(app.wait_for_thing("Save token", "push button").box.middle)
    app.wait_for_text("The token works")
    for _ in range(3):  # On to the mode, to the hours, and to the week.
        mouse.press("Return")
    app.wait_synced()
    app.wait_for_thing("Week", "list")
    assert CANARY not in " ".join(app.window.texts())
    app.stop()
    app.start()
    app.wait_synced()
    assert processes_that_show(CANARY) == []


def test_a_token_that_a_terminal_sets_or_forgets_reaches_the_running_window_at_once(
    start_app: StartApp, home: Home, canary_server: SandboxProcess
) -> None:
    app = start_app(home)
    app.wait_for_text("Connect your account")
    done = home.run("token", "set", stdin=CANARY + "\n")
    assert (done.code, done.stdout.splitlines()[1:]) == (0, ["The running app goes by it from now on."])
    app.wait_synced()
    app.wait_for_thing("Week", "list")
    assert home.run("block", "tomorrow", "9:00-10:00").code == 0

    done = home.run("token", "forget")
    assert (done.code, done.stdout.splitlines()[1:]) == (0, ["The running app goes by it from now on."])
    app.wait_for_text("No account connected")
    assert home.run("block", "tomorrow", "11:00-12:00").code == 5, "kept, and not sent"
    assert len(canary_server.entries()) == 1


def test_without_a_keyring_the_window_keeps_the_token_until_it_ends_and_says_so(
    desktop: Desktop, start_app: StartApp, mouse: Mouse, canary_server: SandboxProcess, home_folder: Path
) -> None:
    home = Home(home_folder, api_url=canary_server.url, environment=desktop.environment)
    app = start_app(home)
    mouse.click(app.wait_for_thing("API token", "text").box.middle)
    mouse.type(CANARY)
    mouse.press("Return")
    app.wait_synced()
    mouse.click(app.wait_for_thing("Leave the rest for later", "push button").box.middle)
    app.wait_for_text("The token is kept only until you quit the app")
    app.stop()
    app.start()
    app.wait_for_text("Connect your account")
    assert [
        file for file in home_folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()
    ] == []
