"""Time and dates to pixels and back. The y axis is wall time, the x axis is days; RTL mirrors the columns.

All lengths are device-independent pixels. Rows are rounded before scrolling is taken off, so scrolling shifts a
picture by whole pixels and never redraws a line half a pixel away.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.domain.values import NamedTuple, dataclass

INSET_BEFORE = 4
INSET_AFTER = 8
"""Beside a block some of the column stays free, so that one can still drag over it."""
LANE_GAP = 2


class Rect(NamedTuple):
    """A rectangle in pixels, with whole-number edges."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first x that is not inside."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first y that is not inside."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes that follow the font. At ``scale`` 1 (13 pixels to the em) they are those of the design."""

    scale: float = 1.0

    def px(self, length: float) -> int:
        """A length of the design at this scale."""
        return round(length * self.scale)

    @property
    def header(self) -> int:
        """Height of the row of days."""
        return self.px(64)

    @property
    def gutter(self) -> int:
        """Width of the column of hours."""
        return self.px(56)

    @property
    def hour(self) -> float:
        """Height of an hour at zoom 1."""
        return 46 * self.scale

    @property
    def edge_zone(self) -> int:
        """Height of the zones at a block's top and bottom that resize it."""
        return self.px(8)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where dates and minutes lie in a grid of the given size.

    ``hour`` is the height of an hour, ``scroll`` how far the day is scrolled up, ``margin`` the room above 00:00
    and below 24:00, ``trailing`` what the scroll bar takes at the end of the reading direction.
    """

    first: date
    days: int
    width: int
    height: int
    header: int = 64
    gutter: int = 56
    hour: float = 46.0
    margin: int = 10
    trailing: int = 0
    scroll: int = 0
    rtl: bool = False

    @property
    def viewport_height(self) -> int:
        """Height of what shows hours."""
        return max(0, self.height - self.header)

    @property
    def content_height(self) -> int:
        """Height of a whole day with its margins."""
        return round(24 * self.hour) + 2 * self.margin

    @property
    def max_scroll(self) -> int:
        """The furthest that one can scroll."""
        return max(0, self.content_height - self.viewport_height)

    def scrolled_to(self, scroll: int) -> Geometry:
        """The same grid, scrolled as far as asked and possible."""
        return replace(self, scroll=min(max(scroll, 0), self.max_scroll))

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates of the columns, in order of time."""
        return tuple(self.first + timedelta(days=column) for column in range(self.days))

    def y_of(self, minute: int) -> int:
        """The row at which a minute starts; may lie outside the viewport."""
        return self.header + self.margin + round(minute * self.hour / 60) - self.scroll

    def minute_at(self, y: float) -> float:
        """The minute at a row, kept within the day."""
        minute = (y - self.header - self.margin + self.scroll) * 60 / self.hour
        return min(max(minute, 0.0), float(DAY_MINUTES))

    def minutes_for(self, pixels: float) -> float:
        """How long a stretch of so many pixels lasts."""
        return pixels * 60 / self.hour

    def column_span(self, column: int) -> tuple[int, int]:
        """Left edge and width of a column."""
        start, end = self._logical(column), self._logical(column + 1)
        return (self.width - end if self.rtl else start, end - start)

    def column_at(self, x: float) -> int:
        """The column at an x; the nearest one where x is beside the columns."""
        logical = self.width - 1 - x if self.rtl else x
        column = int((logical - self.gutter) * self.days // max(1, self._room))
        column = min(max(column, 0), self.days - 1)
        # Integer edges are rounded down, so the division above may name a neighbour.
        if column + 1 < self.days and logical >= self._logical(column + 1):
            return column + 1
        return column - 1 if column > 0 and logical < self._logical(column) else column

    def is_in_columns(self, x: float) -> bool:
        """Whether an x is over the days, and not over the hours or the scroll bar."""
        logical = self.width - 1 - x if self.rtl else x
        return self.gutter <= logical < self.gutter + self._room

    def date_at(self, x: float) -> date:
        """The date at an x; the nearest one where x is beside the columns."""
        return self.first + timedelta(days=self.column_at(x))

    def column_of(self, day: date) -> int | None:
        """The column of a date, or None where it is not on screen."""
        column = (day - self.first).days
        return column if 0 <= column < self.days else None

    def block_rect(self, column: int, start: int, end: int, share: tuple[int, int, int] = (0, 1, 1)) -> Rect:
        """Where a block is drawn. ``share`` is (lane, lanes it spans, lanes in all).

        Neighbouring lanes and blocks that follow each other keep a gap: no two share a pixel.
        """
        return self.share_rect(self.column_span(column), start, end, share)

    def share_rect(self, column: tuple[int, int], start: int, end: int, share: tuple[int, int, int]) -> Rect:
        """As `block_rect`, for who draws many: ``column`` is its `column_span`."""
        left, width = column
        lane, span, lanes = share
        inner = max(1, width - INSET_BEFORE - INSET_AFTER + LANE_GAP)
        begin = inner * lane // lanes
        size = max(1, inner * (lane + span) // lanes - LANE_GAP - begin)
        x = left + width - INSET_BEFORE - begin - size if self.rtl else left + INSET_BEFORE + begin
        above = self.header + self.margin - self.scroll
        top = above + round(start * self.hour / 60) + 1
        height = above + round(end * self.hour / 60) - 1 - top
        return Rect(x, top, size, max(3, height))

    def zoomed(self, hour: float, y: float) -> Geometry:
        """The grid with another height of an hour; the minute under row ``y`` stays there where possible."""
        minute = (y - self.header - self.margin + self.scroll) * 60 / self.hour
        wanted = minute * hour / 60 - (y - self.header - self.margin)
        return replace(self, hour=hour).scrolled_to(round(wanted))

    @property
    def _room(self) -> int:
        return max(self.days, self.width - self.gutter - self.trailing)

    def _logical(self, column: int) -> int:
        return self.gutter + self._room * column // self.days
