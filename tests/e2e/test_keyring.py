"""The token in a real keyring: a gnome-keyring-daemon in a D-Bus session of its own.

Each run also plants a token that nothing else looks like, and greps every file that was written, the keyring's
own among them, and everything that was printed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
PROGRAM = REPOSITORY / "tests/helpers/keyring_program.py"
CANARY = "tl_canary_9d3f7b1c5e8a2046"
UNLOCK = "printf %s {password} | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"

pytestmark = pytest.mark.e2e


class Machine:
    """A home folder of its own, in which sessions come and go."""

    def __init__(self, home: Path, way: str) -> None:
        self.home = home
        self.way = way
        self.printed = ""
        home.joinpath("run").mkdir(mode=0o700)

    def run(self, scenario: str, *, unlock_with: str | None = None, dbus: bool = True) -> dict[str, Any]:
        """Start a session, unlock the keyring in it with a password, and run one scenario of the program."""
        program = [sys.executable, str(PROGRAM), scenario, self.way, str(self.home / "app")]
        if dbus:
            script = f"{UNLOCK.format(password=unlock_with)}; " if unlock_with else ""
            program = ["dbus-run-session", "--", "bash", "-c", f'{script}exec "$@"', "bash", *program]
        done = subprocess.run(
            program,
            input=CANARY + "\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=self.environment(),
        )
        self.printed += done.stdout + done.stderr
        assert done.stdout.strip(), done.stderr
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        assert self.way == "library" or result["loaded"] == [], "whoever asks a helper loads no keyring"
        return result

    def environment(self) -> dict[str, str]:
        """Nothing of the session that the tests themselves run in."""
        return {
            "PATH": os.environ["PATH"],
            "TMPDIR": tempfile.gettempdir(),
            "PYTHONPATH": str(REPOSITORY / "src"),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(self.home / "share"),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
        }

    def files_with_the_token(self) -> list[Path]:
        """Every file below the home folder that holds the token."""
        files = [file for file in self.home.rglob("*") if file.is_file()]
        assert self.home / "app/default/state/triluna-desktop.log" in files
        return [file for file in files if CANARY.encode() in file.read_bytes()]


@pytest.fixture(params=["library", "helper"])
def machine(tmp_path: Path, request: pytest.FixtureRequest) -> Machine:
    return Machine(tmp_path, request.param)


NOTHING = {"is_the_token": False, "source": "none", "trouble": None}


def test_the_token_is_saved_read_back_after_a_restart_and_forgotten(machine: Machine) -> None:
    first = machine.run("save", unlock_with="right")
    assert first["before"] == NOTHING
    assert first["saved"] == "saved"
    assert first["after"] == {"is_the_token": True, "source": "keyring", "trouble": None}
    assert first["elsewhere"] == NOTHING
    second = machine.run("forget", unlock_with="right")
    assert second["before"] == {"is_the_token": True, "source": "keyring", "trouble": None}
    assert second["forgotten"] == NOTHING
    assert list((machine.home / "share/keyrings").iterdir()), "the daemon did keep something on disk"
    assert machine.files_with_the_token() == []
    assert CANARY not in machine.printed
    assert "RuntimeError: a crash that names [token]" in machine.printed


def test_a_locked_keyring_is_an_error_of_its_own_and_the_token_is_in_no_file(machine: Machine) -> None:
    machine.run("save", unlock_with="right")
    locked = machine.run("save", unlock_with="wrong")
    assert locked["before"]["trouble"] == "KeyringLockedError"
    assert locked["saved"] == "KeyringLockedError"
    assert machine.files_with_the_token() == []
    assert CANARY not in machine.printed


def test_a_prompt_that_nobody_answers_is_an_error_of_its_own_and_the_token_is_in_no_file(machine: Machine) -> None:
    # D-Bus starts the daemon, which has no collection yet and asks for a password to make one with.
    dismissed = machine.run("save")
    assert dismissed["before"] == NOTHING, "where there is no collection, there is nothing to be asked for"
    assert dismissed["saved"] == "KeyringDismissedError"
    assert machine.files_with_the_token() == []
    assert CANARY not in machine.printed


def test_no_d_bus_at_all_keeps_the_token_for_the_session(machine: Machine) -> None:
    absent = machine.run("save", dbus=False)
    assert absent["before"]["trouble"] == "KeyringAbsentError"
    assert absent["saved"] == "session_only"
    assert machine.files_with_the_token() == []
    assert CANARY not in machine.printed
