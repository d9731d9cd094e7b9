"""What callers are offered and what they should be: the difference that unsent edits make.

Callers see what the server holds. Until an edit has got there, a time that was blocked here is still offered, and
one that was opened here is not offered yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability

_NOTHING = IntervalSet()


@dataclass(frozen=True, slots=True)
class OfferGap:
    """Of one date. The two sets share no minute; where both are empty, callers see what they should."""

    date: date
    still_offered: IntervalSet = _NOTHING
    """Bookable by what the server holds, and not bookable here."""
    not_offered: IntervalSet = _NOTHING
    """Bookable here, and not by what the server holds."""

    def __bool__(self) -> bool:
        return bool(self.still_offered) or bool(self.not_offered)

    def within(self, stretches: Iterable[Interval]) -> OfferGap:
        """What of it lies in some stretches of the date."""
        wanted = IntervalSet.of(stretches)
        return OfferGap(self.date, self.still_offered.intersection(wanted), self.not_offered.intersection(wanted))

    def since(self, minute: int) -> OfferGap:
        """What of it is left from a minute of the date on; 0 to 1440."""
        return self.within([Interval(minute, DAY_MINUTES)] if minute < DAY_MINUTES else [])


def offer_gap(confirmed: DayAvailability, wanted: DayAvailability) -> OfferGap:
    """The difference between what the server offers of a date and what it shall offer.

    Raises:
        ValueError: the two are of different dates.
    """
    if confirmed.date != wanted.date:
        raise ValueError("two dates cannot be compared")
    return OfferGap(
        wanted.date,
        confirmed.bookable.difference(wanted.bookable),
        wanted.bookable.difference(confirmed.bookable),
    )
