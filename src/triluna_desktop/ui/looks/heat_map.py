"""A year as a map: a column a week, a row a weekday, and in each cell how much of the day can be booked.

A cell fills from below as a glass does, so the amount is a height as well as a colour. What was not read from the
server is crossed out: an empty cell would look closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from triluna_desktop.domain.time import week_of
from triluna_desktop.ui.mini_month import month_away

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from triluna_desktop.ui.looks.figures import YearFigures
    from triluna_desktop.ui.looks.words import LookWords
    from triluna_desktop.ui.theme import Palette, Theme

_WEEKS = 54
"""Columns that a year may need: 52 weeks and parts of two more."""
_NAMES, _MONTHS = 34, 18
"""Pixels kept for the weekdays' names at the side and the months' above."""
_SMALLEST, _LARGEST = 8.5, 18.0
"""Pixels of a cell with the gap behind it."""
_GAP = 2.0
_STEPS = {Qt.Key.Key_Left: -7, Qt.Key.Key_Right: 7, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class HeatMap(QWidget):
    """Arrow keys move a cursor, by days up and down and by weeks along; Enter or a click goes to the date."""

    day_chosen = Signal(object)
    cursor_moved = Signal(object)
    year_left = Signal(object)
    """The cursor wants to go to this date, which lies in another year."""

    def __init__(self, theme: Theme, words: LookWords, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._today = self._cursor = today
        self._figures: YearFigures | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(round(_NAMES + _WEEKS * _SMALLEST))
        self.setFixedHeight(round(_MONTHS + 7 * _LARGEST))
        self.move_cursor(today)

    def sizeHint(self) -> QSize:
        return QSize(round(_NAMES + _WEEKS * _LARGEST), self.height())

    @property
    def cursor_day(self) -> date:
        """The date that the keyboard is at."""
        return self._cursor

    def show_figures(self, figures: YearFigures) -> None:
        """Draw another year, or other hours."""
        self._figures = figures
        self.move_cursor(figures.clamped(self._cursor))

    def move_cursor(self, day: date) -> None:
        """Put the cursor on a date."""
        self._cursor = day
        self.setAccessibleName(self._words.on(day, self._figures))
        self.setAccessibleDescription(
            self.tr(
                "The year's bookable hours. Up and Down go by days, Left and Right by weeks, Enter goes there."
            )
        )
        self.update()
        self.cursor_moved.emit(day)

    # -- places --------------------------------------------------------------------------------------------------

    @property
    def _first(self) -> date:
        return date.min if self._figures is None else week_of(self._figures.first, self._figures.first_weekday)

    @property
    def _pitch(self) -> float:
        return min(_LARGEST, max(_SMALLEST, (self.width() - _NAMES) / _WEEKS))

    def cell_of(self, day: date) -> QRectF:
        """Where a date is drawn."""
        column, row = divmod((day - self._first).days, 7)
        pitch = self._pitch
        left = _NAMES + column * pitch
        if self.isRightToLeft():
            left = self.width() - left - pitch
        return QRectF(left, _MONTHS + row * pitch, pitch - _GAP, pitch - _GAP)

    def day_at(self, point: QPointF) -> date | None:
        """The date of the shown year under a point."""
        if self._figures is None:
            return None
        along = self.width() - point.x() if self.isRightToLeft() else point.x()
        hair = 1e-6  # A cell's own corner must not round to its neighbour.
        column = int((along - _NAMES + hair) // self._pitch)
        row = int((point.y() - _MONTHS + hair) // self._pitch)
        if not (0 <= column < _WEEKS and 0 <= row < 7):
            return None
        day = self._first + timedelta(days=7 * column + row)
        return day if day.year == self._figures.year else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(_MONTHS + 7 * self._pitch))

    # -- what a person does --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))
            if day is not None:
                QToolTip.showText(event.globalPos(), self._words.on(day, self._figures), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self.move_cursor(day)
            self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            step = _STEPS[key]
            if self.isRightToLeft() and abs(step) == 7:
                step = -step
            self._go(self._cursor + timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go(month_away(self._cursor, -1 if key is Qt.Key.Key_PageUp else 1))
        elif key is Qt.Key.Key_Home:
            self._go(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_chosen.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _go(self, day: date) -> None:
        if self._figures is not None and day.year != self._figures.year:
            self._cursor = day
            self.year_left.emit(day)
        else:
            self.move_cursor(day)

    # -- drawing -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        figures = self._figures
        if figures is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.palette
        self._names(painter, figures, colours)
        day = figures.first
        while day <= figures.last:
            paint_cell(
                painter,
                self.cell_of(day),
                colours,
                None if not figures.is_known(day) else (figures.hours.on(day) or 0) / figures.most,
            )
            day += timedelta(days=1)
        if self._today.year == figures.year:
            self._outline(painter, self._today, QPen(colours.muted, 1.2))
        if self._cursor.year == figures.year:
            self._outline(painter, self._cursor, QPen(colours.accent, 2.0 if self.hasFocus() else 1.2))
        painter.end()

    def _outline(self, painter: QPainter, day: date, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.cell_of(day).adjusted(-1, -1, 1, 1), 3, 3)

    def _names(self, painter: QPainter, figures: YearFigures, colours: Palette) -> None:
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(colours.muted)
        locale = self._words.words.locale
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        for row in range(0, 7, 2):
            weekday = (figures.first_weekday + row) % 7 or 7
            name = locale.standaloneDayName(weekday, locale.FormatType.ShortFormat)
            top = _MONTHS + row * self._pitch
            if self.isRightToLeft():
                box = QRectF(self.width() - _NAMES, top, _NAMES - 6, self._pitch - _GAP)
                painter.drawText(box, side | Qt.AlignmentFlag.AlignRight, name)
            else:
                painter.drawText(
                    QRectF(0, top, _NAMES - 6, self._pitch - _GAP), side | Qt.AlignmentFlag.AlignLeft, name
                )
        for month in range(1, 13):
            name = locale.standaloneMonthName(month, locale.FormatType.ShortFormat)
            cell = self.cell_of(date(figures.year, month, 1))
            if self.isRightToLeft():
                box = QRectF(cell.right() - 80, 0, 80, _MONTHS - 4)
                painter.drawText(box, side | Qt.AlignmentFlag.AlignRight, name)
            else:
                painter.drawText(QRectF(cell.left(), 0, 80, _MONTHS - 4), side | Qt.AlignmentFlag.AlignLeft, name)

    def point_of(self, day: date) -> QPoint:
        """The middle of a date's cell."""
        return self.cell_of(day).center().toPoint()


