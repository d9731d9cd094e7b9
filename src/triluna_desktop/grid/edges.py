"""A drag at the edge of the grid: near the top and the bottom it scrolls, held at a side it turns the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triluna_desktop.grid.geometry import Geometry

REACH = 40
"""Pixels from the top and bottom within which a drag scrolls."""
TOP_SPEED = 600.0
"""Pixels a second at the very edge, and beyond it."""
SIDE_REACH = 16
HOLD_SECONDS = 0.7


def scroll_speed(geometry: Geometry, y: float) -> float:
    """Pixels a second to scroll down (below zero: up) for a drag at row ``y``; grows with the square."""
    above = geometry.header + REACH - y
    below = y - (geometry.height - REACH)
    depth, sign = (above, -1.0) if above > below else (below, 1.0)
    share = min(max(depth / REACH, 0.0), 1.0)
    return sign * TOP_SPEED * share * share


class SideHold:
    """Counts how long a drag is held at the left or right edge."""

    def __init__(self) -> None:
        self._side = 0
        self._since = 0.0

    def feed(self, geometry: Geometry, x: float, now: float) -> int:
        """Weeks to turn now: 1 forward in time, -1 back, 0 none. ``now`` in seconds, never backwards.

        Each further `HOLD_SECONDS` turns another one.
        """
        side = self._side_at(geometry, x)
        if side != self._side:
            self._side, self._since = side, now
        if side == 0 or now - self._since < HOLD_SECONDS:
            return 0
        self._since = now
        return side

    def reset(self) -> None:
        """The drag is over."""
        self._side = 0

    @staticmethod
    def _side_at(geometry: Geometry, x: float) -> int:
        logical = geometry.width - 1 - x if geometry.rtl else x
        if logical < geometry.gutter:
            return -1
        return 1 if logical >= geometry.width - geometry.trailing - SIDE_REACH else 0
