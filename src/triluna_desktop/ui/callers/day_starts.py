"""The starts of one date as chips: plain where callers are offered them on both sides, else marked."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

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
    """One date. The arrow keys go over the chips, Enter or a click shows a start in the week."""

    start_chosen = Signal(object, int)
    """Date and minute."""
    start_reached = Signal(QRect)
    """The keyboard is at a chip: where that lies in here."""

    def __init__(self, theme: Theme, words: CallerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.day: date | None = None
        self.starts: tuple[MarkedStart, ...] = ()
        self._current = 0
        self._chip_size: QSize | None = None
        """Measured once for a font: painting asks for each chip."""
        self._plates: dict[tuple[bool, bool, float], QPixmap] = {}
        """What chips are written on, drawn once: a day in steps of 5 minutes has hundreds."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._forget_looks)

    def show_day(self, day: date, starts: tuple[MarkedStart, ...]) -> bool:
        """Show a date; tells whether it looks different now."""
        if (day, starts) == (self.day, self.starts):
            return False
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.starts, starts, strict=False)))
        is_other_size, is_other_day = len(starts) != len(self.starts), day != self.day
        self.day, self.starts = day, starts
        self._current = max(0, min(self._current, len(starts) - 1))
        said = self._words.spoken_day(day, starts)
        self.setAccessibleName(said)
        self.setToolTip("" if all(each.now and each.once_sent for each in starts) else said)
        if is_other_size:
            self._fit()
        # What comes before the first difference stays as it is; the number of starts may change.
        self.update(0, 0, self.width(), self._head)
        self.update(self.rect() if is_other_day else self.rect().adjusted(0, self._rect(same).top(), 0, 0))
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
        chips = [(self._rect(number), self.starts[number]) for number in self._rows_in(event.rect())]
        for rect, each in chips:
            painter.drawPixmap(rect.topLeft(), self._plate(each))
        font = QFont(self.font())
        for is_kept in (True, False):  # Each switch of the font costs.
            font.setStrikeOut(not is_kept)
            painter.setFont(font)
            painter.setPen(colours.open if is_kept else colours.block)
            for rect, each in chips:
                if each.once_sent is is_kept:
                    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words.chip(each.minute))
        if self.hasFocus() and self.starts:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 1.6))
            frame = QRectF(self._rect(self._current)).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.end()

    def _rows_in(self, area: QRect) -> range:
        """The numbers of the chips in the rows that an area meets."""
        pitch, per_row = self._chip.height() + _GAP, self._per_row(self.width())
        top = self._head + _HEAD_GAP
        first, last = max(0, area.top() - top) // pitch, max(-1, (area.bottom() - top) // pitch)
        return range(first * per_row, min((last + 1) * per_row, len(self.starts)))

    def _plate(self, each: MarkedStart) -> QPixmap:
        """An empty chip, as it looks on these sides."""
        ratio = self.devicePixelRatioF()
        key = (each.now, each.once_sent, ratio)
        if key not in self._plates:
            plate = self._plates[key] = QPixmap(self._chip * ratio)
            plate.setDevicePixelRatio(ratio)
            plate.fill(Qt.GlobalColor.transparent)
            colours = self._theme.palette
            fill, line, style = colours.open_bg, colours.open_line, Qt.PenStyle.SolidLine
            if not each.now:
                fill, style = colours.bg, Qt.PenStyle.DashLine
            elif not each.once_sent:
                fill, line = colours.block_bg, colours.block_line
            painter = QPainter(plate)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(line, 1.0, style))
            painter.setBrush(fill)
            rect = QRectF(0.5, 0.5, self._chip.width() - 1, self._chip.height() - 1)
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
            painter.end()
        return self._plates[key]

    def _forget_looks(self) -> None:
        self._chip_size = None
        self._plates.clear()
        self._fit()
        self.update()

    # -- events ----------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget_looks()

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
        per_row = self._per_row(self.width())
        rows = {Qt.Key.Key_Up: -per_row, Qt.Key.Key_Down: per_row}
        key = Qt.Key(event.key())
        if key in steps and self.starts:
            step = (
                -steps[key] if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else steps[key]
            )
            self._go(max(0, min(self._current + step, len(self.starts) - 1)))
        elif key in rows and 0 <= self._current + rows[key] < len(self.starts):
            self._go(self._current + rows[key])
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

    def _go(self, number: int) -> None:
        self._current = number
        self._tell_current()
        self.update()

    def _tell_current(self) -> None:
        if self.starts:
            self.start_reached.emit(self._rect(self._current))
            self.setAccessibleDescription(self._words.chip(self.starts[self._current].minute))
