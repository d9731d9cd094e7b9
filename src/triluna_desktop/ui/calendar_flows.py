"""The ways through the window that are about the calendar as a whole, made and ended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.ui.exception_flow import ExceptionFlow
from triluna_desktop.ui.mode_flow import ModeFlow
from triluna_desktop.ui.overview_flow import OverviewFlow
from triluna_desktop.ui.template_flow import TemplateFlow
from triluna_desktop.ui.weekly_flow import WeeklyFlow

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.bulk_flow import BulkFlow
    from triluna_desktop.ui.page_context import PageContext


class CalendarFlows:
    """The mode of the calendar, the overview of its hours, the editor of its weekly hours, and weeks in turn."""

    def __init__(self, context: PageContext, bulk: BulkFlow) -> None:
        self.modes = ModeFlow(context)
        self.overview = OverviewFlow(context)
        self.weekly = WeeklyFlow(context)
        self.exceptions = ExceptionFlow(context, bulk)
        self.templates = TemplateFlow(context, bulk)

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
