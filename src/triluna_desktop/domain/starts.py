"""When a caller could be booked in: the starts of appointments that fit into what is open.

TriLuna does not tell how long its appointments are, nor how it steps or how far ahead it books, so these are the
user's own guess (`Appointment`). The rules here are ours: an appointment lies within one opening of one date,
lasts real minutes also in the night of a clock change, and the first start of an opening is its beginning.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from triluna_desktop.domain.clock_changes import real_instant, real_runs, segments_of
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, tzinfo

    from triluna_desktop.domain.availability import DayAvailability

LONGEST_NOTICE = 366 * DAY_MINUTES
"""Minutes; more is taken for a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a caller asks for; all in minutes.

    Raises:
        ValueError: a number is out of its range.
    """

    length: int = 30
    """1 to 1440."""
    step: int = 30
    """From one start to the next: 1 to 1440."""
    notice: int = 0
    """The least time from now to the start: 0 to `LONGEST_NOTICE`."""

    def __post_init__(self) -> None:
        if not (1 <= self.length <= DAY_MINUTES and 1 <= self.step <= DAY_MINUTES):
            raise ValueError("an appointment lasts 1 to 1440 minutes, and so does a step")
        if not 0 <= self.notice <= LONGEST_NOTICE:
            raise ValueError("the notice is 0 minutes to a year")


@dataclass(frozen=True, slots=True)
class DayStarts:
    """The starts of one date, in wall minutes, in order; maybe none."""

    date: date
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an agent would say, "Tuesday at 2, 2:30 or 4": the first date with a start, and a few of its starts."""

    date: date
    minutes: tuple[int, ...]
    """In order, at least one."""
    more: int
    """How many starts there are besides: on this date and the later ones."""


def starts(day: DayAvailability, wanted: Appointment, now: datetime) -> tuple[int, ...]:
    """The wall minutes of the date at which the appointment can begin, in order.

    ``now`` is aware, in the user's zone. A time that the clock shows twice is meant the first time, as everywhere
    (`domain.time.instant_of`); a time that it skips is none.
    """
    zone = now.tzinfo
    if zone is None:
        raise ValueError("now needs a zone")
    return _starts(day, wanted, _earliest(day.date, wanted, now), zone)


def starts_of_whole(day: DayAvailability, wanted: Appointment, zone: tzinfo) -> tuple[int, ...]:
    """As `starts`, of the whole date, whatever time it is."""
    return _starts(day, wanted, 0, zone)


@lru_cache(maxsize=256)
def _starts(day: DayAvailability, wanted: Appointment, earliest: int, zone: tzinfo) -> tuple[int, ...]:
    """The same from a real minute of the date on. Kept: in a drag most dates are as they were a move ago."""
    segments = segments_of(day.date, zone)
    found: list[int] = []
    for begins, ends in real_runs(day.date, day.bookable, zone):
        first = begins + max(0, -(-(earliest - begins) // wanted.step)) * wanted.step
        if len(segments) == 1 and not segments[0].start:
            found += range(first, ends - wanted.length + 1, wanted.step)
            continue
        for real in range(first, ends - wanted.length + 1, wanted.step):
            segment = next(each for each in reversed(segments) if each.at <= real)
            minute = segment.wall(real)
            if minute >= segment.again_until:
                found.append(minute)
    return tuple(found)


def _earliest(day: date, wanted: Appointment, now: datetime) -> int:
    """The first real minute of the date that leaves the notice; it may lie outside of the date."""
    try:
        soonest = now + timedelta(minutes=wanted.notice)
    except OverflowError:
        return 2 * DAY_MINUTES
    zone = now.tzinfo
    if day < soonest.date() - timedelta(days=1):
        return 2 * DAY_MINUTES
    if day > soonest.date() + timedelta(days=1) or zone is None:
        return 0
    from_now = now - real_instant(day, 0, zone)
    return math.ceil(from_now.total_seconds() / 60) + wanted.notice


def starts_over(days: Iterable[DayAvailability], wanted: Appointment, now: datetime) -> tuple[DayStarts, ...]:
    """The starts of several dates, those without any among them."""
    return tuple(DayStarts(day.date, starts(day, wanted, now)) for day in days)


def sentence(found: Sequence[DayStarts], step: int, most: int = 3) -> Sentence | None:
    """What an agent would offer: on the first date that has any, up to ``most`` starts. None where there is none.

    The first one, then the first after each break, which is more than a ``step`` (minutes), so that a caller hears
    of the morning and of the afternoon; what is left of ``most`` is filled up with the earliest.
    """
    day = next((each for each in found if each.minutes), None)
    if day is None or most < 1:
        return None
    minutes = day.minutes
    heads = [minutes[0], *(later for one, later in pairwise(minutes) if later - one > step)]
    chosen = heads[:most]
    chosen += [minute for minute in minutes if minute not in chosen][: most - len(chosen)]
    total = sum(len(each.minutes) for each in found)
    return Sentence(day.date, tuple(sorted(chosen)), total - len(chosen))
