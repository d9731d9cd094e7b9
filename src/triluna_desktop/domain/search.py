"""What a person looks for: words of a title or of notes, a date, a time of the day.

"15 jan" may be a date or a part of a title, so a query says both, and what fits either is found. Letters are
compared without their case and without their marks: "cafe" finds "Café".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.said import Problem, Reading, cleaned, left_over
from triluna_desktop.domain.said_dates import find_dates
from triluna_desktop.domain.said_times import find_bare_time, find_times
from triluna_desktop.domain.time import weekday_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.vocabulary import Vocabulary


def folded(text: str) -> str:
    """The text as it is compared."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize(
        "NFKC", "".join(each for each in apart if not unicodedata.combining(each))
    ).casefold()


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. It finds what has all ``words``, or falls on the ``days`` with all of the ``beside``."""

    words: tuple[str, ...] = ()
    """Folded; each must occur in the title or in the notes."""
    days: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset()
    """Of the weekly hours that are meant: those of the days, or those that were said."""
    start: int | None = None
    """Minutes of the wall day: only what covers it, or overlaps up to ``end``."""
    end: int | None = None
    beside: tuple[str, ...] = ()
    """Folded; what was said beside the date."""
    first: date | None = None
    """The earliest of the days: where "go to" leads."""
    readings: tuple[Reading, ...] = ()
    problem: Problem | None = None
    """What keeps a date from being one."""

    def __bool__(self) -> bool:
        return bool(self.words or self.has_when)

    @property
    def has_when(self) -> bool:
        """Whether a date, a weekday or a time is looked for."""
        return bool(self.days or self.weekdays or self.start is not None)

    def fits_words(self, *texts: str) -> bool:
        """Whether an item's texts have all words."""
        return bool(self.words) and _has_all(self.words, texts)

    def fits_when(self, start: int, end: int, *texts: str) -> bool:
        """Whether an item of a wanted date, or weekday, is at the time said, and has what is beside it."""
        if self.start is not None:
            wanted = self.end if self.end is not None else self.start + 1
            if not (start < wanted and self.start < end):
                return False
        return _has_all(self.beside, texts)


def _has_all(words: Collection[str], texts: tuple[str, ...]) -> bool:
    if not words:
        return True
    said = "\n".join(folded(text) for text in texts)
    return all(word in said for word in words)


def read_query(
    text: str, today: date, settings: ModeSettings, vocabulary: Vocabulary, *, is_masked: bool = False
) -> Query:
    """What a line looks for. ``is_masked``: titles are hidden, so dates and times count alone."""
    line = cleaned(text)
    dates = find_dates(line, today, vocabulary, nearest=True)
    day = dates.days[0] if dates.days else today
    hours = settings.hours_of(dates.weekdays[0] if dates.weekdays else weekday_of(day)) or settings.default_hours
    times = find_times(dates.rest, hours, vocabulary)
    if dates.said and times.start is None and times.problem is None:
        bare = find_bare_time(times.rest, dates.rest.rfind("\0") + 1, hours, vocabulary)
        times = times if bare is None or bare.problem is not None else bare
    words = () if is_masked else tuple(folded(line).split())
    is_timed = times.start is not None and times.problem is None
    if dates.problem is not None or not (dates.said or is_timed):
        return Query(words, problem=dates.problem)
    # A mere time is one of today.
    days = dates.days if dates.said else (today,)
    return Query(
        words,
        frozenset(days),
        frozenset(dates.weekdays or map(weekday_of, days)),
        times.start if is_timed else None,
        times.end if is_timed else None,
        () if is_masked else tuple(folded(left_over(times.rest)).split()),
        min(days, default=None),
        dates.readings,
    )
