"""What is bookable, by the API's contract, asked minute by minute: slow, and simple enough to be right.

start from the mode's default; apply that weekday's patterns (available ones open, then unavailable ones
close); then apply the date's entries (available ones open, then unavailable ones close).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import Mode, ModeSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.models import Entry, Pattern

SUNDAY_IS_0 = 7
"""Day 1 of year 1 was a Monday, so a date's ordinal, modulo this, is the API's day_of_week."""


def is_open(
    minute: int, weekday: int, mode: ModeSettings, weekly: Sequence[Pattern], dated: Sequence[Entry]
) -> bool:
    """The contract, word for word, for one minute; given are that weekday's patterns and the date's entries."""
    hours = mode.hours[weekday] if mode.hours else mode.default_hours
    answer = mode.mode is Mode.UNAVAILABLE_TIMES and hours is not None and hours.start <= minute < hours.end
    for pattern in weekly:
        if pattern.start <= minute < pattern.end and pattern.is_available:
            answer = True
    for pattern in weekly:
        if pattern.start <= minute < pattern.end and not pattern.is_available:
            answer = False
    for entry in dated:
        if entry.start <= minute < entry.end and entry.is_available:
            answer = True
    for entry in dated:
        if entry.start <= minute < entry.end and not entry.is_available:
            answer = False
    return answer


def oracle(day: date, mode: ModeSettings, patterns: Sequence[Pattern], entries: Sequence[Entry]) -> list[bool]:
    weekday = day.toordinal() % SUNDAY_IS_0
    weekly = [pattern for pattern in patterns if pattern.weekday == weekday]
    dated = [entry for entry in entries if entry.date == day]
    # From one moment at which something begins or ends to the next, each comparison above comes out the same.
    hours = mode.hours[weekday] if mode.hours else mode.default_hours
    turns = {0, 1440}
    for each in (*weekly, *dated, *((hours,) if hours is not None else ())):
        turns |= {each.start, each.end}
    row: list[bool] = []
    for start, end in pairwise(sorted(turns)):
        row += [is_open(start, weekday, mode, weekly, dated)] * (end - start)
    return row


def row_of(stretches: Iterable[Interval]) -> list[bool]:
    """Whether each minute of a day is in one of the stretches."""
    row = [False] * 1440
    for each in stretches:
        row[each.start : each.end] = [True] * (each.end - each.start)
    return row
