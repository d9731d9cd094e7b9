"""What lies over the week at rest and changes often: the now line, rings, slot cursor, a drag and its label."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QRegion

from triluna_desktop.domain.values import dataclass
from triluna_desktop.grid.geometry import Rect
from triluna_desktop.grid.hand import Kind
from triluna_desktop.ui.week_ink import At, rounded
from triluna_desktop.ui.week_painter import qrect
from triluna_desktop.ui.week_plates import style_of

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QStylePainter

    from triluna_desktop.grid.board import Board
    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.outcome import Outcome
    from triluna_desktop.ui.week_layer import WeekLayer
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_pictures import Picture
    from triluna_desktop.ui.week_words import WeekWords


@dataclass(slots=True)
class Overlay:
    """The pieces, in the widget's pixels; those in the hand in rows of an unscrolled day."""

    now: Rect | None = None
    rings: list[Rect] = field(default_factory=list)
    cursor: list[Rect] = field(default_factory=list)
    gone: list[Rect] = field(default_factory=list)
    ghosts: list[Picture] = field(default_factory=list)
    hand: list[Picture] = field(default_factory=list)
    label: str = ""
    label_rect: Rect | None = None


class OverlayMaker:
    """Says what lies over the week, and paints it."""

    def __init__(self, look: Look, words: WeekWords) -> None:
        self._look = look
        self._words = words

    def make(self, board: Board, geometry: Geometry, layer: WeekLayer, now: tuple[date, int]) -> Overlay:
        """What there is to paint. ``now`` is today and the minute of the day."""
        overlay = Overlay()
        column = geometry.column_of(now[0])
        if column is not None:
            left, width = geometry.column_span(column)
            overlay.now = Rect(left, geometry.y_of(now[1]) - 1, width, 2)
        faded = board.faded
        if board.outcome is not None:
            self._add_outcome(overlay, board.outcome, board, geometry, layer)
        for key in board.selection:
            block = board.scene.find(key) if key not in faded else None
            if block is not None and (place := geometry.column_of(block.day)) is not None:
                overlay.rings.append(geometry.block_rect(place, block.item.start, block.item.end, block.place))
        if board.cursor is not None and board.preview is None:
            for day in board.cursor.days:
                if (place := geometry.column_of(day)) is not None:
                    overlay.cursor.append(geometry.block_rect(place, board.cursor.start, board.cursor.end))
        self._add_hand(overlay, board, geometry, layer)
        return overlay

    def region(self, overlay: Overlay, geometry: Geometry) -> QRegion:
        """The pixels that an overlay covers."""
        region = QRegion()
        if overlay.now is not None:
            region += qrect(overlay.now).adjusted(-6, -6, 6, 6)
        for rect in (*overlay.rings, *overlay.cursor, *overlay.gone):
            region += qrect(rect).adjusted(-4, -4, 4, 4)
        for picture in (*overlay.ghosts, *overlay.hand):
            region += qrect(picture.rect).adjusted(-2, -2, 2, 2).translated(0, -geometry.scroll)
        if overlay.label_rect is not None:
            region += qrect(overlay.label_rect).adjusted(-1, -1, 1, 1)
        return region

    def paint(self, painter: QStylePainter, overlay: Overlay, geometry: Geometry, layer: WeekLayer) -> None:
        """Paint it over the hours; the row of days stays free."""
        body = QRect(0, geometry.header, geometry.width, geometry.viewport_height)
        painter.save()
        painter.setClipRect(body)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cursor(painter, overlay)
        self._rings(painter, overlay)
        self._now(painter, overlay, rtl=geometry.rtl)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if overlay.ghosts or overlay.gone or overlay.hand:
            self._moving(painter, overlay, geometry, layer)
        painter.restore()

    def _moving(self, painter: QStylePainter, overlay: Overlay, geometry: Geometry, layer: WeekLayer) -> None:
        from PySide6.QtCore import Qt

        # Each text reads as its own language does, as at rest: a widget's painter would take the app's.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._outcome(painter, overlay, geometry, layer)
        painter.translate(0, -geometry.scroll)
        layer.painter.pictures(painter, overlay.hand)
        painter.translate(0, geometry.scroll)
        self._label(painter, overlay)

    # -- pieces ----------------------------------------------------------------------------------------------

    def _add_hand(self, overlay: Overlay, board: Board, geometry: Geometry, layer: WeekLayer) -> None:
        preview = board.preview
        if preview is None:
            return
        is_new = preview.kind is Kind.CREATE
        for block in board.preview_blocks():
            column = geometry.column_of(block.day)
            entry = block.entry
            if column is None or entry is None:
                continue
            arranger = layer.arranger
            picture = arranger.block(column, block)
            title = self._words.preview_title(preview, entry)
            times = self._words.times(entry.start, entry.end)
            lines = arranger.lines(picture.rect, title, times, self._words.time(entry.start), picture.badge)
            style = style_of(block)._replace(is_lifted=True, is_new=is_new)
            overlay.hand.append(picture.looking(style, lines))
            if entry == preview.lead:
                overlay.label = self._words.preview(preview)
                overlay.label_rect = self._label_rect(overlay.label, picture.rect, geometry)

    def _add_outcome(
        self, overlay: Overlay, outcome: Outcome, board: Board, geometry: Geometry, layer: WeekLayer
    ) -> None:
        for key in outcome.gone:
            block = board.scene.find(key)
            if block is not None and (place := geometry.column_of(block.day)) is not None:
                overlay.gone.append(geometry.block_rect(place, block.item.start, block.item.end, block.place))
        for block in outcome.ghosts:
            if (column := geometry.column_of(block.day)) is not None:
                picture = layer.arranger.block(column, block)
                overlay.ghosts.append(picture.looking(style_of(block)._replace(is_ghost=True), picture.lines))

    def _label_rect(self, text: str, beside: Rect, geometry: Geometry) -> Rect:
        """Below what is held, at its trailing end; above it where there is no room below; always in sight."""
        look = self._look
        width = look.small.width(text) + look.px(16)
        height = look.small.height + look.px(7)
        x = beside.x if geometry.rtl else beside.right - width
        x = max(look.px(2), min(x, geometry.width - width - look.px(2)))
        gap = look.px(6)
        y = beside.bottom - geometry.scroll + gap
        if y + height > geometry.height:
            y = beside.y - geometry.scroll - height - gap
        y = max(geometry.header + gap, min(y, geometry.height - height - gap))
        return Rect(x, y, width, height)

    def _now(self, painter: QPainter, overlay: Overlay, *, rtl: bool) -> None:
        if overlay.now is None:
            return
        rect, ink = overlay.now, self._look.ink(self._look.palette.now)
        ink.fill(painter, rect.x, rect.y, rect.width, rect.height)
        dot = QPainterPath()
        dot.addEllipse(QPointF(rect.right if rtl else rect.x, rect.y + 1), 4.5, 4.5)
        painter.fillPath(dot, ink.brush)

    def _outcome(self, painter: QStylePainter, overlay: Overlay, geometry: Geometry, layer: WeekLayer) -> None:
        """What would go is crossed out; over it, what would be there."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dashes = self._look.ink(self._look.palette.muted).pen(1.5)
        dashes.setDashPattern([4, 2])
        cross = self._look.ink(self._look.palette.red).pen(1.5)
        for rect in overlay.gone:
            area = QRectF(rect.x, rect.y, rect.width, rect.height).adjusted(0.75, 0.75, -0.75, -0.75)
            frame, diagonals = QPainterPath(), QPainterPath(area.topLeft())
            frame.addRect(area)
            diagonals.lineTo(area.bottomRight())
            diagonals.moveTo(area.bottomLeft())
            diagonals.lineTo(area.topRight())
            painter.strokePath(frame, dashes)
            painter.strokePath(diagonals, cross)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.translate(0, -geometry.scroll)
        layer.painter.pictures(painter, overlay.ghosts)
        painter.translate(0, geometry.scroll)

    def _rings(self, painter: QPainter, overlay: Overlay) -> None:
        pen = self._look.ink(self._look.palette.accent).pen(2)
        for rect in overlay.rings:
            area = QRectF(rect.x, rect.y, rect.width, rect.height).adjusted(-1, -1, 1, 1)
            painter.strokePath(rounded(area, self._radius(rect) + 1), pen)

    def _cursor(self, painter: QPainter, overlay: Overlay) -> None:
        veil = self._look.ink(self._look.accent_veil).brush
        pen = self._look.ink(self._look.palette.accent).pen(1.5)
        for rect in overlay.cursor:
            area = QRectF(rect.x, rect.y, rect.width, rect.height).adjusted(0.75, 0.75, -0.75, -0.75)
            outline = rounded(area, self._radius(rect))
            painter.fillPath(outline, veil)
            painter.strokePath(outline, pen)

    def _radius(self, rect: Rect) -> float:
        return min(float(self._look.radius), rect.height / 3)

    def _label(self, painter: QStylePainter, overlay: Overlay) -> None:
        if overlay.label_rect is None:
            return
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = qrect(overlay.label_rect)
        painter.fillPath(rounded(area, look.radius), look.ink(look.palette.text).brush)
        painter.setFont(look.small.font)
        look.ink(look.palette.bg).write(painter, area, overlay.label, At.MIDDLE)
