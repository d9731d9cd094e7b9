"""The folders of the open profiles, watched: one that is deleted under the running app is put back, and said.

What somebody deletes there is not the calendar, which is on the server, but what was never sent: the one thing
that nobody else has. So it is written anew at once from what is still open, and nobody has to answer a question
while edits hang in the air. Who wants to be rid of a calendar is told of the way to that.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.setting_kinds import SettingError
from triluna_desktop.ui.damage_words import DamageWords
from triluna_desktop.ui.profiles.profile_words import ProfileWords

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from triluna_desktop.open_profiles import OpenProfiles
    from triluna_desktop.profile_run import ProfileRun
    from triluna_desktop.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

REST_MS = 1000
"""After the last change in a folder: who deletes it is through by then."""
AGAIN_MS = 30_000
"""Between two tries to put one back."""


class FolderWatch(QObject):
    """Follows each profile that is opened, until `end`."""

    def __init__(
        self,
        profiles: OpenProfiles,
        window: MainWindow,
        spawn: Callable[[Coroutine[object, object, object], str], object],
    ) -> None:
        super().__init__(window)
        self._profiles = profiles
        self._window = window
        self._spawn = spawn
        self._watcher = QFileSystemWatcher(self)
        self._watched: dict[str, ProfileRun] = {}
        self._told: dict[str, str] = {}
        """Why one could not be put back, as was said."""
        self._rest = _timer(self, REST_MS, self._begin)
        self._again = _timer(self, AGAIN_MS, self._begin)
        self._is_at_it = False
        self._watcher.directoryChanged.connect(lambda _: self._rest.start())
        profiles.on_open.append(self._follow)
        for run in tuple(profiles.runs.values()):
            if run.is_open:
                self._follow(run)

    def look(self) -> None:
        """A folder that was moved away tells nobody: look whether all are there."""
        if not self._is_at_it and any(not run.is_in_place for run in self._watched.values()):
            self._rest.start()

    def end(self) -> None:
        """Look no more: the profiles are closed next, and each puts itself back where it must."""
        self._watched.clear()
        for timer in (self._rest, self._again):
            timer.stop()

    def _follow(self, run: ProfileRun) -> None:
        self._watched[run.name] = run
        run.at_end(lambda: self._forget(run))
        self._watcher.addPath(str(run.paths.data_dir))

    def _forget(self, run: ProfileRun) -> None:
        if self._watched.get(run.name) is run:
            del self._watched[run.name]
            self._told.pop(run.name, None)

    def _begin(self) -> None:
        if not self._is_at_it:
            self._is_at_it = True
            self._spawn(self._put_back(), "put deleted folders back")

    async def _put_back(self) -> None:
        try:
            for run in tuple(self._watched.values()):
                if not run.is_in_place:
                    await self._put_one_back(run)
        finally:
            self._is_at_it = False

    async def _put_one_back(self, run: ProfileRun) -> None:
        try:
            other = await run.put_back()
        except (OSError, StoreError, SettingError) as error:
            self._again.start()
            self._tell_of_failure(run, str(error))
            return
        _log.warning("The folder of %s was deleted while it was open, and is put back", run.name)
        self._watcher.addPath(str(run.paths.data_dir))  # Of a deleted one nothing is watched any more.
        self._told.pop(run.name, None)
        self._tell(run, other)

    def _title(self, run: ProfileRun) -> str:
        states = self._profiles.states()
        known = next((state.known for state in states if state.name == run.name), None)
        return ProfileWords().title(known) if known is not None and len(states) > 1 else ""

    def _tell(self, run: ProfileRun, other: Path | None) -> None:
        words, title = DamageWords(), self._title(run)
        aside = "" if other is None else str(other)
        self._window.report(words.put_back(title), aside, words.how_to_delete(title, aside))

    def _tell_of_failure(self, run: ProfileRun, reason: str) -> None:
        """Once for a reason: it is tried again and again."""
        if self._told.get(run.name) == reason:
            return
        _log.warning("The folder of %s was deleted and cannot be put back: %s", run.name, reason)
        self._told[run.name] = reason
        words, unsent = DamageWords(), run.profile.session.status.unsent
        self._window.report(words.not_put_back(self._title(run)), reason, words.until_it_ends(unsent, reason))


def _timer(parent: QObject, interval: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(then)
    return timer
