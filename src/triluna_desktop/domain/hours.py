"""How much time callers can book: minutes a date, a weekday, a week; for the heat map, the bars and the trend."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from triluna_desktop.domain.availability import default_mask, laid_over
from triluna_desktop.domain.time import week_of, weekday_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability, Markable, ModeSettings


class WeekdayHours(NamedTuple):
    """One weekday over a span of dates."""

    weekday: int
    """0 is Sunday."""
    minutes: int
    """Bookable on all of its dates together."""
    dates: int
    """How many of its dates lie in the span."""


class WeekHours(NamedTuple):
    """One week, as far as it lies in a span of dates."""

    first: date
    minutes: int
    dates: int
    """How many of its dates lie in the span, 1 to 7."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Bookable minutes of each date from ``first`` on."""

    first: date
    minutes: tuple[int, ...]

    @classmethod
    def of(cls, days: Iterable[DayAvailability]) -> Hours:
        """The minutes of dates that follow one another.

        Raises:
            ValueError: there is no date.
        """
        known = tuple(days)
        if not known:
            raise ValueError("hours are those of at least one date")
        return cls(known[0].date, tuple(day.minutes for day in known))

    @property
    def last(self) -> date:
        """The last date."""
        return self.first + timedelta(days=len(self.minutes) - 1)

    @property
    def total(self) -> int:
        """The minutes of all dates."""
        return sum(self.minutes)

    def on(self, day: date) -> int | None:
        """The minutes of a date; None of one outside of the span."""
        number = (day - self.first).days
        return self.minutes[number] if 0 <= number < len(self.minutes) else None

    def by_weekday(self) -> tuple[WeekdayHours, ...]:
        """Sunday to Saturday."""
        first = weekday_of(self.first)
        each = (self.minutes[(weekday - first) % 7 :: 7] for weekday in range(7))
        return tuple(WeekdayHours(weekday, sum(found), len(found)) for weekday, found in enumerate(each))

    def by_week(self, first_weekday: int, weeks: int | None = None) -> tuple[WeekHours, ...]:
        """The weeks of the span in order, at most so many; the first and the last may be parts of a week."""
        start = week_of(self.first, first_weekday)
        lead = (self.first - start).days
        found: list[WeekHours] = []
        for number in range(-lead, len(self.minutes), 7):
            if weeks is not None and len(found) >= weeks:
                break
            part = self.minutes[max(0, number) : number + 7]
            found.append(WeekHours(start + timedelta(days=number + lead), sum(part), len(part)))
        return tuple(found)


def hours_over(
    first: date,
    days: int,
    settings: ModeSettings,
    weekly: Iterable[tuple[int, Markable]],
    dated: Iterable[tuple[date, Markable]],
) -> Hours:
    """The bookable minutes of each date from ``first`` on.

    ``weekly`` are weekday (0 is Sunday) and what is marked there every week, ``dated`` date and what is marked on
    it; other dates are passed over. A year with 10,000 entries takes some 10 ms.
    """
    of_week: list[list[Markable]] = [[] for _ in range(7)]
    for weekday, marked in weekly:
        of_week[weekday].append(marked)
    base = [laid_over(default_mask(settings, weekday), of_week[weekday]) for weekday in range(7)]
    on_date: defaultdict[date, list[Markable]] = defaultdict(list)
    for day, marked in dated:
        on_date[day].append(marked)
    start = weekday_of(first)
    minutes = [base[(start + number) % 7].bit_count() for number in range(min(days, 7))]
    every = [minutes[number % 7] for number in range(days)]
    for day, layer in on_date.items():
        number = (day - first).days
        if 0 <= number < days:
            every[number] = laid_over(base[(start + number) % 7], layer).bit_count()
    return Hours(first, tuple(every))
