"""The hours that are open by default: the same every day, or by weekday, of which any may be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end
from triluna_desktop.ui import dates
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.tick_box import TickBox
from triluna_desktop.ui.typed import MisreadError, read_time

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.ui.words import Words

_FIELD_WIDTH = 110
_WIDE_FIELD = 150
"""Pixels of a field with a caption."""


class _Hours(QObject):
    """Two fields for one stretch of a day, and where to say what is wrong with it."""

    def __init__(self, start: str, end: str, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.start = Field(start, QLineEdit(), is_half=True)
        self.end = Field(end, QLineEdit(), is_half=True)
        for field in (self.start, self.end):
            field.setFixedWidth(_FIELD_WIDTH)

    def show(self, hours: Interval) -> None:
        """Put hours in, silently."""
        self.start.show_text(dates.time_text(hours.start, self._words.locale))
        self.end.show_text(dates.time_text(hours.end, self._words.locale))

    def read(self) -> Interval | None:
        """The hours; None, with a sentence at the field, where they are none. An end at 0:00 is the day's end."""
        start, end = self._time(self.start), self._time(self.end)
        end = DAY_MINUTES if end == 0 else end
        if start is None or end is None:
            return None
        if start >= LAST_MINUTE:
            self.start.show_problem(self._words.slot_problem("starts_outside_day"))
        elif end <= start:
            self.end.show_problem(self._words.slot_problem("zero_length" if start == end else "ends_before_start"))
        else:
            return Interval(start, slot_end(end))
        return None

    def _time(self, field: Field) -> int | None:
        try:
            minutes = read_time(field.text, self._words.locale)
        except MisreadError as error:
            field.show_problem(self._words.misread_time(error.why, field.text))
            return None
        field.show_problem("")
        return minutes


class _Weekday(_Hours):
    """A weekday: whether it is open at all, and its hours."""

    def __init__(self, weekday: int, words: Words, parent: QWidget) -> None:
        name = words.locale.standaloneDayName(weekday or 7)
        super().__init__(
            parent.tr("{weekday}, open from").format(weekday=name),
            parent.tr("{weekday}, open until").format(weekday=name),
            words,
            parent,
        )
        self.weekday = weekday
        self.box = TickBox(name)
        self.box.setAccessibleName(parent.tr("Open by default on {weekday}").format(weekday=name))
        self.closed = QLabel(parent.tr("closed"))
        self.closed.setProperty("look", "muted")

    def show_day(self, hours: Interval | None, fallback: Interval) -> None:
        """Show its hours; ``fallback`` are those it gets when it is opened."""
        self.box.setChecked(hours is not None)
        self.show(hours or fallback)
        self._show_open()

    def _show_open(self) -> None:
        is_open = self.box.isChecked()
        for field in (self.start, self.end):
            field.setVisible(is_open)
        self.closed.setVisible(not is_open)
        if not is_open:
            for field in (self.start, self.end):
                field.show_problem("")

    def follow_box(self) -> None:
        """The box was ticked, or no longer."""
        self._show_open()


class DefaultHours(QWidget):
    """All of it. What can be read holds at once; what cannot says why, and nothing changes until it can."""

    changed = Signal(object, object)
    """The hours of every day, and those by weekday, Sunday first: none where all days are alike."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.every = _Hours(self.tr("Open by default from"), self.tr("until"), words, self)
        for field in (self.every.start, self.every.end):
            field.setFixedWidth(_WIDE_FIELD)
        self.differ = TickBox(self.tr("Other hours on some weekdays"))
        self.week = QWidget()
        first = words.locale.firstDayOfWeek().value
        self.days = {(first + offset) % 7: _Weekday((first + offset) % 7, words, self.week) for offset in range(7)}
        self._every_row = QWidget()
        pair = QHBoxLayout(self._every_row)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(12)
        pair.addWidget(self.every.start)
        pair.addWidget(self.every.end)
        pair.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._every_row, self.every.start.problem, self.every.end.problem, self.differ, self.week):
            column.addWidget(part)
        self._lay_out_week()
        self._connect()

    def _lay_out_week(self) -> None:
        grid = QGridLayout(self.week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        for row, day in enumerate(self.days.values()):
            grid.addWidget(day.box, 2 * row, 0)
            grid.addWidget(day.start, 2 * row, 1)
            grid.addWidget(day.end, 2 * row, 2)
            grid.addWidget(day.closed, 2 * row, 1)
            for field in (day.start, day.end):
                field.caption.hide()  # The row says which day it is, and a screen reader the field's own name.
            problems = QVBoxLayout()
            problems.addWidget(day.start.problem)
            problems.addWidget(day.end.problem)
            grid.addLayout(problems, 2 * row + 1, 0, 1, 4)

    def _connect(self) -> None:
        self.differ.clicked.connect(self._follow_differ)
        for field in (self.every.start, self.every.end):
            field.edited.connect(self._tell)
        for day in self.days.values():
            day.box.clicked.connect(day.follow_box)
            day.box.clicked.connect(self._tell)
            for field in (day.start, day.end):
                field.edited.connect(self._tell)

    def show_hours(self, settings: ModeSettings) -> None:
        """Show what holds; a field that says the same keeps how it was typed."""
        self.every.show(settings.default_hours)
        self.differ.setChecked(bool(settings.hours))
        for weekday, day in self.days.items():
            day.show_day(settings.hours_of(weekday), settings.default_hours)
        self._show_week()

    def _follow_differ(self) -> None:
        """Ticked: each day starts with the hours of all. No longer: all days are alike again."""
        every = self.every.read()
        if self.differ.isChecked() and every is not None:
            for day in self.days.values():
                day.show_day(every, every)
        self._show_week()
        self._tell()

    def _show_week(self) -> None:
        self.week.setVisible(self.differ.isChecked())
        self._every_row.setEnabled(not self.differ.isChecked())

    def _tell(self) -> None:
        every = self.every.read()
        if every is None:
            return
        if not self.differ.isChecked():
            self.changed.emit(every, ())
            return
        hours: list[Interval | None] = []
        for weekday in range(7):
            day = self.days[weekday]
            read = day.read() if day.box.isChecked() else None
            if read is None and day.box.isChecked():
                return
            hours.append(read)
        self.changed.emit(every, tuple(hours))
