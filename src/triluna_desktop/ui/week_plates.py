"""The plates that blocks are written on: rounded, bordered, dashed, hatched. Drawn once for each size and style.

A smooth rounded rectangle costs ten times what copying a finished one does, and in a full week sizes repeat.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.values import NamedTuple
from triluna_desktop.grid.shown import Mark
from triluna_desktop.ui.week_ink import At, InkPainter, rounded
from triluna_desktop.ui.week_look import with_alpha

if TYPE_CHECKING:
    from triluna_desktop.grid.scene import Block
    from triluna_desktop.ui.week_look import Look

_KEPT_PIXELS = 2_000_000
"""Of the screen, 8 MB: all that a week of 500 slots needs, and the week before."""


_GHOST_ALPHA = 235
"""A ghost's words must be read over those of what it would replace."""


class Style(NamedTuple):
    """What a plate looks like, apart from its size."""

    is_available: bool
    is_pattern: bool = False
    is_unsent: bool = False
    has_conflict: bool = False
    is_lifted: bool = False
    """In the hand: with the accent's border."""
    is_new: bool = False
    """Being drawn: in the accent's colours."""
    is_ghost: bool = False
    """What would be there: with a dashed border of the accent."""


def style_of(block: Block) -> Style:
    """The style of a block at rest."""
    item, mark = block.item, block.mark
    has_conflict = block.conflicts > 0 or mark in _ASKING
    return _AT_REST[item.is_available, isinstance(item, Pattern), mark is not Mark.SENT, has_conflict]


_ASKING = (Mark.REFUSED, Mark.ASKED)
_AT_REST = {key: Style(*key) for key in product((True, False), repeat=4)}
"""Kept, as a full week asks for the same few hundreds of times."""


class Plates:
    """Finished plates, by style and size."""

    def __init__(self, look: Look, *, rtl: bool) -> None:
        self._look = look
        self._rtl = rtl
        self._made: dict[tuple[Style, int, int], QPixmap] = {}
        self._badges: dict[tuple[str, int], QPixmap] = {}
        self._kept_pixels = 0

    def plate(self, style: Style, width: int, height: int) -> QPixmap:
        """The picture of an empty block of the given size in device-independent pixels."""
        key = (style, width, height)
        made = self._made.get(key)
        if made is None:
            if self._kept_pixels > _KEPT_PIXELS:
                self._made.clear()
                self._kept_pixels = 0
            made = self._made[key] = self._draw(style, width, height)
            self._kept_pixels += made.width() * made.height()
        return made

    def badge(self, sign: str, size: int) -> QPixmap:
        """The picture of a badge: round for a conflict, square for what waits for the user: by shape too."""
        made = self._badges.get((sign, size))
        if made is None:
            made = self._badges[sign, size] = self._draw_badge(sign, size)
        return made

    def _draw_badge(self, sign: str, size: int) -> QPixmap:
        look = self._look
        pixmap = self._empty(size, size)
        painter = InkPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = size / 2 if sign == "!" else look.px(3)
        painter.fillPath(rounded(QRectF(0, 0, size, size), radius), look.ink(look.palette.red).brush)
        painter.setFont(look.badge.font)
        look.ink(look.palette.bg).write(painter, QRect(0, 0, size, size), sign, At.MIDDLE)
        painter.end()
        return pixmap

    def _empty(self, width: int, height: int) -> QPixmap:
        ratio = self._look.ratio
        pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        return pixmap

    def _draw(self, style: Style, width: int, height: int) -> QPixmap:
        look = self._look
        pixmap = self._empty(width, height)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border, thickness = border_of(style, look)
        inset = thickness / 2
        outline = QRectF(inset, inset, width - thickness, height - thickness)
        radius = min(float(look.radius), height / 3, width / 3)
        path = rounded(outline, radius)
        if not style.is_pattern:
            painter.fillPath(path, look.ink(self._ground(style)).brush)
            if style.is_unsent:
                painter.setClipPath(path)
                painter.drawTiledPixmap(0, 0, width, height, look.pending)
                painter.setClipping(False)
        pen = look.ink(border).pen(thickness)
        if style.is_pattern or style.is_ghost:
            pen.setDashPattern([3, 2.5])
        painter.strokePath(path, pen)
        bar_inset = min(4, max(2, height // 6))
        bar = QRectF(width - 6 if self._rtl else 3, bar_inset, 3, max(1, height - 2 * bar_inset))
        if width >= 14:
            painter.fillPath(rounded(bar, 1.5), look.ink(with_alpha(ink_of(style, look), 217)).brush)
        painter.end()
        return pixmap

    def _ground(self, style: Style) -> QColor:
        colours = self._look.palette
        if style.is_new:
            return colours.accent_soft
        ground = colours.open_bg if style.is_available else colours.block_bg
        return with_alpha(ground, _GHOST_ALPHA) if style.is_ghost else ground


def border_of(style: Style, look: Look) -> tuple[QColor, int]:
    """The colour and thickness of a plate's border."""
    colours = look.palette
    if style.has_conflict:
        return colours.red, 2
    if style.is_lifted or style.is_new or style.is_ghost:
        return colours.accent, 2
    return (colours.open_line if style.is_available else colours.block_line), 1


def ink_of(style: Style, look: Look) -> QColor:
    """The colour of what is written on a plate."""
    colours = look.palette
    if style.is_new:
        return colours.accent
    return colours.open if style.is_available else colours.block
