"""Starts the app for `make run`; where there is no display, on a virtual one, and writes a picture of its window.

    python -m scripts.start_app [arguments of triluna-desktop]        without arguments: the demo, its data in out/
    python -m scripts.start_app --exec PROGRAM [arguments]            any other program: benchmarks, pictures

The exit code is the program's own. Ctrl+C and SIGTERM are handed to it once, and it is waited for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.displays import dead_displays, with_living_displays
from scripts.system_packages import needs_virtual_display
from scripts.virtual_display import DisplayError, VirtualDisplay

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out"
PICTURE = OUT / "triluna-desktop.png"
DEMO_DATA = OUT / "demo"
PNG_END = b"IEND\xaeB`\x82"  # The chunk that each PNG ends with, and its checksum (PNG, 11.2.5).
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


def with_demo_here(arguments: list[str]) -> list[str]:
    """Return the arguments, of none those of the demo; the sample calendar gets its folder in this checkout.

    So trying the app leaves nothing in a person's own places. Another calendar, or a folder asked for, stays.
    """
    arguments = arguments or ["--demo"]
    words = [part for word in arguments for part in word.split("=", maxsplit=1)]
    is_demo = "--demo" in words or ("--profile", "demo") in pairwise(words)
    return ["--data-dir", str(DEMO_DATA), *arguments] if is_demo and "--data-dir" not in words else arguments


def with_utf8(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with C.UTF-8 where no locale is set; a person's own locale is left alone."""
    # LC_CTYPE is not asked: where there is no locale, Python itself sets it (PEP 538).
    chosen = environ.get("LC_ALL") or environ.get("LANG")
    if chosen not in (None, "", "C", "POSIX"):
        return dict(environ)
    overriding = {"LC_ALL": "C.UTF-8"} if environ.get("LC_ALL") else {}
    return {**environ, "LANG": "C.UTF-8", **overriding}


def main(arguments: list[str]) -> int:
    """Start the app or the program; return its exit code."""
    if arguments[:1] == ["--exec"]:
        return _start(arguments[1:], with_living_displays(os.environ, sys.platform), window=True)
    command = [sys.executable, "-m", "triluna_desktop"]
    window = opens_window(arguments)
    environ = with_living_displays(os.environ, sys.platform) if window else dict(os.environ)
    draws_picture = window and "--screenshot" not in arguments and needs_virtual_display(environ, sys.platform)
    arguments = with_demo_here(arguments)
    if str(DEMO_DATA) in arguments or draws_picture:
        try:
            OUT.mkdir(exist_ok=True)
            PICTURE.unlink(missing_ok=True)
        except OSError as error:
            print(said_of_folder(error), file=sys.stderr)
            return 1
    if not draws_picture:
        return _start([*command, *arguments], environ, window=window)
    done = threading.Event()
    watcher = threading.Thread(target=_announce_picture, args=(done,), daemon=True)
    watcher.start()
    try:
        return _start([*command, "--screenshot", str(PICTURE), *arguments], environ, window=True)
    finally:
        done.set()
        watcher.join()


def said_of_folder(error: OSError) -> str:
    """Say in a sentence why nothing can be written to `out`, and what to do."""
    return f"{OUT} cannot be written to ({error.strerror}); clone the repository to a folder of your own."


def why_virtual(living: Mapping[str, str]) -> str:
    """Say in a clause why the display is a virtual one: none is named, or what is named lets nobody in."""
    dead = " and ".join(dead_displays(os.environ, living))
    return f"The display {dead} cannot be used" if dead else "There is no display here"


def _start(command: list[str], living: Mapping[str, str], *, window: bool) -> int:
    environment = with_utf8(living)
    if not window or not needs_virtual_display(living, sys.platform):
        sys.stdout.flush()
        os.execvpe(command[0], command, environment)  # noqa: S606 (the program takes this process's place)
    try:
        with VirtualDisplay() as display:
            print(f"{why_virtual(living)}, so a virtual one is used: Xvfb on {display.name}.", flush=True)
            return _run_and_forward(command, {**environment, **display.variables})
    except DisplayError as error:
        print(f"The window cannot open. {why_virtual(living)}, and {error}.", file=sys.stderr)
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


def is_whole(picture: Path) -> bool:
    """Say whether a PNG file is there to its end: the app may be writing it."""
    try:
        return picture.read_bytes().endswith(PNG_END)
    except OSError:
        return False


def _announce_picture(done: threading.Event) -> None:
    while not done.wait(0.2):
        if is_whole(PICTURE):
            print(f"A picture of the window: {PICTURE.relative_to(ROOT)} (Ctrl+C ends the app).", flush=True)
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
