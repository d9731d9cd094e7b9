"""The calendars as commands of the palette: who keeps many finds one by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from triluna_desktop.ui.profiles.switcher import key_of
from triluna_desktop.ui.window_commands import WindowCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.profiles.profile_list import ProfileList
    from triluna_desktop.ui.profiles.profile_words import ProfileWords

_NAME = "show_calendar_"


class CalendarCommands:
    """Each shows another calendar."""

    def __init__(self, profiles: ProfileList, words: ProfileWords) -> None:
        self._profiles = profiles
        self._words = words

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each name does."""
        return {
            f"{_NAME}{state.name}": partial(self._profiles.switch, state.name) for state in self._profiles.states
        }

    def listed(self) -> list[WindowCommand]:
        """All but the one that is shown."""
        group = QCoreApplication.translate("CalendarCommands", "Calendars")
        text = QCoreApplication.translate("CalendarCommands", "Show “{calendar}”")
        return [
            WindowCommand(
                f"{_NAME}{state.name}",
                group,
                text.format(calendar=self._words.title(state.known)),
                (key_of(number),) if key_of(number) else (),
                (),
                is_enabled=True,
            )
            for number, state in enumerate(self._profiles.states, start=1)
            if not state.is_shown
        ]
