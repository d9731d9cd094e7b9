"""A real keyring: gnome-keyring-daemon, unlocked, on the tests' own D-Bus session, with its files in a folder."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_NAME = "org.freedesktop.secrets"
START_SECONDS = 20.0


class KeyringDaemon:
    """A context manager around the daemon; the keyring stays on disk and can be opened again."""

    def __init__(self, bus: str, folder: Path, password: str | None = "right") -> None:  # noqa: S107 - made up.
        """Without a ``password`` nobody has made a keyring yet: there is no default one."""
        self._bus = bus
        self._folder = folder
        self._password = password
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it and wait until it answers for the session's secrets."""
        places = {"XDG_DATA_HOME": self._folder / "share", "XDG_RUNTIME_DIR": self._folder / "run"}
        for place in places.values():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "DBUS_SESSION_BUS_ADDRESS": self._bus,
            **{name: str(place) for name, place in places.items()},
        }
        self._process = subprocess.Popen(
            [
                "gnome-keyring-daemon",
                "--foreground",
                *(() if self._password is None else ("--unlock",)),
                "--components=secrets",
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        # Without a newline: it would be part of the password.
        self._process.stdin.write((self._password or "").encode())
        self._process.stdin.close()
        self._wait_for_name()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait(START_SECONDS)

    def _wait_for_name(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        with open_dbus_connection(self._bus) as bus:
            while not bus.send_and_get_reply(message_bus.NameHasOwner(_NAME), timeout=5).body[0]:
                try:
                    code = self._process.wait(0.02)
                except subprocess.TimeoutExpired:
                    assert time.monotonic() < deadline, "the keyring does not answer"
                else:
                    raise AssertionError(f"gnome-keyring-daemon ended with {code}")
