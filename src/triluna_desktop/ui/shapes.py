"""Small signs drawn as vectors, sharp at any scale, in the colours of the theme. A path is 16 by 16 units."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPaintEvent

    from triluna_desktop.ui.theme import Theme

_UNITS = 16.0


class Shape(Enum):
    """A sign. BACK and FORWARD follow the direction of reading."""

    BACK = "back"
    FORWARD = "forward"
    DOWN = "down"
    CLOSE = "close"
    GEAR = "gear"
    SIDEBAR = "sidebar"
    REFRESH = "refresh"
    WARNING = "warning"
    CHECK = "check"
    OFFLINE = "offline"
    LOCK = "lock"
    KEY = "key"
    QUESTION = "question"
    MORE = "more"
    SEARCH = "search"


def _polyline(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _close() -> QPainterPath:
    path = _polyline((4.5, 4.5), (11.5, 11.5))
    path.addPath(_polyline((11.5, 4.5), (4.5, 11.5)))
    return path


def _gear() -> QPainterPath:
    """Eight teeth around a ring."""
    path = QPainterPath()
    teeth = 8
    for index in range(teeth):
        for offset, radius in ((-0.26, 5.0), (-0.16, 6.7), (0.16, 6.7), (0.26, 5.0)):
            angle = 2 * math.pi * (index + offset) / teeth
            point = QPointF(8 + radius * math.sin(angle), 8 - radius * math.cos(angle))
            if path.elementCount() == 0:
                path.moveTo(point)
            else:
                path.lineTo(point)
    path.closeSubpath()
    path.addEllipse(QPointF(8, 8), 2.1, 2.1)
    return path


def _sidebar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 3.5, 11, 9), 1.8, 1.8)
    path.addPath(_polyline((6.5, 3.5), (6.5, 12.5)))
    return path


def _refresh() -> QPainterPath:
    path = QPainterPath()
    circle = QRectF(3.5, 3.5, 9, 9)
    path.arcMoveTo(circle, 40)
    path.arcTo(circle, 40, 290)
    path.addPath(_polyline((12.4, 2.4), (11.9, 5.4), (9.0, 5.0)))
    return path


def _warning() -> QPainterPath:
    path = _polyline((8, 2.5), (14.2, 13.3), (1.8, 13.3))
    path.closeSubpath()
    path.addPath(_polyline((8, 6.4), (8, 9.4)))
    path.addPath(_polyline((8, 11.2), (8, 11.4)))
    return path


def _offline() -> QPainterPath:
    path = QPainterPath()
    for radius in (3.0, 6.0):
        circle = QRectF(8 - radius, 11 - radius, 2 * radius, 2 * radius)
        path.arcMoveTo(circle, 45)
        path.arcTo(circle, 45, 90)
    path.addEllipse(QPointF(8, 11.4), 0.5, 0.5)
    path.addPath(_polyline((2.8, 2.8), (13.2, 13.2)))
    return path


def _lock() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3.5, 7, 9, 6.5), 1.5, 1.5)
    path.addPath(_polyline((5.4, 7), (5.4, 5.2)))
    path.arcTo(QRectF(5.4, 2.6, 5.2, 5.2), 180, -180)
    path.lineTo(10.6, 7)
    return path


def _key() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(5, 11), 2.6, 2.6)
    path.addPath(_polyline((6.9, 9.1), (13, 3)))
    path.addPath(_polyline((11, 5), (13, 7)))
    return path


def _question() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(5.6, 6)
    path.cubicTo(5.6, 2.6, 10.6, 2.6, 10.6, 5.8)
    path.cubicTo(10.6, 8, 8, 8, 8, 10.2)
    path.addPath(_polyline((8, 12.6), (8, 12.8)))
    return path


def _more() -> QPainterPath:
    path = QPainterPath()
    for x in (3.5, 8.0, 12.5):
        path.addEllipse(QPointF(x, 8), 0.6, 0.6)
    return path


def _search() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(6.8, 6.8), 4.1, 4.1)
    path.addPath(_polyline((9.9, 9.9), (13.4, 13.4)))
    return path


_PATHS: dict[Shape, Callable[[], QPainterPath]] = {
    Shape.BACK: lambda: _polyline((9.8, 4), (5.8, 8), (9.8, 12)),
    Shape.FORWARD: lambda: _polyline((6.2, 4), (10.2, 8), (6.2, 12)),
    Shape.DOWN: lambda: _polyline((4, 6.2), (8, 10.2), (12, 6.2)),
    Shape.CLOSE: _close,
    Shape.GEAR: _gear,
    Shape.SIDEBAR: _sidebar,
    Shape.REFRESH: _refresh,
    Shape.WARNING: _warning,
    Shape.CHECK: lambda: _polyline((3.5, 8.4), (6.6, 11.5), (12.5, 4.8)),
    Shape.OFFLINE: _offline,
    Shape.LOCK: _lock,
    Shape.KEY: _key,
    Shape.QUESTION: _question,
    Shape.MORE: _more,
    Shape.SEARCH: _search,
}
_MIRRORED = frozenset({Shape.BACK, Shape.FORWARD, Shape.SIDEBAR})


def paint_shape(painter: QPainter, shape: Shape, area: QRectF, colour: QColor, *, mirrored: bool = False) -> None:
    """Draw the sign into the largest square in the middle of the area."""
    side = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center())
    painter.scale(side / _UNITS, side / _UNITS)
    if mirrored and shape in _MIRRORED:
        painter.scale(-1, 1)
    painter.translate(-_UNITS / 2, -_UNITS / 2)
    pen = QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_PATHS[shape]())
    painter.restore()


class ShapeButton(QToolButton):
    """A flat button that shows a sign; its name is its tool tip and what a screen reader says."""

    def __init__(self, shape: Shape, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._theme = theme
        self.setProperty("look", "shape")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(30, 30)
        self.set_name(name)

    def set_name(self, name: str, keys: str = "") -> None:
        """Name it, with the keys that do the same where there are any."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)

    def sizeHint(self) -> QSize:
        return QSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = self._theme.palette
        colour = colours.text if self.underMouse() and self.isEnabled() else colours.muted
        side = min(16.0, self.width() - 8.0)
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_shape(painter, self._shape, area, colour, mirrored=self.isRightToLeft())
        painter.end()


class ShapeMark(QWidget):
    """A sign that is not a button, before a sentence that says the same in words."""

    def __init__(self, shape: Shape, theme: Theme, role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._theme = theme
        self._role = role
        self.setFixedSize(18, 18)

    def show_shape(self, shape: Shape, role: str) -> None:
        """Show another sign, in the theme's colour of that name."""
        self._shape, self._role = shape, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        colour: QColor = getattr(self._theme.palette, self._role)
        paint_shape(painter, self._shape, QRectF(1, 1, 16, 16), colour, mirrored=self.isRightToLeft())
        painter.end()
