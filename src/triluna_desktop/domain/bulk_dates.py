"""Bulk edits by date: block a range of dates, such as a vacation, and copy a week to other weeks.

What blocks a date does not depend on the calendar mode. The API does not tell the mode, so the app may be wrong
about it, and a date that is closed only because nothing opens it opens with the next weekly hours. So each minute
of the range is covered by a blocked entry; *unavailable* wins in either mode. Within that, the fewest requests:
what is blocked already counts, and an entry that has to go becomes the new one (PUT) where there is one to make.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.bulk import BulkPlan, Skipped, SkipReason
from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WHOLE_DAY = Interval(0, DAY_MINUTES)
LONGEST_RANGE = 366
"""Days of a range of dates, and weeks to copy to in days: more is taken for a slip of the finger."""


class Existing(Enum):
    """What becomes of the entries that stand in a range that is to be blocked."""

    KEEP_BLOCKS = "keep_blocks"
    """Blocked ones stay, available ones are closed: callers are offered nothing."""
    KEEP_ALL = "keep_all"
    """All stay, and what is free around them is blocked: callers can still book the available ones."""
    REPLACE = "replace"
    """All give way to one blocked entry; callers are offered nothing."""


class Overlap(Enum):
    """What becomes of a copy where something stands already."""

    SKIP = "skip"
    REPLACE = "replace"


def dates_between(first: date, last: date) -> tuple[date, ...]:
    """All dates from ``first`` to ``last``, both included; none where ``last`` lies before ``first``."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def block_dates(
    first: date,
    last: date,
    present: Iterable[Entry],
    *,
    hours: Interval = WHOLE_DAY,
    existing: Existing = Existing.KEEP_BLOCKS,
    title: str = "",
    make_key: Callable[[], str] = new_key,
) -> BulkPlan:
    """Block the hours of each date from ``first`` to ``last``, both included. ``present``: what stands there.

    Raises:
        InvalidSlotError: the title is over its limit.
    """
    on_date: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in present:
        if entry.interval.overlaps(hours):
            on_date[entry.date].append(entry)
    changes: list[Change] = []
    skipped: list[Skipped] = []
    for day in dates_between(first, last):
        there = sorted(on_date[day], key=lambda entry: (entry.start, entry.end, entry.key))
        blocks = [entry for entry in there if not entry.is_available]
        if blocks and not _stretches(hours, IntervalSet.of(entry.interval for entry in blocks)):
            skipped.append(Skipped(blocks[0], SkipReason.ALREADY_BLOCKED))
            continue
        kept = [entry for entry in there if _is_kept(entry, hours, existing)]
        if existing is Existing.KEEP_ALL:
            skipped += [Skipped(entry, SkipReason.STAYS_BOOKABLE) for entry in kept if entry.is_available]
        free = _stretches(hours, IntervalSet.of(entry.interval for entry in kept))
        wanted = [Entry(make_key(), day, each.start, each.end, False, title) for each in free]
        going = [entry for entry in there if entry not in kept]
        changes += _around(going, hours, make_key)
        changes += _filled([entry for entry in going if _is_inside(entry, hours)], wanted)
    return BulkPlan.of(changes, skipped)


def _stretches(hours: Interval, taken: IntervalSet) -> list[Interval]:
    """What of the hours is not taken. A last minute that stands alone is none: no entry can say it."""
    free = IntervalSet((hours,)).difference(taken)
    return [each for each in free if each.start < LAST_MINUTE]


def _is_inside(entry: Entry, hours: Interval) -> bool:
    return hours.start <= entry.start and entry.end <= hours.end


def _is_kept(entry: Entry, hours: Interval, existing: Existing) -> bool:
    """Whether it stays as it is. A block that reaches out of the hours always does: it is blocked anyway."""
    if existing is Existing.KEEP_ALL:
        return True
    return not entry.is_available and (existing is Existing.KEEP_BLOCKS or not _is_inside(entry, hours))


