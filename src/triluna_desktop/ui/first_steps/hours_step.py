"""The step that asks for the hours: a few usual weeks to choose from, and what holds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.ui import dates
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.ui.words import Words

Hours = tuple[Interval | None, ...]
"""By weekday, Sunday first; none where all days are alike."""
_NINE, _EIGHT, _LONG = Interval(540, 1020), Interval(480, 1080), Interval(480, 1200)


def presets() -> tuple[tuple[Interval, Hours], ...]:
    """The hours of every day that is open, and those by weekday."""
    return (
        (_NINE, (None, *[_NINE] * 5, None)),
        (_EIGHT, (None, *[_EIGHT] * 5, None)),
        (_NINE, (None, *[_NINE] * 6)),
        (_LONG, ()),
    )


class HoursStep(QWidget):
    """Each choice holds at once."""

    chosen = Signal(object, object)
    """The hours of every day, and those by weekday (`Hours`)."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.meaning = QLabel()
        self.meaning.setWordWrap(True)
        self.meaning.setProperty("look", "muted")
        self.other = QRadioButton(self.tr("As it is set now; change it in the settings"))
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        self.weekly_box = TickBox(self.tr("Then draw the weekly hours that callers can book"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.meaning)
        for hours, by_weekday in presets():
            button = QRadioButton(self._name(hours, by_weekday))
            button.clicked.connect(
                lambda _=False, hours=hours, by_weekday=by_weekday: self.chosen.emit(hours, by_weekday)
            )
            self.buttons.append(button)
        for button in (*self.buttons, self.other):
            self._group.addButton(button)
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(self.weekly_box)
        column.addStretch(1)

    def _name(self, hours: Interval, by_weekday: Hours) -> str:
        locale = self._words.locale
        times = dates.times_text(hours.start, hours.end, locale)
        if not by_weekday:
            return self.tr("Every day, {times}").format(times=times)
        open_days = [weekday for weekday, each in enumerate(by_weekday) if each is not None]
        return self.tr("{first} to {last}, {times}").format(
            first=locale.standaloneDayName(open_days[0] or 7),
            last=locale.standaloneDayName(open_days[-1] or 7),
            times=times,
        )

    def show_hours(self, settings: ModeSettings) -> None:
        """Show what holds, and what it means in this mode."""
        wanted = (settings.default_hours, settings.hours)
        at = next((number for number, preset in enumerate(presets()) if preset == wanted), None)
        (self.other if at is None else self.buttons[at]).setChecked(True)
        self.other.setVisible(at is None)
        is_closed = settings.mode is Mode.AVAILABLE_TIMES
        self.weekly_box.setVisible(is_closed)
        self.meaning.setText(
            self.tr(
                "In this mode nothing is open until you open it. These hours are proposed where you open a day, "
                "and they tell whether “2-3” means the afternoon."
            )
            if is_closed
            else self.tr("Callers can book these hours, but for what you block.")
        )

    def take_focus(self) -> None:
        """The keyboard goes to what holds."""
        next(button for button in (*self.buttons, self.other) if button.isChecked()).setFocus()
