"""Settings, Calendar: how the account keeps it, the default hours, and the rows of the week and the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout

from triluna_desktop.domain.modes import hours_to_text
from triluna_desktop.system.settings import (
    CALENDAR_DEFAULT_END,
    CALENDAR_DEFAULT_START,
    CALENDAR_FIRST_WEEKDAY,
    CALENDAR_HOURS,
    CALENDAR_MODE,
    CALLERS_LENGTH,
    CALLERS_STEP,
    GRID_HOUR_HEIGHT,
    GRID_SNAP,
    Page,
)
from triluna_desktop.ui import chosen
from triluna_desktop.ui.settings.default_hours import DefaultHours
from triluna_desktop.ui.settings.page import SettingsPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.ui.settings.page import Ground


class CalendarPage(SettingsPage):
    """Each choice holds at once; hours hold as soon as they are hours."""

    mode_requested = Signal(str)
    """The value of another `domain.availability.Mode`."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self.set_title(Page.CALENDAR)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        self.add_section(self.tr("Calendar mode"))
        self.add_note(
            self.tr("TriLuna does not tell apps which mode your account uses. Choose the same as there.")
        )
        self.modes = {
            "available": QRadioButton(self.tr("Available times")),
            "unavailable": QRadioButton(self.tr("Unavailable times")),
        }
        explanations = {
            "available": self.tr("Callers can book only what you make available."),
            "unavailable": self.tr("Callers can book the default hours of each day, but for what you block."),
        }
        for mode, button in self.modes.items():
            button.setAccessibleDescription(explanations[mode])
            button.clicked.connect(lambda _=False, value=mode: self._choose_mode(value))
            note = QLabel(explanations[mode])
            note.setProperty("look", "muted")
            note.setWordWrap(True)
            note.setIndent(26)
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(button)
            pair.addWidget(note)
            self.column.addLayout(pair)
        yield
        self.hours = DefaultHours(self.words)
        self.hours.changed.connect(self._take_hours)
        self.column.addWidget(self.hours)
        yield from self.hours.make()
        yield
        self.add_section(self.tr("The week"))
        yield from self.add_rows(CALENDAR_FIRST_WEEKDAY, GRID_SNAP, GRID_HOUR_HEIGHT)
        self.add_section(self.tr("Appointments of your callers"))
        yield from self.add_rows(CALLERS_LENGTH, CALLERS_STEP)
        self.add_place(
            self.tr("Calendar mode"),
            self.modes["available"],
            self.tr("Available times, Unavailable times, what callers can book"),
        )
        self.add_place(
            self.tr("Default hours"), self.hours.every.start.editor, self.tr("open, opening hours, working hours")
        )
        self.close_column()

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self.modes[self.settings.get(CALENDAR_MODE)].setChecked(True)
        self.hours.show_hours(chosen.mode_settings(self.settings))

    def _choose_mode(self, mode: str) -> None:
        """What the change would do is looked at first; until then what holds stays chosen."""
        holds = self.settings.get(CALENDAR_MODE)
        self.modes[holds].setChecked(True)
        if mode != holds:
            self.mode_requested.emit(mode)

    def _take_hours(self, every: Interval, by_weekday: tuple[Interval | None, ...]) -> None:
        self.put(
            {
                CALENDAR_DEFAULT_START: every.start,
                CALENDAR_DEFAULT_END: every.end,
                CALENDAR_HOURS: hours_to_text(by_weekday),
            }
        )
