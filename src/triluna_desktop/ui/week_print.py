"""The week on paper: one landscape page, by the painter that paints the screen, in light colours.

It is laid out in the screen's own pixels and scaled to the page, so that words stay words in a PDF; what is kept
as a picture, such as the blocks' grounds, is made at the page's resolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMarginsF, QRect, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter

from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.grid.geometry import Geometry
from triluna_desktop.ui.theme import LIGHT
from triluna_desktop.ui.week_header import paint_header
from triluna_desktop.ui.week_ink import Face, InkPainter
from triluna_desktop.ui.week_look import Look, hatch
from triluna_desktop.ui.week_painter import WeekPainter
from triluna_desktop.ui.week_pictures import Arranger

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice

    from triluna_desktop.grid.scene import Scene
    from triluna_desktop.ui.week_words import WeekWords

DOTS_PER_INCH = 300
_WIDTH = 1080
"""Of the page, in the screen's pixels: at this size its words are as large as in a letter."""
_MARGIN_MM = 10
_TITLE = 44
_DAY_BEGINS, _DAY_ENDS = 8 * 60, 18 * 60
"""At least these hours are on the page."""
_HOUR = 60


@dataclass(frozen=True, slots=True)
class PrintedWeek:
    """What is put on paper."""

    title: str
    note: str
    """In small letters at the other end of the title's line."""
    scene: Scene
    first: date


def page_layout() -> QPageLayout:
    """A landscape page, A4 or Letter as this country has it."""
    uses_letter = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if uses_letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)


def hours_of(scene: Scene) -> tuple[int, int]:
    """The first and the last minute on the page, on full hours: all that is marked or bookable lies between."""
    start, end = _DAY_BEGINS, _DAY_ENDS
    for column in scene.columns:
        for block in (*column.patterns, *column.entries):
            start, end = min(start, block.item.start), max(end, block.item.end)
        # What lies between closed stretches is bookable; at the day's ends nothing needs to be shown of them.
        if column.bookable:
            closed = column.closed
            first = closed[0].end if closed and closed[0].start == 0 else 0
            last = closed[-1].start if closed and closed[-1].end == DAY_MINUTES else DAY_MINUTES
            start, end = min(start, first), max(end, last)
    return start // _HOUR * _HOUR, -(-end // _HOUR) * _HOUR


def paint_week(device: QPaintDevice, week: PrintedWeek, words: WeekWords, font: QFont, *, rtl: bool) -> bool:
    """Paint the week on one page of a device; tells whether the device took it."""
    painter = InkPainter(device)
    if not painter.isActive():
        return False
    # In units of the device: the page without its margins.
    scale = device.width() / _WIDTH
    painter.scale(scale, scale)
    height = int(device.height() / scale)
    plain = QFont(font)
    plain.setPixelSize(13)
    look = Look(LIGHT, plain, max(1.0, scale))
    # A PDF takes tiles as they are and knows nothing of their scale.
    look.hatch = look.hatching = hatch(10, LIGHT.hatch, 1.0, ground=LIGHT.closed)
    _title(painter, week, plain, rtl=rtl)
    painter.translate(0, _TITLE)
    start, end = hours_of(week.scene)
    header, margin = look.measures.header, 8
    room = height - _TITLE - header
    hour = (room - 2 * margin) * _HOUR / (end - start)
    geometry = Geometry(
        week.first,
        len(week.scene.columns),
        _WIDTH,
        height - _TITLE,
        header=header,
        gutter=max(look.measures.gutter, look.small.width(words.time(600)) + look.px(20)),
        hour=hour,
        margin=margin,
        rtl=rtl,
    ).scrolled_to(round(start * hour / _HOUR))
    # On paper no date is today for long.
    paint_header(painter, week.scene, geometry, look, words, date.min)
    body = QRect(0, header, _WIDTH, room)
    painter.setClipRect(body)
    painter.translate(0, -geometry.scroll)
    at_rest = geometry.scrolled_to(0)
    arranger = Arranger(at_rest, look, words)
    pictures = [arranger.column(index, column) for index, column in enumerate(week.scene.columns)]
    dirty = body.translated(0, geometry.scroll)
    WeekPainter(look, words, rtl=rtl).body(painter, week.scene, at_rest, pictures, dirty, ())
    return painter.end()


def _title(painter: QPainter, week: PrintedWeek, font: QFont, *, rtl: bool) -> None:
    start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    if rtl:
        start, end = end, start
    flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
    line = QRect(0, 4, _WIDTH, _TITLE - 10)
    large, small = Face(font, 20, QFont.Weight.DemiBold), Face(font, 12)
    painter.setFont(large.font)
    painter.setPen(LIGHT.text)
    painter.drawText(line, start | flags, week.title)
    painter.setFont(small.font)
    painter.setPen(LIGHT.muted)
    note = small.elided(week.note, _WIDTH - large.width(week.title) - 20)
    painter.drawText(line.translated(0, large.ascent - small.ascent), end | flags, note)
