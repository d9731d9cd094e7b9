"""Settings, Calendar: how the account keeps it, the default hours, the week's start, the grid's steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain.modes import hours_to_text
from triluna_desktop.system.settings import (
    CALENDAR_DEFAULT_END,
    CALENDAR_DEFAULT_START,
    CALENDAR_FIRST_WEEKDAY,
    CALENDAR_HOURS,
    CALENDAR_MODE,
    GRID_SNAP,
)
from triluna_desktop.ui import chosen
from triluna_desktop.ui.settings.choice_box import ChoiceBox
from triluna_desktop.ui.settings.default_hours import DefaultHours
from triluna_desktop.ui.settings.page import SettingsPage

if TYPE_CHECKING:
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.words import Words


class CalendarPage(SettingsPage):
    """Each choice holds at once; hours hold as soon as they are hours."""

    history_requested = Signal()
    mode_requested = Signal(str)
    """The value of another `domain.availability.Mode`."""

    def __init__(self, settings: Settings, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self._words = words
        self.heading.setText(self.tr("Calendar"))
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
        self.hours = DefaultHours(words)
        self.hours.changed.connect(self._take_hours)
        self.column.addWidget(self.hours)
        self.add_section(self.tr("The week"))
        self.first_weekday = ChoiceBox()
        self.snap = ChoiceBox()
        self._build_choices()
        self.add_section(self.tr("History"))
        self.add_note(self.tr("What was changed here and elsewhere is kept for 90 days and can be restored."))
        self.history_button = QPushButton(self.tr("What changed…"))
        self.history_button.clicked.connect(lambda: self.history_requested.emit())
        self.column.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.close_column()
        self.show_settings()

    def _build_choices(self) -> None:
        locale = self._words.locale
        first = locale.firstDayOfWeek().value
        self.first_weekday.addItem(
            self.tr("As usual here ({weekday})").format(weekday=locale.standaloneDayName(first)), "locale"
        )
        for weekday in (1, 0, 6):
            self.first_weekday.addItem(locale.standaloneDayName(weekday or 7), str(weekday))
        kept = self.settings.get(CALENDAR_FIRST_WEEKDAY)
        if self.first_weekday.findData(kept) < 0:
            self.first_weekday.addItem(locale.standaloneDayName(int(kept) or 7), kept)
        for minutes in GRID_SNAP.choices:
            self.snap.addItem(self._words.duration(minutes), minutes)
        self.first_weekday.activated.connect(
            lambda: self.put({CALENDAR_FIRST_WEEKDAY: self.first_weekday.currentData()})
        )
        self.snap.activated.connect(lambda: self.put({GRID_SNAP: self.snap.currentData()}))
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setColumnStretch(2, 1)
        for row, (text, box) in enumerate(
            (
                (self.tr("Weeks start on"), self.first_weekday),
                (self.tr("Drags go in steps of"), self.snap),
            )
        ):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text)
            form.addWidget(label, row, 0)
            form.addWidget(box, row, 1)
        self.column.addLayout(form)

    def show_settings(self) -> None:
        """Show what holds."""
        get = self.settings.get
        self.modes[get(CALENDAR_MODE)].setChecked(True)
        self.hours.show_hours(chosen.mode_settings(self.settings))
        self.first_weekday.setCurrentIndex(self.first_weekday.findData(get(CALENDAR_FIRST_WEEKDAY)))
        self.snap.setCurrentIndex(self.snap.findData(get(GRID_SNAP)))

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
