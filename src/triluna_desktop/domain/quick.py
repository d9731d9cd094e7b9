"""*Block now* and *Open now*: from now until when, and what stands there, the smallest edit that does it.

What is so already is left as it is. Nothing that is made overlaps an entry, which the server would refuse:

- **Block.** Where an entry opens the time, the opening is cut; where weekly hours or the mode's default open it,
  a block is laid over them; where nothing is bookable, there is nothing to do.
- **Open.** Where weekly hours or the mode close the time, an available entry is laid over it. A block that a quick
  action made gives way; any other stays, and is told of: it was put there by somebody who meant it.

A block that touches one which a quick action made lengthens that one. Midnight cuts: an entry has one date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import default_mask, laid_over
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.intervals import ALL_DAY, Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.quick_memory import NOTHING_KNOWN, Cut, Memory
from triluna_desktop.domain.quick_until import (
    ForMinutes,
    RestOfDay,
    Until,
    UntilNextEntry,
    UntilTime,
    asked_for,
)
from triluna_desktop.domain.time import LAST_MINUTE, slot_end, weekday_of
from triluna_desktop.domain.when import DatedInterval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from triluna_desktop.domain.availability import ModeSettings

__all__ = [
    "Calendar",
    "ForMinutes",
    "Memory",
    "Nothing",
    "QuickPlan",
    "RestOfDay",
    "Until",
    "UntilNextEntry",
    "UntilTime",
    "What",
    "edit_between",
    "plan",
]


class What(Enum):
    """What is to become of the time from now on."""

    BLOCK = "block"
    OPEN = "open"


class Nothing(Enum):
    """Why there is nothing to do."""

    ALREADY_SO = "already_so"
    """No minute of it is bookable (open: every minute is)."""
    PASSED = "passed"
    """The end does not lie in the future."""
    NO_NEXT_ENTRY = "no_next_entry"
    IN_THE_WAY = "in_the_way"
    """Entries block all of it that quick actions did not make (`QuickPlan.kept`)."""
    LAST_MINUTE = "last_minute"
    """Only the last minute before midnight is left, which no entry can say by itself."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What stands on the dates in question, as the screen shows it."""

    settings: ModeSettings
    entries: tuple[Entry, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    unknown: frozenset[date] = frozenset()
    """Dates that were never read from the server. A block takes them for open all day, an opening for closed."""

    def on(self, day: date) -> dict[str, Entry]:
        """The entries of a date, by key and in order of start."""
        found = sorted(
            (each for each in self.entries if each.date == day), key=lambda each: (each.start, each.key)
        )
        return {each.key: each for each in found}

    def beneath(self, day: date) -> IntervalSet:
        """What is open on a date where no entry says otherwise."""
        weekday = weekday_of(day)
        weekly = [pattern for pattern in self.patterns if pattern.weekday == weekday]
        return IntervalSet.of_mask(laid_over(default_mask(self.settings, weekday), weekly))


@dataclass(frozen=True, slots=True)
class QuickPlan:
    """What a quick action does, in data; an `edit` of None is nothing, and `nothing` says why."""

    what: What
    asked: tuple[DatedInterval, ...]
    """From the running minute on, one stretch a date."""
    edit: Edit | None = None
    nothing: Nothing | None = None
    done: tuple[DatedInterval, ...] = ()
    """What it closes (opens)."""
    already: tuple[DatedInterval, ...] = ()
    """What of the asked time was so already."""
    kept: tuple[Entry, ...] = ()
    """Blocks that stand in the way of an opening, and stay."""
    cut: tuple[Entry, ...] = ()
    """Entries, as they were, that are shortened, parted or removed."""
    lengthened: tuple[Entry, ...] = ()
    """Entries of quick actions, as they will be, that go on."""
    left_out: tuple[DatedInterval, ...] = ()
    """The last minute of a day, where it stands alone."""
    memory: Memory = NOTHING_KNOWN
    """What is to be remembered once the edit is written."""


def plan(
    what: What,
    until: Until,
    now: datetime,
    calendar: Calendar,
    memory: Memory = NOTHING_KNOWN,
    *,
    title: str = "",
    notes: str = "",
    names: Callable[[], str] = new_key,
) -> QuickPlan:
    """The smallest edit that blocks (opens) the time from ``now``, aware, on; ``names`` gives new keys.

    Raises:
        InvalidSlotError: title or notes are too long.
    """
    ours = memory.keys
    asked = asked_for(until, now, calendar.entries, ours)
    if not asked:
        why = Nothing.NO_NEXT_ENTRY if isinstance(until, UntilNextEntry) else Nothing.PASSED
        return QuickPlan(what, (), nothing=why, memory=memory)
    day_plans = [_Day(what, part, calendar, memory.keys, title, notes, names) for part in asked]
    memory = memory.since(now.date())
    for each in day_plans:
        each.work_out()
        for cut, source in each.cuts:
            memory = memory.with_cut(cut, source)
        memory = memory.with_made(each.made.values())
    found = QuickPlan(
        what,
        asked,
        edit_between(
            {key: entry for each in day_plans for key, entry in each.before.items()},
            {key: entry for each in day_plans for key, entry in each.after.items()},
        ),
        done=tuple(DatedInterval(each.date, stretch) for each in day_plans for stretch in each.turned),
        already=tuple(DatedInterval(each.date, stretch) for each in day_plans for stretch in each.already),
        kept=tuple(entry for each in day_plans for entry in each.kept),
        cut=tuple(entry for each in day_plans for entry in each.cut_entries),
        lengthened=tuple(each.after[key] for each in day_plans for key in each.lengthened),
        left_out=tuple(DatedInterval(each.date, stretch) for each in day_plans for stretch in each.left_out),
        memory=memory,
    )
    return found if found.edit is not None else replace(found, nothing=_why(found), memory=memory)


def edit_between(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Edit | None:
    """The edit that turns the one state, by key, into the other; None where they are alike.

    What gives room comes first, so that at no time two entries overlap which the server would refuse.
    """
    changes = [
        Change(before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    return Edit(tuple(sorted(changes, key=_order))) if changes else None


def _order(change: Change) -> int:
    before, after = change.before, change.after
    if after is None:
        return 0
    if before is None:
        return 3
    return 1 if before.start <= after.start and after.end <= before.end else 2


def _why(found: QuickPlan) -> Nothing:
    if found.left_out:
        return Nothing.LAST_MINUTE
    return Nothing.IN_THE_WAY if found.kept else Nothing.ALREADY_SO


class _Day:
    """One date's part of it."""

    def __init__(
        self,
        what: What,
        asked: DatedInterval,
        calendar: Calendar,
        ours: frozenset[str],
        title: str,
        notes: str,
        names: Callable[[], str],
    ) -> None:
        self.date = asked.date
        self.before = calendar.on(asked.date)
        self.after = dict(self.before)
        self.made: dict[str, Entry] = {}
        """The entries of quick actions that are new or other ones now, by key."""
        self.cuts: list[tuple[Cut, str]] = []
        self.turned = IntervalSet()
        self.already = IntervalSet()
        self.kept: list[Entry] = []
        self.cut_entries: list[Entry] = []
        self.lengthened: list[str] = []
        self.left_out = IntervalSet()
        self._opens = what is What.OPEN
        self._asked = IntervalSet((asked.interval,))
        self._ours = ours
        self._title, self._notes, self._names = title, notes, names
        unknown = IntervalSet() if self._opens else ALL_DAY
        self._beneath = unknown if asked.date in calendar.unknown else calendar.beneath(asked.date)

    def work_out(self) -> None:
        """Fill in what stands above."""
        opened, closed = self._covered(opens=True), self._covered(opens=False)
        bookable = self._beneath.union(opened).difference(closed)
        wanted = self._asked.difference(bookable) if self._opens else self._asked.intersection(bookable)
        self.already = self._asked.difference(wanted)
        if self._opens:
            theirs = [
                each for each in self.before.values() if not each.is_available and each.key not in self._ours
            ]
            self.kept = [each for each in theirs if wanted.intersection(_set(each))]
            wanted = wanted.difference(IntervalSet.of(each.interval for each in theirs))
        self.turned, self.left_out = _sayable(wanted)
        for entry in self.before.values():
            if entry.is_available is not self._opens and self.turned.intersection(_set(entry)):
                self._cut(entry)
        not_open = self._beneath.union(opened)
        laid = self.turned.difference(not_open) if self._opens else self.turned.intersection(self._beneath)
        for stretch in _sayable(laid)[0]:
            self._lay(stretch)

    def _covered(self, *, opens: bool) -> IntervalSet:
        return IntervalSet.of(each.interval for each in self.before.values() if each.is_available is opens)

    def _cut(self, entry: Entry) -> None:
        """Take what is turned out of an entry. Its first piece stays the entry, the others are new."""
        self.cut_entries.append(entry)
        left = [each for each in _set(entry).difference(self.turned) if each.start < LAST_MINUTE]
        pieces: list[Entry] = []
        for number, stretch in enumerate(left):
            piece = replace(entry, start=stretch.start, end=stretch.end)
            pieces.append(piece if number == 0 else piece.with_key(self._names()))
        del self.after[entry.key]
        self.after |= {piece.key: piece for piece in pieces}
        if entry.key in self._ours:
            self.made |= {piece.key: piece for piece in pieces}
            return
        for stretch in self.turned.intersection(_set(entry)):
            before = next((piece.key for piece in pieces if piece.end == stretch.start), None)
            after = next((piece.key for piece in pieces if piece.start == stretch.end), None)
            self.cuts.append((Cut(entry, stretch, before, after), entry.key))

    def _lay(self, stretch: Interval) -> None:
        """Lay an entry over what is open (closed) beneath, or lengthen one of a quick action that touches it."""
        stretch = Interval(stretch.start, slot_end(stretch.end))
        for entry in self.after.values():
            is_alike = (entry.is_available, entry.title, entry.notes) == (self._opens, self._title, self._notes)
            if is_alike and entry.key in self._ours and entry.interval.touches(stretch):
                start, end = min(entry.start, stretch.start), max(entry.end, stretch.end)
                laid = replace(entry, start=start, end=end)
                self.lengthened.append(entry.key)
                break
        else:
            ends = (stretch.start, stretch.end)
            laid = Entry(self._names(), self.date, *ends, self._opens, self._title, self._notes)
        self.after[laid.key] = self.made[laid.key] = laid


def _sayable(wanted: IntervalSet) -> tuple[IntervalSet, IntervalSet]:
    """What entries can say of it, and what not: none begins with the last minute of a day."""
    last = IntervalSet(tuple(each for each in wanted if each.start == LAST_MINUTE))
    return wanted.difference(last), last


def _set(entry: Entry) -> IntervalSet:
    return IntervalSet((entry.interval,))
