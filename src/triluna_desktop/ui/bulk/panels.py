"""What each action wants to know, and the plan that it makes of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain import bulk as actions
from triluna_desktop.domain.bulk_dates import WHOLE_DAY, Existing, Overlap, following_weeks
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import TITLE_LIMIT
from triluna_desktop.domain.time import DAY_MINUTES, week_of
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import Choice, DateRange, Hours, Number
from triluna_desktop.ui.inspector_fields import Field, TextLine
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.shapes import Shape, paint_shape
from triluna_desktop.ui.tick_box import TickBox
from triluna_desktop.ui.typed import MisreadError, read_date

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPainter

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.ui.words import Words

Index: TypeAlias = QModelIndex | QPersistentModelIndex

WEEKS_OFFERED = 52
"""How many weeks a week can be copied to."""
_FARTHEST = 3650
"""Days: ten years."""
_OFFICE_HOURS = Interval(9 * 60, 17 * 60)


class Action(Enum):
    """What can be done to many entries."""

    MOVE = "move"
    DELETE = "delete"
    MAKE_AVAILABLE = "make_available"
    BLOCK = "block"
    RETITLE = "retitle"
    BLOCK_DATES = "block_dates"
    COPY_WEEK = "copy_week"


NEEDS_ENTRIES = frozenset({Action.MOVE, Action.DELETE, Action.MAKE_AVAILABLE, Action.BLOCK, Action.RETITLE})
"""The others say themselves what they are about."""


class Panel(QWidget):
    """A column of fields."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def note(self, text: str) -> QLabel:
        """A sentence of explanation."""
        label = QLabel(text)
        label.setProperty("look", "muted")
        label.setWordWrap(True)
        return label


class MovePanel(Panel):
    """By how much to move."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = Number(self.tr("Days"), -_FARTHEST, _FARTHEST, words)
        self.minutes = Number(self.tr("Minutes"), -DAY_MINUTES, DAY_MINUTES, words, step=15)
        self.days.show_number(7)
        self.minutes.show_number(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.column.addLayout(row)
        for number in (self.days, self.minutes):
            row.addWidget(number, 1)
            self.column.addWidget(number.problem)
            number.edited.connect(self.edited)
        self.column.addWidget(self.note(self.tr("To move back, write a minus before the number.")))

    def plan(self, bulk: Bulk, chosen: tuple[Entry, ...]) -> BulkPlan | None:
        """What moving them does."""
        days, minutes = self.days.read(), self.minutes.read()
        return None if days is None or minutes is None else bulk.move(chosen, days=days, minutes=minutes)


class TitleField(Field):
    """A title within its limit."""

    def __init__(self, label: str, words: Words) -> None:
        super().__init__(label, TextLine())
        self._words = words

    def read(self) -> str | None:
        """The title; None, with a sentence at the field, where it is too long."""
        is_long = len(self.text) > TITLE_LIMIT
        self.show_problem(self._words.slot_problem("title_too_long") if is_long else "")
        return None if is_long else self.text.strip()


class TitlePanel(Panel):
    """The title that all get."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleField(self.tr("New title"), words)
        self.title.edited.connect(self.edited)
        self.column.addWidget(self.title)

    def plan(self, chosen: tuple[Entry, ...]) -> BulkPlan | None:
        """What giving them the title does."""
        title = self.title.read()
        return None if title is None else actions.retitle(chosen, title)


class BlockDatesPanel(Panel):
    """A range of dates, whole days or hours of them, and what becomes of what stands there."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dates = DateRange(self.tr("First date"), self.tr("Last date"), words)
        self.whole_days = TickBox(self.tr("Whole days"))
        self.whole_days.setChecked(True)
        self.hours = Hours(self.tr("From"), self.tr("until"), words)
        self.hours.show_hours(_OFFICE_HOURS)
        self.hours.hide()
        self.title = TitleField(self.tr("Title"), words)
        self.title.show_text(self.tr("Vacation"))
        self.existing = Choice(
            self.tr("What stands there already"),
            (
                (self.tr("Keep blocks, close available time"), Existing.KEEP_BLOCKS.value),
                (self.tr("Keep all, block only what is free"), Existing.KEEP_ALL.value),
                (self.tr("Replace all by one block a day"), Existing.REPLACE.value),
            ),
        )
        self.effect = self.note("")
        self.whole_days.toggled.connect(self._show_hours)
        self.existing.edited.connect(self._show_effect)
        self._show_effect()
        for part in (self.dates, self.whole_days, self.hours, self.title, self.existing, self.effect):
            self.column.addWidget(part)
        for editing in (self.dates, self.hours, self.title, self.existing):
            editing.edited.connect(self.edited)

    def _show_hours(self, is_whole: bool) -> None:
        self.hours.setVisible(not is_whole)
        self.edited.emit()

    def _show_effect(self) -> None:
        keeps = self.existing.value == Existing.KEEP_ALL.value
        self.effect.setText(
            self.tr("Callers can still book the available time that is kept.")
            if keeps
            else self.tr("Callers are offered nothing in this time, whatever the weekly hours say.")
        )

    def plan(self, bulk: Bulk) -> BulkPlan | None:
        """What blocking them does."""
        between, title = self.dates.read(), self.title.read()
        hours = WHOLE_DAY if self.whole_days.isChecked() else self.hours.read()
        if between is None or hours is None or title is None:
            return None
        existing = Existing(self.existing.value)
        return bulk.block_dates(*between, hours=hours, existing=existing, title=title)


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
