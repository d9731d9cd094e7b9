"""What is under the pointer."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.scene import Block, Scene


class Zone(Enum):
    """A kind of place in the grid. START and END are a block's edges, which resize it."""

    EMPTY = "empty"
    PATTERN = "pattern"
    BODY = "body"
    START = "start"
    END = "end"
    HEADER = "header"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place: its date and minute (a fraction, not snapped), and the block there, if any."""

    zone: Zone
    day: date
    minute: float
    block: Block | None = None


def hit_at(scene: Scene, geometry: Geometry, x: float, y: float, edge_zone: int = 8) -> Hit:
    """What lies at a point. Entries lie over patterns.

    The zones that resize are ``edge_zone`` pixels high and at most a third of the block, so that a third is
    always left to take hold of.
    """
    column = geometry.column_at(x)
    day, minute = geometry.date_at(x), geometry.minute_at(y)
    if y < geometry.header:
        return Hit(Zone.HEADER if geometry.is_in_columns(x) else Zone.OUTSIDE, day, minute)
    if not geometry.is_in_columns(x) or column >= len(scene.columns):
        return Hit(Zone.OUTSIDE, day, minute)
    for block in reversed(scene.columns[column].entries):
        rect = geometry.block_rect(column, block.item.start, block.item.end, block.place)
        if rect.contains(x, y):
            reach = min(float(edge_zone), rect.height / 3)
            zone = Zone.START if y < rect.y + reach else Zone.END if y >= rect.bottom - reach else Zone.BODY
            return Hit(zone, day, minute, block)
    for block in scene.columns[column].patterns:
        rect = geometry.block_rect(column, block.item.start, block.item.end, block.place)
        if rect.contains(x, y):
            return Hit(Zone.PATTERN, day, minute, block)
    return Hit(Zone.EMPTY, day, minute)
