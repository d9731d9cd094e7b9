"""The ways through the window that are about what callers are offered, made, told and ended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.ui.callers_flow import CallersFlow
from triluna_desktop.ui.openings_flow import OpeningsFlow
from triluna_desktop.ui.warnings_flow import WarningsFlow
from triluna_desktop.ui.why_flow import WhyFlow

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Changes
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext


class CallerFlows:
    """Why a time is bookable or not, what callers would be offered, what to tell others, what may be a slip."""

    def __init__(self, context: PageContext, run_command: Callable[[str], None]) -> None:
        self.why = WhyFlow(context, run_command)
        self.openings = OpeningsFlow(context)
        self.warnings = WarningsFlow(context, run_command)
        self.preview = CallersFlow(context)
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
