"""Until when a quick action lasts. It begins with the running minute: that one shall count, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end
from triluna_desktop.domain.when import (
    LONGEST_DURATION,
    DatedInterval,
    duration_of,
    end_after,
    parse_when,
    time_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from triluna_desktop.domain.models import Entry

NEXT_WITHIN = 12 * 60
"""Minutes: an entry that begins later is not what somebody means who says “until the next entry”."""

_NEXT = ("until next", "until next entry", "until the next entry")


@dataclass(frozen=True, slots=True)
class ForMinutes:
    """So many minutes, as a stopwatch counts them.

    Raises:
        ValueError: none at all, or more than a week.
    """

    minutes: int

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= LONGEST_DURATION:
            raise ValueError(f"{self.minutes} minutes are not from 1 minute to a week")


@dataclass(frozen=True, slots=True)
class UntilTime:
    """Until a time of today, or of ``day``; 1 to 1440 minutes of the wall day."""

    minute: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class UntilNextEntry:
    """Until the next entry of today or tomorrow begins, if that is soon."""


@dataclass(frozen=True, slots=True)
class RestOfDay:
    """Until midnight."""


Until: TypeAlias = ForMinutes | UntilTime | UntilNextEntry | RestOfDay


def parse_until(text: str, now: datetime) -> Until | None:
    """What the words of a command line mean that begin now, such as ``30m``; None for those that name a start.

    Raises:
        WhenError: the words say no time, or one that has passed or is empty.
    """
    words = " ".join(text.split()).lower()
    if words in _NEXT:
        return UntilNextEntry()
    parse_when(text, now)  # It says what is wrong with them.
    if words.startswith("rest of"):
        return RestOfDay()
    if words.startswith("until "):
        return UntilTime(time_of(words.removeprefix("until ").strip()))
    minutes = duration_of(words)
    return None if minutes is None else ForMinutes(minutes)


def next_entry(now: datetime, entries: Iterable[Entry], ours: Iterable[str] = ()) -> Entry | None:
    """The entry that begins next, after the running minute, in the next `NEXT_WITHIN` minutes.

    ``ours`` are the keys of those that quick actions made: they are no appointments.
    """
    made, minute = frozenset(ours), _minute(now)
    coming = [
        (ahead, entry.end, entry.key, entry)
        for entry in entries
        if entry.key not in made
        and 0 < (ahead := (entry.date - now.date()).days * DAY_MINUTES + entry.start - minute) <= NEXT_WITHIN
    ]
    return min(coming)[3] if coming else None


def asked_for(
    until: Until, now: datetime, entries: Iterable[Entry], ours: Iterable[str] = ()
) -> tuple[DatedInterval, ...]:
    """The stretches, one a date, from the running minute on; none where the end has passed or is not to be found.

    23:59 as an end is 24:00, as everywhere (`domain.time.slot_end`).
    """
    minute, end = _minute(now), 0
    match until:
        case ForMinutes(minutes):
            end = end_after(now, minute, minutes)
        case UntilTime(at, day):
            end = slot_end(at) + ((day or now.date()) - now.date()).days * DAY_MINUTES
        case RestOfDay():
            end = DAY_MINUTES
        case UntilNextEntry():
            found = next_entry(now, entries, ours)
            if found is not None:
                end = (found.date - now.date()).days * DAY_MINUTES + found.start
    return _split(now.date(), minute, end)


def days_of(until: Until, now: datetime) -> int:
    """How many dates, today included, must be known to work it out."""
    match until:
        case ForMinutes(minutes):
            return (end_after(now, _minute(now), minutes) - 1) // DAY_MINUTES + 1
        case UntilTime(_, day):
            return max(((day or now.date()) - now.date()).days, 0) + 1
        case RestOfDay():
            return 1
        case UntilNextEntry():
            return 2


def _minute(now: datetime) -> int:
    return now.hour * 60 + now.minute


def _split(day: date, start: int, end: int) -> tuple[DatedInterval, ...]:
    """Cut at each midnight. A last minute that stands alone is among them: `quick` says that it cannot be had."""
    parts: list[DatedInterval] = []
    while start < end:
        stop = min(end, DAY_MINUTES)
        parts.append(DatedInterval(day, Interval(start, DAY_MINUTES if stop == LAST_MINUTE else stop)))
        start, end = 0, end - DAY_MINUTES
        if day == date.max:
            break
        day += timedelta(days=1)
    return tuple(parts)
