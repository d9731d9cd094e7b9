"""The window asks the keyring through a helper process: it loads no keyring itself, and no helper outlives it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home, wait_until_gone
from tests.helpers.hanging_keyring import hanging_keyring
from tests.helpers.keyring_daemon import KeyringDaemon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.app_process import AppProcess
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    """A home without a token in the environment."""
    return Home(home_folder, api_url=sandbox.url, environment=desktop.environment)


@pytest.fixture
def hanging(desktop: Desktop) -> Iterator[None]:
    with hanging_keyring(desktop.bus):
        yield


def helper_of(app: AppProcess) -> int:
    """Wait until the helper runs; its process id."""
    found: list[int] = []

    def look() -> bool:
        # Between fork and exec a child still shows its parent's command line.
        found[:] = [pid for pid in app.children() if "--keyring-helper" in command_line(pid)]
        return len(found) == 1

    app.wait_for(look, "a helper process")
    return found[0]


def command_line(pid: int) -> list[str]:
    """The arguments of a process; empty where it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def loaded_libraries(pid: int) -> str:
    """The files that the process has in its memory."""
    return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def test_the_window_gets_its_token_from_the_keyring_and_loads_nothing_of_it(
    desktop: Desktop, start_app: StartApp, home: Home, sandbox: SandboxProcess
) -> None:
    with KeyringDaemon(desktop.bus, home.folder / "keyring"):
        assert home.run("token", "set", stdin=sandbox.token + "\n").code == 0
        app = start_app(home)
        app.wait_synced()
        assert app.children() == []
        loaded = loaded_libraries(app.pid)
        assert "libssl" in loaded or "_ssl" in loaded, "what the window does need is seen in this way"
        assert "cryptography" not in loaded
        app.stop()
    assert sandbox.token not in home.log()


@pytest.mark.usefixtures("hanging")
def test_a_window_that_is_closed_while_the_keyring_hangs_takes_the_helper_with_it(
    start_app: StartApp, home: Home
) -> None:
    app = start_app(home)
    helper = helper_of(app)
    app.stop()
    wait_until_gone(helper)


@pytest.mark.usefixtures("hanging")
def test_a_window_that_is_killed_while_the_keyring_hangs_takes_the_helper_with_it(
    start_app: StartApp, home: Home
) -> None:
    app = start_app(home)
    helper = helper_of(app)
    app.kill()
    wait_until_gone(helper)
