"""Which entries are meant: those selected, or those of a range of dates that pass a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain.bulk import Filter, Kind
from triluna_desktop.domain.bulk_dates import WHOLE_DAY
from triluna_desktop.ui.bulk.fields import Choice, DateRange, Hours
from triluna_desktop.ui.segments import Segment, Segments

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.ui.words import Words

_SELECTED, _DATES = "selected", "dates"


class Which(QWidget):
    """The selection is taken when the dialog opens; what is selected behind it later does not count."""

    edited = Signal()

    def __init__(self, words: Words, first_weekday: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self.source = Segments(
            self.tr("Which entries"),
            (Segment(_SELECTED, self.tr("Selected")), Segment(_DATES, self.tr("By date"))),
        )
        self.selection = QLabel()
        self.selection.setProperty("look", "muted")
        self.selection.setWordWrap(True)
        self.dates = DateRange(self.tr("From"), self.tr("To"), words)
        self.kind = Choice(
            self.tr("Kind"),
            (
                (self.tr("Available and blocked"), Kind.ALL.value),
                (self.tr("Available only"), Kind.AVAILABLE.value),
                (self.tr("Blocked only"), Kind.BLOCKED.value),
            ),
        )
        self.hours = Hours(self.tr("Starting from"), self.tr("and before"), words)
        self.weekdays = {
            weekday: self._weekday_button(words, weekday)
            for weekday in ((first_weekday + offset) % 7 for offset in range(7))
        }
        self.no_weekday = QLabel(self.tr("Choose at least one weekday."))
        self.no_weekday.setProperty("look", "error")
        self.no_weekday.hide()
        self._lay_out()
        self.source.chosen.connect(lambda _: self._show_source())
        for part in (self.dates, self.kind, self.hours):
            part.edited.connect(self.edited)

    def _weekday_button(self, words: Words, weekday: int) -> QPushButton:
        locale = words.locale
        button = QPushButton(locale.standaloneDayName(weekday or 7, locale.FormatType.ShortFormat))
        button.setAccessibleName(locale.standaloneDayName(weekday or 7))
        button.setProperty("look", "weekday")
        button.setCheckable(True)
        button.setChecked(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(lambda _: self.edited.emit())
        return button

    def _lay_out(self) -> None:
        self._by_date = QWidget()
        inner = QVBoxLayout(self._by_date)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.dates)
        inner.addWidget(self.kind)
        caption = QLabel(self.tr("Weekdays"))
        caption.setProperty("look", "small")
        days = QHBoxLayout()
        days.setSpacing(4)
        for button in self.weekdays.values():
            days.addWidget(button, 1)
        weekdays = QVBoxLayout()
        weekdays.setSpacing(4)
        weekdays.addWidget(caption)
        weekdays.addLayout(days)
        weekdays.addWidget(self.no_weekday)
        inner.addLayout(weekdays)
        inner.addWidget(self.hours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.source)
        column.addWidget(self.selection)
        column.addWidget(self._by_date)

    def start(self, keys: tuple[str, ...], first: date, last: date) -> None:
        """Begin with what is selected, if anything is, else with these dates."""
        self._keys = keys
        self.selection.setText(self.tr("%n entries are selected in the week.", "", len(keys)))
        self.dates.show_dates(first, last)
        self.hours.show_hours(WHOLE_DAY)
        self.source.choose(_SELECTED if keys else _DATES)
        self.source.button(_SELECTED).setEnabled(bool(keys))
        self._show_source()

    def _show_source(self) -> None:
        by_date = self.source.value == _DATES
        self._by_date.setVisible(by_date)
        self.selection.setVisible(not by_date)
        self.edited.emit()

    def read(self, bulk: Bulk) -> tuple[Entry, ...] | None:
        """The entries that are meant; None, with a sentence at the field, where that cannot be told."""
        if self.source.value == _SELECTED:
            return bulk.chosen(self._keys)
        between, hours = self.dates.read(), self.hours.read()
        weekdays = frozenset(weekday for weekday, button in self.weekdays.items() if button.isChecked())
        self.no_weekday.setVisible(not weekdays)
        if between is None or hours is None or not weekdays:
            return None
        only = Filter(Kind(self.kind.value), weekdays, hours.start, hours.end)
        return bulk.chosen_between(*between, only)
