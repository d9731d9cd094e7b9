"""What is drawn beside a calendar's name: what is the matter with it, and how much of it is unsent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics

from triluna_desktop.ui.profiles.profile_state import Standing
from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.theme import Theme

_SIGN, _GAP, _AFTER_UNSENT = 14, 4, 6
_UNSENT_SIZE = 11
_SHAPES = {
    Standing.NOT_OPEN: Shape.WARNING,
    Standing.DECISION: Shape.WARNING,
    Standing.TOKEN_REFUSED: Shape.KEY,
    Standing.NO_TOKEN: Shape.KEY,
    Standing.OFFLINE: Shape.OFFLINE,
    Standing.FAILING: Shape.OFFLINE,
}
"""A server that wants to be left alone for a while asks nothing of the user: what is unsent says enough."""


def paint_signs(
    painter: QPainter,
    room: QRectF,
    mirror: Callable[[QRectF], QRectF],
    state: ProfileState,
    theme: Theme,
    words: ProfileWords,
) -> float:
    """Draw them at the right end of ``room``; returns where they begin. ``mirror`` puts a place where it belongs
    for who reads from the right.
    """
    right = room.right()
    shape = _SHAPES.get(state.standing)
    if shape is not None:
        right -= _SIGN
        place = QRectF(right, room.center().y() - _SIGN / 2, _SIGN, _SIGN)
        colour = theme.palette.red if state.needs_attention else theme.palette.muted
        paint_shape(painter, shape, mirror(place), colour)
        right -= _GAP
    if state.unsent:
        painter.save()
        font = painter.font()
        font.setPixelSize(_UNSENT_SIZE)
        painter.setFont(font)
        painter.setPen(theme.palette.amber)
        text = words.unsent(state.unsent)
        width = painter.fontMetrics().horizontalAdvance(text)
        place = QRectF(right - width, room.top(), width, room.height())
        painter.drawText(mirror(place), Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        right -= width + _AFTER_UNSENT
    return right


def signs_width(font: QFont, state: ProfileState, words: ProfileWords) -> int:
    """How much room they take, the gap before them included; 0 where there are none."""
    width = _SIGN + _GAP if state.standing in _SHAPES else 0
    if state.unsent:
        small = QFont(font)
        small.setPixelSize(_UNSENT_SIZE)
        width += QFontMetrics(small).horizontalAdvance(words.unsent(state.unsent)) + _AFTER_UNSENT
    return width
