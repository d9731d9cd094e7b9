"""The hours that are open by default: the same every day, or by weekday, of which any may be closed.

Where they decide what callers are offered, other hours are looked at before they hold, as another mode is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain.availability import Mode
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import read_hours
from triluna_desktop.ui.inspector_cards import link_button
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.intervals import Interval
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
        """The hours; None, with a sentence at the field, where they are none."""
        return read_hours(self.start, self.end, self._words)


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
    """All of it, once `make` is done. What cannot be read says why, and nothing changes until it can.

    In the mode in which these hours decide nothing, what can be read holds at once. In the other it waits for a
    look at what it would change.
    """

    changed = Signal(object, object)
    """They hold: the hours of every day, and those by weekday, Sunday first: none where all days are alike."""
    look_requested = Signal(object)
    """The `ModeSettings` with these hours shall be looked at; those that hold stay until then."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holds: ModeSettings | None = None
        self._typed: ModeSettings | None = None
        """What was typed and does not hold yet."""
        self._words = words
        self.days: dict[int, _Weekday] = {}

    def make(self) -> Iterator[None]:
        """Make what is in it, a weekday a step."""
        words = self._words
        self.every = _Hours(self.tr("Open by default from"), self.tr("until"), words, self)
        for field in (self.every.start, self.every.end):
            field.setFixedWidth(_WIDE_FIELD)
        self.differ = TickBox(self.tr("Other hours on some weekdays"))
        self.week = QWidget()
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
        self.waiting = QWidget()
        self.look_button = QPushButton(self.tr("See what it changes…"))
        self.back_button = link_button(self.tr("Keep the hours as they were"))
        parts = (self._every_row, self.every.start.problem, self.every.end.problem, self.differ, self.week)
        for part in (*parts, self.waiting):
            column.addWidget(part)
        self._lay_out_waiting()
        yield
        yield from self._lay_out_week()
        self._connect()

    def _lay_out_waiting(self) -> None:
        note = QLabel(self.tr("These hours do not hold yet: look first at what callers would be offered."))
        note.setProperty("look", "amber")
        note.setWordWrap(True)
        self.look_button.setAutoDefault(False)
        self.look_button.setAccessibleDescription(note.text())
        column = QVBoxLayout(self.waiting)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.look_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        column.addLayout(row)
        self.waiting.hide()

    def _lay_out_week(self) -> Iterator[None]:
        grid = QGridLayout(self.week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        first = self._words.locale.firstDayOfWeek().value
        for row in range(7):
            weekday = (first + row) % 7
            day = self.days[weekday] = _Weekday(weekday, self._words, self.week)
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
            yield

    def _connect(self) -> None:
        self.differ.clicked.connect(self._follow_differ)
        self.look_button.clicked.connect(lambda: self.look_requested.emit(self._typed))
        self.back_button.clicked.connect(self._put_back)
        for field in (self.every.start, self.every.end):
            field.edited.connect(self._tell)
        for day in self.days.values():
            day.box.clicked.connect(day.follow_box)
            day.box.clicked.connect(self._tell)
            for field in (day.start, day.end):
                field.edited.connect(self._tell)

    def show_hours(self, settings: ModeSettings) -> None:
        """Show what holds; a field that says the same keeps how it was typed, as does what waits for a look."""
        if settings == self._holds and self._typed is not None:
            return
        self._holds = settings
        self._show_typed(None)
        self.every.show(settings.default_hours)
        self.differ.setChecked(bool(settings.hours))
        for weekday, day in self.days.items():
            day.show_day(settings.hours_of(weekday), settings.default_hours)
        self._show_week()

    def _show_typed(self, typed: ModeSettings | None) -> None:
        self._typed = typed
        self.waiting.setVisible(typed is not None)

    def _put_back(self) -> None:
        """Show again what holds."""
        self._typed = None
        if self._holds is not None:
            self.show_hours(self._holds)
        self.every.start.editor.setFocus()

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
            self._take(every, ())
            return
        hours: list[Interval | None] = []
        for weekday in range(7):
            day = self.days[weekday]
            read = day.read() if day.box.isChecked() else None
            if read is None and day.box.isChecked():
                return
            hours.append(read)
        self._take(every, tuple(hours))

    def _take(self, every: Interval, by_weekday: tuple[Interval | None, ...]) -> None:
        holds = self._holds
        if holds is None or holds.mode is Mode.AVAILABLE_TIMES:
            self.changed.emit(every, by_weekday)
            return
        new = replace(holds, default_hours=every, hours=by_weekday)
        is_same = all(new.hours_of(weekday) == holds.hours_of(weekday) for weekday in self.days)
        self._show_typed(None if is_same else new)
