"""How the window starts: first everything that needs no Qt, then `app`.

The order, because a person waits for it:

1. the profile's folders, settings and lock; if another process owns the profile, it is asked to show its window;
2. the store;
3. Qt and the window (`app`). Once PySide is loaded, each import goes through a hook of its own and takes longer:
   so what needs no Qt is loaded before.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from typing import TYPE_CHECKING

from triluna_desktop.api.url import InvalidBaseUrlError
from triluna_desktop.demo import demo_url, free_port, program
from triluna_desktop.options import RAISE
from triluna_desktop.profile import open_profile, prepare
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import FolderError, InvalidProfileError

if TYPE_CHECKING:
    from triluna_desktop.options import WindowOptions
    from triluna_desktop.profile import Ground

RAISED_WITHIN = 5.0
"""Seconds in which the window of another process has to answer."""


def run_window(options: WindowOptions) -> int:
    """Show the window and run until it is closed; the result is the exit code."""
    try:
        ground = prepare(options.common)
    except (InvalidProfileError, FolderError) as error:
        return _complain(str(error))
    lock = ProfileLock(ground.paths.lock_file)
    start_again: list[str] | None = None
    try:
        if not lock.acquire():
            return _raise_the_other(ground)
        ground.clock.hurry(is_on=True)
        port = free_port() if options.is_demo else 0
        common = dataclasses.replace(options.common, api_url=demo_url(port)) if port else options.common
        try:
            profile = open_profile(ground, common, is_demo=options.is_demo)
        except (StoreError, InvalidBaseUrlError) as error:
            return _complain(str(error))
        from triluna_desktop.app import DesktopApp

        app = DesktopApp(profile, lock, options, demo_port=port)
        app.run()
        start_again = app.start_again
    finally:
        lock.release()
        ground.close_log()
    if start_again is not None:
        _start(start_again)
    return 0


def _complain(sentence: str) -> int:
    print(f"triluna-desktop: {sentence}", file=sys.stderr)
    return 2


def _raise_the_other(ground: Ground) -> int:
    from triluna_desktop.system.instance import NoReplyError, ask

    try:
        reply = ask(ground.paths.socket, {"command": RAISE}, RAISED_WITHIN)
    except NoReplyError:
        reply = None
    if reply is None:
        return _complain("this profile is open in another process, which does not answer. Close that one first.")
    return 0


def _start(arguments: list[str]) -> None:
    """Become this program anew. One process runs one event loop: a second one in it would crash Qt."""
    command = [*program(), *arguments]
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(command)  # noqa: S603 - this very program.
    else:
        os.execv(command[0], command)  # noqa: S606 - this very program.
