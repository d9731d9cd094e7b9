"""The wall clock: minutes of a day, 24:00, and the hours that a clock change skips or repeats.

A calendar's times are wall times of the user's own zone. They are whole minutes, ``0`` to ``1440``, where
``1440`` is 24:00, the end of the day. Nothing in ``domain`` asks what time it is: a `Clock` is passed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_MINUTES = 24 * 60
LAST_MINUTE = DAY_MINUTES - 1
"""23:59. No slot can start there: its end, 24:00, is sent as 23:59."""

_HHMM = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", re.ASCII)


class Clock(Protocol):
    """Where the time comes from. Tests pass one whose time they set."""

    def now(self) -> datetime:
        """The present instant, aware, in the user's zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards, from an arbitrary start."""
        ...


def parse_time(text: str) -> int:
    """Minutes of the day for ``H:MM``, ``HH:MM`` or ``HH:MM:SS``; seconds are dropped; ``24:00`` is 1440.

    Raises:
        ValueError: the text is no time of a day.
    """
    match = _HHMM.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text}” is not a time; write it as HH:MM, for example 14:30")
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    minutes = hour * 60 + minute
    if minute > 59 or second > 59 or minutes > DAY_MINUTES or (minutes == DAY_MINUTES and second):
        raise ValueError(f"“{text}” is not a time of a day; the day goes from 00:00 to 24:00")
    return minutes


def slot_end(minutes: int) -> int:
    """The end of a slot as the calendar keeps it: 23:59 is the end of the day.

    The wire cannot say 24:00 and sends 23:59 for it, so the two are one time.
    """
    return DAY_MINUTES if minutes == LAST_MINUTE else minutes


def format_time(minutes: int) -> str:
    """``HH:MM`` for minutes of the day, ``24:00`` for 1440.

    Raises:
        ValueError: the minutes lie outside the day.
    """
    if not 0 <= minutes <= DAY_MINUTES:
        raise ValueError(f"{minutes} minutes lie outside the day")
    return f"{minutes // 60:02}:{minutes % 60:02}"


def weekday_of(day: date) -> int:
    """The weekday as the API counts it: 0 is Sunday, 6 is Saturday."""
    return day.isoweekday() % 7


def week_of(day: date, first_weekday: int) -> date:
    """The first day of the week that holds ``day``, where weeks start on ``first_weekday`` (0 is Sunday)."""
    return day - timedelta(days=(weekday_of(day) - first_weekday) % 7)


def instant_of(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which a wall clock in ``zone`` shows ``minutes`` of ``day``.

    A time that a clock change repeats is its first occurrence. A time that it skips is read with the offset
    from before the change, so 02:30 in a gap of an hour is the instant that the clock shows as 03:30.
    """
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time on purpose; the zone follows.
    wall = midnight + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def skipped_minutes(day: date, zone: tzinfo) -> tuple[int, int] | None:
    """The stretch ``(start, end)`` of ``day`` that no clock in ``zone`` shows, or None on an ordinary day."""
    return _stretch(day, zone, lambda minute: not _exists(day, minute, zone))


def repeated_minutes(day: date, zone: tzinfo) -> tuple[int, int] | None:
    """The stretch ``(start, end)`` of ``day`` that the clock in ``zone`` shows twice, or None."""
    return _stretch(day, zone, lambda minute: _exists(day, minute, zone) and _is_twice(day, minute, zone))


def _stretch(day: date, zone: tzinfo, wanted: Callable[[int], bool]) -> tuple[int, int] | None:
    # The offset before a change at the first minute, and after one at the last: also of a repeated stretch that
    # runs past midnight, and on the calendar's last date.
    if _wall(day, 0, zone, 0).utcoffset() == _wall(day, DAY_MINUTES - 1, zone, 1).utcoffset():
        return None  # No clock change on this date: nothing to look for.
    found = [minute for minute in range(DAY_MINUTES) if wanted(minute)]
    return (found[0], found[-1] + 1) if found else None


def _wall(day: date, minute: int, zone: tzinfo, fold: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone, fold=fold)


def _exists(day: date, minute: int, zone: tzinfo) -> bool:
    """A wall time exists when going to UTC and back gives it again."""
    wall = _wall(day, minute, zone, fold=0)
    return wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)


def _is_twice(day: date, minute: int, zone: tzinfo) -> bool:
    return _wall(day, minute, zone, fold=0).utcoffset() != _wall(day, minute, zone, fold=1).utcoffset()
