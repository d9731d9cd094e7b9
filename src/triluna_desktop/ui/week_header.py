"""The row above the hours: each day's name and number, and how many of its hours callers can book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from triluna_desktop.ui.week_ink import At, rounded

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QStylePainter

    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.scene import Scene
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_words import WeekWords


def paint_header(
    painter: QStylePainter, scene: Scene, geometry: Geometry, look: Look, words: WeekWords, today: date
) -> None:
    """Paint the row of days. Today's number stands in a filled circle."""
    colours = look.palette
    muted, text = look.ink(colours.muted), look.ink(colours.text)
    look.ink(colours.bg).fill(painter, 0, 0, geometry.width, geometry.header)
    # All in one size: a narrow column sets that of its neighbours.
    room = min((geometry.column_span(index)[1] for index in range(geometry.days)), default=0) - look.px(16)
    widest = max((look.number.width(words.heading(each.day)[1]) for each in scene.columns), default=0)
    face = look.number if widest <= room else look.title
    leading, trailing = (At.RIGHT, At.LEFT) if geometry.rtl else (At.LEFT, At.RIGHT)
    small, size = look.small, look.px(30)
    for index, column in enumerate(scene.columns):
        left, width = geometry.column_span(index)
        edge = left + width - 1 if geometry.rtl else left
        look.ink(colours.line2).fill(painter, edge, 0, 1, geometry.header)
        inner = QRect(left + look.px(8), look.px(6), width - look.px(16), small.height)
        name, number = words.heading(column.day)
        painter.setFont(small.font)
        muted.write(painter, inner, small.elided(name, inner.width()), leading)
        hours = words.bookable(column)
        if small.width(name) + look.px(6) + small.width(hours) <= inner.width():
            muted.write(painter, inner, hours, trailing)
        spot = QRect(0, inner.bottom() + look.px(2), size, size)
        spot.moveLeft(inner.right() + 1 - size if geometry.rtl else inner.left())
        if column.day == today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(rounded(spot, size / 2), look.ink(colours.accent).brush)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setFont(look.today.font)
            look.ink(colours.on_accent).write(painter, spot, number, At.MIDDLE)
        else:
            painter.setFont(face.font)
            text.write(painter, QRect(inner.left(), spot.top(), inner.width(), size), number, leading)
    look.ink(colours.line).fill(painter, 0, geometry.header - 1, geometry.width, 1)
