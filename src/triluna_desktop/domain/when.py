"""The words in which a person says *when* on a command line: ``30m``, ``until 17:00``, ``tomorrow 9:00-10:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, format_time, parse_time, slot_end

LONGEST_DURATION = 7 * DAY_MINUTES
"""A duration beyond a week, in minutes, is taken for a slip of the finger."""

_DURATION = re.compile(r"(?:(\d{1,4})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,5})\s*(?:m(?:in(?:utes?|s)?)?)?)?", re.ASCII)
_RANGE = re.compile(r"(?:(?P<day>\S+)\s+)?(?P<start>[\d:]+)\s*(?:-|–|to)\s*(?P<end>[\d:]+)", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EXAMPLES = "30m · 2h · until 17:00 · until next · rest of day · 2026-11-23 14:00-15:30 · tomorrow 9:00-10:00"


class WhenError(ValueError):
    """The words say no time. The message says what was wrong and what to write."""


@dataclass(frozen=True, slots=True)
class DatedInterval:
    """A stretch of one date."""

    date: date
    interval: Interval


def parse_when(text: str, now: datetime) -> tuple[DatedInterval, ...]:
    """The stretches that the words mean at the moment ``now``, one a date: what crosses midnight is split.

    Raises:
        WhenError: the words say no time, or one that has passed or is empty.
    """
    words = " ".join(text.split()).lower()
    minute = now.hour * 60 + now.minute
    if words in {"rest of day", "rest of the day"}:
        return _from_now(now, DAY_MINUTES)
    if words.startswith("until "):
        end = time_of(words.removeprefix("until ").strip())
        if end <= minute:
            raise WhenError(f"{format_time(end)} has passed today: it is {format_time(minute)}.")
        return _from_now(now, end)
    found = _RANGE.fullmatch(words)
    if found is not None:
        day = parse_day(found["day"], now.date()) if found["day"] else now.date()
        start, end = time_of(found["start"]), time_of(found["end"])
        if start in (end, DAY_MINUTES):
            raise WhenError(f"{found['start']}-{found['end']} is empty: the end must lie after the start.")
        return split_at_midnight(day, start, end if end > start else end + DAY_MINUTES)
    duration = duration_of(words)
    if duration is None:
        raise WhenError(f"“{text}” says no time. Write for example: {_EXAMPLES}")
    return _from_now(now, end_after(now, minute, duration))


def _from_now(now: datetime, end: int) -> tuple[DatedInterval, ...]:
    """From the running minute to ``end``, in minutes from the start of today."""
    minute = now.hour * 60 + now.minute
    if minute == LAST_MINUTE and end <= DAY_MINUTES:
        raise WhenError(
            f"It is {format_time(minute)}, and the last minute before midnight cannot be an entry of its own. "
            "Give a time that goes on after midnight, for example 30m."
        )
    return split_at_midnight(now.date(), minute, end)


def parse_day(text: str, today: date) -> date:
    """The date for ``today``, ``tomorrow``, a weekday's name (the next one, today excluded) or YYYY-MM-DD.

    Raises:
        WhenError: the text names no date.
    """
    word = text.strip().lower()
    if word in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[word])
    for index, name in enumerate(_WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", word, re.ASCII):
        raise WhenError(f"“{text}” is not a date; write it as YYYY-MM-DD, for example {today.isoformat()}.")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise WhenError(f"“{text}” is not a date of the calendar.") from None


def time_of(text: str) -> int:
    """Minutes of the wall day for ``17:00``, and for ``17``.

    Raises:
        WhenError: the text is no time.
    """
    try:
        return parse_time(text if ":" in text else f"{text}:00")
    except ValueError as error:
        raise WhenError(f"{error}.") from None


def duration_of(words: str) -> int | None:
    """Minutes of ``30m``, ``2h`` or ``1h30``; None for what is no duration. A bare number is none: of what?"""
    found = _DURATION.fullmatch(words)
    if found is None or words.isdecimal() or not words:
        return None
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    if minutes == 0:
        raise WhenError(f"“{words}” is empty: give at least one minute.")
    if minutes > LONGEST_DURATION:
        raise WhenError(f"“{words}” is more than a week: give the dates instead.")
    return minutes


def end_after(now: datetime, minute: int, duration: int) -> int:
    """Wall minutes, from today's midnight, at which ``duration`` minutes from now are over.

    Where the clock jumps ahead meanwhile, that is later on the wall than the sum says. Where it goes back the sum
    stands: the wall shows that hour twice, and the stretch must not end before it has begun.
    """
    over = (now.astimezone(UTC) + timedelta(minutes=duration)).astimezone(now.tzinfo)
    on_the_wall = (over.date() - now.date()).days * DAY_MINUTES + over.hour * 60 + over.minute
    return max(minute + duration, on_the_wall)


def split_at_midnight(day: date, start: int, end: int) -> tuple[DatedInterval, ...]:
    """Stretches for ``start`` to ``end``, in minutes from the start of ``day``, cut at each midnight.

    A last minute of a day that stands alone is left out: no entry can say it.
    """
    parts: list[DatedInterval] = []
    while start < end:
        stop = slot_end(min(end, DAY_MINUTES))
        if start < LAST_MINUTE:
            parts.append(DatedInterval(day, Interval(start, stop)))
        start, end = 0, end - DAY_MINUTES
        if end > 0:
            if day == date.max:
                raise WhenError(f"{day.isoformat()} is the last day of the calendar.")
            day += timedelta(days=1)
    if not parts:
        raise WhenError("The last minute before midnight cannot be an entry of its own; give an earlier start.")
    return tuple(parts)
