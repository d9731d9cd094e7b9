"""When an event of an iCalendar file happens: its rule (RFC 5545, 3.3.10), its extra and its left out times.

A rule counts in the event's own wall time, so that a meeting at ten stays at ten when the clocks change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrulestr

from triluna_desktop.domain.time import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


class NoTimeError(ValueError):
    """Nobody can tell when an event is; the message says why."""


def beginnings(event: Any, start: datetime | date, moved: Iterable[Any], *, before: date) -> list[datetime | date]:
    """When it begins, up to the date ``before``, in order; each of them as ``start`` is: a date, or a time.

    ``moved`` are the RECURRENCE-ID values of the occurrences that are events of their own.

    Raises:
        NoTimeError: the rule is none that a calendar has.
        ValueError: it is wrong.
    """
    is_day = not isinstance(start, datetime)
    zone = start.tzinfo if isinstance(start, datetime) else None
    first, end = _naive(start, zone), datetime.combine(before, time())
    found = {first}
    for rule in _listed(event.get("RRULE")):
        found.update(_by_rule(rule, first, end, zone))
    found.update(when for when in _times(event.get("RDATE"), zone) if when < end)
    found.difference_update(_times(event.get("EXDATE"), zone))
    found.difference_update(_naive(each.dt, zone) for each in moved)
    return [when.date() if is_day else when.replace(tzinfo=zone) for when in sorted(found)]


def in_utc(moment: Any) -> datetime:
    """An aware time, in UTC: differences between two are real ones."""
    found: datetime = moment.astimezone(UTC)
    return found


def instant(moment: Any, zone: tzinfo) -> datetime:
    """The instant of a time; one without a zone is a wall time of ``zone``."""
    if moment.tzinfo is not None:
        return in_utc(moment)
    minute = moment.hour * 60 + moment.minute
    return instant_of(moment.date(), minute, zone).astimezone(UTC) + timedelta(seconds=moment.second)


def _by_rule(rule: Any, first: datetime, end: datetime, zone: tzinfo | None) -> Iterator[datetime]:
    parts: dict[str, list[Any]] = {str(name).upper(): _listed(value) for name, value in dict(rule).items()}
    often = {str(each).upper() for each in parts.get("FREQ", ())} & _OFTEN
    if often or any(len(parts.get(name, ())) > 1 for name in _WITHIN_A_DAY):
        raise NoTimeError("it repeats more often than once a day")
    if any(int(each) < 1 for each in (*parts.get("INTERVAL", ()), *parts.get("COUNT", ()))):
        raise NoTimeError("its rule counts nothing")
    until = min([end, *(_naive(each, zone, is_end=True) for each in parts.pop("UNTIL", ()))])
    # With COUNT and no end the rule could look for the next one until the year 9999.
    count = int(parts.pop("COUNT", [0])[0]) or None
    kept = type(rule)({name: value for name, value in parts.items() if name != "WKST" or value})
    text = f"{kept.to_ical().decode()};UNTIL={until:%Y%m%dT%H%M%S}"
    return islice(iter(rrulestr(text, dtstart=first)), count)


def _times(told: Any, zone: tzinfo | None) -> Iterator[datetime]:
    for each in _listed(told):
        for value in each.dts:
            moment = value.dt
            yield _naive(moment[0] if isinstance(moment, tuple) else moment, zone)


def _naive(moment: Any, zone: tzinfo | None, *, is_end: bool = False) -> datetime:
    """The wall time in the event's own zone; of a date its beginning, or its end."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.max if is_end else time()).replace(microsecond=0)
    if moment.tzinfo is None or zone is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone).replace(tzinfo=None)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
