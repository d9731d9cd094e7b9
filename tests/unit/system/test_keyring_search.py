"""Which keyring is asked: found without a search of the whole system, or the one that the user names."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library's own search is quick")

_PROGRAM = """
import sys
started = []
sys.addaudithook(lambda event, args: event in ("subprocess.Popen", "os.posix_spawn") and started.append(args[0]))
from triluna_desktop.system.keyring_backends import preferred_backend
found = preferred_backend()
print(f"{type(found).__module__}.{type(found).__qualname__}", started, "keyring.backends.macOS" in sys.modules)
"""


def search(home: Path, **environment: str) -> str:
    """What a new process says of the keyring that it found."""
    given = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **environment}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=given, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_no_program_is_started_to_look_for_the_keyring_of_another_system(tmp_path: Path) -> None:
    assert search(tmp_path) == "keyring.backends.fail.Keyring [] False"


def test_a_session_bus_that_has_ended_is_no_keyring(tmp_path: Path) -> None:
    gone = f"unix:path={tmp_path}/bus"
    assert search(tmp_path, DBUS_SESSION_BUS_ADDRESS=gone) == "keyring.backends.fail.Keyring [] False"


def test_the_one_that_the_environment_or_the_librarys_own_settings_name_is_taken(tmp_path: Path) -> None:
    named = "keyring.backends.null.Keyring"
    assert search(tmp_path, PYTHON_KEYRING_BACKEND=named) == f"{named} [] False"
    settings = tmp_path / ".config" / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[backend]\ndefault-keyring={named}\n", encoding="utf-8")
    assert search(tmp_path) == f"{named} [] False"
