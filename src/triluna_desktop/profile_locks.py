"""The locks of the profiles of a place: taken by this process, or why not, and how who has one is reached."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from triluna_desktop.options import RAISE
from triluna_desktop.profile_run import ProfileRun
from triluna_desktop.system.hand_over import NoReplyError, ask
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import FolderError, InvalidProfileError, app_paths

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

_log = logging.getLogger(__name__)

RAISED_WITHIN = 5.0
"""Seconds in which the window of another process has to answer."""
HELD = "It is open in another window or command of this program. Close that first."


class ProfileLocks:
    """Takes them, and remembers of each that it did not get what kept it from that."""

    def __init__(self, data_dir: Path | None) -> None:
        self._data_dir = data_dir
        self._reasons: dict[str, str] = {}
        """By the profile's name, a sentence."""
        self._elsewhere: set[str] = set()
        self._asked: set[str] = set()
        """Those whose owner is being asked to show them."""

    def take(self, name: str) -> ProfileRun | None:
        """The profile of this name, locked, unless another process has it or its folders cannot be used."""
        try:
            paths = app_paths(name, self._data_dir)
            paths.ensure()
        except (InvalidProfileError, FolderError) as error:
            _log.warning("The profile %s cannot be used: %s", name, error)
            self._reasons[name] = str(error)
            return None
        lock = ProfileLock(paths.lock_file)
        if not lock.acquire():
            _log.warning("The profile %s is open in another process", name)
            self._reasons[name] = HELD
            self._elsewhere.add(name)
            return None
        self._reasons.pop(name, None)
        self._elsewhere.discard(name)
        return ProfileRun(paths, lock)

    def is_elsewhere(self, name: str) -> bool:
        """Whether another process had it when it was last wanted."""
        return name in self._elsewhere

    def why_not(self, name: str) -> str:
        """Why it was not got; empty where it was, was never wanted, or is just being shown by who has it."""
        return "" if name in self._asked else self._reasons.get(name, "")

    def show_elsewhere(self, name: str) -> Coroutine[object, object, None]:
        """Have who has it show it. A command has no window, and does not listen: then the reason stands.

        From this call on, not from the first step of what it returns, nobody says that it cannot be shown.
        """
        self._asked.add(name)
        return self._ask(name)

    async def _ask(self, name: str) -> None:
        try:
            shown = await asyncio.to_thread(
                ask, app_paths(name, self._data_dir).socket, {"command": RAISE}, RAISED_WITHIN
            )
        except NoReplyError:
            shown = None
        finally:
            self._asked.discard(name)
        if shown is not None:
            self._reasons.pop(name, None)
