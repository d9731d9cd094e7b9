"""A start that ends in a dialog: what the dialog says, and how the process ends once it is closed."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.helpers.app_process import LOOK_AGAIN_AFTER, START_SECONDS
from tests.helpers.screen_reader import GoneError

if TYPE_CHECKING:
    from tests.helpers.app_process import Home
    from tests.helpers.mouse import Mouse
    from tests.helpers.screen_reader import ScreenReader
    from tests.helpers.x_display import Desktop


def failed_start(home: Home, desktop: Desktop, reader: ScreenReader, mouse: Mouse) -> tuple[int, list[str], str]:
    """Start the window, read the dialog and close it: the exit code, its texts, and what the terminal shows."""
    environment = home.environment | desktop.environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with subprocess.Popen(
        home.command(), env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            texts = _texts(process, reader)
            mouse.press("Escape")
            _, complaint = process.communicate(timeout=START_SECONDS)
        finally:
            process.kill()
        return process.returncode, texts, complaint


def _texts(process: subprocess.Popen[str], reader: ScreenReader) -> list[str]:
    """All that a screen reader finds in the dialog, once it is on the screen."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(GoneError):
            app = reader.app(process.pid)
            if app is not None and (texts := app.texts()) and "Close" in texts:
                return texts
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended with {process.wait(LOOK_AGAIN_AFTER)} and no dialog")
    raise AssertionError("no dialog came up")
