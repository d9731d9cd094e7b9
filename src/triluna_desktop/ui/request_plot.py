"""The plot of the last hours' requests: what counted towards the limit at each moment, by kind of request.

The kinds are told apart by their pattern, and the legend beneath names each one; the figures stand in a table too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from triluna_desktop.session.requests import RequestKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPaintEvent

    from triluna_desktop.session.requests import Stretch
    from triluna_desktop.ui.theme import Palette, Theme
    from triluna_desktop.ui.words import Words

KINDS = (RequestKind.READ, RequestKind.CREATE, RequestKind.UPDATE, RequestKind.DELETE, RequestKind.TEST)
"""From the bottom of the plot to its top."""
_ABOVE, _BELOW, _AXIS = 16, 18, 38
"""Pixels kept for the limit's label, the hours, and the numbers at the side."""
HIGHEST, LOWEST = 150, 84
"""Its height in pixels, and where the screen has little room."""
_STEP = 5.0
_HEADROOM = 1.04
translate = QCoreApplication.translate


def kind_name(kind: RequestKind) -> str:
    """What the legend and the table call a kind of request."""
    match kind:
        case RequestKind.READ:
            return translate("Requests", "Reading")
        case RequestKind.TEST:
            return translate("Requests", "Testing the token")
        case RequestKind.CREATE:
            return translate("Requests", "Creating")
        case RequestKind.UPDATE:
            return translate("Requests", "Changing")
        case RequestKind.DELETE:
            return translate("Requests", "Deleting")


def fill_kind(painter: QPainter, kind: RequestKind, path: QPainterPath, colours: Palette) -> None:
    """Fill a shape with the pattern of a kind: plain, dots, solid, slanted lines, crossed lines."""
    ground = {RequestKind.READ: colours.line, RequestKind.CREATE: colours.accent}.get(kind, colours.accent_soft)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.fillPath(path, ground)
    area = path.boundingRect()
    painter.setPen(QPen(colours.accent, 1.2))
    if kind in (RequestKind.UPDATE, RequestKind.DELETE):
        _slanted(painter, area, rising=True)
    if kind is RequestKind.DELETE:
        _slanted(painter, area, rising=False)
    if kind is RequestKind.TEST:
        _dotted(painter, area, colours.accent)
    painter.restore()


def _slanted(painter: QPainter, area: QRectF, *, rising: bool) -> None:
    """Lines at 45 degrees, in step with the widget's corner so that neighbours join."""
    height = area.height()
    x = area.left() - height - (area.left() + area.bottom()) % _STEP
    while x < area.right() + height:
        if rising:
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + height, area.top()))
        else:
            painter.drawLine(QPointF(x, area.top()), QPointF(x + height, area.bottom()))
        x += _STEP


