"""Paints the part of the week that stands still: days, hours, what is closed, and the blocks.

Rows of pictures are those of an unscrolled day: the painter is shifted by what the day is scrolled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF

from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.ui.week_ink import At
from triluna_desktop.ui.week_plates import Plates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStylePainter

    from triluna_desktop.grid.geometry import Geometry, Rect
    from triluna_desktop.grid.scene import Scene
    from triluna_desktop.ui.week_ink import Face, Ink
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_pictures import Picture
    from triluna_desktop.ui.week_words import WeekWords

_FADED = 0.38


def qrect(rect: Rect) -> QRect:
    """The rectangle as Qt knows it."""
    return QRect(rect.x, rect.y, rect.width, rect.height)


def _meets(span: tuple[int, int], dirty: QRect) -> bool:
    return span[0] < dirty.x() + dirty.width() and span[0] + span[1] > dirty.x()


class WeekPainter:
    """Paints with one look and in one language."""

    def __init__(self, look: Look, words: WeekWords, *, rtl: bool) -> None:
        self._look = look
        self._words = words
        self._rtl = rtl
        self._plates = Plates(look, rtl=rtl)

    def body(
        self,
        painter: QStylePainter,
        scene: Scene,
        geometry: Geometry,
        pictures: Sequence[Sequence[Picture]],
        dirty: QRect,
        faded: Collection[str],
    ) -> None:
        """Paint what of the hours lies in ``dirty`` (rows of the unscrolled day); entries in ``faded`` faintly."""
        painter.save()
        painter.setClipRect(dirty)
        self._ground(painter, scene, geometry, dirty)
        self._rules(painter, geometry, dirty)
        top, bottom = dirty.y(), dirty.y() + dirty.height()
        patterns: list[Picture] = []
        entries: list[Picture] = []
        for index, column in enumerate(pictures):
            if not _meets(geometry.column_span(index), dirty):
                continue
            for each in column:
                _, y, _, height = each.rect
                if y < bottom and y + height > top:
                    (patterns if each.style.is_pattern else entries).append(each)
        # A pattern's words lie behind entries too, so each kind is painted whole before the next.
        self.pictures(painter, patterns, faded)
        self.pictures(painter, entries, faded)
        self._gutter(painter, geometry, dirty)
        painter.restore()

    def pictures(self, painter: QStylePainter, pictures: Iterable[Picture], faded: Collection[str] = ()) -> None:
        """Paint blocks. Plates first, then words in order of font and colour: each switch costs."""
        rows: dict[tuple[Face, bool, bool, bool], list[tuple[int, int, str]]] = {}
        badges: list[Picture] = []
        plate, draw = self._plates.plate, painter.drawPixmap
        for picture in pictures:
            x, y, width, height = picture.rect
            style = picture.style
            is_faded = bool(faded) and picture.key in faded
            if is_faded:
                painter.setOpacity(_FADED)
            draw(x, y, plate(style, width, height))
            for tint in picture.tints:
                painter.drawTiledPixmap(qrect(tint), self._look.overlap)
            if is_faded:
                painter.setOpacity(1.0)
                continue
            if picture.badge:
                badges.append(picture)
            is_available, is_new = style.is_available, style.is_new
            for x, y, text, face, is_faint in picture.lines:
                key = (face, is_faint, is_available, is_new)
                if (row := rows.get(key)) is None:
                    row = rows[key] = []
                row.append((x, y, text))
        for (face, is_faint, is_available, is_new), row in rows.items():
            self._ink(is_faint, is_available, is_new).write_lines(painter, face, row)
        for picture in badges:
            self._badge(painter, picture)

    def _ink(self, is_faint: bool, is_available: bool, is_new: bool) -> Ink:
        look = self._look
        if is_new:
            return look.ink(look.palette.accent)
        if is_faint:
            return look.ink(look.faint[is_available])
        return look.ink(look.palette.open if is_available else look.palette.block)

    def _badge(self, painter: QPainter, picture: Picture) -> None:
        look, rect = self._look, picture.rect
        size = min(look.px(15), max(look.px(9), rect.height - 4))
        if rect.width < size + look.px(6):
            return
        inset = look.px(4)
        x = rect.x + inset if self._rtl else rect.right - size - inset
        y = rect.y + min(inset, (rect.height - size) // 2)
        painter.drawPixmap(x, y, self._plates.badge(picture.badge, size))

    # -- what lies behind the blocks ---------------------------------------------------------------------------

    def _ground(self, painter: QPainter, scene: Scene, geometry: Geometry, dirty: QRect) -> None:
        look = self._look
        look.ink(look.palette.bg).fill(painter, dirty.x(), dirty.y(), dirty.width(), dirty.height())
        top, bottom = dirty.y(), dirty.y() + dirty.height()
        period = look.hatch.deviceIndependentSize().width()
        for index, column in enumerate(scene.columns):
            left, width = geometry.column_span(index)
            for closed in column.closed:
                # The hatching of a closed morning and night goes on over the margins above and below the day. It
                # begins where it would if all were painted: from elsewhere, fractions of a pixel may be rounded
                # another way, and the lines of what is scrolled in or repainted would not meet.
                start = 0 if closed.start == 0 else geometry.y_of(closed.start)
                end = bottom if closed.end == DAY_MINUTES else min(bottom, geometry.y_of(closed.end))
                if max(top, start) < end:
                    # The tile is laid from one origin, so that the lines of neighbours meet, too.
                    area = QRectF(left, start, width, end - start)
                    painter.drawTiledPixmap(area, look.hatching, QPointF(left % period, start % period))

    def _rules(self, painter: QPainter, geometry: Geometry, dirty: QRect) -> None:
        look = self._look
        first_left, first_width = geometry.column_span(0)
        last_left, last_width = geometry.column_span(geometry.days - 1)
        left, right = min(first_left, last_left), max(first_left + first_width, last_left + last_width)
        line, fine_line = look.ink(look.palette.line), look.ink(look.palette.line2)
        step = 30 if geometry.hour >= look.px(88) else 60
        for minute in range(0, DAY_MINUTES + 1, step):
            y = geometry.y_of(minute)
            if dirty.y() <= y < dirty.y() + dirty.height():
                fine_line.fill(painter, left, y, right - left, 1)
        for column in range(geometry.days):
            span_left, width = geometry.column_span(column)
            edge = span_left + width - 1 if geometry.rtl else span_left
            line.fill(painter, edge, dirty.y(), 1, dirty.height())

    def _gutter(self, painter: QStylePainter, geometry: Geometry, dirty: QRect) -> None:
        look = self._look
        face = look.small
        left = geometry.width - geometry.gutter if geometry.rtl else 0
        if left >= dirty.x() + dirty.width() or left + geometry.gutter <= dirty.x():
            return
        painter.setFont(face.font)
        muted, at = look.ink(look.palette.muted), At.LEFT if geometry.rtl else At.RIGHT
        every = next(hours for hours in (1, 2, 3, 4, 6, 12, 24) if geometry.hour * hours >= face.height * 1.3)
        inset = look.px(10)
        for hour in range(0, 25, every):
            y = geometry.y_of(hour * 60)
            area = QRect(left, y - face.height // 2, geometry.gutter, face.height)
            if area.intersects(dirty):
                muted.write(painter, area.adjusted(inset, 0, -inset, 0), self._words.time(hour * 60), at)
