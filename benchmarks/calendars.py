"""The calendars that are measured: made by rule, the same in each run on a date.

All of them lie over two years around this week, and their slots carry ids from 1 on, in order: a sandbox that is
given them in this order gives them these ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import DAY_MINUTES, format_time, week_of
from triluna_desktop.sync.ports import EntryRow, PatternRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WEEKS_BACK, WEEKS = 52, 104
WINDOW_BACK, WINDOW_AHEAD = 12, 26
"""Weeks around this one that the app reads from the server."""
PATTERNS = 100

FULL_SLOTS, ORDINARY_SLOTS = 500, 50
FULL_WEEKS = range(1, 9)
"""Weeks with 500 slots, counted from this one."""
ORDINARY_WEEKS = range(-11, 0)
"""Weeks with 50 slots."""
STEADY_SLOTS, STEADY_WEEKS = 25, range(4)
"""The weeks that hold the same in a calendar of whatever size: what one looks at when the size is compared."""

_WHAT = ("Consultation", "Rückruf", "Site visit", "Interview", "Déjeuner", "Checkup", "Delivery", "Lesson")
_WHO = ("Amara Okafor", "Jonas Weiß", "李明", "Zoë Tremblay", "María Núñez", "Priya Raman", "Noah Levy")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The confirmed content of a calendar."""

    entries: tuple[EntryRow, ...]
    patterns: tuple[PatternRow, ...]


def busy(today: date, entries: int = 10_000) -> Calendar:
    """The calendar of most figures: weeks of 500 slots ahead, of 50 behind, the rest evenly over the two years."""
    counts = dict.fromkeys(FULL_WEEKS, FULL_SLOTS) | dict.fromkeys(ORDINARY_WEEKS, ORDINARY_SLOTS)
    return _calendar(today, _filled(counts, entries))


def steady(today: date, entries: int) -> Calendar:
    """A calendar of any size from 100 on, the same as any other in the steady weeks."""
    return _calendar(today, _filled(dict.fromkeys(STEADY_WEEKS, STEADY_SLOTS), entries))


def window_only(today: date, entries: int) -> Calendar:
    """A calendar that the app reads whole."""
    weeks = range(-WINDOW_BACK + 1, WINDOW_AHEAD - 1)
    return _calendar(today, {week: _share(entries, len(weeks), number) for number, week in enumerate(weeks)})


def free(today: date, entries: int) -> Calendar:
    """This week and the next without an entry, the rest evenly over the other weeks; no weekly hours."""
    return Calendar(_calendar(today, _filled({0: 0, 1: 0}, entries)).entries, ())


KINDS = {"busy": busy, "free": free, "steady": steady, "window_only": window_only}
"""The calendars by the names that processes pass to each other."""


def week(today: date, number: int) -> date:
    """The Monday of a week, counted from this one."""
    return week_of(today, 1) + timedelta(weeks=number)


def bodies(calendar: Calendar) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The entries and the patterns as request bodies of the API."""
    entries: list[dict[str, object]] = [
        {
            "date": row.date.isoformat(),
            **_times(row.start, row.end),
            "is_available": row.is_available,
            "title": row.title,
            "notes": row.notes,
        }
        for row in calendar.entries
    ]
    patterns: list[dict[str, object]] = [
        {
            "day_of_week": row.weekday,
            **_times(row.start, row.end),
            "is_available": row.is_available,
            "title": row.title,
        }
        for row in calendar.patterns
    ]
    return entries, patterns


def _times(start: int, end: int) -> dict[str, object]:
    return {"start_time": format_time(start), "end_time": "23:59" if end == DAY_MINUTES else format_time(end)}


def _filled(counts: Mapping[int, int], entries: int) -> dict[int, int]:
    """Spread what is left of ``entries`` evenly over the weeks that ``counts`` does not name."""
    others = [week for week in range(-WEEKS_BACK, WEEKS - WEEKS_BACK) if week not in counts]
    rest = entries - sum(counts.values())
    if rest < 0:
        raise ValueError(f"{entries} entries are too few for {sum(counts.values())} in given weeks")
    return {**counts, **{week: _share(rest, len(others), number) for number, week in enumerate(others)}}


def _share(total: int, parts: int, number: int) -> int:
    """How many of ``total`` the part with this number gets, where they are as even as can be."""
    return total * (number + 1) // parts - total * number // parts


def _calendar(today: date, counts: Mapping[int, int]) -> Calendar:
    slots = [slot for number in sorted(counts) for slot in _slots(week(today, number), counts[number])]
    return Calendar(
        tuple(
            EntryRow(
                f"entry:{number}", number, 0, day, start, end, bool(number % 3), _title(number), _notes(number)
            )
            for number, (day, start, end) in enumerate(slots, start=1)
        ),
        tuple(_pattern(number) for number in range(1, PATTERNS + 1)),
    )


def _slots(monday: date, count: int) -> Iterator[tuple[date, int, int]]:
    """Slots one after the other through each day; each seventh reaches into the next one, a conflict."""
    for offset in range(7):
        on_day = _share(count, 7, offset)
        first = 7 * 60 if on_day <= 20 else 0
        room = DAY_MINUTES - first
        for number in range(on_day):
            start = first + room * number // on_day
            length = max(5, min(75, room // on_day)) + (10 if number % 7 == 6 else 0)
            yield monday + timedelta(days=offset), start, min(start + length, DAY_MINUTES)


def _title(number: int) -> str:
    """No two alike: a layout of text that was cached for one must not serve another."""
    return f"{_WHAT[number % len(_WHAT)]} {_WHO[number % len(_WHO)]} {number}"


def _notes(number: int) -> str:
    return f"Room {number % 12}, bring form {number}." if number % 4 == 0 else ""


def _pattern(number: int) -> PatternRow:
    weekday = number % 7
    start = (8 * 60 + number * 35) % (22 * 60)
    title = f"Weekly hours {number}"
    return PatternRow(f"pattern:{number}", number, 0, weekday, start, start + 90, number % 5 != 0, title)
