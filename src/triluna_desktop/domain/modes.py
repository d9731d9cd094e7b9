"""Changing the calendar mode: what it would do to what callers are offered, and what keeps it as it is.

The mode decides only where nothing is marked. So whatever a change of mode opens or closes lies outside of all
patterns of that weekday, and outside of all entries of that date: it can be marked without touching anything that
stands there, and without an overlap, which the server would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import default_mask, laid_over
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, format_time, parse_time, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.models import Item


class KeepBy(Enum):
    """What keeps the offered times as they are."""

    WEEKLY_HOURS = "weekly_hours"
    """Patterns: a few requests, and it holds for every date. The entries stay as they are."""
    ENTRIES = "entries"
    """Entries on each date of the span: the weekly hours stay as they are. After the span nothing is kept."""


class CannotReason(Enum):
    """Why some offered time cannot be kept."""

    LAST_MINUTE = "last_minute"
    """No entry and no pattern can begin or end at 23:59: the service takes that for the end of the day."""
    AFTER_SPAN = "after_span"
    """On the dates after the span the weekday is offered as the new mode says: entries are dated, and end."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """What is offered otherwise than before: a stretch of a date, or of that weekday from ``date`` on."""

    date: date
    interval: Interval
    opens: bool
    """Whether it is bookable with the new mode, and was not with the old one."""
    reason: CannotReason


@dataclass(frozen=True, slots=True)
class DayShift:
    """What is bookable on a date: in the old mode, in the new one, and there with the edit."""

    date: date
    before: IntervalSet
    after: IntervalSet
    kept: IntervalSet

    @property
    def opened(self) -> IntervalSet:
        """What the new mode alone opens."""
        return self.after.difference(self.before)

    @property
    def closed(self) -> IntervalSet:
        """What the new mode alone closes."""
        return self.before.difference(self.after)


@dataclass(frozen=True, slots=True)
class ModeMigration:
    """What a change of mode does over a span of dates, and what keeps the offered times as they are."""

    edit: Edit | None
    """None where there is nothing to do."""
    kept: tuple[Item, ...]
    """What stays as it is: all patterns, and the entries of the span."""
    cannot: tuple[Cannot, ...]
    days: tuple[DayShift, ...]

    @property
    def minutes(self) -> tuple[int, int, int]:
        """Bookable minutes of the span: before, after the change of mode alone, and with the edit."""
        return (
            sum(day.before.minutes for day in self.days),
            sum(day.after.minutes for day in self.days),
            sum(day.kept.minutes for day in self.days),
        )


def migrate(
    first: date,
    days: int,
    old: ModeSettings,
    new: ModeSettings,
    patterns: Iterable[Pattern],
    entries: Iterable[Entry],
    *,
    by: KeepBy = KeepBy.WEEKLY_HOURS,
    title: str = "",
    make_key: Callable[[], str] = new_key,
) -> ModeMigration:
    """What going from the ``old`` mode to the ``new`` one does to ``days`` dates from ``first`` on, and its cure.

    With the edit each minute of the span is offered as before, but for what ``cannot`` names.

    Raises:
        InvalidSlotError: the title is over its limit.
    """
    weekly, dated = _by_weekday(patterns), _by_date(first, days, entries)
    bases = [_Weekday.of(weekday, old, new, weekly[weekday]) for weekday in range(7)]
    changes: list[Change] = []
    cannot: list[Cannot] = []
    added: list[list[Pattern]] = [[] for _ in range(7)]
    if by is KeepBy.WEEKLY_HOURS:
        for base in bases:
            marks, left = base.cure(base.covered)
            for start, end, opens in marks:
                added[base.weekday].append(Pattern(make_key(), base.weekday, start, end, opens, title))
            cannot += [Cannot(_next(first, base.weekday), *each, CannotReason.LAST_MINUTE) for each in left]
        changes += [Change(None, pattern) for of_day in added for pattern in of_day]
    shifts: list[DayShift] = []
    for day, there in dated.items():
        base = bases[weekday_of(day)]
        new_ones: list[Entry] = []
        if by is KeepBy.ENTRIES:
            marks, left = base.cure(_covered(there))
            new_ones = [Entry(make_key(), day, start, end, opens, title) for start, end, opens in marks]
            changes += [Change(None, entry) for entry in new_ones]
            cannot += [Cannot(day, *each, CannotReason.LAST_MINUTE) for each in left]
        with_edit = laid_over(laid_over(base.new, added[base.weekday]), [*there, *new_ones])
        sides = (laid_over(base.old, there), laid_over(base.new, there), with_edit)
        before, after, kept = map(IntervalSet.of_mask, sides)
        shifts.append(DayShift(day, before, after, kept))
    if by is KeepBy.ENTRIES:
        cannot += _after(first + timedelta(days=days), bases)
    # What closes goes first: time that is offered by accident may be booked meanwhile.
    changes.sort(key=lambda change: change.item.is_available)
    stays: list[Item] = [pattern for of_day in weekly for pattern in of_day]
    stays += [entry for there in dated.values() for entry in there]
    return ModeMigration(
        Edit(tuple(changes)) if changes else None,
        tuple(stays),
        tuple(sorted(cannot, key=lambda each: (each.date, each.interval))),
        tuple(shifts),
    )


@dataclass(frozen=True, slots=True)
class _Weekday:
    """A weekday without its entries, in both modes; the bits of `IntervalSet.of_mask`."""

    weekday: int
    old: int
    new: int
    covered: int
    """What its patterns cover."""

    @classmethod
    def of(cls, weekday: int, old: ModeSettings, new: ModeSettings, patterns: list[Pattern]) -> _Weekday:
        before, after = (laid_over(default_mask(mode, weekday), patterns) for mode in (old, new))
        return cls(weekday, before, after, _covered(patterns))

    def cure(self, covered: int) -> tuple[list[tuple[int, int, bool]], list[tuple[Interval, bool]]]:
        """What to mark, so that it is as before where nothing in ``covered`` is marked anyway; and what cannot be.

        What is marked: start, end, and whether it opens. What cannot be kept: where, and whether it is open now.
        """
        marks: list[tuple[int, int, bool]] = []
        left: list[tuple[Interval, bool]] = []
        for opens, wrong in ((True, self.old & ~self.new), (False, self.new & ~self.old)):
            for each in IntervalSet.of_mask(wrong & ~covered):
                start, end = each.start, each.end
                if end == LAST_MINUTE:
                    if self._was(LAST_MINUTE, covered, opens=opens):
                        end = DAY_MINUTES
                    else:
                        left.append((Interval(LAST_MINUTE - 1, LAST_MINUTE), not opens))
                        end -= 1
                elif start == LAST_MINUTE:
                    if self._was(LAST_MINUTE - 1, covered, opens=opens):
                        start -= 1
                    else:
                        left.append((each, not opens))
                        continue
                if start < end:
                    marks.append((start, end, opens))
        return sorted(marks), left

    def _was(self, minute: int, covered: int, *, opens: bool) -> bool:
        """Whether marking the minute too, beside what is marked, leaves it as it was."""
        return not covered >> minute & 1 and bool(self.old >> minute & 1) is opens


def _by_weekday(patterns: Iterable[Pattern]) -> list[list[Pattern]]:
    found: list[list[Pattern]] = [[] for _ in range(7)]
    for pattern in patterns:
        found[pattern.weekday].append(pattern)
    return found


def _by_date(first: date, days: int, entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {first + timedelta(days=number): [] for number in range(days)}
    for entry in entries:
        if entry.date in found:
            found[entry.date].append(entry)
    return found


def _covered(items: Iterable[Item]) -> int:
    mask = 0
    for item in items:
        mask |= (1 << item.end) - (1 << item.start)
    return mask


def _next(first: date, weekday: int) -> date:
    return first + timedelta(days=(weekday - weekday_of(first)) % 7)


def _after(first: date, bases: Iterable[_Weekday]) -> list[Cannot]:
    """What is offered otherwise from a date on, by weekday."""
    found: list[Cannot] = []
    for base in bases:
        for opens, wrong in ((False, base.old & ~base.new), (True, base.new & ~base.old)):
            day = _next(first, base.weekday)
            found += [Cannot(day, each, opens, CannotReason.AFTER_SPAN) for each in IntervalSet.of_mask(wrong)]
    return found


def hours_to_text(hours: tuple[Interval | None, ...]) -> str:
    """Default hours by weekday as a setting keeps them: ``09:00-17:00`` or ``-``, Sunday first, commas between."""
    return ",".join(
        "-" if each is None else f"{format_time(each.start)}-{format_time(each.end)}" for each in hours
    )


def hours_from_text(text: str) -> tuple[Interval | None, ...]:
    """The hours that `hours_to_text` wrote; none for an empty text.

    Raises:
        ValueError: the text is none of its kind.
    """
    if not text:
        return ()
    days = [None if day == "-" else _interval(day) for day in text.split(",")]
    if len(days) != 7:
        raise ValueError(f"a week has seven days, not {len(days)}")
    return tuple(days)


def _interval(text: str) -> Interval:
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"“{text}” is no stretch of a day")
    return Interval(parse_time(start), parse_time(end))
