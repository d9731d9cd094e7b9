"""Weeks that come every second week, or two weeks in turn: kept as a template, stamped as entries up to a date.

The service knows weekly hours alone, each week and without an end. What comes every second week is therefore
written date by date; a template remembers what was written, so that it can go on where it ended.

All times are of the wall, so a clock change moves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.bulk import BulkPlan, Skipped, SkipReason
from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.time import week_of, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NAME_LIMIT = 60
"""Characters of a template's name."""
CYCLE = 2
"""Weeks after which a template begins anew."""
REMIND_DAYS = 21
"""Days before its end at which one is reminded to extend a template."""


class Rhythm(Enum):
    """How a template's weeks follow one another."""

    SECOND = "second"
    """One week, and then one in which nothing is stamped."""
    IN_TURN = "in_turn"
    """Week A, week B, week A, …"""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A stretch of one day of a template's week; ``day`` counts from 0 from the week's first day."""

    day: int
    start: int
    end: int
    is_available: bool = True
    title: str = ""
    notes: str = ""

    def on(self, day: date, key: str) -> Entry:
        """It as an entry of a date."""
        return Entry(key, day, self.start, self.end, self.is_available, self.title, self.notes)


@dataclass(frozen=True, slots=True)
class Template:
    """Weeks to stamp. ``first`` is the first day of the first one, a week A; ``until`` the last date, included.

    Raises:
        ValueError: it has no name or one over the limit, or a week B where none comes.
    """

    name: str
    rhythm: Rhythm
    first: date
    until: date
    week_a: tuple[Slot, ...]
    week_b: tuple[Slot, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= NAME_LIMIT:
            raise ValueError(f"a template's name has 1 to {NAME_LIMIT} characters")
        if self.rhythm is Rhythm.SECOND and self.week_b:
            raise ValueError("every second week has no week B")

    def week_at(self, first: date) -> tuple[Slot, ...]:
        """What is stamped in the week that begins on a date, which is so many whole weeks after the first one."""
        return (self.week_a, self.week_b)[(first - self.first).days // 7 % CYCLE]

    def days_left(self, today: date) -> int:
        """Days from today to its last date; negative once it has ended."""
        return (self.until - today).days

    def needs_extending(self, today: date) -> bool:
        """Whether it ends within three weeks, or has ended less than three weeks ago."""
        return -REMIND_DAYS < self.days_left(today) < REMIND_DAYS


def slots_of_week(first: date, entries: Iterable[Entry]) -> tuple[Slot, ...]:
    """What stands in the week that begins on a date."""
    return tuple(
        sorted(
            Slot((entry.date - first).days, entry.start, entry.end, entry.is_available, entry.title, entry.notes)
            for entry in entries
            if 0 <= (entry.date - first).days < 7
        )
    )


def slots_of_patterns(first_weekday: int, patterns: Iterable[Pattern]) -> tuple[Slot, ...]:
    """The weekly hours as a template's week. Of two that overlap, which entries must not, a block wins."""
    slots: list[Slot] = []
    for pattern in sorted(patterns, key=lambda each: (each.is_available, each.weekday, each.start, each.key)):
        day = (pattern.weekday - first_weekday) % 7
        taken = (slot for slot in slots if slot.day == day)
        if not any(slot.start < pattern.end and pattern.start < slot.end for slot in taken):
            slots.append(Slot(day, pattern.start, pattern.end, pattern.is_available, pattern.title))
    return tuple(sorted(slots))


def stamp(
    template: Template,
    present: Iterable[Entry],
    *,
    after: date | None = None,
    make_key: Callable[[], str] = new_key,
) -> BulkPlan:
    """The entries of a template's weeks, from its first day to its last.

    ``present`` are the entries that stand there. What is there already is not made twice, and what would overlap
    another entry is left out and named. With ``after``, only dates after that one: to extend what was stamped
    before, without bringing back what was deleted since.
    """
    on_date: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in present:
        on_date[entry.date].append(entry)
    changes: list[Change] = []
    skipped: list[Skipped] = []
    week = template.first
    while week <= template.until:
        for slot in template.week_at(week):
            day = week + timedelta(days=slot.day)
            if day > template.until or (after is not None and day <= after):
                continue
            entry = slot.on(day, make_key())
            standing = on_date[day]
            same = next((other for other in standing if other.same_content(entry)), None)
            blocker = next((other for other in standing if other.interval.overlaps(entry.interval)), None)
            if same is not None:
                skipped.append(Skipped(entry, SkipReason.UNCHANGED, same))
            elif blocker is not None:
                skipped.append(Skipped(entry, SkipReason.OVERLAPS, blocker))
            else:
                standing.append(entry)
                changes.append(Change(None, entry))
        if (date.max - week).days < 7:
            break
        week += timedelta(weeks=1)
    return BulkPlan.of(changes, skipped)


def aligned(template: Template, day: date) -> Template:
    """The template so that its first week holds a date; weeks start on the same weekday as before."""
    return replace(template, first=week_of(day, weekday_of(template.first)))
