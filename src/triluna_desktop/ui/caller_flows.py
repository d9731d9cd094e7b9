"""The ways through the window that are about what callers are offered, made, told and ended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.ui.callers_flow import CallersFlow
from triluna_desktop.ui.openings_flow import OpeningsFlow
from triluna_desktop.ui.warnings_flow import WarningsFlow
from triluna_desktop.ui.why_flow import WhyFlow

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_controller import WeekController
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words


class CallerFlows:
    """Why a time is bookable or not, what callers would be offered, what to tell others, what may be a slip."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        page: WeekPage,
        week: WeekController,
        words: Words,
        theme: Theme,
        *,
        clock: Clock,
        spawn: Callable[[Coroutine[object, object, object], str], object],
        run_command: Callable[[str], None],
    ) -> None:
        self.why = WhyFlow(session, week, page, words, theme, run_command)
        self.openings = OpeningsFlow(session, page, week, words, clock)
        self.warnings = WarningsFlow(session, settings, page, week, words, theme, clock, spawn, run_command)
        self.preview = CallersFlow(session, settings, page, week, words, theme, clock)
        self.preview.appointment_changed.connect(self.warnings.on_changes)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {
            "caller_preview": self.preview.toggle,
            "warnings": self.warnings.open,
            **self.openings.commands,
        }

    def wire(self, inspector: Inspector) -> None:
        """Connect the inspector, once it is made."""
        self.why.wire(inspector)
        self.preview.wire(inspector)

    def on_changes(self, changes: Changes) -> None:
        """The session told of changes."""
        if changes.dates is None or changes.patterns or changes.dates:
            self.why.refresh()
            self.preview.on_changes()
            self.warnings.on_changes()
        elif changes.status:
            self.preview.on_status()
            self.warnings.on_status()
