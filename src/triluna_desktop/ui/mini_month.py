"""The small month in the sidebar: the dates on screen marked, days that hold entries dotted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPainterPath
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
_FAINT = 0.75
"""The opacity of another month's days."""
_CENTRE = Qt.AlignmentFlag.AlignCenter.value
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class _Cell:
    """A day to be painted."""

    __slots__ = ("day", "is_faint", "is_of_month", "is_shown", "place", "words")

    def __init__(self, place: QRectF, day: date) -> None:
        self.place = place
        self.words = place.translated(0, -2)
        self.day = day
        self.is_shown = self.is_of_month = self.is_faint = False


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
        locale, first = self._words.locale, self.first
        painter.setPen(self._theme.palette.muted)
        for index in range(7):
            weekday = (first + timedelta(days=index)).isoweekday()
            box = self._cell(index)
            box.moveTop(0)
            box.setHeight(_HEADER - 2)
            painter.drawText(box, _CENTRE, locale.standaloneDayName(weekday, locale.FormatType.NarrowFormat))
        cells = [_Cell(self._cell(index), first + timedelta(days=index)) for index in range(ROWS * 7)]
        for cell in cells:
            cell.is_shown = 0 <= (cell.day - self._shown_first).days < self._shown_days
            cell.is_of_month = cell.day.month == self._month.month
            cell.is_faint = not (cell.is_of_month or cell.is_shown or cell.day == self._today)
        self._paint_pills(painter, cells)
        self._paint_numbers(painter, cells, font)
        self._paint_dots(painter, cells)
        painter.end()

    def _paint_pills(self, painter: QPainter, cells: list[_Cell]) -> None:
        colours = self._theme.palette
        has_focus = self.hasFocus()
        for cell in cells:
            is_today, is_cursor = cell.day == self._today, has_focus and cell.day == self._cursor
            if not (is_today or cell.is_shown or is_cursor):
                continue
            pill = cell.place.adjusted(0.5, 1.5, -0.5, -1.5)
            radius = pill.height() / 2
            if is_today or cell.is_shown:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.accent if is_today else colours.accent_soft)
                painter.drawRoundedRect(pill, radius, radius)
            if is_cursor:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(colours.text if is_today else colours.accent)
                painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_numbers(self, painter: QPainter, cells: list[_Cell], font: QFont) -> None:
        """By their look, as each change of it costs."""
        colours, number = self._theme.palette, self._words.number
        numbers: dict[int, str] = {}
        for is_faint, is_of_month in ((False, True), (False, False), (True, False)):
            painter.setPen(colours.text if is_of_month else colours.muted)
            painter.setOpacity(_FAINT if is_faint else 1)
            for cell in cells:
                if cell.is_faint is is_faint and cell.is_of_month is is_of_month and cell.day != self._today:
                    day = cell.day.day
                    if day not in numbers:
                        numbers[day] = number(day)
                    painter.drawText(cell.words, _CENTRE, numbers[day])
        painter.setOpacity(1)
        for cell in cells:
            if cell.day == self._today:
                bold = QFont(font)
                bold.setWeight(QFont.Weight.Bold)
                painter.setFont(bold)
                painter.setPen(colours.on_accent)
                painter.drawText(cell.words, _CENTRE, number(cell.day.day))

    def _paint_dots(self, painter: QPainter, cells: list[_Cell]) -> None:
        colours = self._theme.palette
        for is_faint in (False, True):
            path, own = QPainterPath(), QPainterPath()
            for cell in cells:
                if cell.is_faint is is_faint and cell.day in self._dots:
                    at = QPointF(cell.place.center().x(), cell.place.bottom() - 4.6)
                    (own if cell.day == self._today else path).addEllipse(at, 1.5, 1.5)
            painter.setOpacity(_FAINT if is_faint else 1)
            painter.fillPath(path, colours.accent)
            painter.fillPath(own, colours.on_accent)
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
