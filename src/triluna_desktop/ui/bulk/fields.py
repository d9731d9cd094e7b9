"""Fields that go in pairs: from date to date, from time to time; a box to choose and a number under a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from triluna_desktop.domain.bulk_dates import LONGEST_RANGE
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end
from triluna_desktop.ui import dates
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.settings.choice_box import ChoiceBox
from triluna_desktop.ui.typed import MisreadError, read_date, read_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.ui.words import Words


class Pair(QWidget):
    """Two fields in a row; under them what is wrong with either. What is typed stays, also where it is wrong."""

    edited = Signal()

    def __init__(self, first: str, last: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.first = Field(first, QLineEdit(), is_half=True)
        self.last = Field(last, QLineEdit(), is_half=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        for field in (self.first, self.last):
            row.addWidget(field, 1)
            column.addWidget(field.problem)
            field.edited.connect(self.edited)


class DateRange(Pair):
    """From a date to a date, both included."""

    def show_dates(self, first: date, last: date) -> None:
        """Start from these."""
        self._near = first
        self.first.show_text(dates.day_text(first, self._words.locale))
        self.last.show_text(dates.day_text(last, self._words.locale))

    def read(self) -> tuple[date, date] | None:
        """The dates; None, with a sentence at the field, where they are none."""
        first, last = self._date(self.first), self._date(self.last)
        if first is None or last is None:
            return None
        if last < first:
            self.last.show_problem(self.tr("The last date must not lie before the first."))
            return None
        if (last - first).days >= LONGEST_RANGE:
            self.last.show_problem(self.tr("A range may have up to %n days.", "", LONGEST_RANGE))
            return None
        return first, last

    def _date(self, field: Field) -> date | None:
        try:
            day = read_date(field.text, self._words.locale, self._near)
        except MisreadError as error:
            field.show_problem(self._words.misread(error.why, field.text, self._near))
            return None
        field.show_problem("")
        return day


def read_hours(first: Field, last: Field, words: Words) -> Interval | None:
    """The hours of two fields; None, with a sentence at the field, where they are none.

    An end at 0:00 is the day's end.
    """
    start, end = _read_time(first, words), _read_time(last, words)
    if start is None or end is None:
        return None
    end = DAY_MINUTES if end == 0 else slot_end(end)
    if start >= LAST_MINUTE:
        first.show_problem(words.slot_problem("starts_outside_day"))
    elif end <= start:
        last.show_problem(words.slot_problem("zero_length" if end == start else "ends_before_start"))
    else:
        return Interval(start, end)
    return None


def _read_time(field: Field, words: Words) -> int | None:
    try:
        minutes = read_time(field.text, words.locale)
    except MisreadError as error:
        field.show_problem(words.misread_time(error.why, field.text))
        return None
    field.show_problem("")
    return minutes


class Hours(Pair):
    """From a time to a time of one day."""

    def show_hours(self, hours: Interval) -> None:
        """Start from these."""
        self.first.show_text(dates.time_text(hours.start, self._words.locale))
        self.last.show_text(dates.time_text(hours.end, self._words.locale))

    def read(self) -> Interval | None:
        """The hours; None, with a sentence at the field, where they are none."""
        return read_hours(self.first, self.last, self._words)


class Choice(QWidget):
    """A box to choose from, under its label."""

    edited = Signal()

    def __init__(self, label: str, choices: Iterable[tuple[str, object]], parent: QWidget | None = None) -> None:
        """``choices`` are texts with what they stand for."""
        super().__init__(parent)
        self.box = ChoiceBox()
        self.box.setAccessibleName(label)
        for text, value in choices:
            self.box.addItem(text, value)
        self.box.currentIndexChanged.connect(lambda _: self.edited.emit())
        caption = QLabel(label)
        caption.setProperty("look", "small")
        caption.setBuddy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(self.box)

    @property
    def value(self) -> object:
        """What is chosen."""
        return self.box.currentData()

    def choose(self, value: object) -> None:
        """Choose something."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))


class _NumberEdit(QLineEdit):
    """A line for a number: Up and Down go on and back by a step."""

    stepped = Signal(int)
    """Up (1) or down (-1)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self.stepped.emit(by)
        else:
            super().keyPressEvent(event)


class Number(Field):
    """A whole number within bounds."""

    def __init__(self, label: str, lowest: int, highest: int, words: Words, *, step: int = 1) -> None:
        edit = _NumberEdit()
        super().__init__(label, edit, is_half=True)
        self._words = words
        self._lowest, self._highest, self._step = lowest, highest, step
        edit.stepped.connect(self._go)

    def show_number(self, value: int) -> None:
        """Put a number in."""
        self.show_text(self._words.number(value))

    def read(self) -> int | None:
        """The number; None, with a sentence at the field, where it is none, or out of bounds."""
        # People type a minus of their keyboard, and may paste that of a typesetter.
        value, is_number = self._words.locale.toInt(self.text.strip().replace("−", "-"))
        if not is_number:
            self.show_problem(self.tr("“{typed}” is not a whole number.").format(typed=self.text.strip()))
        elif not self._lowest <= value <= self._highest:
            self.show_problem(
                self.tr("The number must lie between {lowest} and {highest}.").format(
                    lowest=self._words.number(self._lowest), highest=self._words.number(self._highest)
                )
            )
        else:
            self.show_problem("")
            return value
        return None

    def _go(self, by: int) -> None:
        value = self.read()
        if value is not None:
            self.show_number(min(self._highest, max(self._lowest, value + by * self._step)))
            self.edited.emit()
