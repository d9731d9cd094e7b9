"""What the week is painted with: fonts that know how wide words get, and colours that fill, stroke and write.

No pen is set, no flag named and nothing else taken from the namespace `Qt`: with the first value of it PySide sets
up all of its 93 enumerations, 13 ms before the first paint. Paths, and texts in a role of a palette, need none.
Only to cut words of scripts whose letters join, or that read from right to left, takes that time still.
Later the namespace is there, and words, of which a full week has 500, are written with a pen: that is quicker.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainterPath, QPalette, QPen, QTextLayout
from PySide6.QtWidgets import QStylePainter, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPaintDevice, QPainter

_KEPT_WORDS = 2000
"""A week of 500 slots says some 600 words, and has the same times and titles again and again."""
_LATIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x250)))) | set("–’“”…\u202f")
"""What the font of a desktop has itself, and what stands alone: no accents that come after their letter, no soft
hyphens. Letters of other scripts come from other fonts, which are higher, and cannot be parted just anywhere."""
_STANDING_ALONE = (("一", "鿿"), ("ぁ", "ゖ"), ("ァ", "ヺ"), ("가", "힣"), ("↻", "↻"))
"""The first and the last of the other characters that can be parted just anywhere, such as Chinese ones."""
_SUMMED = _LATIN | {"↻"}
"""Of what else stands alone, too many pairs would have to be known."""
_ENDLESS = 1e6
_ELLIPSIS = "…"
_BEFORE = "\n"
"""Stands for the beginning of a text."""
_CLOSE = 0.6
"""Pixels by which a sum of pairs may be wrong, where a letter changes with more than the one before it."""
_ROLE = QPalette.ColorRole.Text


class At(IntEnum):
    """Where in the width of its area a text stands, halfway down: flags of `Qt`, for `QStylePainter.drawItemText`.

    In one line, that is not cut to the area, and left is left in every language.
    """

    LEFT = 0x0391
    MIDDLE = 0x0394
    RIGHT = 0x0392
    TOP_LEFT = 0x0331
    """Not halfway down."""


class _Steps(dict[tuple[str, str], float]):
    """How many pixels a letter adds to a text that ends with another one; measured when first asked for."""

    def __init__(self, font: QFont) -> None:
        self._advance = QFontMetricsF(font).horizontalAdvance

    def __missing__(self, pair: tuple[str, str]) -> float:
        before, letter = pair
        if len(self) >= _KEPT_WORDS:
            self.clear()
        is_first = before == _BEFORE
        step = self._advance(letter) if is_first else self._advance(before + letter) - self._advance(before)
        self[pair] = step
        return step


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
        self._cut: dict[tuple[str, int], str] = {}
        self._rises: dict[str, float] = {}
        self._steps = _Steps(self.font)

    def width(self, text: str) -> int:
        """How many pixels the text takes."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _KEPT_WORDS:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def elided(self, text: str, width: int) -> str:
        """The text, cut to a width in pixels. Kept: weekly hours say the same each week, and many entries do."""
        key = (text, width)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) >= _KEPT_WORDS:
                self._cut.clear()
            found = self._cut[key] = self._elided(text, width)
        return found

    def _elided(self, text: str, width: int) -> str:
        if text and _SUMMED.issuperset(text) and "ff" not in text:
            return self._cut_summed(text, width)
        whole = self.width(text)
        if whole <= width:  # Qt takes seven times as long to say so.
            return text
        if not _is_parted_anywhere(text):
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
        return text[:count] + _ELLIPSIS

    def rise(self, text: str, device: QPaintDevice) -> float:
        """How many pixels above its baseline a line of this text begins: letters of other fonts may be higher."""
        others = "".join(sorted(set(text) - _LATIN))  # What else may be of another font; seldom many.
        found = self._rises.get(others)
        if found is None:
            if len(self._rises) >= _KEPT_WORDS:
                self._rises.clear()
            layout = QTextLayout(others, self.font, device)
            layout.beginLayout()
            line = layout.createLine()
            line.setLineWidth(_ENDLESS)
            layout.endLayout()
            found = self._rises[others] = line.ascent()
        return found

    def _fits(self, text: str, count: int, width: int) -> bool:
        return self.metrics.horizontalAdvance(text[:count] + _ELLIPSIS) <= width

    def _cut_summed(self, text: str, width: int) -> str:
        """As `elided`, with the same result. Letters are summed up; what comes close to the width is measured."""
        steps, limit = self._steps, width + 0.5  # Half a pixel is rounded off.
        ends = [*accumulate(map(steps.__getitem__, zip(_BEFORE + text, text, strict=False)))]
        over = ends[-1] - limit
        if over < -_CLOSE or (over < _CLOSE and self.width(text) <= width):
            return text
        ellipsis = self.width(_ELLIPSIS)
        if ellipsis > width:
            return ""

        def fits(count: int) -> bool:
            over = ends[count - 1] + steps[text[count - 1], _ELLIPSIS] - limit
            return over < -_CLOSE or (over < _CLOSE and self._fits(text, count, width))

        count = bisect_right(ends, limit - ellipsis)
        if not count or fits(count):
            while count < len(text) and fits(count + 1):
                count += 1
        else:
            count -= 1
            while count and not fits(count):
                count -= 1
        return text[:count] + _ELLIPSIS


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

    def write_lines(self, painter: QStylePainter, face: Face, lines: Iterable[tuple[int, int, str]]) -> None:
        """Write texts, each of them with the left end of its baseline before it."""
        painter.setFont(face.font)
        if _has_enums():
            # The same pixels in half of the time.
            before, write = painter.pen(), painter.drawText
            painter.setPen(self.pen(1))
            for x, y, text in lines:
                write(x, y, text)
            painter.setPen(before)
            return
        device, shifted = painter.device(), 0.0
        for x, y, text in lines:
            # Fractions of a pixel, too: at scales such as 125 % two faces in one row would stand on two lines.
            shift = face.ascent - face.rise(text, device)
            if shift != shifted:
                painter.translate(0, shift - shifted)
                shifted = shift
            self.write(painter, QRect(x, y - face.ascent, 1, 1), text, At.TOP_LEFT)
        painter.translate(0, -shifted)


class InkPainter(QStylePainter):
    """What `Ink` writes with on a picture or a page; on a widget, `QStylePainter` itself does."""

    def __init__(self, device: QPaintDevice) -> None:
        self._styled = QWidget()  # Qt asks a widget for the style, and keeps it for as long as it paints.
        super().__init__(device, self._styled)


def _has_enums() -> bool:
    """Whether somebody had PySide set up the namespace `Qt` already, as everything after the first paint does."""
    return "Qt" in vars(QtCore)


def rounded(rect: QRect | QRectF, radius: float) -> QPainterPath:
    """A rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _is_parted_anywhere(text: str) -> bool:
    others = set(text) - _LATIN
    return all(any(first <= char <= last for first, last in _STANDING_ALONE) for char in others)
