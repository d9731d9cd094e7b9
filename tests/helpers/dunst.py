"""A real notification service, dunst, on the tests' own desktop. It writes down what it shows.

Its menu of actions, which a person opens with the mouse, is shown by a program of the user's choice: here one that
chooses the line with a given word.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from tests.helpers.x_display import Desktop

_CONFIG = """[global]
dmenu = {menu}
idle_threshold = 0
[write_down]
script = {script}
"""
_NAME = "org.freedesktop.Notifications"


class Dunst:
    """A context manager around the service. `shown` is what it has shown, a title each."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._environment = desktop.environment | {"HOME": str(folder)}
        self._bus = desktop.bus
        self._wish, self._seen = folder / "wish", folder / "seen"
        self._seen.touch()
        menu, script = folder / "menu", folder / "script"
        menu.write_text(f'#!/bin/sh\ngrep -m1 -- "$(cat {self._wish})"\n', encoding="utf-8")
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$DUNST_SUMMARY" >> {self._seen}\n', encoding="utf-8")
        for each in (menu, script):
            each.chmod(0o755)
        self._config = folder / "dunstrc"
        self._config.write_text(_CONFIG.format(menu=menu, script=script), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it, and wait until the bus knows it."""
        assert shutil.which("dunst"), "the end-to-end tests need: apt-get install dunst"
        with open_dbus_connection(self._bus) as bus:
            self._process = subprocess.Popen(
                ["dunst", "-conf", str(self._config)],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while not bus.send_and_get_reply(message_bus.NameHasOwner(_NAME), timeout=5).body[0]:
                assert self._process.poll() is None, "dunst ended"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait(10)

    @property
    def shown(self) -> list[str]:
        """The titles of what was shown, in order."""
        return self._seen.read_text(encoding="utf-8").splitlines()

    def choose(self, word: str) -> None:
        """Open the menu of actions, and choose the line that holds this word."""
        self._wish.write_text(word, encoding="utf-8")
        subprocess.run(["dunstctl", "context"], env=self._environment, check=True, timeout=20)
