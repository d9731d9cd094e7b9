"""What a session does as its profile's settings say, where no page sees to it: of a calendar that is not shown."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.profile import Profile
    from triluna_desktop.system.settings import AnySetting
    from triluna_desktop.ui.aio import Spawn


_log = logging.getLogger(__name__)

_OF_POLLING = frozenset({table.SYNC_POLL_VISIBLE, table.SYNC_POLL_HIDDEN})
_OF_HISTORY = frozenset({table.PRIVACY_HISTORY, table.PRIVACY_HISTORY_DAYS})


class SessionSettings:
    """How often a profile's session polls, and for how long it keeps versions, now and whenever that changes."""

    def __init__(self, profile: Profile, spawn: Spawn, *, is_shown: Callable[[], bool]) -> None:
        """``is_shown``: whether a page does all this itself, which can say what went wrong."""
        self._profile = profile
        self._spawn = spawn
        self._is_shown = is_shown
        self.end = profile.ground.settings.subscribe(self._on_setting)

    def apply(self) -> None:
        """Do all of it, unless the page does."""
        if not self._is_shown():
            self._poll()
            self._keep_history()

    def _on_setting(self, setting: AnySetting) -> None:
        if self._is_shown():
            return
        if setting in _OF_POLLING:
            self._poll()
        elif setting in _OF_HISTORY:
            self._keep_history()

    def _poll(self) -> None:
        get = self._profile.ground.settings.get
        self._profile.session.poll_every(get(table.SYNC_POLL_VISIBLE), get(table.SYNC_POLL_HIDDEN))

    def _keep_history(self) -> None:
        get, history = self._profile.ground.settings.get, self._profile.session.history
        days = get(table.PRIVACY_HISTORY_DAYS) if get(table.PRIVACY_HISTORY) else 0
        if days != history.days_kept:
            self._spawn(self._keep_for(days), "keep the history for another time")

    async def _keep_for(self, days: int) -> None:
        now = self._profile.ground.clock.now().timestamp()
        problem = await self._profile.session.history.keep(days, now)
        if problem:
            # Said on its page once it is shown: that tries again.
            _log.warning("The history of %s is kept as before: %s", self._profile.ground.paths.profile, problem)
