"""The starts of one date as chips: plain where callers are offered them on both sides, else marked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from triluna_desktop.ui.callers.caller_words import CallerWords
    from triluna_desktop.ui.theme import Theme

_GAP = 5
_RADIUS = 6
_HEAD_GAP = 5


class MarkedStart(NamedTuple):
    """A start, in minutes of its date, and on which sides it is there; on one at least."""

    minute: int
    now: bool
    """By what the server holds."""
    once_sent: bool


@lru_cache(maxsize=64)
def marked(now: tuple[int, ...], once_sent: tuple[int, ...]) -> tuple[MarkedStart, ...]:
    """The starts of both sides together, in order. Kept: in a drag most dates are as they were a move ago."""
    if now == once_sent:
        return tuple(MarkedStart(each, True, True) for each in now)
    before, after = frozenset(now), frozenset(once_sent)
    return tuple(MarkedStart(each, each in before, each in after) for each in sorted(before | after))


class DayStarts(QWidget):
    """One date. The arrow keys go along the chips, Enter or a click shows a start in the week."""

    start_chosen = Signal(object, int)
    """Date and minute."""

    def __init__(self, theme: Theme, words: CallerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.day: date | None = None
        self.starts: tuple[MarkedStart, ...] = ()
        self._current = 0
        self._chip_size: QSize | None = None
        """Measured once for a font: painting asks for each chip."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def show_day(self, day: date, starts: tuple[MarkedStart, ...]) -> bool:
        """Show a date; tells whether it looks different now."""
        if (day, starts) == (self.day, self.starts):
            return False
        is_other_size = len(starts) != len(self.starts)
        self.day, self.starts = day, starts
        self._current = max(0, min(self._current, len(starts) - 1))
        said = self._words.spoken_day(day, starts)
        self.setAccessibleName(said)
        self.setToolTip("" if all(each.now and each.once_sent for each in starts) else said)
        if is_other_size:
            self._fit()
        self.update()
        return True

    # -- size ------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Be as high as all chips need at this width."""
        rows = -(-len(self.starts) // self._per_row(self.width()))
        chips = rows * (self._chip.height() + _GAP) - _GAP + _HEAD_GAP if rows else 0
        self.setFixedHeight(self._head + chips + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _head(self) -> int:
        return self.fontMetrics().height() + 2

    @property
    def _chip(self) -> QSize:
        if self._chip_size is None:
            metrics = self.fontMetrics()
            width = max(metrics.horizontalAdvance(self._words.chip(each)) for each in (20 * 60, 10 * 60 + 30))
            self._chip_size = QSize(width + 14, metrics.height() + 6)
        return self._chip_size

    def _per_row(self, width: int) -> int:
        return max(1, (width + _GAP) // (self._chip.width() + _GAP))

    def _rect(self, number: int) -> QRect:
        """Where a chip lies; from the right where one reads so."""
        chip, per_row = self._chip, self._per_row(self.width())
        x = number % per_row * (chip.width() + _GAP)
        if self.isRightToLeft():
            x = self.width() - chip.width() - x
        return QRect(
            x, self._head + _HEAD_GAP + number // per_row * (chip.height() + _GAP), chip.width(), chip.height()
        )

    # -- painting --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.day is None:
            return
        painter = QPainter(self)
        # "2:00 PM" reads as its own language does, also in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        colours = self._theme.palette
        leading = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        trailing = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
        head = QRect(0, 0, self.width(), self._head)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(colours.text)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(head, leading | flags, self._words.day_heading(self.day))
        painter.setFont(self.font())
        painter.setPen(colours.muted)
        count = sum(each.once_sent for each in self.starts)
        painter.drawText(head, trailing | flags, self._words.count(count))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, each in enumerate(self.starts):
            rect = self._rect(number)
            if rect.intersects(event.rect()):  # Of a long list, most is out of sight.
                self._paint_chip(painter, QRectF(rect), each, is_current=number == self._current)
        painter.end()

    def _paint_chip(self, painter: QPainter, rect: QRectF, each: MarkedStart, *, is_current: bool) -> None:
        colours = self._theme.palette
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        fill, line, style = colours.open_bg, colours.open_line, Qt.PenStyle.SolidLine
        text: QColor = colours.open
        if not each.now:
            fill, style = colours.bg, Qt.PenStyle.DashLine
        elif not each.once_sent:
            fill, line, text = colours.block_bg, colours.block_line, colours.block
        painter.setPen(QPen(line, 1.0, style))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        if is_current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 1.6))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        font = QFont(self.font())
        font.setStrikeOut(not each.once_sent)
        painter.setFont(font)
        painter.setPen(text)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words.chip(each.minute))

    # -- events ----------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._chip_size = None
            self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        for number, each in enumerate(self.starts):
            if self._rect(number).contains(event.position().toPoint()) and self.day is not None:
                self._current = number
                self.start_chosen.emit(self.day, each.minute)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -len(self.starts),
            Qt.Key.Key_End: len(self.starts),
        }
        key = Qt.Key(event.key())
        if key in steps and self.starts:
            step = (
                -steps[key] if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else steps[key]
            )
            self._current = max(0, min(self._current + step, len(self.starts) - 1))
            self._tell_current()
            self.update()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.starts and self.day is not None
        ):
            self.start_chosen.emit(self.day, self.starts[self._current].minute)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell_current()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _tell_current(self) -> None:
        if self.starts:
            self.setAccessibleDescription(self._words.chip(self.starts[self._current].minute))
