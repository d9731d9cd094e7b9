"""Other weekly hours on one date only: the entries that make the date as if a pattern were another one there.

An entry overrides every pattern, so only the minutes are marked that really come out otherwise. What other entries
of the date cover stays theirs: marked again, it would overlap, which the server refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import default_mask, laid_over
from triluna_desktop.domain.edits import Edit, create
from triluna_desktop.domain.intervals import IntervalSet
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.intervals import Interval


@dataclass(frozen=True, slots=True)
class DateException:
    """What makes a date another one than its weekday."""

    edit: Edit | None
    """None where nothing comes out otherwise."""
    before: IntervalSet
    """What callers can book on the date now."""
    after: IntervalSet
    """What they can book with the edit."""
    cannot: tuple[Interval, ...]
    """What stays as it is: no entry can begin or end at 23:59."""


def except_on(
    day: date,
    pattern: Pattern,
    wanted: Pattern | None,
    settings: ModeSettings,
    patterns: Iterable[Pattern],
    entries: Iterable[Entry],
    *,
    make_key: Callable[[], str] = new_key,
) -> DateException:
    """The entries with which the date is as if ``pattern`` were ``wanted`` there; None: as if it were not.

    ``patterns`` are all weekly hours, the pattern among them, and ``entries`` those that stand on the date.
    """
    weekday = weekday_of(day)
    weekly = [each for each in patterns if each.weekday == weekday]
    others = [each for each in weekly if each.key != pattern.key]
    default = default_mask(settings, weekday)
    there = [entry for entry in entries if entry.date == day]
    covered = 0
    for entry in there:
        covered |= (1 << entry.end) - (1 << entry.start)
    is_now = laid_over(default, weekly)
    shall_be = laid_over(default, others if wanted is None else [*others, wanted])
    made: list[Entry] = []
    cannot: list[Interval] = []
    title = pattern.title if wanted is None else wanted.title
    for opens, wrong in ((True, shall_be & ~is_now), (False, is_now & ~shall_be)):
        for each in IntervalSet.of_mask(wrong & ~covered):
            end = each.end
            # Where 23:59 is so anyway, the entry may go on to the day's end.
            if end == LAST_MINUTE and not covered >> LAST_MINUTE & 1 and bool(shall_be >> LAST_MINUTE) is opens:
                end = DAY_MINUTES
            if LAST_MINUTE in (each.start, end):
                cannot.append(each)
            else:
                made.append(Entry(make_key(), day, each.start, end, opens, title))
    made.sort(key=lambda entry: entry.start)
    return DateException(
        create(*made) if made else None,
        IntervalSet.of_mask(laid_over(is_now, there)),
        IntervalSet.of_mask(laid_over(is_now, [*there, *made])),
        tuple(sorted(cannot)),
    )
