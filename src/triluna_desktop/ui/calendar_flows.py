"""The ways through the window that are about the calendar as a whole, made and ended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.ui.mode_flow import ModeFlow

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_controller import WeekController
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words


class CalendarFlows:
    """The mode of the calendar."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        page: WeekPage,
        week: WeekController,
        words: Words,
        theme: Theme,
    ) -> None:
        self.modes = ModeFlow(session, settings, page, week, words, theme)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {}

    def end(self) -> None:
        """The window closes."""
        self.modes.end()
