"""The small month in the sidebar: the dates on screen marked, days that hold entries dotted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.domain.time import week_of
from triluna_desktop.ui import dates
from triluna_desktop.ui.shapes import Shape, ShapeButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

ROWS = 6
_HEADER = 20
_ROW = 24
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthDays(QWidget):
    """The days of a month, painted. Arrow keys move a cursor, Enter or a click goes there."""

    day_chosen = Signal(object)
    month_left = Signal(object)
    """The cursor moved to this date, in another month."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._first_weekday = 1
        self._month = date(2000, 1, 1)
        self._today = self._shown_first = self._cursor = self._month
        self._shown_days = 7
        self._dots: frozenset[date] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(False)
        self.setFixedHeight(_HEADER + ROWS * _ROW)

    def sizeHint(self) -> QSize:
        return QSize(204, _HEADER + ROWS * _ROW)

    @property
    def dotted(self) -> frozenset[date]:
        """The dates that hold entries."""
        return self._dots

    @property
    def first(self) -> date:
        """The first date drawn, maybe of the month before."""
        return week_of(self._month, self._first_weekday)

    @property
    def last(self) -> date:
        """The last date drawn."""
        return self.first + timedelta(days=ROWS * 7 - 1)

    @property
    def cursor_day(self) -> date:
        """The date that the keyboard is at."""
        return self._cursor

    def show_month(self, month: date, first_weekday: int) -> None:
        """Draw another month; ``first_weekday`` 0 is Sunday."""
        self._month, self._first_weekday = month.replace(day=1), first_weekday
        self.update()

    def mark(self, shown_first: date, shown_days: int, today: date) -> None:
        """Mark the dates on screen, and today."""
        self._shown_first, self._shown_days, self._today = shown_first, shown_days, today
        self.update()

    def set_dots(self, days: frozenset[date]) -> None:
        """Dot the dates that hold entries."""
        self._dots = days
        self.update()

    def move_cursor(self, day: date) -> None:
        """Put the keyboard's cursor on a date."""
        self._cursor = day
        name = dates.full_day_text(day, self._words.locale)
        if day in self._dots:
            name = self.tr("{day}, has entries").format(day=name)
        self.setAccessibleName(name)
        self.update()

    def day_at(self, point: QPoint) -> date | None:
        """The date under a point."""
        row, column = (point.y() - _HEADER) // _ROW, int(point.x() / self._column())
        if not (0 <= row < ROWS and 0 <= column < 7 and point.x() >= 0):
            return None
        return self.first + timedelta(days=row * 7 + (6 - column if self.isRightToLeft() else column))

    def point_of(self, day: date) -> QPoint:
        """The middle of a date's cell."""
        return self._cell((day - self.first).days).center().toPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self.move_cursor(day)
            self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            step = _STEPS[key]
            if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                step = -step
            self._go(self._cursor + timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go(month_away(self._cursor, -1 if key is Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_chosen.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.first <= self._cursor <= self.last:
            self.move_cursor(self._month)
        self.move_cursor(self._cursor)

    def _go(self, day: date) -> None:
        self.move_cursor(day)
        if (day.year, day.month) != (self._month.year, self._month.month):
            self.month_left.emit(day)

    def _column(self) -> float:
        return self.width() / 7

    def _cell(self, index: int) -> QRectF:
        row, column = divmod(index, 7)
        if self.isRightToLeft():
            column = 6 - column
        return QRectF(column * self._column(), _HEADER + row * _ROW, self._column(), _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        locale, colours = self._words.locale, self._theme.palette
        painter.setPen(colours.muted)
        for index in range(7):
            weekday = (self.first + timedelta(days=index)).isoweekday()
            box = self._cell(index)
            box.moveTop(0)
            box.setHeight(_HEADER - 2)
            name = locale.standaloneDayName(weekday, locale.FormatType.NarrowFormat)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        for index in range(ROWS * 7):
            self._paint_day(painter, index, font, bold)
        painter.end()

    def _paint_day(self, painter: QPainter, index: int, font: QFont, bold: QFont) -> None:
        colours = self._theme.palette
        day = self.first + timedelta(days=index)
        cell = self._cell(index)
        pill = cell.adjusted(0.5, 1.5, -0.5, -1.5)
        radius = pill.height() / 2
        is_shown = 0 <= (day - self._shown_first).days < self._shown_days
        painter.setPen(Qt.PenStyle.NoPen)
        colour = colours.text if day.month == self._month.month else colours.muted
        if day == self._today:
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(pill, radius, radius)
            colour = colours.on_accent
        elif is_shown:
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(pill, radius, radius)
        if self.hasFocus() and day == self._cursor:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.text if day == self._today else colours.accent)
            painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        is_other_month = day.month != self._month.month
        painter.setOpacity(0.75 if is_other_month and day != self._today and not is_shown else 1)
        painter.setPen(colour)
        painter.setFont(bold if day == self._today else font)
        painter.drawText(cell.adjusted(0, -2, 0, -2), Qt.AlignmentFlag.AlignCenter, self._words.number(day.day))
        if day in self._dots:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.on_accent if day == self._today else colours.accent)
            painter.drawEllipse(QPointF(cell.center().x(), cell.bottom() - 4.6), 1.5, 1.5)
        painter.setOpacity(1)


class MiniMonth(QWidget):
    """The month with its name and the way to the months around it."""

    day_chosen = Signal(object)
    month_shown = Signal(object, object)
    """The first and last date now drawn: their dots are wanted."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._month = date(2000, 1, 1)
        self._first_weekday = 1
        self.days = MonthDays(theme, words)
        self.name = QLabel()
        self.name.setProperty("look", "section")
        self.back_button = ShapeButton(Shape.BACK, self.tr("Previous month"), theme)
        self.forward_button = ShapeButton(Shape.FORWARD, self.tr("Next month"), theme)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        for button, step in ((self.back_button, -1), (self.forward_button, 1)):
            button.setFixedSize(22, 22)
            button.clicked.connect(lambda _=False, months=step: self._turn(months))
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.days)
        self.days.day_chosen.connect(self.day_chosen)
        self.days.month_left.connect(self._show)

    def show_dates(self, first: date, count: int, today: date, first_weekday: int) -> None:
        """Mark the dates on screen, turning to the month that holds most of them."""
        self._first_weekday = first_weekday
        self.days.mark(first, count, today)
        self._show(first + timedelta(days=count // 2))
        if not first <= self.days.cursor_day < first + timedelta(days=count):
            self.days.move_cursor(first)

    def set_dots(self, days: frozenset[date]) -> None:
        """Dot the dates that hold entries."""
        self.days.set_dots(days)

    def _turn(self, months: int) -> None:
        self._show(month_away(self._month, months))

    def _show(self, day: date) -> None:
        self._month = day.replace(day=1)
        self.days.show_month(self._month, self._first_weekday)
        name = dates.month_text(day.year, day.month, self._words.locale)
        self.name.setText(name)
        self.days.setAccessibleDescription(name)
        self.month_shown.emit(self.days.first, self.days.last)


def month_away(day: date, months: int) -> date:
    """The same day some months away, or that month's last."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))
