"""What callers are offered on a date, and why. The only place that works it out.

The rule: start from the calendar mode's default; apply the weekday's patterns, available ones open, then
unavailable ones close; then apply the date's entries, available ones open, then unavailable ones close. So a
dated entry overrides a pattern, and within one layer *unavailable* wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.patterns import patterns_on
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.models import Item


DEFAULT_HOURS = Interval(8 * 60, 20 * 60)
"""What *unavailable times* takes as open where the user set nothing else: 8 AM to 8 PM, as the guide says."""


class Mode(Enum):
    """How an account keeps its calendar. The API does not tell which; the user says it."""

    AVAILABLE_TIMES = "available"
    """Closed by default; what is marked available opens."""
    UNAVAILABLE_TIMES = "unavailable"
    """Open within the default hours; what is marked unavailable closes."""


@dataclass(frozen=True, slots=True)
class ModeSettings:
    """The mode and, for *unavailable times*, the hours of a day that are open by default (08:00-20:00)."""

    mode: Mode = Mode.AVAILABLE_TIMES
    default_hours: Interval = DEFAULT_HOURS

    def default_open(self) -> IntervalSet:
        """What is open on a day on which nothing is marked."""
        return IntervalSet((self.default_hours,)) if self.mode is Mode.UNAVAILABLE_TIMES else IntervalSet()


class Layer(Enum):
    """Who can decide over a minute, weakest first."""

    DEFAULT = "default"
    PATTERN = "pattern"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step in the answer to *why*: who said what. Of the default, ``item`` is None."""

    layer: Layer
    opens: bool
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the day in which the same things hold. The last reason is the one that decides."""

    interval: Interval
    is_bookable: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DayAvailability:
    """A date's bookable time."""

    date: date
    bookable: IntervalSet

    @property
    def minutes(self) -> int:
        """How many minutes callers can book."""
        return self.bookable.minutes


def availability_on(
    day: date, settings: ModeSettings, patterns: Iterable[Pattern], entries: Iterable[Entry]
) -> DayAvailability:
    """What is bookable on a date. Patterns of other weekdays and entries of other dates are passed over."""
    bookable = settings.default_open()
    for layer in (patterns_on(day, patterns), [entry for entry in entries if entry.date == day]):
        opened = IntervalSet.of(item.interval for item in layer if item.is_available)
        closed = IntervalSet.of(item.interval for item in layer if not item.is_available)
        bookable = bookable.union(opened).difference(closed)
    return DayAvailability(day, bookable)


def availability_over(
    first: date, days: int, settings: ModeSettings, patterns: Iterable[Item], entries: Iterable[Item]
) -> tuple[DayAvailability, ...]:
    """What is bookable on each of the dates. Entries of other dates are passed over."""
    weekly = [item for item in patterns if isinstance(item, Pattern)]
    on_date: dict[date, list[Entry]] = {first + timedelta(days=number): [] for number in range(days)}
    for item in entries:
        if isinstance(item, Entry) and item.date in on_date:
            on_date[item.date].append(item)
    return tuple(availability_on(day, settings, weekly, on) for day, on in on_date.items())


def explain(
    day: date, settings: ModeSettings, patterns: Iterable[Pattern], entries: Iterable[Entry]
) -> tuple[Stretch, ...]:
    """The whole day, 00:00 to 24:00, in stretches, each with the chain of reasons that decides it.

    The stretches are cut at each start and end of an item and of the default hours, so neighbours always differ
    in their reasons. A chain runs from the default to the item that decides.
    """
    items = _in_order(day, patterns, entries)
    hours = settings.default_open()
    cuts = {0, DAY_MINUTES}
    for interval in (*hours, *(item.interval for _, item in items)):
        cuts |= {interval.start, interval.end}
    marks = sorted(cuts)
    stretches: list[Stretch] = []
    for start, end in pairwise(marks):
        reasons = (
            Reason(Layer.DEFAULT, hours.contains(start)),
            *(Reason(layer, item.is_available, item) for layer, item in items if item.interval.contains(start)),
        )
        stretches.append(Stretch(Interval(start, end), reasons[-1].opens, reasons))
    return tuple(stretches)


def _in_order(
    day: date, patterns: Iterable[Pattern], entries: Iterable[Entry]
) -> list[tuple[Layer, Pattern] | tuple[Layer, Entry]]:
    """The items that hold on the date, weakest first: the last one over a minute decides it."""
    dated = sorted(
        (entry for entry in entries if entry.date == day),
        key=lambda entry: (entry.start, entry.end, entry.key),
    )
    weekly = patterns_on(day, patterns)
    ordered: list[tuple[Layer, Pattern] | tuple[Layer, Entry]] = []
    for opens in (True, False):
        ordered += [(Layer.PATTERN, pattern) for pattern in weekly if pattern.is_available is opens]
    for opens in (True, False):
        ordered += [(Layer.ENTRY, entry) for entry in dated if entry.is_available is opens]
    return ordered
