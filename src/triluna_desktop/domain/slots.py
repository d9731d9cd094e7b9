"""Making a stretch of one date bookable, or not: the entries that it takes, whatever stands there already.

The server refuses two entries of a date that overlap. So what is in the way is cut, and what is created fills
only what no entry covers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_on
from triluna_desktop.domain.bulk import BulkPlan
from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.time import LAST_MINUTE, slot_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Pattern


def slot_of(interval: Interval) -> Interval:
    """The stretch as an entry can hold it: no entry ends or begins at 23:59, see `domain.time.slot_end`."""
    return Interval(min(interval.start, LAST_MINUTE - 1), slot_end(interval.end))


def make_bookable(
    day: date,
    slot: Interval,
    settings: ModeSettings,
    patterns: Iterable[Pattern],
    entries: Iterable[Entry],
    *,
    is_open: bool,
    title: str = "",
    make_key: Callable[[], str] = new_key,
) -> Edit | None:
    """The edit after which each minute of the slot of the date is bookable, or none is; None where it is so.

    Outside of the slot nothing changes. Entries of other dates are passed over.
    """
    slot = slot_of(slot)
    weekly = tuple(patterns)
    there = [entry for entry in entries if entry.date == day]
    against = [e for e in there if e.is_available is not is_open and e.interval.overlaps(slot)]
    left = [entry for entry in there if entry not in against]
    cuts: list[Change] = []
    for entry in against:
        cuts += cut_out(entry, slot, make_key)
    left += [change.after for change in cuts if isinstance(change.after, Entry)]
    bookable = availability_on(day, settings, weekly, left).bookable
    wanted = IntervalSet((slot,))
    missing = wanted.difference(bookable) if is_open else wanted.intersection(bookable)
    new = [Entry(make_key(), day, each.start, each.end, is_open, title) for each in map(slot_of, missing)]
    return BulkPlan.of(_in_place(cuts, new)).edit


def cut_out(entry: Entry, slot: Interval, make_key: Callable[[], str] = new_key) -> list[Change]:
    """Cut the slot out of an entry that overlaps it: up to two pieces are left, or none."""
    before = replace(entry, end=slot.start) if entry.start < slot.start else None
    after = replace(entry, start=slot.end) if entry.end > slot.end else None
    if before is not None and after is not None:
        second = replace(entry.with_key(make_key()), start=slot.end)
        return [Change(entry, before), Change(None, second)]
    return [Change(entry, before or after)]


def _in_place(cuts: Iterable[Change], new: Iterable[Entry]) -> list[Change]:
    """The changes, where what goes becomes what comes in its place: one request instead of two."""
    changes = list(cuts)
    for entry in new:
        gone = next(
            (each for each in changes if each.after is None and each.item.interval.overlaps(entry.interval)), None
        )
        if gone is None or not isinstance(gone.before, Entry):
            changes.append(Change(None, entry))
        else:
            after = replace(entry, key=gone.key, server_id=gone.before.server_id)
            changes[changes.index(gone)] = Change(gone.before, after)
    return changes
