"""A start that ends in a dialog: what the dialog says, and how the process ends once it is closed."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.helpers.app_process import LOOK_AGAIN_AFTER, START_SECONDS
from tests.helpers.screen_reader import GoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.app_process import Home
    from tests.helpers.mouse import Mouse
    from tests.helpers.screen_reader import ScreenReader
    from tests.helpers.x_display import Desktop


PRESS_AGAIN_AFTER = 2.0
"""Seconds."""


def failed_start(home: Home, desktop: Desktop, reader: ScreenReader, mouse: Mouse) -> tuple[int, list[str], str]:
    """Start the window, read the dialog and close it: the exit code, its texts, and what the terminal shows."""
    environment = home.environment | desktop.environment
    environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(
        home.command(), env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            texts = _texts(process, reader)
            complaint = _closed(process, mouse)
        finally:
            process.kill()
        return process.returncode, texts, complaint


def _closed(process: subprocess.Popen[str], mouse: Mouse) -> str:
    """What the terminal shows once it was closed; where it does not end, where in the program it is."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        # One start in a hundred, Qt drops what is pressed in the milliseconds after its window got the keyboard,
        # whatever it says of its focus; who sees a dialog that stays presses again.
        mouse.press("Escape")
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=PRESS_AGAIN_AFTER)[1]
    process.send_signal(signal.SIGABRT)  # Python's fault handler then writes down what each thread is at.
    raise AssertionError(f"Escape was pressed, and it goes on: {process.communicate()[1]}")


def _texts(process: subprocess.Popen[str], reader: ScreenReader) -> list[str]:
    """All that a screen reader finds in the dialog, once it is on the screen and has the keyboard."""
    texts: list[str] = []

    def is_there() -> bool:
        with suppress(GoneError):
            app = reader.app(process.pid)
            texts[:] = [] if app is None else app.texts()
            close = None if app is None else app.find("Close".__eq__)
            return close is not None and close.has_keyboard
        return False

    _wait_for(process, is_there, "no dialog came up")
    return texts


def _wait_for(process: subprocess.Popen[str], condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended with {process.wait(LOOK_AGAIN_AFTER)}: {otherwise}")
        assert time.monotonic() < deadline, otherwise
