"""What may be a slip in what callers are offered: found, named with its place, and never in anybody's way.

None of these is an error: a week off is a week without an opening. So they are a list that one may look at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import default_mask, laid_over
from triluna_desktop.domain.clock_changes import changed_minutes
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import DAY_MINUTES, week_of, weekday_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.models import Item


class OfferWarningKind(Enum):
    """What is odd."""

    WEEK_CLOSED = "week_closed"
    """Nothing is bookable in the whole week that begins on the date."""
    OPEN_AT_NIGHT = "open_at_night"
    """Callers can book in the night: on the date, or every week on the weekday."""
    BLOCK_CHANGES_NOTHING = "block_changes_nothing"
    """All that it blocks is closed without it."""
    PATTERN_COVERED = "pattern_covered"
    """Weekly hours that others cover wholly: without them all is as it is."""
    TOO_SHORT = "too_short"
    """An opening in which no appointment fits: on the date, or every week on the weekday."""
    CLOCK_CHANGE = "clock_change"
    """An entry on minutes that a clock change skips or repeats."""


@dataclass(frozen=True, slots=True)
class OfferWarning:
    """One of them. Where ``date`` is None it is about the weekly hours of ``weekday``."""

    kind: OfferWarningKind
    date: dt.date | None = None
    weekday: int | None = None
    """0 is Sunday; of what comes back every week."""
    interval: Interval | None = None
    """The stretch of the day that it is about."""
    item: Item | None = None
    """The entry or pattern that it is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is odd; minutes."""

    length: int = 30
    """The appointment's length; shorter openings are too short."""
    night: tuple[int, int] = (22 * 60, 6 * 60)
    """From the first to the second minute, over midnight where the first is the later one; the same: no night."""
    first_weekday: int = 1
    """On which weekday weeks begin, 0 is Sunday."""


STANDARD = Limits()


def warnings_over(
    first: dt.date,
    days: int,
    settings: ModeSettings,
    patterns: Iterable[Pattern],
    entries: Iterable[Entry],
    *,
    limits: Limits = STANDARD,
    zone: dt.tzinfo | None = None,
) -> tuple[OfferWarning, ...]:
    """What is odd about ``days`` dates from ``first`` on: of the weekly hours first, then by date.

    Of a week only one that lies in the span with all its dates is called closed. Without a ``zone`` nothing is
    said about clock changes.
    """
    weekly: list[list[Pattern]] = [[] for _ in range(7)]
    for pattern in patterns:
        weekly[pattern.weekday].append(pattern)
    on_date: defaultdict[dt.date, list[Entry]] = defaultdict(list)
    for entry in entries:
        on_date[entry.date].append(entry)
    default = [default_mask(settings, weekday) for weekday in range(7)]
    base = [laid_over(default[weekday], weekly[weekday]) for weekday in range(7)]
    night = night_mask(limits.night)
    found: list[OfferWarning] = []
    for weekday in range(7):
        found += _of_openings(base[weekday], 0, night, limits, None, weekday)
        found += _idle(default[weekday], weekly[weekday], None, weekday)
    open_in_week: dict[dt.date, list[bool]] = {}
    for number in range(days):
        day = first + timedelta(days=number)
        weekday, there = weekday_of(day), on_date.get(day, [])
        bookable = laid_over(base[weekday], there) if there else base[weekday]
        open_in_week.setdefault(week_of(day, limits.first_weekday), []).append(bool(bookable))
        if there:
            found += _of_openings(bookable, base[weekday], night, limits, day, None)
            found += _idle(base[weekday], there, day, None)
            found += _at_clock_change(day, there, zone)
    found += [
        OfferWarning(OfferWarningKind.WEEK_CLOSED, week)
        for week, is_open in open_in_week.items()
        if len(is_open) == 7 and not any(is_open)
    ]
    return tuple(sorted(found, key=_order))


def night_mask(night: tuple[int, int]) -> int:
    """The minutes of the night, as the bits of `IntervalSet.of_mask`."""
    start, end = night
    if start <= end:
        return (1 << end) - (1 << start)
    return ((1 << DAY_MINUTES) - (1 << start)) | ((1 << end) - 1)


def _of_openings(
    bookable: int, told: int, night: int, limits: Limits, day: dt.date | None, weekday: int | None
) -> list[OfferWarning]:
    """What is odd about the openings of a day; ``told`` is what is said of its weekday already."""
    found = [
        OfferWarning(OfferWarningKind.OPEN_AT_NIGHT, day, weekday, each)
        for each in IntervalSet.of_mask(bookable & night & ~told)
    ]
    known = set(IntervalSet.of_mask(told))
    found += [
        OfferWarning(OfferWarningKind.TOO_SHORT, day, weekday, each)
        for each in IntervalSet.of_mask(bookable)
        if each.minutes < limits.length and each not in known
    ]
    return found


def _idle(below: int, layer: Sequence[Item], day: dt.date | None, weekday: int | None) -> list[OfferWarning]:
    """The items of a layer without which all would be as it is; ``below`` is what holds without the layer.

    Of entries only blocks: an available entry over weekly hours keeps that time open when those change.
    """
    found: list[OfferWarning] = []
    with_all = laid_over(below, layer)
    for at, item in enumerate(layer):
        if item.is_available and isinstance(item, Entry):
            continue
        others = [other for number, other in enumerate(layer) if number != at]
        without = laid_over(below, others)
        mine = (1 << item.end) - (1 << item.start)
        if with_all & mine != without & mine:
            continue
        is_covered = isinstance(item, Pattern) and (item.is_available or _is_blocked(item.interval, others))
        kind = OfferWarningKind.PATTERN_COVERED if is_covered else OfferWarningKind.BLOCK_CHANGES_NOTHING
        found.append(OfferWarning(kind, day, weekday, item.interval, item))
    return found


def _is_blocked(interval: Interval, by: Iterable[Item]) -> bool:
    blocks = IntervalSet.of(other.interval for other in by if not other.is_available)
    return not IntervalSet((interval,)).difference(blocks)


def _at_clock_change(day: dt.date, there: Sequence[Entry], zone: dt.tzinfo | None) -> list[OfferWarning]:
    changed = None if zone is None else changed_minutes(day, zone)
    if changed is None:
        return []
    night = Interval(*changed)
    return [
        OfferWarning(OfferWarningKind.CLOCK_CHANGE, day, None, both, entry)
        for entry in there
        if (both := entry.interval.intersection(night)) is not None
    ]


def _order(each: OfferWarning) -> tuple[bool, int, int, int, int, str]:
    interval = each.interval or Interval(0, DAY_MINUTES)
    return (
        each.date is not None,
        -1 if each.weekday is None else each.weekday,
        0 if each.date is None else each.date.toordinal(),
        interval.start,
        interval.end,
        each.kind.value,
    )