def paint_cell(painter: QPainter, cell: QRectF, colours: Palette, share: float | None) -> None:
    """A day: ``share`` of the fullest day, 0 to 1, that can be booked; None where it is not known."""
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.closed)
    painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    inner = cell.adjusted(1, 1, -1, -1)
    if share is None:
        painter.setPen(QPen(colours.muted, 1))
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    elif share > 0:
        inner.setTop(inner.bottom() - max(2.0, inner.height() * share))
        painter.fillRect(inner, colours.open if share > 0.5 else colours.open_line)


class Legend(QWidget):
    """What the cells mean, from closed to the fullest day."""

    def __init__(self, theme: Theme, words: LookWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._most = 60
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_most(self, minutes: int) -> None:
        """The fullest day has so many minutes."""
        self._most = minutes
        self.setAccessibleName(self.tr("A full cell is {hours}").format(hours=self._words.hours(minutes)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        colours = self._theme.palette
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        samples: tuple[tuple[float | None, str], ...] = (
            (0.0, self.tr("closed")),
            *((share, self._words.hours(round(self._most * share))) for share in (0.25, 0.5, 0.75, 1.0)),
            (None, self.tr("not read yet")),
        )
        at = 0.0
        for share, text in samples:
            wide = painter.fontMetrics().horizontalAdvance(text)
            cell = self._mirrored(QRectF(at, 2, 14, 14))
            paint_cell(painter, cell, colours, share)
            painter.setPen(colours.muted)
            box = self._mirrored(QRectF(at + 20, 0, wide + 2, 18))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            at += 20 + wide + 18
        painter.end()

    def _mirrored(self, box: QRectF) -> QRectF:
        if self.isRightToLeft():
            box.moveLeft(self.width() - box.right())
        return box
