"""The ways through the window that are about the calendar as a whole, made and ended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.ui.exception_flow import ExceptionFlow
from triluna_desktop.ui.mode_flow import ModeFlow
from triluna_desktop.ui.overview_flow import OverviewFlow
from triluna_desktop.ui.template_flow import TemplateFlow
from triluna_desktop.ui.weekly_flow import WeeklyFlow

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.session import Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.bulk_flow import BulkFlow
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_controller import WeekController
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words


class CalendarFlows:
    """The mode of the calendar, the overview of its hours, the editor of its weekly hours, and weeks in turn."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        page: WeekPage,
        week: WeekController,
        words: Words,
        theme: Theme,
        spawn: Callable[[Coroutine[object, object, object], str], object],
        bulk: BulkFlow,
    ) -> None:
        self.modes = ModeFlow(session, settings, page, week, words, theme)
        self.overview = OverviewFlow(session, page, week, words, theme, spawn)
        self.weekly = WeeklyFlow(session, page, week, words, theme, spawn)
        self.exceptions = ExceptionFlow(session, page, week, words, bulk)
        self.templates = TemplateFlow(session, week, bulk, words, spawn, page)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {"overview": self.overview.open, "weekly_hours": self.weekly.open}

    def end(self) -> None:
        """The window closes."""
        self.modes.end()
        self.overview.end()
        self.weekly.end()
        self.exceptions.end()
