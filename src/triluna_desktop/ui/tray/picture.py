"""The icon's picture: its body tells what callers can book now, its badge what keeps the server from it.

Shapes, not colours, tell: every picture differs from the others also where only black and white are seen. The
colours stand between light and dark, so that they can be made out on a panel of either kind; what is cut out of
them shows the panel itself.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

SIZES = (16, 18, 20, 22, 24, 32, 36, 40, 44, 48, 64, 96)
"""Pixels. Those that panels ask for, and twice as many for screens at 200 %: each is drawn for itself."""
_UNITS = 16.0
"""The pictures are designed on a field of 16 by 16."""


class Body(Enum):
    """What callers can book at this minute."""

    BOOKABLE = "bookable"
    """A disc with a tick."""
    BLOCKED = "blocked"
    """A square with a bar, as at a street that must not be entered."""
    CLOSED = "closed"
    """A moon: outside of the hours."""
    UNKNOWN = "unknown"
    """A ring: nothing was loaded yet."""


class Badge(Enum):
    """What stands between this calendar and the server."""

    NONE = "none"
    UNSENT = "unsent"
    """An arrow that goes up."""
    HELD = "held"
    """An arrow that goes up against a ceiling: unsent, and it cannot be sent now."""
    OFFLINE = "offline"
    """A cross."""
    PAUSED = "paused"
    """Two bars."""
    ATTENTION = "attention"
    """An exclamation mark."""


BODY_COLOURS = {
    Body.BOOKABLE: QColor("#0c8f7b"),
    Body.BLOCKED: QColor("#c0517f"),
    Body.CLOSED: QColor("#7d74b8"),
    Body.UNKNOWN: QColor("#7e7e8a"),
}
BADGE_COLOURS = {
    Badge.UNSENT: QColor("#b56a00"),
    Badge.HELD: QColor("#b56a00"),
    Badge.OFFLINE: QColor("#7e7e8a"),
    Badge.PAUSED: QColor("#7e7e8a"),
    Badge.ATTENTION: QColor("#df3b41"),
}


def icon_of(body: Body, badge: Badge) -> QIcon:
    """The picture in all sizes."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(QPixmap.fromImage(picture(body, badge, size)))
    return icon


def picture(body: Body, badge: Badge, size: int) -> QImage:
    """The picture, ``size`` pixels wide and high, on a ground that is not there."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = _Pen(painter, size)
    _draw_body(pen, body, is_alone=badge is Badge.NONE)
    if badge is not Badge.NONE:
        _make_room(pen)
        _draw_badge(pen, badge)
    painter.end()
    return image


class _Pen:
    """Draws in units of the design; straight edges fall on whole pixels."""

    def __init__(self, painter: QPainter, size: int) -> None:
        self.painter = painter
        self._scale = size / _UNITS

    def at(self, units: float) -> float:
        return units * self._scale

    def edge(self, units: float) -> int:
        return round(units * self._scale)

    def box(self, left: float, top: float, right: float, bottom: float) -> QRectF:
        x, y = self.edge(left), self.edge(top)
        return QRectF(x, y, max(1, self.edge(right) - x), max(1, self.edge(bottom) - y))

    def fill(self, path: QPainterPath, colour: QColor) -> None:
        self.painter.fillPath(path, colour)

    def cut(self, path: QPainterPath) -> None:
        self.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        self.painter.fillPath(path, Qt.GlobalColor.black)
        self.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def line(self, *points: tuple[float, float], width: float, colour: QColor | None = None) -> None:
        """A line through points; without a colour it is cut out."""
        painter = self.painter
        mode = QPainter.CompositionMode
        painter.setCompositionMode(mode.CompositionMode_SourceOver if colour else mode.CompositionMode_Clear)
        pen = QPen(colour or Qt.GlobalColor.black, max(1.0, self.at(width)))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if colour else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(self.at(x), self.at(y)) for x, y in points]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)


def _draw_body(pen: _Pen, body: Body, *, is_alone: bool) -> None:
    """``is_alone``: without a badge; else what is cut out of it keeps away from the badge's corner."""
    colour = BODY_COLOURS[body]
    match body:
        case Body.BOOKABLE:
            pen.fill(_disc(pen.box(0.5, 0.5, 15.5, 15.5)), colour)
            if is_alone:
                pen.line((4.2, 8.3), (7.0, 11.0), (11.8, 5.3), width=2.0)
            else:
                pen.line((2.9, 6.6), (5.0, 8.7), (9.6, 3.4), width=1.9)
        case Body.BLOCKED:
            square = QPainterPath()
            square.addRoundedRect(pen.box(1, 1, 15, 15), pen.at(2), pen.at(2))
            pen.fill(square, colour)
            bar = QPainterPath()
            bar.addRect(pen.box(3.5, 6.6, 12.5, 9.4) if is_alone else pen.box(3, 3, 13, 5))
            pen.cut(bar)
        case Body.CLOSED:
            moon = _disc(pen.box(0.5, 0.5, 15.5, 15.5))
            shadow = pen.box(5.4, -2.2, 17.4, 9.8) if is_alone else pen.box(5.0, 5.0, 18, 18)
            pen.fill(moon.subtracted(_disc(shadow)), colour)
        case Body.UNKNOWN:
            pen.fill(_disc(pen.box(1, 1, 15, 15)).subtracted(_disc(pen.box(3.25, 3.25, 12.75, 12.75))), colour)


def _make_room(pen: _Pen) -> None:
    """Take a corner of the body away, so that the badge stands by itself."""
    room = QPainterPath()
    room.addRoundedRect(pen.box(7, 7, 18, 18), pen.at(3), pen.at(3))
    pen.cut(room)


def _draw_badge(pen: _Pen, badge: Badge) -> None:
    colour = BADGE_COLOURS[badge]
    path = QPainterPath()
    match badge:
        case Badge.UNSENT | Badge.HELD:
            top = 8.2 if badge is Badge.UNSENT else 10.0
            middle = pen.at(12)
            wing = pen.at(4)
            tip, foot = pen.edge(top), pen.edge(top + 4.0)
            path.addPolygon(
                QPolygonF([QPointF(middle, tip), QPointF(middle + wing, foot), QPointF(middle - wing, foot)])
            )
            shaft = QPainterPath()
            shaft.addRect(pen.box(10.7, top + 3.5, 13.3, 16))
            path = path.united(shaft)
            if badge is Badge.HELD:
                ceiling = QPainterPath()
                ceiling.addRect(pen.box(8, 8, 16, 9.5))
                path.addPath(ceiling)
        case Badge.OFFLINE:
            pen.line((8.6, 8.6), (15.4, 15.4), width=2.2, colour=colour)
            pen.line((15.4, 8.6), (8.6, 15.4), width=2.2, colour=colour)
        case Badge.PAUSED:
            path.addRect(pen.box(8.5, 8.5, 11, 16))
            path.addRect(pen.box(13, 8.5, 15.5, 16))
        case Badge.ATTENTION:
            path.addRect(pen.box(10.3, 8, 13.7, 12.8))
            path.addRect(pen.box(10.3, 13.8, 13.7, 16))
    pen.fill(path, colour)


def _disc(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box)
    return path
