"""Two small charts: a column a weekday, and a line through the weeks. Each point carries its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from triluna_desktop.ui.looks.words import LookWords
    from triluna_desktop.ui.theme import Palette, Theme

_ABOVE, _BELOW = 20, 20
"""Pixels kept for the numbers above the highest point, and for the labels."""
_HEIGHT = 150
_WIDEST = 46.0


class Chart(QWidget):
    """Values in minutes, one beside the other, each in a slot of its own."""

    def __init__(self, name: str, theme: Theme, words: LookWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._labels: tuple[str, ...] = ()
        self._minutes: tuple[int, ...] = ()
        self.setAccessibleName(name)
        self.setMinimumSize(220, _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(420, _HEIGHT)

    def show_values(self, labels: Sequence[str], full_labels: Sequence[str], minutes: Sequence[int]) -> None:
        """Draw other values; ``full_labels`` are said where the others are drawn."""
        self._labels, self._minutes = tuple(labels), tuple(minutes)
        self.setAccessibleDescription(self._words.listed(list(full_labels), list(minutes)))
        self.setToolTip(self.accessibleDescription().replace("; ", "\n"))
        self.update()

    def slot_of(self, number: int) -> QRectF:
        """Where a value stands, from the axis to the top."""
        count = max(1, len(self._minutes))
        width = self.width() / count
        column = count - 1 - number if self.isRightToLeft() else number
        return QRectF(column * width, _ABOVE, width, self.height() - _ABOVE - _BELOW)

    def top_of(self, number: int) -> QPointF:
        """The point of a value."""
        slot = self.slot_of(number)
        most = max(60, *self._minutes)
        return QPointF(slot.center().x(), slot.bottom() - slot.height() * self._minutes[number] / most)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        if not self._minutes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # "7 h" reads as its own language does, also in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        colours = self._theme.palette
        axis = self.slot_of(0).bottom() + 0.5
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(0, axis), QPointF(self.width(), axis))
        self._draw(painter, colours)
        centred = Qt.AlignmentFlag.AlignCenter
        texts = self._texts(painter)
        for number, (label, text) in enumerate(zip(self._labels, texts, strict=True)):
            slot, top = self.slot_of(number), self.top_of(number)
            painter.setPen(colours.muted)
            painter.drawText(QRectF(slot.left(), slot.bottom() + 3, slot.width(), _BELOW - 3), centred, label)
            wide = painter.fontMetrics().horizontalAdvance(text) + 2
            box = QRectF(slot.center().x() - wide / 2, top.y() - 20, wide, 14)
            painter.fillRect(box, self.palette().window())  # A line may pass behind it.
            painter.setPen(colours.text)
            painter.drawText(box, centred, text)
        painter.end()

    def _texts(self, painter: QPainter) -> list[str]:
        """The hours: to the minute where there is room for that, else all of them rounded."""
        exact = [self._words.hours(minutes) for minutes in self._minutes]
        rounded = [self._words.hours(round(minutes / 60) * 60) for minutes in self._minutes]
        room = self.slot_of(0).width() - 10
        for texts in (exact, rounded):
            if all(painter.fontMetrics().horizontalAdvance(text) <= room for text in texts):
                return texts
        return [self._words.words.number(round(minutes / 60)) for minutes in self._minutes]

    def _draw(self, painter: QPainter, colours: Palette) -> None:
        raise NotImplementedError


class Columns(Chart):
    """As high as the value."""

    def _draw(self, painter: QPainter, colours: Palette) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.open_line)
        for number in range(len(self._minutes)):
            slot, top = self.slot_of(number), self.top_of(number)
            width = min(_WIDEST, slot.width() * 0.6)
            column = QRectF(top.x() - width / 2, top.y(), width, slot.bottom() - top.y())
            painter.drawRoundedRect(column, 3, 3)


class Trend(Chart):
    """A line from value to value, with a dot at each."""

    def _draw(self, painter: QPainter, colours: Palette) -> None:
        points = [self.top_of(number) for number in range(len(self._minutes))]
        painter.setPen(QPen(colours.open, 2))
        painter.drawPolyline(points)
        painter.setBrush(colours.bg)
        for point in points:
            painter.drawEllipse(point, 3.5, 3.5)
