"""Copying a week: which one, to which others, and what becomes of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from triluna_desktop.domain.bulk_dates import Overlap, following_weeks
from triluna_desktop.domain.time import week_of
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import Choice, Number
from triluna_desktop.ui.bulk.panels import Panel
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.shapes import Shape, paint_shape
from triluna_desktop.ui.typed import MisreadError, read_date

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPainter

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.ui.words import Words

Index: TypeAlias = QModelIndex | QPersistentModelIndex

WEEKS_OFFERED = 52
"""How many weeks a week can be copied to."""


class _Tick(QStyledItemDelegate):
    """Draws the tick into the box of a line: the style sheet colours the box alone, which says too little."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is not Qt.CheckState.Checked:
            return
        line = QStyleOptionViewItem(option)
        self.initStyleOption(line, index)
        list_ = line.widget
        box = list_.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, line, list_)
        colour = list_.palette().highlightedText().color()
        paint_shape(painter, Shape.CHECK, QRectF(box).adjusted(1, 1, -1, -1), colour)


class CopyWeekPanel(Panel):
    """A week, and the weeks to copy it to."""

    def __init__(self, words: Words, first_weekday: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._first_weekday = first_weekday
        self.week = Field(self.tr("The week of"), QLineEdit())
        self.how = Segments(
            self.tr("To which weeks"),
            (Segment("next", self.tr("The next ones")), Segment("some", self.tr("Chosen ones"))),
        )
        self.count = Number(self.tr("How many weeks"), 1, WEEKS_OFFERED, words)
        self.count.show_number(4)
        self.weeks = QListWidget()
        self.weeks.setAccessibleName(self.tr("Weeks to copy to"))
        self.weeks.setProperty("look", "list")
        self.weeks.setMinimumHeight(150)
        self.weeks.hide()
        self.no_week = QLabel(self.tr("Choose at least one week."))
        self.no_week.setProperty("look", "error")
        self.no_week.hide()
        self.overlap = Choice(
            self.tr("Where something stands already"),
            (
                (self.tr("Leave it, and copy the rest"), Overlap.SKIP.value),
                (self.tr("Replace it by the copy"), Overlap.REPLACE.value),
            ),
        )
        self.weeks.setItemDelegate(_Tick(self.weeks))
        for part in (self.week, self.how, self.count, self.count.problem, self.weeks, self.no_week, self.overlap):
            self.column.addWidget(part)
        self.column.addWidget(self.note(self.tr("Weekly hours are not copied: they hold in each week anyway.")))
        self.how.chosen.connect(lambda _: self._show_how())
        self.weeks.itemChanged.connect(lambda _: self.edited.emit())
        self.week.edited.connect(self._offer_weeks)
        for editing in (self.week, self.count, self.overlap):
            editing.edited.connect(self.edited)

    def start(self, first: date) -> None:
        """Begin with the week that starts on a date."""
        self._near = first
        self.week.show_text(dates.day_text(first, self._words.locale))
        self._offer_weeks()

    def _show_how(self) -> None:
        is_next = self.how.value == "next"
        self.count.setVisible(is_next)
        self.count.show_problem("")
        self.weeks.setVisible(not is_next)
        self.edited.emit()

    def _offer_weeks(self) -> None:
        first = self._first()
        if first is None:
            return
        self.weeks.blockSignals(True)
        self.weeks.clear()
        for week in following_weeks(first, WEEKS_OFFERED):
            # Set apart: a title reads as its own language does, also in a window from right to left.
            title = dates.range_title(week, 7, self._words.locale, short=True)
            item = QListWidgetItem(f"\u2068{title}\u2069")
            item.setData(Qt.ItemDataRole.UserRole, week)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.weeks.addItem(item)
        self.weeks.blockSignals(False)

    def _first(self) -> date | None:
        try:
            day = read_date(self.week.text, self._words.locale, self._near)
        except MisreadError as error:
            self.week.show_problem(self._words.misread(error.why, self.week.text, self._near))
            return None
        self.week.show_problem("")
        return week_of(day, self._first_weekday)

    def _targets(self, first: date) -> tuple[date, ...]:
        if self.how.value == "next":
            return following_weeks(first, self.count.read() or 0)
        items = (self.weeks.item(row) for row in range(self.weeks.count()))
        checked = (item for item in items if item.checkState() is Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in checked)

    def plan(self, bulk: Bulk) -> BulkPlan | None:
        """What copying it does."""
        first = self._first()
        targets = () if first is None else self._targets(first)
        self.no_week.setVisible(first is not None and not targets and self.how.value == "some")
        if first is None or not targets:
            return None
        return bulk.copy_week(first, targets, overlap=Overlap(self.overlap.value))
