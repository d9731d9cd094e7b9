"""What each action wants to know, and the plan that it makes of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain import bulk as actions
from triluna_desktop.domain.bulk_dates import WHOLE_DAY, Existing
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import TITLE_LIMIT
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.ui.bulk.fields import Choice, DateRange, Hours, Number
from triluna_desktop.ui.inspector_fields import Field, TextLine
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.ui.words import Words

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
    STAMP_WEEKS = "stamp_weeks"


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
