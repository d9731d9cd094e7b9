"""Changing many entries at once: which ones, and what becomes of them. All of it is worked out before it is done.

An action gives a `BulkPlan`: one `Edit`, which is one undo step, and by name what it leaves alone and why. The
server refuses two entries that overlap on a date, so no plan makes an overlap that was not there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Entry, Item
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end, weekday_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

ALL_WEEKDAYS = frozenset(range(7))


class SkipReason(Enum):
    """Why something stays as it is."""

    LEAVES_DAY = "leaves_day"
    """It would leave 00:00 to 24:00 of its date."""
    LEAVES_CALENDAR = "leaves_calendar"
    """There is no such date: the calendar ends in the year 9999."""
    OVERLAPS = "overlaps"
    """Another entry, which stays, is in the way."""
    UNCHANGED = "unchanged"
    """It is so already."""
    ALREADY_BLOCKED = "already_blocked"
    """The whole stretch of its date is blocked already."""
    STAYS_BOOKABLE = "stays_bookable"
    """It is available time that was to be kept: callers can still book it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What is left alone; ``by`` is the entry in its way, where there is one."""

    item: Entry
    """As it is; of a copy that is not made, the copy."""
    reason: SkipReason
    by: Entry | None = None


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What would be done. Without an edit there is nothing to do."""

    edit: Edit | None
    skipped: tuple[Skipped, ...] = ()

    @classmethod
    def of(
        cls, changes: Iterable[Change], skipped: Iterable[Skipped] = (), *, latest_first: bool = False
    ) -> BulkPlan:
        """A plan of the changes; those that change nothing are left out.

        They are sent in this order, and the server refuses what overlaps: on each date first what makes room. For
        the same reason entries that move on to later times go ``latest_first``.
        """
        real = [change for change in changes if change.before != change.after]
        real.sort(key=lambda change: _order(change.item), reverse=latest_first)
        if not latest_first:
            real.sort(key=lambda change: (_day(change.item), _room_first(change)))
        named = sorted(skipped, key=lambda each: _order(each.item))
        return cls(Edit(tuple(real)) if real else None, tuple(named))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, maybe none."""
        return () if self.edit is None else self.edit.changes

    def dates(self) -> frozenset[date]:
        """The dates that it touches."""
        sides = (side for change in self.changes for side in (change.before, change.after))
        return frozenset(side.date for side in sides if isinstance(side, Entry))


class Kind(Enum):
    """Which entries of a range of dates are meant."""

    ALL = "all"
    AVAILABLE = "available"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries of a range of dates are meant. ``start`` and ``end`` are minutes within which they begin."""

    kind: Kind = Kind.ALL
    weekdays: frozenset[int] = ALL_WEEKDAYS
    """0 is Sunday."""
    start: int = 0
    end: int = DAY_MINUTES

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is meant."""
        return (
            (self.kind is Kind.ALL or entry.is_available is (self.kind is Kind.AVAILABLE))
            and weekday_of(entry.date) in self.weekdays
            and self.start <= entry.start < self.end
        )


def chosen_by_keys(entries: Iterable[Entry], keys: Collection[str]) -> tuple[Entry, ...]:
    """The entries with these keys, in order of time."""
    return tuple(sorted((entry for entry in entries if entry.key in keys), key=_order))


def chosen_by_dates(
    entries: Iterable[Entry], first: date, last: date, only: Filter | None = None
) -> tuple[Entry, ...]:
    """The entries from ``first`` to ``last``, both included, that pass the filter, in order of time."""
    wanted = only or Filter()
    return tuple(sorted((e for e in entries if first <= e.date <= last and wanted.takes(e)), key=_order))


def move(chosen: Sequence[Entry], present: Iterable[Entry], *, days: int = 0, minutes: int = 0) -> BulkPlan:
    """Move entries by days, and by minutes within their dates.

    ``present`` are all entries of the dates from which and to which they move. What would leave its day, or land
    on something that stays, stays where it is and is named.
    """
    if not days and not minutes:
        return BulkPlan(None, tuple(Skipped(entry, SkipReason.UNCHANGED) for entry in chosen))
    moved: dict[str, Change] = {}
    skipped: list[Skipped] = []
    for entry in chosen:
        after = _moved(entry, days, minutes)
        if isinstance(after, SkipReason):
            skipped.append(Skipped(entry, after))
        else:
            moved[entry.key] = Change(entry, after)
    standing = _by_date(entry for entry in present if entry.key not in moved)
    # Whoever cannot move stays, and so may be in the way of the next one: until nobody has to be held back.
    while held := _held_back(moved, standing):
        for each in held:
            del moved[each.item.key]
            standing[each.item.date].append(each.item)
        skipped += held
    return BulkPlan.of(moved.values(), skipped, latest_first=(days, minutes) > (0, 0))


def _moved(entry: Entry, days: int, minutes: int) -> Entry | SkipReason:
    start, end = entry.start + minutes, slot_end(entry.end + minutes)
    if start < 0 or start >= LAST_MINUTE or end > DAY_MINUTES:
        return SkipReason.LEAVES_DAY
    try:
        day = entry.date + timedelta(days=days)
    except OverflowError:
        return SkipReason.LEAVES_CALENDAR
    return replace(entry, date=day, start=start, end=end)


def _held_back(moved: dict[str, Change], standing: dict[date, list[Entry]]) -> list[Skipped]:
    held: list[Skipped] = []
    for change in moved.values():
        before, after = change.before, change.after
        if isinstance(before, Entry) and isinstance(after, Entry):
            others = standing.get(after.date, ())
            blocker = next((other for other in others if other.interval.overlaps(after.interval)), None)
            if blocker is not None:
                held.append(Skipped(before, SkipReason.OVERLAPS, blocker))
    return held


def delete(chosen: Sequence[Entry]) -> BulkPlan:
    """Delete entries."""
    return BulkPlan.of(Change(entry, None) for entry in chosen)


def make_kind(chosen: Sequence[Entry], *, is_available: bool) -> BulkPlan:
    """Make entries available, or blocked."""
    return _rewritten(chosen, [replace(entry, is_available=is_available) for entry in chosen])


def retitle(chosen: Sequence[Entry], title: str) -> BulkPlan:
    """Give entries a title.

    Raises:
        InvalidSlotError: the title is over its limit.
    """
    return _rewritten(chosen, [replace(entry, title=title) for entry in chosen])


def _rewritten(chosen: Sequence[Entry], wanted: Sequence[Entry]) -> BulkPlan:
    pairs = list(zip(chosen, wanted, strict=True))
    skipped = [Skipped(before, SkipReason.UNCHANGED) for before, after in pairs if before == after]
    return BulkPlan.of((Change(before, after) for before, after in pairs), skipped)


def _by_date(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    found: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.date].append(entry)
    return found


def _room_first(change: Change) -> int:
    """What is deleted goes before what shrinks, that before what grows, that before what is created."""
    before, after = change.before, change.after
    if after is None:
        return 0
    if before is None:
        return 3
    shrinks = before.start <= after.start and after.end <= before.end and _day(before) == _day(after)
    return 1 if shrinks else 2


def _day(item: Item) -> date:
    assert isinstance(item, Entry)  # noqa: S101 - bulk edits are about entries; this tells the type checker.
    return item.date


def _order(item: Item) -> tuple[date, int, int, str]:
    return (_day(item), item.start, item.end, item.key)
