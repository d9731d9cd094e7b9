"""*Release early*: from the running minute on everything as it would be without the quick actions in force.

What they made is trimmed to its past part, or deleted where it has none; what they cut out of an opening is given
back to it. What somebody changed since is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.quick import edit_between
from triluna_desktop.domain.quick_memory import NOTHING_KNOWN, Cut, Memory
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE
from triluna_desktop.domain.when import DatedInterval

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.quick import Calendar


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What a release does, in data; an `edit` of None: no quick action is in force."""

    edit: Edit | None = None
    opened: tuple[DatedInterval, ...] = ()
    """What becomes bookable."""
    closed: tuple[DatedInterval, ...] = ()
    """What is bookable no more: the rest of an *Open now*."""
    trimmed: tuple[Entry, ...] = ()
    """Entries of quick actions, as they will be: only their past part."""
    deleted: tuple[Entry, ...] = ()
    """Entries of quick actions of which nothing is past; others where an opening is whole again."""
    memory: Memory = NOTHING_KNOWN
    """What is to be remembered once the edit is written."""


def plan_release(
    now: datetime, calendar: Calendar, memory: Memory, *, names: Callable[[], str] = new_key
) -> ReleasePlan:
    """What gives back the time from ``now`` on; ``names`` gives new keys."""
    today = now.date()
    memory = memory.since(today)
    dates = sorted({*(each.date for each in memory.made), *(each.opening.date for each in memory.cuts)})
    days = [_Day(day, now.hour * 60 + now.minute if day == today else 0, calendar, memory, names) for day in dates]
    before = {key: entry for each in days for key, entry in each.before.items()}
    after = {key: entry for each in days for key, entry in each.after.items()}
    edit = edit_between(before, after)
    if edit is None:
        return ReleasePlan(memory=memory)
    ours = memory.keys
    kept = [after[key] for key in ours if key in after]
    return ReleasePlan(
        edit,
        opened=tuple(each for day in days for each in day.difference(opens=True)),
        closed=tuple(each for day in days for each in day.difference(opens=False)),
        trimmed=tuple(entry for entry in kept if entry != before[entry.key]),
        deleted=tuple(entry for key, entry in before.items() if key not in after),
        memory=Memory(made=memory.made).with_made(kept),
    )


class _Day:
    """One date's part of it."""

    def __init__(
        self, day: date, minute: int, calendar: Calendar, memory: Memory, names: Callable[[], str]
    ) -> None:
        self._date, self._names = day, names
        self._beneath = calendar.beneath(day)
        self._left = IntervalSet((Interval(minute, DAY_MINUTES),))
        self.before = calendar.on(day)
        self.after = dict(self.before)
        for made in memory.made:
            entry = made.still(self.before) if made.date == day else None
            if entry is None or entry.end <= minute:
                continue
            if minute <= entry.start:
                if entry.interval == made.interval:  # Else somebody moved it there.
                    del self.after[entry.key]
            elif minute < LAST_MINUTE:  # 23:59 as an end is 24:00.
                self.after[entry.key] = replace(entry, end=minute)
        cuts = [cut for cut in memory.cuts if cut.opening.date == day and cut.in_force(self.before)]
        # Cuts out of what was one opening, side by side, are one stretch to give back.
        for _, alike in groupby(sorted(cuts, key=_place), key=lambda cut: _texts(cut.opening)):
            self._give_back(list(alike))

    def _give_back(self, cuts: list[Cut]) -> None:
        taken = IntervalSet.of(entry.interval for entry in self.after.values())
        back = IntervalSet.of(cut.interval for cut in cuts).intersection(self._left).difference(taken)
        pieces = {key for cut in cuts for key in (cut.before, cut.after) if key is not None}
        for stretch in back:
            beside = [self.after[key] for key in sorted(pieces) if key in self.after]
            before = next((each for each in beside if each.end == stretch.start), None)
            after = next((each for each in beside if each.start == stretch.end), None)
            if before is not None and after is not None:
                # One again. The entry that was there first stays.
                del self.after[after.key]
                self.after[before.key] = replace(before, end=after.end)
            elif before is not None:
                self.after[before.key] = replace(before, end=stretch.end)
            elif after is not None:
                self.after[after.key] = replace(after, start=stretch.start)
            elif stretch.start < LAST_MINUTE:
                whole = replace(cuts[0].opening, start=stretch.start, end=stretch.end).with_key(self._names())
                self.after[whole.key] = whole

    def difference(self, *, opens: bool) -> tuple[DatedInterval, ...]:
        """What becomes bookable, or ends being so."""
        one, other = self._bookable(self.before), self._bookable(self.after)
        found = other.difference(one) if opens else one.difference(other)
        return tuple(DatedInterval(self._date, stretch) for stretch in found)

    def _bookable(self, entries: dict[str, Entry]) -> IntervalSet:
        opened, closed = (
            IntervalSet.of(each.interval for each in entries.values() if each.is_available is opens)
            for opens in (True, False)
        )
        return self._beneath.union(opened).difference(closed)


def _place(cut: Cut) -> tuple[str, str, int]:
    return (*_texts(cut.opening), cut.interval.start)


def _texts(entry: Entry) -> tuple[str, str]:
    return entry.title, entry.notes
