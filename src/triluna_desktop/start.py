"""How the window starts: first everything that needs no Qt, then `app`.

The order, because a person waits for it:

1. the profile's folders, settings and lock; if another process owns the profile, it is asked to show its window;
2. the store;
3. Qt and the window (`app`). The linker brings Qt's libraries in by a thread while Python loads what uses them.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from typing import TYPE_CHECKING

from triluna_desktop.api.url import InvalidBaseUrlError
from triluna_desktop.options import RAISE
from triluna_desktop.profile import open_calendar, prepare
from triluna_desktop.sync.ports import DiskFullError, NewerSchemaError, StoreError
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import FolderError, InvalidProfileError
from triluna_desktop.system.profile_book import profile_book

if TYPE_CHECKING:
    from triluna_desktop.options import Options, WindowOptions
    from triluna_desktop.profile import Ground
    from triluna_desktop.system.profile_book import ProfileBook

_KINDS: dict[type[StoreError], str] = {NewerSchemaError: "NEWER", DiskFullError: "DISK_FULL"}
_NEED_DISPLAY = ("", "xcb", "wayland", "wayland-egl")
NO_SCREEN = (
    "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set) to show the window on. The commands "
    "need none: `triluna-desktop --help`."
)
RAISED_WITHIN = 5.0
"""Seconds in which the window of another process has to answer."""
OWNER_WITHIN = 40.0
"""Seconds for an owner that does not listen: a command, which may ask the keyring, or a window that starts.

Ten more than the keyring has; not reckoned from that, for nothing of the keyring is loaded before the first paint.
"""
LOOK_AGAIN_AFTER = 0.05


def run_window(options: WindowOptions) -> int:
    """Show the window and run until it is closed; the result is the exit code."""
    options, book = _with_last_shown(options)
    try:
        ground = prepare(options.common)
    except InvalidProfileError as error:
        return _complain(str(error))
    except FolderError as error:
        return _fail("FOLDER", str(error))
    lock = ProfileLock(ground.paths.lock_file)
    start_again: list[str] | None = None
    try:
        if not lock.acquire() and (code := with_the_owner(ground, lock, is_hidden=options.is_hidden)) is not None:
            return code
        if not _has_screen():
            return _complain(NO_SCREEN)
        ground.clock.hurry(is_on=True)
        common, port = _with_server(options)
        try:
            profile = open_calendar(ground, common, is_demo=options.is_demo)
        except InvalidBaseUrlError as error:
            return _complain(str(error))
        except StoreError as error:
            return _fail(_KINDS.get(type(error), "UNUSABLE"), str(error))
        if sys.platform == "linux":
            from triluna_desktop.system.load_ahead import load_ahead

            load_ahead()
        import triluna_desktop.ui  # noqa: F401 - before all else that imports PySide: see there for why.
        from triluna_desktop.app import DesktopApp

        app = DesktopApp(profile, lock, options, book, demo_port=port)
        app.run()
        start_again = app.start_again
    finally:
        lock.release()
        ground.close_log()
    if start_again is not None:
        _start(start_again)
    return 0


def _with_last_shown(options: WindowOptions) -> tuple[WindowOptions, ProfileBook]:
    """The list of profiles; and the options, with the profile that was shown last where none was named."""
    book = profile_book(options.common.data_dir)
    if options.opens_last:
        options = dataclasses.replace(options, common=dataclasses.replace(options.common, profile=book.shown))
    return options, book


def _with_server(options: WindowOptions) -> tuple[Options, int]:
    """The options with the server's address; of the demo's server the port, too, else 0."""
    if not options.is_demo:
        return options.common, 0
    from triluna_desktop.demo import demo_url, free_port

    port = free_port()
    return dataclasses.replace(options.common, api_url=demo_url(port)), port


def _complain(sentence: str) -> int:
    print(f"triluna-desktop: {sentence}", file=sys.stderr)
    return 2


def _fail(kind: str, reason: str) -> int:
    """Say it in the terminal, and in a dialog: who started the app from a menu sees no terminal.

    ``kind`` is a member of `StartFailure`, by its name: naming it here would load Qt at each start.
    """
    code = _complain(reason)
    if _has_screen():
        from triluna_desktop import __version__
        from triluna_desktop.ui.start_failed import StartFailure, show_alone

        show_alone(StartFailure[kind], reason, __version__)
    return code


def _has_screen() -> bool:
    """Whether anything can be shown at all; without a display Qt would abort the process."""
    # A platform of Qt's that needs none: a test's, or a remote desktop's.
    platforms = {each.partition(":")[0] for each in os.environ.get("QT_QPA_PLATFORM", "").split(";")}
    if sys.platform != "linux" or not platforms.issubset(_NEED_DISPLAY):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def with_the_owner(ground: Ground, lock: ProfileLock, *, is_hidden: bool) -> int | None:
    """Have the window of the profile's owner raised, for a hidden start only found: the exit code.

    None where there is no owner any more, and the lock is ours: it was a command, not a window.
    """
    from triluna_desktop.system.hand_over import NoReplyError, ask, is_listened_at

    until = time.monotonic() + OWNER_WITHIN
    while True:
        try:
            if is_hidden:
                if is_listened_at(ground.paths.socket):
                    return 0
            elif ask(ground.paths.socket, {"command": RAISE}, RAISED_WITHIN) is not None:
                return 0
        except NoReplyError:
            break
        if time.monotonic() > until:
            break
        time.sleep(LOOK_AGAIN_AFTER)
        if lock.acquire():
            return None
    return _fail("BUSY", "this profile is open in another process, which does not answer. Close that one first.")


def _start(arguments: list[str]) -> None:
    """Become this program anew. One process runs one event loop: a second one in it would crash Qt."""
    from triluna_desktop.system.program import program

    command = [*program(), *arguments]
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(command)  # noqa: S603 - this very program.
    else:
        os.execv(command[0], command)  # noqa: S606 - this very program.
