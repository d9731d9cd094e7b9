"""The dates of a month with what is bookable on each, before and after; and how the two are painted."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from triluna_desktop.domain.time import DAY_MINUTES, week_of
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.intervals import IntervalSet
    from triluna_desktop.session.mode_change import DayShift
    from triluna_desktop.ui.mode_change.words import ModeWords
    from triluna_desktop.ui.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
SHIFT = Qt.ItemDataRole.UserRole
_LANE = 5.0
"""Pixels of a strip's height."""


class Column(IntEnum):
    """What stands in a row."""

    DAY = 0
    STRIPS = 1
    BEFORE = 2
    AFTER = 3


class MonthModel(QAbstractTableModel):
    """A row for each week's sum, followed by the rows of its dates."""

    def __init__(self, words: ModeWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: list[tuple[DayShift, ...]] = []
        """The dates of a row: one, or those of a week whose sum it is."""
        self._sums: set[int] = set()

    def show_days(self, days: tuple[DayShift, ...], first_weekday: int) -> None:
        """Show other dates, or what changed about these."""
        rows: list[tuple[DayShift, ...]] = []
        sums: set[int] = set()
        weeks: dict[object, list[DayShift]] = {}
        for day in days:
            weeks.setdefault(week_of(day.date, first_weekday), []).append(day)
        for week in weeks.values():
            sums.add(len(rows))
            rows.append(tuple(week))
            rows += [(day,) for day in week]
        if [[day.date for day in row] for row in rows] == [[day.date for day in row] for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows, self._sums = rows, sums
        self.endResetModel()

    def row_of(self, day: object) -> int:
        """The row of a date; that of the first sum where it is not shown."""
        found = (row for row, each in enumerate(self._rows) if row not in self._sums and each[0].date == day)
        return next(found, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        match Column(section):
            case Column.DAY:
                return self.tr("Date")
            case Column.STRIPS:
                return self.tr("0 – 24 h: before above, after below")
            case Column.BEFORE:
                return self.tr("Before")
            case Column.AFTER:
                return self.tr("After")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        days, column = self._rows[index.row()], Column(index.column())
        is_sum = index.row() in self._sums
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(days, column, is_sum=is_sum)
            case Qt.ItemDataRole.FontRole if is_sum:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.TextAlignmentRole if column in (Column.BEFORE, Column.AFTER):
                return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                if not is_sum and column is Column.STRIPS:
                    return self._words.day(days[0])
                return self._text(days, column, is_sum=is_sum)
            case _:
                return days[0] if role == SHIFT and not is_sum else None

    def _text(self, days: tuple[DayShift, ...], column: Column, *, is_sum: bool) -> str:
        match column:
            case Column.DAY:
                day = dates.short_day_text(days[0].date, self._words.words.locale)
                return self._words.week(days[0]) if is_sum else day
            case Column.STRIPS:
                return ""
            case Column.BEFORE:
                return self._words.hours(sum(day.before.minutes for day in days))
            case Column.AFTER:
                return self._words.hours(sum(day.kept.minutes for day in days))


class Strips(QStyledItemDelegate):
    """A date as two strips from 0 to 24 h: what is bookable before, and under it what is afterwards."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature.
        return QSize(160, max(22, option.fontMetrics.height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = self._theme.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.accent_soft)
        shift = index.data(SHIFT)
        if shift is None:
            return
        painter.save()
        room = QRectF(option.rect).adjusted(8, 0, -8, 0)
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        middle = room.center().y()
        before, after = (
            (middle - _LANE - 1.5, shift.before, colours.open_line),
            (middle + 1.5, shift.kept, colours.open),
        )
        for lane, offered, colour in (before, after):
            area = QRectF(room.left(), lane, room.width(), _LANE)
            painter.fillRect(area, colours.line2)
            self._offered(painter, area, offered, colour, is_mirrored=is_mirrored)
        painter.setPen(QPen(colours.line, 1))
        for quarter in (1, 2, 3):
            x = round(room.left() + room.width() * quarter / 4) + 0.5
            painter.drawLine(int(x), int(middle - _LANE - 2), int(x), int(middle + _LANE + 2))
        painter.restore()

    def _offered(
        self, painter: QPainter, area: QRectF, offered: IntervalSet, colour: QColor, *, is_mirrored: bool
    ) -> None:
        for each in offered:
            start, end = each.start, each.end
            if is_mirrored:
                start, end = DAY_MINUTES - end, DAY_MINUTES - start
            left = area.left() + area.width() * start / DAY_MINUTES
            width = area.width() * (end - start) / DAY_MINUTES
            painter.fillRect(QRectF(left, area.top(), max(1.0, width), area.height()), colour)
