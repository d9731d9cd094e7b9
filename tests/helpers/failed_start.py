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


def failed_start(home: Home, desktop: Desktop, reader: ScreenReader, mouse: Mouse) -> tuple[int, list[str], str]:
    """Start the window, read the dialog and close it: the exit code, its texts, and what the terminal shows."""
    environment = home.environment | desktop.environment
    environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(
        home.command(), env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            texts = _texts(process, reader)
            mouse.press("Escape")
            complaint = _complaint(process)
        finally:
            process.kill()
        return process.returncode, texts, complaint


def _complaint(process: subprocess.Popen[str]) -> str:
    """What the terminal shows once it has ended; where it does not end, where in the program it is."""
    try:
        return process.communicate(timeout=START_SECONDS)[1]
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # Python's fault handler then writes down what each thread is at.
        raise AssertionError(f"Escape was pressed, and it goes on: {process.communicate()[1]}") from None


def _texts(process: subprocess.Popen[str], reader: ScreenReader) -> list[str]:
    """All that a screen reader finds in the dialog, once it is on the screen and takes keys.

    It knows of its keyboard a moment later than the window manager, and what is pressed meanwhile is lost.
    """
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
