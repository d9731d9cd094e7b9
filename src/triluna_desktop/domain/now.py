"""How things stand this minute, and what comes next: “Bookable until 15:30 · next: Client meeting 15:30”."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_on
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.patterns import patterns_on
from triluna_desktop.domain.quick_memory import NOTHING_KNOWN, Memory
from triluna_desktop.domain.quick_until import next_entry
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from datetime import datetime

    from triluna_desktop.domain.models import Entry, Item, Pattern
    from triluna_desktop.domain.quick import Calendar


class Standing(Enum):
    """What a caller meets this minute."""

    BOOKABLE = "bookable"
    BLOCKED = "blocked"
    """Something says that it is not available: an entry, weekly hours, or a quick block that cut an opening."""
    OUTSIDE_HOURS = "outside_hours"
    """Nothing opens it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute of a date; 1440 is its end."""

    date: dt.date
    minute: int


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a date, for a list."""

    date: dt.date
    item: Item
    """An entry; or a weekly pattern that holds on that date."""
    is_now: bool


@dataclass(frozen=True, slots=True)
class NowView:
    """This minute, what comes next, and today and tomorrow."""

    at: Moment
    standing: Standing
    until: Moment | None
    """When the standing changes; None where it does not until the end of tomorrow."""
    bookable_from: Moment | None
    """When callers can book next, while they cannot now; None where not until the end of tomorrow."""
    next: Entry | None
    """The entry that begins next, in the next 12 hours; not one that a quick action made."""
    today: tuple[Line, ...]
    """What is not over, in order of start."""
    tomorrow: tuple[Line, ...]
    is_known: bool
    """Whether both dates were read from the server at least once."""
    quick_until: Moment | None
    """When the quick actions in force end by themselves; None where there is none."""


def now_view(now: datetime, calendar: Calendar, memory: Memory = NOTHING_KNOWN) -> NowView:
    """How things stand at ``now``, a time in the user's zone. The calendar holds today and tomorrow."""
    today, minute = now.date(), now.hour * 60 + now.minute
    at = Moment(today, minute)
    days = [_Day(today, calendar, memory)]
    if today < date.max:
        days.append(_Day(today + timedelta(days=1), calendar, memory))
    standing = days[0].at(minute)
    lists = [_lines(day, minute if number == 0 else 0, calendar) for number, day in enumerate(days)]
    until = next((when for day in days for when in day.changes(at, standing)), None)
    return NowView(
        at=at,
        standing=standing,
        until=until,
        bookable_from=next((when for day in days for when in day.openings(at)), None)
        if standing is not Standing.BOOKABLE
        else None,
        next=next_entry(now, calendar.entries, memory.keys),
        today=lists[0],
        tomorrow=lists[1] if len(lists) > 1 else (),
        is_known=not {day.date for day in days} & calendar.unknown,
        quick_until=_quick_until(at, days),
    )


class _Day:
    def __init__(self, day: date, calendar: Calendar, memory: Memory) -> None:
        self.date = day
        entries = calendar.on(day)
        weekly = patterns_on(day, calendar.patterns)
        self.bookable = availability_on(day, calendar.settings, weekly, entries.values()).bookable
        made = [entry for each in memory.made if each.date == day and (entry := each.still(entries))]
        taken = IntervalSet.of(each.interval for each in entries.values())
        cuts = [each for each in memory.cuts if each.opening.date == day and each.in_force(entries)]
        cut = IntervalSet.of(each.interval for each in cuts).difference(taken)
        marks: list[Entry | Pattern] = [*entries.values(), *weekly]
        marked = IntervalSet.of(each.interval for each in marks if not each.is_available)
        self.blocked = marked.union(cut)
        self.quick = IntervalSet.of(entry.interval for entry in made).union(cut)

    def at(self, minute: int) -> Standing:
        if self.bookable.contains(minute):
            return Standing.BOOKABLE
        return Standing.BLOCKED if self.blocked.contains(minute) else Standing.OUTSIDE_HOURS

    def changes(self, after: Moment, standing: Standing) -> list[Moment]:
        """When, after a moment, it is another standing; at the most one."""
        ends = {
            0,
            *(end for stretches in (self.bookable, self.blocked) for each in stretches for end in _ends(each)),
        }
        marks = sorted(mark for mark in ends if mark < DAY_MINUTES and self._is_after(mark, after))
        return [Moment(self.date, mark) for mark in marks if self.at(mark) is not standing][:1]

    def openings(self, after: Moment) -> list[Moment]:
        """When, after a moment, bookable time begins."""
        return [Moment(self.date, each.start) for each in self.bookable if self._is_after(each.start, after)]

    def _is_after(self, minute: int, after: Moment) -> bool:
        return (self.date, minute) > (after.date, after.minute)


def _quick_until(at: Moment, days: list[_Day]) -> Moment | None:
    """The end of the stretch of quick actions that this minute lies in, across midnight."""
    found: Moment | None = None
    minute = at.minute
    for day in days:
        stretch = next((each for each in day.quick if each.contains(minute)), None)
        if stretch is None:
            break
        found = Moment(day.date, stretch.end)
        if stretch.end < DAY_MINUTES:
            break
        minute = 0
    return found


def _lines(day: _Day, minute: int, calendar: Calendar) -> tuple[Line, ...]:
    items: list[Item] = [*calendar.on(day.date).values(), *patterns_on(day.date, calendar.patterns)]
    left = sorted((each for each in items if each.end > minute), key=lambda each: (each.start, each.end, each.key))
    return tuple(Line(day.date, each, each.start <= minute) for each in left)


def _ends(interval: Interval) -> tuple[int, int]:
    return interval.start, interval.end
