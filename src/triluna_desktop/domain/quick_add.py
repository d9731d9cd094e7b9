"""One typed line as entries: "block tomorrow 2-3:30 dentist", "open fri 9-12", "every monday 9-5".

Pure: the same line, moment and calendar give the same answer. The answer tells what was understood, which of
several readings was taken, or what keeps it from being understood; nothing is written here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import TITLE_LIMIT, Entry, Pattern
from triluna_desktop.domain.said import Problem, Reading, cleaned, left_over, struck
from triluna_desktop.domain.said_beside import half_of_date, half_of_today, lost_words, says_more
from triluna_desktop.domain.said_dates import MOST_DAYS, SaidDates, find_dates
from triluna_desktop.domain.said_times import LONGEST_HOURS, SaidTimes, find_bare_time, find_times
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end, weekday_of
from triluna_desktop.domain.when import DatedInterval, WhenError, end_after, split_at_midnight

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.vocabulary import Vocabulary

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]*)[”\"»“]")


@dataclass(frozen=True, slots=True)
class WeeklyStretch:
    """A stretch of every week."""

    weekday: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class QuickAdd:
    """What a line says. With a ``problem`` nothing can be written; what was found is there all the same."""

    is_available: bool
    parts: tuple[DatedInterval, ...] = ()
    """Dated stretches in order; what crosses midnight is two of them."""
    weekly: tuple[WeeklyStretch, ...] = ()
    """Weekly hours instead, in the order in which the days were said."""
    days: tuple[date, ...] = ()
    """The dates that were said, also where no time was."""
    title: str = ""
    readings: tuple[Reading, ...] = ()
    problem: Problem | None = None
    said: str = ""
    """The words that the problem is about."""

    def items(self, new_key: Callable[[], str]) -> tuple[Item, ...]:
        """What shall be written; nothing where there is a problem."""
        if self.problem is not None:
            return ()
        dated = (
            Entry(new_key(), part.date, part.interval.start, part.interval.end, self.is_available, self.title)
            for part in self.parts
        )
        weekly = (
            Pattern(new_key(), each.weekday, each.interval.start, each.interval.end, self.is_available, self.title)
            for each in self.weekly
        )
        return (*dated, *weekly)


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds where the line says nothing of it."""

    mode_settings: ModeSettings
    """Its hours decide between morning and afternoon."""
    is_available: bool
    """What a line without "block" or "open" makes."""
    length: int
    """Minutes of a stretch of which only the start was said."""

    def hours(self, weekday: int) -> Interval:
        """In which a time without am and pm is looked for."""
        return self.mode_settings.hours_of(weekday) or self.mode_settings.default_hours


def read_quick_add(text: str, now: datetime, habits: Habits, words: Vocabulary) -> QuickAdd:
    """What the line says at the moment ``now``, in the user's zone. Never raises for any text."""
    rest, quoted = _without_quoted(cleaned(text))
    is_available, rest = _verb(rest, habits, words)
    dates = find_dates(rest, now.date(), words)
    half = None
    if not dates.said and (today := half_of_today(rest)) is not None:
        half, its_words, rest = today
        dates = SaidDates((now.date(),), said=its_words, rest=rest)
    elif dates.said and (beside := half_of_date(dates.rest)) is not None:
        half, rest = beside
        dates = replace(dates, rest=rest)
    first = dates.days[0] if dates.days else now.date()
    hours = half or habits.hours(dates.weekdays[0] if dates.weekdays else weekday_of(first))
    times = find_times(dates.rest, hours, words)
    if times.problem is None and _says_no_start(times) and dates.said:
        end_of_date = dates.rest.rfind("\0") + 1
        bare = find_bare_time(times.rest, end_of_date, hours, words)
        if bare is not None:
            times = replace(bare, length=times.length)
    if half is not None:
        times = replace(times, is_guess=False)
    title = quoted or left_over(times.rest)
    lost = lost_words(times.rest, has_date=bool(dates.said))
    problem, said = dates.problem, dates.said
    if problem is None:
        problem, said = times.problem, times.said
    if problem is None and lost:
        problem, said = Problem.NOT_UNDERSTOOD, lost
    if not left_over(cleaned(text)):
        problem = Problem.EMPTY
    elif problem is None and len(title) > TITLE_LIMIT:
        problem, said = Problem.TITLE_TOO_LONG, title
    elif problem is None and len(dates.days) > MOST_DAYS:
        problem = Problem.TOO_MANY_DAYS
    readings = dates.readings
    if title and says_more(times.rest, now.date(), words):
        readings = (*readings, Reading.MORE_IN_TITLE)
        dates = replace(dates, readings=readings)
    found = QuickAdd(is_available, (), (), dates.days, title, readings, problem, said)
    return found if problem is not None else _placed(found, dates, times, now, habits)


