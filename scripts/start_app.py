"""Starts the app for `make run`; where there is no display, on a virtual one, and writes a picture of its window.

    python -m scripts.start_app [arguments of triluna-desktop]        without arguments: --demo
    python -m scripts.start_app --exec PROGRAM [arguments]            any other program: benchmarks, pictures

The exit code is the program's own. Ctrl+C and SIGTERM are handed to it once, and it is waited for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.system_packages import needs_virtual_display
from scripts.virtual_display import DisplayError, VirtualDisplay

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "out" / "triluna-desktop.png"
OPTIONS_WITH_VALUE = ("--profile", "--data-dir", "--api-url", "--screenshot")
WINDOWLESS_OPTIONS = ("--help", "-h", "--version")


def opens_window(arguments: list[str]) -> bool:
    """Say whether the app's arguments ask for its window: a sub-command or `--help` does not."""
    words = iter(arguments)
    for word in words:
        if word in WINDOWLESS_OPTIONS or not word.startswith("-"):
            return False
        if word in OPTIONS_WITH_VALUE:
            next(words, None)
    return True


def with_utf8(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with LANG=C.UTF-8 where no locale is set; a person's own locale is left alone."""
    # LC_CTYPE is not asked: where there is no locale, Python itself sets it (PEP 538).
    chosen = environ.get("LC_ALL") or environ.get("LANG")
    return dict(environ) if chosen not in (None, "", "C", "POSIX") else {**environ, "LANG": "C.UTF-8"}


def main(arguments: list[str]) -> int:
    """Start the app or the program; return its exit code."""
    if arguments[:1] == ["--exec"]:
        return _start(arguments[1:], window=True)
    arguments = arguments or ["--demo"]
    command = [sys.executable, "-m", "triluna_desktop"]
    window = opens_window(arguments)
    if not window or not needs_virtual_display(os.environ, sys.platform) or "--screenshot" in arguments:
        return _start([*command, *arguments], window=window)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.unlink(missing_ok=True)
    done = threading.Event()
    watcher = threading.Thread(target=_announce_picture, args=(done,), daemon=True)
    watcher.start()
    try:
        return _start([*command, "--screenshot", str(PICTURE), *arguments], window=True)
    finally:
        done.set()
        watcher.join()


def _start(command: list[str], *, window: bool) -> int:
    environment = with_utf8(os.environ)
    if not window or not needs_virtual_display(os.environ, sys.platform):
        sys.stdout.flush()
        os.execvpe(command[0], command, environment)  # noqa: S606 (the program takes this process's place)
    try:
        with VirtualDisplay() as display:
            print(f"There is no display here, so a virtual one is used: Xvfb on {display.name}.", flush=True)
            return _run_and_forward(command, {**environment, **display.variables})
    except DisplayError as error:
        print(f"The window cannot open: there is no display, and {error}.", file=sys.stderr)
        return 1


def _run_and_forward(command: list[str], environment: dict[str, str]) -> int:
    received: list[int] = []
    early: list[int] = []
    child: subprocess.Popen[bytes] | None = None

    def forward(number: int, _frame: object) -> None:
        received.append(number)
        if child is None:
            early.append(number)
        else:
            child.send_signal(number)

    previous = {number: signal.signal(number, forward) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        # A session of its own: a terminal's Ctrl+C would reach it a second time.
        child = subprocess.Popen(command, env=environment, start_new_session=True)
        for number in early:
            child.send_signal(number)
        code = child.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    # Ended by the very signal that asked it to end: that is what was wanted.
    return 0 if code < 0 and -code in received else code


def _announce_picture(done: threading.Event) -> None:
    while not done.wait(0.2):
        if PICTURE.exists() and PICTURE.stat().st_size:
            print(f"A picture of the window: {PICTURE.relative_to(ROOT)} (Ctrl+C ends the app).", flush=True)
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
