"""Fonts, sizes and tiles of the week grid, made once for a theme, a font and a screen's scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen, QPixmap

from triluna_desktop.grid.geometry import Measures

if TYPE_CHECKING:
    from triluna_desktop.ui.theme import Palette

DESIGN_FONT = 13
"""Pixels to the em at which the design's sizes hold."""


class Face:
    """A font with its measures."""

    def __init__(self, base: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        self.font = QFont(base)
        self.font.setPixelSize(max(7, pixels))
        self.font.setWeight(weight)
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()

    def elided(self, text: str, width: int) -> str:
        """The text, cut to a width in pixels."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def width(self, text: str) -> int:
        """How many pixels the text takes."""
        return self.metrics.horizontalAdvance(text)


class Look:
    """What painting needs besides the data."""

    def __init__(self, palette: Palette, font: QFont, ratio: float) -> None:
        self.palette = palette
        self.ratio = ratio
        self.measures = Measures(QFontInfo(font).pixelSize() / DESIGN_FONT)
        self._lengths: dict[float, int] = {}
        px = self.measures.px
        semi_bold = QFont.Weight.DemiBold
        self.title = Face(font, px(12), semi_bold)
        self.small = Face(font, px(11))
        self.tiny = Face(font, px(9), semi_bold)
        self.number = Face(font, px(19), semi_bold)
        self.today = Face(font, px(16), semi_bold)
        self.badge = Face(font, px(10), QFont.Weight.Bold)
        self.radius = px(6)
        self.hatch = hatch(10, palette.hatch, ratio, ground=palette.closed)
        self.pending = hatch(8, with_alpha(QColor(127, 127, 140), 70), ratio)
        self.overlap = hatch(
            6, with_alpha(palette.red, 120), ratio, ground=with_alpha(palette.red, 34), rises=False
        )
        self.accent_veil = with_alpha(palette.accent, 34)
        self.faint = {True: with_alpha(palette.open, 205), False: with_alpha(palette.block, 205)}

    def px(self, length: float) -> int:
        """A length of the design, at the font's scale. Kept: laying out a full week asks thousands of times."""
        found = self._lengths.get(length)
        if found is None:
            found = self._lengths[length] = self.measures.px(length)
        return found


def hatch(period: int, line: QColor, ratio: float, ground: QColor | None = None, *, rises: bool = True) -> QPixmap:
    """A tile of diagonal lines that join when it is repeated, sharp at the screen's scale.

    They rise from left to right, or fall, so that two kinds of hatching can be told apart without their colour.
    """
    size = round(period * ratio)
    tile = QPixmap(size, size)
    tile.fill(ground or QColor(0, 0, 0, 0))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1.2 * ratio))
    # The neighbours' lines cross the corners of this tile too.
    for shift in (-size, 0, size):
        begin, end = (size + 1, -1) if rises else (-1, size + 1)
        painter.drawLine(QLineF(shift - 1, begin, shift + size + 1, end))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return tile


def fill(painter: QPainter, x: int, y: int, width: int, height: int, colour: QColor) -> None:
    """As `QPainter.fillRect`, before the first paint: for that, PySide sets up gradients and their 180 presets."""
    painter.setBackground(colour)
    painter.eraseRect(x, y, width, height)


def with_alpha(colour: QColor, alpha: int) -> QColor:
    """A copy of a colour, seen through: 0 is not there, 255 hides what is behind it."""
    result = QColor(colour)
    result.setAlpha(alpha)
    return result
