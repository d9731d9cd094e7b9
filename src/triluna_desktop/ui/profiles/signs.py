"""What is drawn beside a calendar's name: what is the matter with it, and how much of it is unsent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from triluna_desktop.ui.profiles.profile_state import Standing
from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.theme import Theme

_SIGN, _GAP, _AFTER_UNSENT = 14, 4, 6
UNSENT_SIZE = 11
"""Pixels, of the letters."""
_SHAPES = {
    Standing.NOT_OPEN: Shape.WARNING,
    Standing.DECISION: Shape.WARNING,
    Standing.TOKEN_REFUSED: Shape.KEY,
    Standing.NO_TOKEN: Shape.KEY,
    Standing.OFFLINE: Shape.OFFLINE,
    Standing.FAILING: Shape.OFFLINE,
    Standing.ELSEWHERE: Shape.LOCK,
}
"""A server that wants to be left alone for a while asks nothing of the user: what is unsent says enough."""


def paint_sign(
    painter: QPainter, room: QRectF, mirror: Callable[[QRectF], QRectF], state: ProfileState, theme: Theme
) -> float:
    """Draw what is the matter at the right end of ``room``; returns where that begins, the gap before it included.

    ``mirror`` puts a place where it belongs for who reads from the right.
    """
    shape = _SHAPES.get(state.standing)
    if shape is None:
        return room.right()
    place = QRectF(room.right() - _SIGN, room.center().y() - _SIGN / 2, _SIGN, _SIGN)
    colour = theme.palette.red if state.needs_attention else theme.palette.muted
    paint_shape(painter, shape, mirror(place), colour)
    return room.right() - sign_width(state)


def sign_width(state: ProfileState) -> int:
    """How much room it takes, the gap before it included; 0 where there is none."""
    return _SIGN + _GAP if state.standing in _SHAPES else 0


def paint_unsent(
    painter: QPainter, room: QRectF, mirror: Callable[[QRectF], QRectF], text: str, theme: Theme
) -> float:
    """Write how much is unsent at the right end of ``room``; returns where that begins, as above."""
    if not text:
        return room.right()
    painter.save()
    font = painter.font()
    font.setPixelSize(UNSENT_SIZE)
    painter.setFont(font)
    painter.setPen(theme.palette.amber)
    width = painter.fontMetrics().horizontalAdvance(text)
    place = QRectF(room.right() - width, room.top(), width, room.height())
    painter.drawText(mirror(place), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return room.right() - width - _AFTER_UNSENT
