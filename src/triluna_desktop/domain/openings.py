"""Openings as text wants them: what is bookable over some dates, in groups of dates that are alike.

"Mon 2-4 pm, Wed 10-12 EST": the words are the user interface's, the data are from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.time import DAY_MINUTES, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from triluna_desktop.domain.availability import DayAvailability


@dataclass(frozen=True, slots=True)
class OpeningGroup:
    """Dates, in order, that have the same openings, for a line such as "Mon-Fri 9-12, 14-17 EST"."""

    dates: tuple[date, ...]
    stretches: tuple[Interval, ...]
    zone: str
    """The short name that the zone has then, such as EST; for some zones an offset, such as +03."""

    @property
    def is_run(self) -> bool:
        """Whether the dates follow one another day by day, three of them or more: "Mon-Wed"."""
        return len(self.dates) > 2 and (self.dates[-1] - self.dates[0]).days == len(self.dates) - 1


def since(days: Iterable[DayAvailability], now: datetime) -> tuple[DayAvailability, ...]:
    """The dates without what lies before ``now``, a time in the user's zone, in whole minutes."""
    from triluna_desktop.domain.availability import DayAvailability

    today = now.date()
    minute = now.hour * 60 + now.minute + (1 if now.second or now.microsecond else 0)
    left = IntervalSet((Interval(minute, DAY_MINUTES),)) if minute < DAY_MINUTES else IntervalSet()
    return tuple(
        DayAvailability(day.date, day.bookable.intersection(left)) if day.date == today else day
        for day in days
        if day.date >= today
    )


def grouped(days: Iterable[DayAvailability], zone: tzinfo) -> tuple[OpeningGroup, ...]:
    """The dates that have openings: those that are alike together, in the order of the first date of each.

    Dates are alike that have the same openings under the same name of the zone: "9-12 EST" is another time than
    "9-12 EDT". So the date of a clock change comes twice where it has openings before and after it.
    """
    groups: dict[tuple[tuple[Interval, ...], str], list[date]] = {}
    for day in sorted(days, key=lambda each: each.date):
        by_name: dict[str, list[Interval]] = {}
        for stretch in day.bookable:
            by_name.setdefault(zone_name(day.date, stretch.start, zone), []).append(stretch)
        for name, stretches in by_name.items():
            groups.setdefault((tuple(stretches), name), []).append(day.date)
    return tuple(OpeningGroup(tuple(dates), stretches, name) for (stretches, name), dates in groups.items())


def zone_name(day: date, minute: int, zone: tzinfo) -> str:
    """What the zone is called at a minute of a date."""
    return instant_of(day, minute, zone).astimezone(zone).tzname() or ""
