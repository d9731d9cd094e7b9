"""The edits that menus and keys make of entries. Each returns one `Edit`, or None where there is nothing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import Change, Edit, create
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.grid.drafts import MIN_MINUTES, Edge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from triluna_desktop.domain.models import Pattern

    NewKey = Callable[[], str]


def shifted(entries: Sequence[Entry], days: int, minutes: int) -> Edit | None:
    """Move all by the same days and minutes; None leaves 00:00-24:00."""
    if not entries:
        return None
    earliest = min(entry.start for entry in entries)
    latest = max(entry.end for entry in entries)
    minutes = min(max(minutes, -earliest), DAY_MINUTES - latest)
    by = timedelta(days=days)
    return _changed(
        (entry, replace(entry, date=entry.date + by, start=entry.start + minutes, end=entry.end + minutes))
        for entry in entries
    )


def stretched(entries: Iterable[Entry], edge: Edge, minutes: int) -> Edit | None:
    """Move one end of each, down to the shortest slot that a drag could make."""
    return _changed((entry, _stretched(entry, edge, minutes)) for entry in entries)


def flipped(entries: Sequence[Entry]) -> Edit | None:
    """Available becomes blocked and the other way round; all end as the first one does."""
    if not entries:
        return None
    wanted = not entries[0].is_available
    return _changed((entry, replace(entry, is_available=wanted)) for entry in entries)


def split(entry: Entry, minute: int, new_key: NewKey) -> Edit | None:
    """Cut an entry in two at a minute strictly inside it."""
    if not entry.start < minute < entry.end:
        return None
    rest = replace(entry, start=minute).with_key(new_key())
    return Edit((Change(entry, replace(entry, end=minute)), Change(None, rest)))


def duplicated(entries: Sequence[Entry], others: Iterable[Entry], new_key: NewKey) -> Edit | None:
    """Copy each to the first free stretch after it on its date, else to the same hours of the next free day."""
    taken = list(others)
    copies: list[Entry] = []
    for entry in sorted(entries, key=lambda each: (each.date, each.start, each.key)):
        copy = _next_free(entry, taken).with_key(new_key())
        copies.append(copy)
        taken.append(copy)
    return create(*copies) if copies else None


def pasted(copied: Sequence[Entry], day: date, start: int | None, new_key: NewKey) -> Edit | None:
    """Put copies on a date: the first one's date becomes ``day`` and its start ``start`` (None: its own)."""
    if not copied:
        return None
    first = min(copied, key=lambda each: (each.date, each.start, each.key))
    minutes = 0 if start is None else start - first.start
    moved = shifted(copied, (day - first.date).days, minutes)
    # All move by the same, so either each of them changed or none did.
    placed = [change.item for change in moved.changes] if moved else copied
    return create(*(item.with_key(new_key()) for item in placed if isinstance(item, Entry)))


def excepted(pattern: Pattern, day: date, minute: int, taken: Iterable[Entry], new_key: NewKey) -> Edit | None:
    """A dated entry that overrides a pattern on one date: the opposite of what the pattern says.

    It covers the pattern's hours around ``minute`` as far as no other entry is in the way, so it never
    conflicts; None where another entry holds that minute.
    """
    free = IntervalSet((pattern.interval,)).difference(IntervalSet.of(entry.interval for entry in taken))
    around = next((stretch for stretch in free if stretch.contains(minute)), None)
    if around is None:
        return None
    return create(Entry(new_key(), day, around.start, around.end, not pattern.is_available, title=pattern.title))


def _stretched(entry: Entry, edge: Edge, minutes: int) -> Entry:
    shortest = min(MIN_MINUTES, entry.end - entry.start)
    if edge is Edge.START:
        return replace(entry, start=min(max(entry.start + minutes, 0), entry.end - shortest))
    return replace(entry, end=max(min(entry.end + minutes, DAY_MINUTES), entry.start + shortest))


def _changed(pairs: Iterable[tuple[Entry, Entry]]) -> Edit | None:
    changes = tuple(Change(before, after) for before, after in pairs if before != after)
    return Edit(changes) if changes else None


def _next_free(entry: Entry, taken: Sequence[Entry]) -> Entry:
    length = entry.end - entry.start
    busy = IntervalSet.of(each.interval for each in taken if each.date == entry.date)
    for gap in busy.complement():
        start = max(gap.start, entry.end)
        if start + length <= gap.end:
            return replace(entry, start=start, end=start + length)
    candidate = entry
    while True:
        candidate = replace(candidate, date=candidate.date + timedelta(days=1))
        hours = Interval(candidate.start, candidate.end)
        if not any(each.date == candidate.date and each.interval.overlaps(hours) for each in taken):
            return candidate
