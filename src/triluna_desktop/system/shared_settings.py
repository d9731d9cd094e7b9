"""What of the settings is the person's at this computer, and so alike in all profiles that a process has open.

Each profile keeps all of its settings in a file of its own, so that it can be opened alone. While several are
open, a change of what is not the calendar's own goes to the others, too.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import TABLE, SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.system.settings import AnySetting, Settings

_log = logging.getLogger(__name__)

OF_A_CALENDAR: frozenset[AnySetting] = frozenset(
    {
        *table.MODE,
        table.CALLERS_LENGTH,
        table.CALLERS_STEP,
        table.CALLERS_NOTICE,
        table.WARNINGS_DISMISSED,
        table.ACCOUNT_BASE_URL,
        table.ACCOUNT_TOKEN_HINT,
        table.ACCOUNT_SCOPES_CACHE,
    }
)
"""What differs from calendar to calendar. All else follows the person from one to the other."""


class SharedSettings:
    """The settings of the open profiles, kept alike but for `OF_A_CALENDAR`."""

    def __init__(self, first: Settings) -> None:
        self._ends: dict[Settings, Callable[[], None]] = {}
        self._is_passing_on = False
        self._join(first)

    def join(self, settings: Settings, like: Settings) -> None:
        """Take in another profile's; they become like those of the profile that is shown."""
        _copy({each: like.get(each) for each in TABLE if each not in OF_A_CALENDAR}, settings)
        self._join(settings)

    def leave(self, settings: Settings) -> None:
        """A profile is closed."""
        end = self._ends.pop(settings, None)
        if end is not None:
            end()

    def _join(self, settings: Settings) -> None:
        def on_change(setting: AnySetting) -> None:
            if setting in OF_A_CALENDAR or self._is_passing_on:
                return
            self._is_passing_on = True
            try:
                for other in self._ends:
                    if other is not settings:
                        _copy({setting: settings.get(setting)}, other)
            finally:
                self._is_passing_on = False

        self._ends[settings] = settings.subscribe(on_change)


def _copy(values: dict[AnySetting, object], settings: Settings) -> None:
    """A file that cannot be written stays as it is: the next start has the old values there."""
    try:
        settings.set_all(values)
    except SettingError as error:
        _log.warning("A setting was not passed on to another profile: %s", error)