def _placed(found: QuickAdd, dates: SaidDates, times: SaidTimes, now: datetime, habits: Habits) -> QuickAdd:
    """With the stretches that the dates and times make together."""
    minute = now.hour * 60 + now.minute
    readings = list(dates.readings)
    is_dated = bool(dates.days or dates.weekdays)
    if times.wait is not None and is_dated:
        return replace(found, problem=Problem.TWO_STARTS, said=times.said)
    days = dates.days or (now.date(),)
    start, end = times.start, times.end
    if start is None:
        # What counts from now is about today; on another date it says no start.
        from_now = times.wait is not None or end is not None or times.to_day_end or times.length is not None
        if not from_now or dates.weekdays or days != (now.date(),):
            return replace(found, problem=Problem.NO_TIME)
        start = minute if times.wait is None else end_after(now, minute, times.wait)
        if times.to_day_end:
            end = DAY_MINUTES
        elif end is not None:
            end = end or DAY_MINUTES
            if end <= start:
                return replace(found, problem=Problem.HAS_PASSED, said=times.said)
        elif times.wait is None and times.length is not None:
            end = end_after(now, minute, times.length)
    elif not is_dated:
        readings.append(Reading.TODAY)
    if start == LAST_MINUTE and (end is None or end == DAY_MINUTES) and times.length is None:
        return replace(found, problem=Problem.LAST_MINUTE, said=times.said)
    if end is None:
        end = start + (times.length or habits.length)
        if times.length is None:
            readings.append(Reading.DEFAULT_LENGTH)
    if times.is_guess:
        readings.append(Reading.HALF_DAY)
    if end - start > LONGEST_HOURS * 60:
        return replace(found, problem=Problem.TOO_LONG, said=times.said)
    if dates.weekdays:
        weekly = tuple(part for weekday in dates.weekdays for part in _weekly(weekday, start, end))
        return replace(found, weekly=weekly, readings=tuple(readings), problem=None if weekly else Problem.NO_TIME)
    try:
        parts = tuple(part for day in days for part in _split(day, start, end))
    except (WhenError, OverflowError):
        return replace(found, problem=Problem.NO_SUCH_TIME, said=times.said)
    last = parts[-1]
    if (last.date, last.interval.end) <= (now.date(), minute):
        readings.append(Reading.PAST)
    return replace(found, parts=parts, days=days, readings=tuple(readings))


def _split(day: date, start: int, end: int) -> tuple[DatedInterval, ...]:
    """As `split_at_midnight`, of a stretch that may begin after the midnight that ends ``day``."""
    later = start // DAY_MINUTES
    return split_at_midnight(day + timedelta(days=later), start - later * DAY_MINUTES, end - later * DAY_MINUTES)


def _weekly(weekday: int, start: int, end: int) -> list[WeeklyStretch]:
    parts: list[WeeklyStretch] = []
    while start < end:
        if start < LAST_MINUTE:
            parts.append(WeeklyStretch(weekday, Interval(start, slot_end(min(end, DAY_MINUTES)))))
        weekday, start, end = (weekday + 1) % 7, 0, end - DAY_MINUTES
    return parts


def _says_no_start(times: SaidTimes) -> bool:
    return times.start is None and times.end is None and times.wait is None and not times.to_day_end


def _without_quoted(text: str) -> tuple[str, str]:
    """The text without what stands in quotation marks, which is the title; and that."""
    match = _QUOTED.search(text)
    if match is None or not match[1].strip():
        return text, ""
    return struck(text, *match.span()), " ".join(match[1].split())


def _verb(text: str, habits: Habits, words: Vocabulary) -> tuple[bool, str]:
    """Whether it makes available time, by the word it begins with."""
    said = text.casefold()
    for is_available, verbs in ((False, words.block), (True, words.open)):
        for verb in sorted(verbs, key=len, reverse=True):
            if said.startswith(verb) and not said[len(verb) : len(verb) + 1].isalnum():
                # Casefolding may change the length of a text, not of these words.
                return is_available, struck(text, 0, min(len(verb), len(text)))
    return habits.is_available, text
