"""Fonts, sizes and tiles of the week grid, made once for a theme, a font and a screen's scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPainterPath, QPixmap

from triluna_desktop.grid.geometry import Measures
from triluna_desktop.ui.week_ink import Face, Ink

if TYPE_CHECKING:
    from triluna_desktop.ui.theme import Palette

_TILES = 8
DESIGN_FONT = 13
"""Pixels to the em at which the design's sizes hold."""


class Look:
    """What painting needs besides the data."""

    def __init__(self, palette: Palette, font: QFont, ratio: float) -> None:
        self.palette = palette
        self.ratio = ratio
        self.measures = Measures(QFontInfo(font).pixelSize() / DESIGN_FONT)
        self._lengths: dict[float, int] = {}
        self._inks: dict[int, Ink] = {}
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
        self.hatching = repeated(self.hatch, palette.closed)
        """The same, for large areas."""
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

    def ink(self, colour: QColor) -> Ink:
        """A colour to paint with. Kept: a full week asks for the same few a thousand times."""
        found = self._inks.get(colour.rgba())
        if found is None:
            found = self._inks[colour.rgba()] = Ink(colour)
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
    path = QPainterPath()
    begin, end = (size + 1, -1) if rises else (-1, size + 1)
    # The neighbours' lines cross the corners of this tile too.
    for shift in (-size, 0, size):
        path.moveTo(shift - 1, begin)
        path.lineTo(shift + size + 1, end)
    painter.strokePath(path, Ink(line).pen(1.2 * ratio))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return tile


def repeated(tile: QPixmap, ground: QColor) -> QPixmap:
    """A tile of many: it covers what is closed in half of the time. ``ground`` hides what is behind it."""
    wide = QPixmap(tile.width() * _TILES, tile.height() * _TILES)
    wide.setDevicePixelRatio(tile.devicePixelRatio())
    wide.fill(ground)
    painter = QPainter(wide)
    painter.drawTiledPixmap(QRectF(QPointF(), wide.deviceIndependentSize()), tile)
    painter.end()
    return wide


def with_alpha(colour: QColor, alpha: int) -> QColor:
    """A copy of a colour, seen through: 0 is not there, 255 hides what is behind it."""
    # Copying it by `QColor(colour)` would have PySide look at all that can become a colour.
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)
