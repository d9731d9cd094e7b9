"""What the overview shows of a year: which dates are known, and the twelve weeks that begin at one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.hours import Hours, WeekdayHours, WeekHours
from triluna_desktop.domain.time import week_of

if TYPE_CHECKING:
    from collections.abc import Callable

TREND_WEEKS = 12
_ROUND = 120
"""Minutes: a quarter of a full cell is then a round number too."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Bookable minutes of a calendar year and of the weeks after it that a trend from its end needs."""

    year: int
    first_weekday: int
    hours: Hours
    unknown: frozenset[date]
    """The first dates of weeks that were not read from the server: more may stand there than is known."""

    @staticmethod
    def span(year: int, first_weekday: int) -> tuple[date, int]:
        """The first date to work out, and how many: whole weeks."""
        first = week_of(date(year, 1, 1), first_weekday)
        last = week_of(date(year, 12, 31), first_weekday) + timedelta(weeks=TREND_WEEKS)
        return first, (last - first).days

    @classmethod
    def of(
        cls, year: int, first_weekday: int, hours: Hours, is_known: Callable[[date, date], bool]
    ) -> YearFigures:
        """``is_known`` tells of a stretch of dates, both ends included, whether all of it was read."""
        weeks = (hours.first + timedelta(days=number) for number in range(0, len(hours.minutes), 7))
        unknown = frozenset(week for week in weeks if not is_known(week, week + timedelta(days=6)))
        return cls(year, first_weekday, hours, unknown)

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    @property
    def most(self) -> int:
        """What a full cell stands for: the minutes of the day with the most, up to the next two hours."""
        return -(-max(1, *self.hours.minutes) // _ROUND) * _ROUND

    @property
    def is_whole(self) -> bool:
        """Whether the whole year was read from the server."""
        return not any(self.first <= week + timedelta(days=6) and week <= self.last for week in self.unknown)

    def is_known(self, day: date) -> bool:
        """Whether the date was read from the server."""
        return week_of(day, self.first_weekday) not in self.unknown

    def clamped(self, day: date) -> date:
        """The date, or the nearest one of the year."""
        return min(max(day, self.first), self.last)

    def weeks_from(self, day: date) -> tuple[WeekHours, ...]:
        """The twelve weeks from the one that holds the date on."""
        return self._part(day).by_week(self.first_weekday, TREND_WEEKS)

    def weekdays_from(self, day: date) -> tuple[WeekdayHours, ...]:
        """The weekdays of these twelve weeks, in the order of the week."""
        found = self._part(day).by_weekday()
        return found[self.first_weekday :] + found[: self.first_weekday]

    def _part(self, day: date) -> Hours:
        first = week_of(self.clamped(day), self.first_weekday)
        number = (first - self.hours.first).days
        return Hours(first, self.hours.minutes[number : number + 7 * TREND_WEEKS])
