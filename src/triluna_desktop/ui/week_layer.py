"""The picture of the week at rest, kept, so that a drag only copies pieces of it.

Painted when it is first needed after a change. Scrolling shifts it and paints the strip that comes into view; a
change within one date paints that date's column.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap, QRegion

from triluna_desktop.ui.week_header import paint_header
from triluna_desktop.ui.week_ink import InkPainter
from triluna_desktop.ui.week_painter import WeekPainter, qrect
from triluna_desktop.ui.week_pictures import Arranger

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.scene import Scene
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_pictures import Picture
    from triluna_desktop.ui.week_words import WeekWords

_MANY = 8
"""More pieces than this cost more than the rectangle around them."""


class WeekLayer:
    """The kept picture. Rectangles are in the widget's pixels."""

    def __init__(self, scene: Scene, geometry: Geometry, look: Look, words: WeekWords, today: date) -> None:
        self._pixmap = QPixmap()
        self._faded: frozenset[str] = frozenset()
        self._kept_pictures: list[list[Picture]] | None = None
        self._stale: list[QRect] = []
        self._header_is_stale = True
        self._today = today
        self._scene, self._geometry, self._look, self._words = scene, geometry, look, words
        self._painter = WeekPainter(look, words, rtl=geometry.rtl)
        self._lay_out()

    def reset(self, scene: Scene, geometry: Geometry, look: Look, words: WeekWords) -> None:
        """Everything may look different: other dates, another size, zoom, theme or language."""
        if (look, words, geometry.rtl) != (self._look, self._words, self._geometry.rtl):
            # What paints keeps finished pieces, so it stays as long as they fit.
            self._painter = WeekPainter(look, words, rtl=geometry.rtl)
        self._scene, self._geometry, self._look, self._words = scene, geometry, look, words
        self._lay_out()

    @property
    def days(self) -> int:
        """How many it shows."""
        return len(self._scene.columns)

    @property
    def geometry(self) -> Geometry:
        """What it is laid out for."""
        return self._geometry

    @property
    def arranger(self) -> Arranger:
        """What lays out blocks as this layer does; for those in the hand."""
        return self._arranger

    @property
    def painter(self) -> WeekPainter:
        """What paints blocks as this layer does."""
        return self._painter

    def show(self, scene: Scene) -> QRegion:
        """Take other content in the same geometry; returns where it looks different."""
        before, self._scene = self._scene, scene
        changed = QRegion()
        for index, (old, new) in enumerate(zip(before.columns, scene.columns, strict=True)):
            if old == new:
                continue
            if self._kept_pictures is not None:
                self._kept_pictures[index] = self._arranger.column(index, new)
            left, width = self._geometry.column_span(index)
            column = QRect(left, self._geometry.header, width, self._geometry.viewport_height)
            self._stale.append(column)
            changed += column
            if (old.day, old.bookable) != (new.day, new.bookable):
                self._header_is_stale = True
                changed += QRect(left, 0, width, self._geometry.header)
        return changed

    def rewrite(self, days: Collection[date]) -> QRegion:
        """What stands in the blocks of these dates is said anew; returns where that may look different."""
        changed = QRegion()
        for index, column in enumerate(self._scene.columns):
            if column.day in days:
                if self._kept_pictures is not None:
                    self._kept_pictures[index] = self._arranger.column(index, column)
                left, width = self._geometry.column_span(index)
                place = QRect(left, self._geometry.header, width, self._geometry.viewport_height)
                self._stale.append(place)
                changed += place
        return changed

    def scroll_to(self, geometry: Geometry) -> None:
        """Scroll to where another geometry, otherwise the same, is scrolled."""
        down = geometry.scroll - self._geometry.scroll
        self._geometry = geometry
        body = self._body()
        shift = down * self._look.ratio
        if self._stale or abs(down) >= body.height() or not shift.is_integer() or self._pixmap.isNull():
            self._stale = [body]
            return
        ratio = self._look.ratio
        # QPixmap.scroll counts in the pixels of the screen; of a half, `round` makes an even one, and Qt the next.
        header = floor(body.y() * ratio + 0.5)
        area = QRect(0, header, self._pixmap.width(), self._pixmap.height() - header)
        self._pixmap.scroll(0, -round(shift), area)
        top = body.bottom() + 1 - down if down > 0 else body.top()
        self._stale.append(QRect(0, top, body.width(), abs(down)))

    def fade(self, keys: frozenset[str]) -> QRegion:
        """Paint just these entries faintly; returns where that makes a difference."""
        touched = keys ^ self._faded
        self._faded = keys
        region = QRegion()
        body = self._body()
        for column in self._pictures if touched else ():
            for picture in column:
                if picture.key in touched:
                    piece = qrect(picture.rect).translated(0, -self._geometry.scroll) & body
                    self._stale.append(piece)
                    region += piece
        return region

    def set_today(self, today: date) -> bool:
        """Mark another date as today; tells whether it was another."""
        if today == self._today:
            return False
        self._today = today
        self._header_is_stale = True
        return True

    def pixmap(self) -> QPixmap:
        """The picture, up to date."""
        geometry, ratio = self._geometry, self._look.ratio
        width, height = round(geometry.width * ratio), round(geometry.height * ratio)
        if (self._pixmap.width(), self._pixmap.height()) != (width, height):
            self._pixmap = QPixmap(width, height)
            self._pixmap.setDevicePixelRatio(ratio)
            self._stale = [self._body()]
            self._header_is_stale = True
        if self._header_is_stale or self._stale:
            self._repaint()
        return self._pixmap

    def forget(self) -> None:
        """Keep no pictures; they are painted anew when they are asked for."""
        self._pixmap = QPixmap()
        self._painter = WeekPainter(self._look, self._words, rtl=self._geometry.rtl)
        self._kept_pictures = None

    def _repaint(self) -> None:
        geometry = self._geometry
        painter = InkPainter(self._pixmap)
        if self._header_is_stale:
            paint_header(painter, self._scene, geometry, self._look, self._words, self._today)
            self._header_is_stale = False
        body = self._body()
        painter.setClipRect(body)
        painter.translate(0, -geometry.scroll)
        pieces = self._stale
        if len(pieces) > _MANY:
            region = QRegion()
            for piece in pieces:
                region += piece
            pieces = [region.boundingRect()]
        at_rest = geometry.scrolled_to(0)
        for piece in pieces:
            dirty = piece.intersected(body).translated(0, geometry.scroll)
            if not dirty.isEmpty():
                self._painter.body(painter, self._scene, at_rest, self._pictures, dirty, self._faded)
        painter.end()
        self._stale = []

    @property
    def _pictures(self) -> list[list[Picture]]:
        """By column; laid out when needed, as a widget on its way to the screen changes its size many times."""
        if self._kept_pictures is None:
            self._kept_pictures = self._arranger.columns(self._scene.columns)
        return self._kept_pictures

    def _body(self) -> QRect:
        geometry = self._geometry
        return QRect(0, geometry.header, geometry.width, geometry.viewport_height)

    def _lay_out(self) -> None:
        at_rest = self._geometry.scrolled_to(0)
        self._arranger = Arranger(at_rest, self._look, self._words)
        self._kept_pictures = None
        self._stale = [self._body()]
        self._header_is_stale = True
