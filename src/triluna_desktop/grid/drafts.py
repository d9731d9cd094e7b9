"""Where a drag would put things: snapped, within the day, never inverted. Pure functions of two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_MINUTES = 15
"""No drag makes a slot shorter than this."""
FINE_SNAP = 5
"""What a drag snaps to while Shift is held."""


class Edge(Enum):
    """The end of a slot that a drag holds."""

    START = "start"
    END = "end"


class Spot(NamedTuple):
    """A place in the calendar: a date and a minute of it, a fraction where a pointer lies between two."""

    day: date
    minute: float


def snapped(minute: float, snap: int) -> int:
    """The nearest multiple of ``snap``; half-way goes up."""
    return floor(minute / snap + 0.5) * snap


def drawn(anchor: Spot, head: Spot, snap: int, slack: float = 0.0) -> tuple[int, int]:
    """The hours that a drag over empty time claims.

    The cell in which it began is always part of it, whether the drag goes down or up. ``slack`` is what a pixel
    is worth in minutes: a press on the line of 14:00 is not in the cell before.
    """
    if head.minute >= anchor.minute:
        start = min(floor((anchor.minute + slack) / snap) * snap, DAY_MINUTES - MIN_MINUTES)
        end = snapped(head.minute, snap)
    else:
        end = max(ceil((anchor.minute - slack) / snap) * snap, MIN_MINUTES)
        start = snapped(head.minute, snap)
        end = min(end, DAY_MINUTES)
        start = min(start, end - max(snap, MIN_MINUTES))
        return max(0, start), end
    return max(0, start), min(max(end, start + max(snap, MIN_MINUTES)), DAY_MINUTES)


def draw(anchor: Spot, head: Spot, snap: int, slack: float = 0.0, *, is_available: bool) -> tuple[Entry, ...]:
    """The entries that a drag over empty time would make: the same hours on each day that it crosses."""
    start, end = drawn(anchor, head, snap, slack)
    first, last = min(anchor.day, head.day), max(anchor.day, head.day)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return tuple(Entry(f"draft {day}", day, start, end, is_available) for day in days)


def move(entries: Sequence[Entry], leader: Entry, taken: Spot, head: Spot, snap: int) -> tuple[Entry, ...]:
    """The entries, moved as the pointer moved from ``taken`` to ``head``, all by the same days and minutes.

    The leader's start snaps; less than half a step leaves the hours alone, so an entry that starts at 14:05 can
    change its day and keep them. None leaves 00:00-24:00.
    """
    days = head.day - taken.day
    raw = head.minute - taken.minute
    minutes = snapped(leader.start + raw, snap) - leader.start if abs(raw) >= snap / 2 else 0
    earliest = min(entry.start for entry in entries)
    latest = max(entry.end for entry in entries)
    minutes = min(max(minutes, -earliest), DAY_MINUTES - latest)
    return tuple(
        replace(entry, date=entry.date + days, start=entry.start + minutes, end=entry.end + minutes)
        for entry in entries
    )


def resize(entry: Entry, edge: Edge, taken: float, head: float, snap: int) -> Entry:
    """The entry with one end moved as the pointer moved from minute ``taken`` to ``head``.

    It stays at least `MIN_MINUTES` long (one that was shorter keeps its length), so it cannot invert.
    """
    raw = head - taken
    if abs(raw) < snap / 2:
        return entry
    shortest = min(MIN_MINUTES, entry.end - entry.start)
    if edge is Edge.START:
        return replace(entry, start=min(max(snapped(entry.start + raw, snap), 0), entry.end - shortest))
    return replace(entry, end=max(min(snapped(entry.end + raw, snap), DAY_MINUTES), entry.start + shortest))
