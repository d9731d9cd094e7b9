"""The row above the hours: each day's name and number, and how many of its hours callers can book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from triluna_desktop.ui.week_look import fill

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.scene import Scene
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_words import WeekWords


def paint_header(
    painter: QPainter, scene: Scene, geometry: Geometry, look: Look, words: WeekWords, today: date
) -> None:
    """Paint the row of days. Today's number stands in a filled circle."""
    colours = look.palette
    fill(painter, 0, 0, geometry.width, geometry.header, colours.bg)
    start = Qt.AlignmentFlag.AlignRight if geometry.rtl else Qt.AlignmentFlag.AlignLeft
    end = Qt.AlignmentFlag.AlignLeft if geometry.rtl else Qt.AlignmentFlag.AlignRight
    middle = Qt.AlignmentFlag.AlignVCenter
    # All in one size: a narrow column sets that of its neighbours.
    room = min((geometry.column_span(index)[1] for index in range(geometry.days)), default=0) - look.px(16)
    widest = max((look.number.width(words.heading(each.day)[1]) for each in scene.columns), default=0)
    face = look.number if widest <= room else look.title
    for index, column in enumerate(scene.columns):
        left, width = geometry.column_span(index)
        edge = left + width - 1 if geometry.rtl else left
        fill(painter, edge, 0, 1, geometry.header, colours.line2)
        inner = QRect(left + look.px(8), look.px(6), width - look.px(16), look.small.height)
        painter.setFont(look.small.font)
        painter.setPen(colours.muted)
        name, number = words.heading(column.day)
        painter.drawText(inner, start | middle, name)
        hours = words.bookable(column)
        if look.small.width(name) + look.px(6) + look.small.width(hours) <= inner.width():
            painter.drawText(inner, end | middle, hours)
        size = look.px(30)
        spot = QRect(0, inner.bottom() + look.px(2), size, size)
        spot.moveLeft(inner.right() + 1 - size if geometry.rtl else inner.left())
        if column.day == today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(spot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setFont(look.today.font)
            painter.setPen(colours.on_accent)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, number)
        else:
            painter.setFont(face.font)
            painter.setPen(colours.text)
            painter.drawText(QRect(inner.left(), spot.top(), inner.width(), size), start | middle, number)
    fill(painter, 0, geometry.header - 1, geometry.width, 1, colours.line)
