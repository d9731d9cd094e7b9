"""What the week is painted with: fonts that know how wide words get, and colours that fill, stroke and write.

No pen is set, no flag named and nothing else taken from the namespace `Qt`: with the first value of it PySide sets
up all of its 93 enumerations, 13 ms before the first paint. Paths, and texts in a role of a palette, need none.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category

from PySide6.QtGui import QFont, QFontMetrics, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStylePainter, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QColor, QPaintDevice, QPainter

_KEPT_WIDTHS = 2000
"""A week of 500 slots says some 600 words, and has the same times and titles again and again."""
_HEBREW = "\u0590"
"""Here the first of the scripts begins that read from right to left."""
_LEFT_TO_RIGHT = ("L", "EN", "ES", "ET", "CS", "NSM", "BN", "WS", "ON")
"""What Unicode calls letters that read from left to right, digits, and what follows its neighbours."""
_LAST_OF_UTF16 = "\uffff"
_ELLIPSIS = "…"
_ROLE = QPalette.ColorRole.Text


class At(IntEnum):
    """Where in the width of its area a text stands, halfway down: flags of `Qt`, for `QStylePainter.drawItemText`.

    In one line, that is not cut to the area, and left is left in every language.
    """

    LEFT = 0x0391
    MIDDLE = 0x0394
    RIGHT = 0x0392


class Face:
    """A font with its measures."""

    def __init__(self, base: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        self.font = QFont(base)
        self.font.setPixelSize(max(7, pixels))
        self.font.setWeight(weight)
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self._widths: dict[str, int] = {}

    def width(self, text: str) -> int:
        """How many pixels the text takes."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _KEPT_WIDTHS:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def elided(self, text: str, width: int) -> str:
        """The text, cut to a width in pixels."""
        whole = self.width(text)
        if whole <= width:  # Qt takes seven times as long to say so.
            return text
        if not _is_plain(text):
            from PySide6.QtCore import Qt

            return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        room = width - self.width(_ELLIPSIS)
        if room < 0:
            return ""
        # As many letters as would fit if all were as wide; then one by one.
        count = len(text) * room // whole
        while count and not self._fits(text, count, width):
            count -= 1
        while self._fits(text, count + 1, width):
            count += 1
        while count and category(text[count]).startswith("M"):  # An accent goes with its letter.
            count -= 1
        return text[:count] + _ELLIPSIS

    def _fits(self, text: str, count: int, width: int) -> bool:
        return self.metrics.horizontalAdvance(text[:count] + _ELLIPSIS) <= width


class Ink:
    """A colour."""

    def __init__(self, colour: QColor) -> None:
        self._colour = colour
        self._palette = QPalette()
        self._palette.setColor(_ROLE, colour)
        self.brush = self._palette.brush(_ROLE)
        """For `QPainter.fillPath`."""

    def pen(self, width: float) -> QPen:
        """For `QPainter.strokePath`."""
        pen = QPen()
        pen.setColor(self._colour)
        pen.setWidthF(width)
        return pen

    def fill(self, painter: QPainter, x: int, y: int, width: int, height: int) -> None:
        """Fill a rectangle, without what `QPainter.fillRect` sets up: gradients and their 180 presets."""
        painter.setBackground(self.brush)
        painter.eraseRect(x, y, width, height)

    def write(self, painter: QStylePainter, area: QRect, text: str, at: At = At.LEFT) -> None:
        """Write a text in the painter's font."""
        painter.drawItemText(area, at, self._palette, True, text, _ROLE)


class InkPainter(QStylePainter):
    """What `Ink` writes with on a picture or a page; on a widget, `QStylePainter` itself does."""

    def __init__(self, device: QPaintDevice) -> None:
        self._styled = QWidget()  # Qt asks a widget for the style, and keeps it for as long as it paints.
        super().__init__(device, self._styled)


def rounded(rect: QRect | QRectF, radius: float) -> QPainterPath:
    """A rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _is_plain(text: str) -> bool:
    """Whether it reads from left to right wherever it stands, and each of its characters is one unit of UTF-16."""
    return max(text, default="") < _HEBREW or all(
        char < _HEBREW or (char <= _LAST_OF_UTF16 and bidirectional(char) in _LEFT_TO_RIGHT) for char in text
    )