def _around(going: Iterable[Entry], hours: Interval, make_key: Callable[[], str]) -> list[Change]:
    """Cut the hours out of what reaches out of them."""
    changes: list[Change] = []
    for entry in going:
        before, after = entry.start < hours.start, entry.end > hours.end
        if before:
            changes.append(Change(entry, replace(entry, end=hours.start)))
        if before and after:
            changes.append(Change(None, replace(entry.with_key(make_key()), start=hours.end)))
        elif after:
            changes.append(Change(entry, replace(entry, start=hours.end)))
    return changes


def _filled(going: Sequence[Entry], wanted: Iterable[Entry]) -> list[Change]:
    """Turn what goes into what is wanted in its place; create what is left to create, delete what is left over.

    The server refuses overlaps, so whoever comes into a place waits for who leaves it; a PUT in place needs one
    request, and between two requests callers are never offered what was closed before.
    """
    left = list(going)
    changes: list[Change] = []
    for entry in wanted:
        overlapped = [old for old in left if old.date == entry.date and old.interval.overlaps(entry.interval)]
        if not overlapped:
            changes.append(Change(None, entry))
            continue
        old = max(overlapped, key=lambda each: (each.is_available is entry.is_available, each.interval.minutes))
        left.remove(old)
        changes.append(Change(old, replace(entry, key=old.key, server_id=old.server_id)))
    return changes + [Change(old, None) for old in left]


def following_weeks(first: date, count: int) -> tuple[date, ...]:
    """The first days of ``count`` weeks after the one that begins on ``first``; fewer at the calendar's end."""
    left = (date.max - first).days // 7 - 1
    return tuple(first + timedelta(weeks=number) for number in range(1, min(count, left) + 1))


def copy_week(
    first: date,
    week: Sequence[Entry],
    to_weeks: Iterable[date],
    present: Iterable[Entry],
    *,
    overlap: Overlap = Overlap.SKIP,
    make_key: Callable[[], str] = new_key,
) -> BulkPlan:
    """Copy the entries of the week that begins on ``first`` to the weeks that begin on the other dates.

    Weekdays, times and texts stay. ``present``: the entries that stand in those weeks. A copy that would overlap
    one of them is left out and named, or takes its place; what is there already is not made twice. The week itself
    is no target.
    """
    on_date: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in present:
        on_date[entry.date].append(entry)
    in_order = sorted(week, key=lambda entry: (entry.date, entry.start, entry.end, entry.key))
    changes: list[Change] = []
    skipped: list[Skipped] = []
    for target in sorted(set(to_weeks) - {first}):
        copies: list[Entry] = []
        for entry in in_order:
            try:
                copy = replace(entry.with_key(make_key()), date=entry.date + (target - first))
            except OverflowError:
                skipped.append(Skipped(entry, SkipReason.LEAVES_CALENDAR))
                continue
            if reason := _why_not(copy, copies, on_date[copy.date], overlap):
                skipped.append(reason)
            else:
                copies.append(copy)
        for day in sorted({copy.date for copy in copies}):
            there = [copy for copy in copies if copy.date == day]
            going = [old for old in on_date[day] if any(old.interval.overlaps(copy.interval) for copy in there)]
            changes += _filled(going, there)
    return BulkPlan.of(changes, skipped)


def _why_not(copy: Entry, placed: Iterable[Entry], there: Iterable[Entry], overlap: Overlap) -> Skipped | None:
    """Why a copy is not made; None where it is."""
    same = next((old for old in there if old.content() == copy.content()), None)
    if same is not None:
        return Skipped(copy, SkipReason.UNCHANGED, same)
    in_the_way = [other for other in placed if other.date == copy.date]
    if overlap is Overlap.SKIP:
        in_the_way += there
    blocker = next((other for other in in_the_way if other.interval.overlaps(copy.interval)), None)
    return None if blocker is None else Skipped(copy, SkipReason.OVERLAPS, blocker)
