"""What the settings do with what lies on this computer: `ui` may know neither the database nor the log."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.profile_book import DEFAULT
from triluna_desktop.ui.settings.local_actions import Cleared, Exported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from triluna_desktop.profile import Profile

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Process:
    """What there is beside one profile: all calendars of a process write into the log of the first."""

    log_file: Path
    profiles: Callable[[], Iterable[Profile]]
    """All that are open."""
    names: Callable[[], Iterable[str]]
    """What the user calls the calendars, and what their folders are called."""


class WindowLocal:
    """What `ui.settings.local_actions.LocalActions` asks for."""

    def __init__(
        self, profile: Profile, process: Process, start_anew: Callable[[], None], qt_version: str, locale: str
    ) -> None:
        """``start_anew`` ends the window and starts the app again."""
        self._profile = profile
        self._process = process
        self._start_anew = start_anew
        self._qt_version = qt_version
        self._locale = locale

    @property
    def folder(self) -> Path:
        """Where the calendar is kept."""
        return self._profile.ground.paths.data_dir

    async def unsent(self) -> int:
        """How many edits are not known to be on the server."""
        return self._profile.store.counts().unsent

    async def clear(self, losing: int) -> Cleared:
        """Delete what is kept of the calendar and start anew, unless more than ``losing`` edits are unsent."""
        session, store = self._profile.session, self._profile.store
        await session.stop()  # What is being sent is given up, and counts as unsent.
        try:
            cleared = Cleared(await store.run(lambda tx: tx.upkeep.wipe(losing)))
        except StoreError as error:
            _log.warning("The local data could not be cleared: %s", error)
            cleared = Cleared(is_done=False, problem=str(error))
        if cleared.is_done:
            await self._delete_copies()
            _log.info("The local data was cleared, with %d unsent edits at most", losing)
            self._start_anew()
        else:
            await session.start()
        return cleared

    async def _delete_copies(self) -> None:
        """What is cleared is cleared: a copy that stays is told of in the log."""
        try:
            await asyncio.to_thread(self._profile.store.delete_copies)
        except StoreError as error:
            _log.warning("A copy of the cleared calendar could not be deleted: %s", error)

    async def clear_history(self) -> str:
        """Delete every version that was kept; what went wrong, or an empty text."""
        return await self._profile.session.history.clear()

    async def export_diagnostics(self, path: Path) -> Exported:
        """Write what helps to find a fault, without secrets and without a word of the calendar."""
        from triluna_desktop import diagnostics

        profile = self._profile
        ground = profile.ground
        texts: set[str] = set()
        folders = {ground.paths.data_dir}
        try:
            counts = await profile.store.run(lambda tx: tx.upkeep.counts())
            for each in tuple(self._process.profiles()):
                texts |= await each.store.run(lambda tx: tx.upkeep.texts())
                folders.add(each.ground.paths.data_dir)
        except StoreError as error:
            return Exported(path, str(error))
        status = profile.session.status
        parts: dict[str, dict[str, object]] = {
            "about": diagnostics.about(self._qt_version, self._locale),
            "settings": diagnostics.settings_told(ground.settings),
            "calendar": {
                "rows": dict(counts),
                "state": status.state.value,
                "trouble": None if status.trouble is None else status.trouble.value,
                "requests this hour": status.requests_this_hour,
                "request limit": status.request_limit,
            },
        }

        names = {name for name in self._process.names() if name != DEFAULT}

        def work() -> None:
            cleaner = diagnostics.Cleaner(ground.redactor, texts, Path.home(), names, folders)
            diagnostics.write(path, parts, diagnostics.end_of_log(self._process.log_file), cleaner)

        try:
            await asyncio.to_thread(work)
        except OSError as error:
            return Exported(path, error.strerror or str(error))
        return Exported(path)
