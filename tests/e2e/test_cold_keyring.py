"""A command asks a keyring that nobody unlocks: with a token in the environment it does not wait for it."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.hanging_keyring import hanging_keyring
from tests.helpers.keyring_daemon import KeyringDaemon
from tests.helpers.private_bus import PrivateBus, private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

WAITING = "triluna-desktop: Waiting for the keyring, 30 s at most: it may ask for its password.\n"
HANGING = "The keyring does not answer; perhaps it asks for its password."


@pytest.fixture
def bus(home_folder: Path) -> Iterator[PrivateBus]:
    with private_bus(home_folder) as running:
        yield running


def home_of(folder: Path, bus: PrivateBus, sandbox: SandboxProcess, token: str) -> Home:
    home = Home(folder, api_url=sandbox.url, token=token)
    home.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.address
    return home


def test_a_keyring_that_hangs_is_given_three_seconds_where_the_environment_has_a_token(
    bus: PrivateBus, home_folder: Path, sandbox: SandboxProcess
) -> None:
    home = home_of(home_folder, bus, sandbox, sandbox.token)
    with hanging_keyring(bus.address):
        began = time.monotonic()
        done = home.run("open", "tomorrow", "9:00-10:00")
        took = time.monotonic() - began
    assert (done.code, done.stderr) == (0, f"triluna-desktop: {HANGING} The token in TRILUNA_TOKEN is used.\n")
    assert len(sandbox.entries()) == 1
    assert 3 <= took < 15, took


def test_without_one_it_says_what_it_waits_for_and_goes_on_waiting(
    bus: PrivateBus, home_folder: Path, sandbox: SandboxProcess
) -> None:
    home = home_of(home_folder, bus, sandbox, "")
    with (
        hanging_keyring(bus.address),
        subprocess.Popen(
            home.command("list"), env=home.environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as waiting,
    ):
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == WAITING
        assert waiting.poll() is None
        waiting.terminate()
    assert sandbox.log() == []


def test_a_locked_keyring_of_the_desktop_is_told_of_and_the_token_of_the_environment_is_used(
    bus: PrivateBus, home_folder: Path, sandbox: SandboxProcess
) -> None:
    home = home_of(home_folder, bus, sandbox, "")
    keyring = home_folder / "keyring"
    with KeyringDaemon(bus.address, keyring):
        assert home.run("token", "set", stdin=sandbox.token + "\n").code == 0
    home = home_of(home_folder, bus, sandbox, sandbox.token)
    with KeyringDaemon(bus.address, keyring, password="wrong"):
        done = home.run("list")
    assert (done.code, done.stdout) == (0, "No entries.\n")
    assert done.stderr.startswith("triluna-desktop: The keyring ")
    assert done.stderr.endswith(" The token in TRILUNA_TOKEN is used.\n")
    assert done.stderr.count("\n") == 1