def _dotted(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    y = area.bottom() - 2.0
    while y > area.top() - 2.0:
        x = area.left() - area.left() % 4.0 + 2.0
        while x < area.right() + 2.0:
            painter.drawEllipse(QPointF(x, y), 0.9, 0.9)
            x += 4.0
        y -= 4.0


def paint_swatch(painter: QPainter, kind: RequestKind, colours: Palette) -> None:
    """The pattern of a kind in a box of 18 by 12 pixels, for the legend."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.5, 0.5, 17, 11), 2.5, 2.5)
    fill_kind(painter, kind, path, colours)
    painter.setPen(QPen(_edge(kind, colours), 1))
    painter.drawPath(path)


def _edge(kind: RequestKind, colours: Palette) -> QColor:
    return colours.muted if kind is RequestKind.READ else colours.accent


class RequestPlot(QWidget):
    """Stacked areas of the rolling hour, the limit as a line, and the reserve as a dashed one."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._course: Sequence[Stretch] = ()
        self._limit = 1000
        self._kept = 100
        self._ticks: Sequence[tuple[int, str]] = ()
        self.setFixedHeight(HIGHEST)
        self.setMinimumWidth(380)
        self.setAccessibleName(self.tr("Requests in the hour up to each moment"))

    def sizeHint(self) -> QSize:
        return QSize(420, HIGHEST)

    def show_course(
        self, course: Sequence[Stretch], limit: int, kept: int, ticks: Sequence[tuple[int, str]]
    ) -> None:
        """Draw other figures. ``ticks`` are places on the axis of time: which stretch, and what stands there."""
        self._course, self._limit, self._kept, self._ticks = course, limit, kept, ticks
        most = max((each.total for each in course), default=0)
        self.setAccessibleDescription(
            self.tr("At most {most} of {limit} in an hour.").format(
                most=self._words.number(most), limit=self._words.number(limit)
            )
        )
        self.update()

    # -- drawing -------------------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        """Where the figures lie; the numbers stand on the side where reading begins."""
        left, right = (0, _AXIS) if self.isRightToLeft() else (_AXIS, 0)
        return QRectF(left, _ABOVE, self.width() - left - right, self.height() - _ABOVE - _BELOW)

    def _x(self, area: QRectF, index: float) -> float:
        across = area.width() * index / max(1, len(self._course))
        return area.right() - across if self.isRightToLeft() else area.left() + across

    def _y(self, area: QRectF, requests: float) -> float:
        top = max(self._limit, *(each.total for each in self._course), 1) * _HEADROOM
        return area.bottom() - area.height() * requests / top

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        if not self._course:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        area, colours = self._area(), self._theme.palette
        self._draw_grid(painter, area, colours)
        self._draw_kinds(painter, area, colours)
        self._draw_limit(painter, area, colours)
        painter.end()

    def _draw_grid(self, painter: QPainter, area: QRectF, colours: Palette) -> None:
        painter.setPen(QPen(colours.line, 1))
        for share in (0.0, 0.5):
            y = round(self._y(area, self._limit * share)) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        for index, _ in self._ticks:
            x = round(self._x(area, index)) + 0.5
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4))
        painter.setPen(colours.muted)
        for share in (0.0, 0.5, 1.0):
            self._write_number(painter, area, round(self._limit * share))
        for index, text in self._ticks:
            x = self._x(area, index)
            wide = painter.fontMetrics().horizontalAdvance(text)
            at = min(max(x - wide / 2, 0.0), self.width() - wide)
            painter.drawText(QPointF(at, self.height() - 3.0), text)

    def _write_number(self, painter: QPainter, area: QRectF, number: int) -> None:
        y = self._y(area, number)
        align = Qt.AlignmentFlag.AlignVCenter
        if self.isRightToLeft():
            box = QRectF(area.right() + 6, y - 8, _AXIS - 6, 16)
            align |= Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        else:
            box = QRectF(0, y - 8, _AXIS - 6, 16)
            align |= Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(box, align, self._words.number(number))

    def _draw_kinds(self, painter: QPainter, area: QRectF, colours: Palette) -> None:
        below = [0] * len(self._course)
        for kind in KINDS:
            above = [low + each.counts.get(kind, 0) for low, each in zip(below, self._course, strict=True)]
            if above != below:
                fill_kind(painter, kind, self._between(area, below, above), colours)
                painter.setPen(QPen(_edge(kind, colours), 1.2))
                for part in self._tops(area, below, above):
                    painter.drawPath(part)
            below = above

    def _between(self, area: QRectF, below: list[int], above: list[int]) -> QPainterPath:
        path = QPainterPath()
        for index, (low, high) in enumerate(zip(below, above, strict=True)):
            if high > low:
                path.addRect(
                    QRectF(
                        QPointF(self._x(area, index), self._y(area, high)),
                        QPointF(self._x(area, index + 1), self._y(area, low)),
                    ).normalized()
                )
        return path.simplified()

    def _tops(self, area: QRectF, below: list[int], above: list[int]) -> list[QPainterPath]:
        """The upper edges, broken where there is nothing of the kind."""
        parts: list[QPainterPath] = []
        is_open = False
        for index, (low, high) in enumerate(zip(below, above, strict=True)):
            if high == low:
                is_open = False
                continue
            start, end = (QPointF(self._x(area, at), self._y(area, high)) for at in (index, index + 1))
            if is_open:
                parts[-1].lineTo(start)
            else:
                parts.append(QPainterPath(start))
                is_open = True
            parts[-1].lineTo(end)
        return parts

    def _draw_limit(self, painter: QPainter, area: QRectF, colours: Palette) -> None:
        y = round(self._y(area, self._limit)) + 0.5
        painter.setPen(QPen(colours.red, 1.4))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        label = self.tr("Limit")
        box = QRectF(area.left(), y - 17, area.width(), 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, label)
        y = round(self._y(area, self._limit - self._kept)) + 0.5
        pen = QPen(colours.muted, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        label = self.tr("Above it, for your edits alone")
        box = QRectF(area.left(), y + 1, area.width(), 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, label)
