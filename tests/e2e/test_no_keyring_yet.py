"""A system on which nobody has made a keyring yet: only who saves a token is asked for a password for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.keyring_daemon import KeyringDaemon
from tests.helpers.keyring_watch import keyring_watch
from tests.helpers.private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

MAKES_ONE = ["CreateCollection", "Prompt"]


def test_commands_that_read_or_forget_a_token_have_no_keyring_made(
    home_folder: Path, sandbox: SandboxProcess
) -> None:
    keyring = home_folder / "keyring"
    with private_bus(home_folder) as bus, keyring_watch(bus.address) as watch:
        home = Home(home_folder, api_url=sandbox.url)
        home.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.address
        with KeyringDaemon(bus.address, keyring, password=None):
            listed = home.run("list", "--json")
            assert (listed.code, listed.json["error"]["code"]) == (5, "token")
            assert home.run("token", "test").code == 5
            assert home.run("token", "forget").code == 0
            assert watch.asked() == []
            assert home.run("token", "set", stdin=sandbox.token + "\n").code != 0, "nobody gives a password"
            assert watch.asked() == MAKES_ONE
        with KeyringDaemon(bus.address, keyring):
            assert home.run("token", "set", stdin=sandbox.token + "\n").code == 0
            assert home.run("list").code == 0
            assert watch.asked() == []


def test_the_first_start_has_no_keyring_made_until_a_token_is_saved(
    desktop: Desktop, start_app: StartApp, mouse: Mouse, sandbox: SandboxProcess, home_folder: Path
) -> None:
    home = Home(home_folder, api_url=sandbox.url, environment=desktop.environment)
    with (
        KeyringDaemon(desktop.bus, home_folder / "keyring", password=None),
        keyring_watch(desktop.bus) as watch,
    ):
        app = start_app(home)
        mouse.click(app.wait_for_thing("API token", "text").box.middle)
        assert watch.asked() == []
        mouse.type(sandbox.token)
        mouse.press("Return")
        app.wait_synced()
        # The call that reads ended before the one that writes began.
        assert watch.asked() == MAKES_ONE
        app.stop()
