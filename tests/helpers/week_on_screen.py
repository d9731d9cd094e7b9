"""Where dates and times lie in the week on the screen, found out from the blocks that a screen reader is told of.

A block's name says when it is, its box says where: a few blocks are enough to know the whole grid, however large
the window is and however far it is scrolled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.grid.geometry import INSET_AFTER, INSET_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.helpers.mouse import Point
    from tests.helpers.screen_reader import Box, Thing

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAME = re.compile(
    rf"(?P<day>{'|'.join(WEEKDAYS)}) (?P<start>\d?\d:\d\d) to (?P<end>\d?\d:\d\d), "
    r"(?P<kind>available|blocked)(?P<rest>.*)"
)


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """An entry on the screen. ``day`` is 0 for Monday; times are minutes of the day."""

    day: int
    start: int
    end: int
    is_available: bool
    says: str
    box: Box
    is_pattern: bool

    @property
    def span(self) -> tuple[int, str, str]:
        """Day, start and end, for comparing."""
        return self.day, clock(self.start), clock(self.end)


def clock(minute: int) -> str:
    """Minutes of the day as "14:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def this_week(day: int) -> str:
    """The date of a weekday (Monday is 0) of the week that the app opens on."""
    today = date.today()  # noqa: DTZ011 - the wall date, as the app takes it.
    return (today - timedelta(days=today.weekday() - day)).isoformat()


def minutes(text: str) -> int:
    """ "14:30" as minutes of the day."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def seen_blocks(app: Thing) -> list[SeenBlock]:
    """All blocks on the screen, those of weekly hours too."""
    found = []
    for thing in app.walk():
        match = _NAME.fullmatch(thing.name)
        if match is not None:
            found.append(
                SeenBlock(
                    WEEKDAYS.index(match["day"]),
                    minutes(match["start"]),
                    minutes(match["end"]),
                    match["kind"] == "available",
                    thing.name,
                    thing.box,
                    "every week" in match["rest"],
                )
            )
    return found


class WeekOnScreen:
    """Pixels for days and minutes. It holds until the window is resized, scrolled or zoomed."""

    def __init__(self, blocks: Iterable[SeenBlock]) -> None:
        """Needs two entries of different days, and two starts at least an hour apart, none beside another."""
        known = [block for block in blocks if not block.is_pattern]
        upper, lower = min(known, key=lambda it: it.start), max(known, key=lambda it: it.start)
        left, right = min(known, key=lambda it: it.day), max(known, key=lambda it: it.day)
        assert upper.start + 60 <= lower.start and left.day < right.day, f"too few blocks to tell by: {known}"
        self._minute = (lower.box.y - upper.box.y) / (lower.start - upper.start)
        self._midnight = upper.box.y - 1 - upper.start * self._minute
        self._column = (right.box.x - left.box.x) / (right.day - left.day)
        self._monday = left.box.x - INSET_BEFORE - left.day * self._column

    def at(self, day: int, time: str) -> Point:
        """A point in the middle of a day's column (Monday is 0), at a time."""
        across = (self._column + INSET_BEFORE - INSET_AFTER) / 2
        return round(self._monday + day * self._column + across), self.row(time)

    def row(self, time: str) -> int:
        """The row of pixels at a time."""
        return round(self._midnight + minutes(time) * self._minute)
