"""What callers are offered on a date, and why. The only place that works it out.

The rule: start from the calendar mode's default; apply the weekday's patterns, available ones open, then
unavailable ones close; then apply the date's entries, available ones open, then unavailable ones close. So a
dated entry overrides a pattern, and within one layer *unavailable* wins.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.patterns import patterns_on
from triluna_desktop.domain.time import DAY_MINUTES, weekday_of
from triluna_desktop.domain.values import dataclass

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
    """The mode and, for *unavailable times*, the hours of a day that are open by default (08:00-20:00).

    Raises:
        ValueError: there are hours for some weekdays, and not for all seven.
    """

    mode: Mode = Mode.AVAILABLE_TIMES
    default_hours: Interval = DEFAULT_HOURS
    """Of every day, where ``hours`` says nothing."""
    hours: tuple[Interval | None, ...] = ()
    """By weekday, Sunday first; None is a weekday that is closed by default. Empty: ``default_hours`` on all."""

    def __post_init__(self) -> None:
        if len(self.hours) not in (0, 7):
            raise ValueError(f"a week has seven days, not {len(self.hours)}")

    def hours_of(self, weekday: int) -> Interval | None:
        """The default hours of a weekday (0 is Sunday), whatever the mode; None where it is closed by default."""
        return self.hours[weekday] if self.hours else self.default_hours

    def open_by_default(self, weekday: int) -> Interval | None:
        """What is open on a weekday on which nothing is marked."""
        return self.hours_of(weekday) if self.mode is Mode.UNAVAILABLE_TIMES else None


class Layer(Enum):
    """Who can decide over a minute, weakest first."""

    DEFAULT = "default"
    PATTERN = "pattern"
    ENTRY = "entry"
    MIRRORED = "mirrored"
    """An entry that stands for an event of another calendar. It decides as an entry does: unavailable wins."""


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


class Markable(Protocol):
    """What opens or closes a stretch of a day: an entry, a pattern, or a row of the store that holds one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def is_available(self) -> bool: ...


def availability_on(
    day: date, settings: ModeSettings, patterns: Iterable[Pattern], entries: Iterable[Entry]
) -> DayAvailability:
    """What is bookable on a date. Patterns of other weekdays and entries of other dates are passed over."""
    weekday = weekday_of(day)
    weekly = [pattern for pattern in patterns if pattern.weekday == weekday]
    mask = laid_over(default_mask(settings, weekday), weekly)
    mask = laid_over(mask, [entry for entry in entries if entry.date == day])
    return DayAvailability(day, IntervalSet.of_mask(mask))


def default_mask(settings: ModeSettings, weekday: int) -> int:
    """What is open by default on a weekday, as the bits of `IntervalSet.of_mask`."""
    hours = settings.open_by_default(weekday)
    return 0 if hours is None else (1 << hours.end) - (1 << hours.start)


def laid_over(mask: int, layer: Iterable[Markable]) -> int:
    """The bits of ``mask`` with a layer over them: its available items open, then its unavailable ones close."""
    opened = closed = 0
    for item in layer:
        if item.is_available:
            opened |= (1 << item.end) - (1 << item.start)
        else:
            closed |= (1 << item.end) - (1 << item.start)
    return (mask | opened) & ~closed


def availability_over(
    first: date, days: int, settings: ModeSettings, patterns: Iterable[Item], entries: Iterable[Item]
) -> tuple[DayAvailability, ...]:
    """What is bookable on each of the dates. Entries of other dates are passed over."""
    weekly: list[list[Pattern]] = [[] for _ in range(7)]
    for item in patterns:
        if isinstance(item, Pattern):
            weekly[item.weekday].append(item)
    every_week = [laid_over(default_mask(settings, weekday), weekly[weekday]) for weekday in range(7)]
    on_date: dict[date, list[Entry]] = {first + timedelta(days=number): [] for number in range(days)}
    for item in entries:
        if isinstance(item, Entry) and item.date in on_date:
            on_date[item.date].append(item)
    return tuple(
        DayAvailability(day, IntervalSet.of_mask(laid_over(every_week[weekday_of(day)], on)))
        for day, on in on_date.items()
    )


def explain(
    day: date, settings: ModeSettings, patterns: Iterable[Pattern], entries: Iterable[Entry]
) -> tuple[Stretch, ...]:
    """The whole day, 00:00 to 24:00, in stretches, each with the chain of reasons that decides it.

    The stretches are cut at each start and end of an item and of the default hours, so neighbours always differ
    in their reasons. A chain runs from the default to the item that decides.
    """
    items = _in_order(day, patterns, entries)
    default = settings.open_by_default(weekday_of(day))
    hours = IntervalSet() if default is None else IntervalSet((default,))
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
