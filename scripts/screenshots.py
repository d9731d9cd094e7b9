"""Draws the pictures of the README anew: the real window on the real sandbox, at a moment that does not change.

python -m scripts.screenshots                  light and dark, into resources/screenshots/
python -m scripts.screenshots light FILE       one of them (each needs a process of its own)
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from triluna_desktop.app import DesktopApp
from triluna_desktop.options import Options, WindowOptions
from triluna_desktop.profile import open_profile, prepare
from triluna_desktop.system import settings as table
from triluna_desktop.system.clock import SystemClock
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.profile_book import profile_book
from triluna_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from triluna_desktop.session import Session

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
ZONE = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 19, 13, 24, tzinfo=ZONE)
WIDTH, HEIGHT = 1440, 900
SHOWN = "Client meeting"
REST_MS = 1500
"""After a selection, until the inspector has opened and nothing moves."""


def main(arguments: list[str]) -> int:
    """Draw both pictures, or the one that is named."""
    if not arguments:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("light", "dark"):
            picture = FOLDER / f"week-{name}.png"
            subprocess.run([sys.executable, "-m", "scripts.screenshots", name, str(picture)], check=True)
            print(f"Written: {picture}")
        return 0
    theme, file = arguments
    with tempfile.TemporaryDirectory() as folder:
        draw(theme, Path(file), Path(folder))
    return 0


def draw(theme: str, file: Path, folder: Path) -> None:
    """Open the window in a theme and write its picture to the file."""
    command = [sys.executable, "-m", "triluna_desktop", "sandbox", "--seed", "demo", "--exit-with-parent"]
    server = subprocess.Popen(
        [*command, "--today", NOW.date().isoformat()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    told = json.loads(server.stdout.readline() if server.stdout else b"")
    os.environ["TRILUNA_TOKEN"] = told["token"]
    options = Options(data_dir=folder, api_url=told["url"])
    clock = SystemClock(read_zone=lambda: ZONE, instant=lambda: NOW)
    ground = dataclasses.replace(prepare(options), clock=clock)
    ground.settings.set(table.APPEARANCE_THEME, theme)
    lock = ProfileLock(ground.paths.lock_file)
    lock.acquire()
    try:
        profile = open_profile(ground, options)
        window_options = WindowOptions(options, on_settled=lambda: select(profile.session, file))
        DesktopApp(profile, lock, window_options, profile_book(folder), demo_port=0).run()
    finally:
        server.terminate()
        server.wait()
        lock.release()
        ground.close_log()


def select(session: Session, file: Path) -> None:
    """Select the entry that the picture shows in the inspector."""
    [window] = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    window.resize(WIDTH, HEIGHT)
    [view] = [each for each in session.days(NOW.date(), 1).entries if each.item.title == SHOWN]
    window.profile.week_view.select((view.item.key,))
    QTimer.singleShot(REST_MS, lambda: grab(window, file))


def grab(window: MainWindow, file: Path) -> None:
    """Write the picture and end."""
    if not window.grab().save(str(file)):
        print(f"The picture could not be written to {file}.", file=sys.stderr)
    window.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
