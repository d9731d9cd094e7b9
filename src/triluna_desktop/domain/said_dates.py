"""Finds the date in what a person typed: "next tue", "15 Jan", "24/11", "mon-fri", "every monday", "in 3 days".

Never guesses in silence: where words can be read in two ways, the answer names the way that was taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from triluna_desktop.domain.said import Problem, Reading, struck
from triluna_desktop.domain.time import week_of, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from triluna_desktop.domain.vocabulary import Vocabulary

    _Names: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    _Read: TypeAlias = Callable[["_Finder", re.Match[str]], "SaidDates | None"]

MOST_DAYS = 31
"""Of one stretch of dates."""
_YEAR = r"((?:19|20|21)\d\d)(?!\d|\s*[-–—:])"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
_WRITTEN_OUT = 6
"""So many of `_patterns` are dates that name a day by its number."""
_DASH = r"\s*(?:-|–|—|to|until|till)\s*"
_FROM = r"(?<!\w)from\s+$"
_BETWEEN = r"(\s*(?:,|&|\+|\band\b)\s*|\s*(?:-|–|—|\bto\b)\s*)"
"""What stands between the weekdays of a list."""


@dataclass(frozen=True, slots=True)
class SaidDates:
    """What was found. At most one of ``days`` and ``weekdays`` is filled."""

    days: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = ()
    """Every week on these; 0 is Sunday."""
    readings: tuple[Reading, ...] = ()
    problem: Problem | None = None
    said: str = ""
    """The words that it was found in."""
    rest: str = field(default="", compare=False)
    """The text with those words struck out."""


def find_dates(text: str, today: date, words: Vocabulary, *, nearest: bool = False) -> SaidDates:
    """The first date, or dates, of the text.

    ``nearest``: a date without a year may have passed, as it is looked for; else it is the next one that comes.
    """
    finder = _Finder(today, words, nearest=nearest)
    for pattern, read in _patterns(_key(words)):
        for match in pattern.finditer(text):
            found = read(finder, match)
            if found is not None:
                start, end = match.span()
                if len(found.days) == 1 and found.problem is None:
                    spanned = _to_another(found, text, start, end, words)
                    if spanned is not None:
                        return spanned
                rest = struck(text, start, end)
                found = replace(found, said=text[start:end].strip(), rest=rest)
                return _checked_weekday(found, start, end, words) if len(found.days) == 1 else found
    return SaidDates(rest=text)


def _to_another(found: SaidDates, text: str, start: int, end: int, words: Vocabulary) -> SaidDates | None:
    """With all dates up to the second one, where a dash and another date follow: "28 Dec - 3 Jan"."""
    dash = re.compile(_to_next(words), re.IGNORECASE).match(text, end)
    if dash is None:
        return None
    # In a text of its own: no date begins right after a dash otherwise.
    rest = text[dash.end() :]
    finder = _Finder(found.days[0], words, nearest=False)
    for pattern, read in _patterns(_key(words))[:_WRITTEN_OUT]:
        match = pattern.match(rest)
        last = None if match is None else read(finder, match)
        if match is None or last is None:
            continue
        leading = re.search(_FROM, text[:start], re.IGNORECASE)
        first = start if leading is None else leading.start()
        whole = dash.end() + match.end()
        found = replace(found, said=text[first:whole].strip(), rest=struck(text, first, whole))
        found = _checked_weekday(found, first, whole, words)
        problem = found.problem or last.problem
        days = last.days[0] - found.days[0] if last.days else timedelta(-1)
        if problem is not None or days < timedelta(0):
            return replace(found, problem=problem or Problem.NO_SUCH_DATE)
        return replace(found, days=_days(found.days[0], min(days.days, MOST_DAYS)))
    return None


class _Finder:
    def __init__(self, today: date, words: Vocabulary, *, nearest: bool) -> None:
        self.today, self.words, self.nearest = today, words, nearest

    def iso(self, match: re.Match[str]) -> SaidDates:
        return self._of(int(match[1]), int(match[2]), int(match[3]), ())

    def numbers(self, match: re.Match[str]) -> SaidDates:
        first, second = int(match[1]), int(match[2])
        is_day_first = self.words.order.find("d") < self.words.order.find("M")
        day, month = (first, second) if is_day_first else (second, first)
        readings: tuple[Reading, ...] = ()
        if month > 12 >= day:
            day, month = month, day
        elif day <= 12 and day != month:
            readings = (Reading.NUMBER_ORDER,)
        year = int(match[3]) if match[3] else None
        return self._of(year + 2000 if year is not None and year < 100 else year, month, day, readings)

    def day_month(self, match: re.Match[str]) -> SaidDates | None:
        return self._named(match[3], int(match[1]), match[2], match[4])

    def month_day(self, match: re.Match[str]) -> SaidDates | None:
        return self._named(match[1], int(match[2]), match[3], match[4])

    def near(self, match: re.Match[str]) -> SaidDates | None:
        days = self.words.near.get(" ".join(match[1].split()).casefold())
        return None if days is None else self._after(days)

    def in_days(self, match: re.Match[str]) -> SaidDates:
        return self._after(int(match[1]) * (7 if match[2].casefold().startswith("w") else 1))

    def every(self, match: re.Match[str]) -> SaidDates | None:
        group = match[1].casefold()
        if group.endswith(("weekend", "weekends")):
            return SaidDates(weekdays=(6, 0))
        if group.startswith(("weekday", "workday")):
            return SaidDates(weekdays=(1, 2, 3, 4, 5))
        if group in ("day", "daily"):
            return SaidDates(weekdays=tuple((self.words.first_weekday + day) % 7 for day in range(7)))
        found = self._weekdays_of(match[1])
        return None if found is None else SaidDates(weekdays=found[0])

    def weekdays(self, match: re.Match[str]) -> SaidDates | None:
        """The next such days; every one of them where one is said in the plural, as in "mondays"."""
        found = self._weekdays_of(match[2])
        if found is None:
            return None
        weekdays, is_every = found
        return (
            SaidDates(weekdays=weekdays)
            if is_every
            else self._coming(weekdays, (match[1] or "").casefold().strip())
        )

    def ordinal(self, match: re.Match[str]) -> SaidDates:
        """ "the 15th": of this month, or of the next one that has it."""
        day = int(match[1])
        if not 1 <= day <= 31:
            return SaidDates(problem=Problem.NO_SUCH_DATE)
        first = self.today.replace(day=1)
        for _ in range(4):  # Of four months in a row, two have 31 days.
            found = _date(first.year, first.month, day)
            if found is not None and (found >= self.today or self.nearest):
                return SaidDates((found,))
            try:
                first = (first + timedelta(days=31)).replace(day=1)
            except OverflowError:
                break
        return SaidDates(problem=Problem.NO_SUCH_DATE)

    def _named(self, name: str, day: int, last: str | None, year: str | None) -> SaidDates | None:
        month = self.words.months.get(name.casefold())
        if month is None:
            return None
        found = self._of(int(year) if year else None, month, day, ())
        if last is None or found.problem is not None:
            return found
        end = _date(found.days[0].year, month, int(last))
        if end is None or end < found.days[0]:
            return SaidDates(problem=Problem.NO_SUCH_DATE)
        return replace(found, days=_days(found.days[0], (end - found.days[0]).days))

    def _of(self, year: int | None, month: int, day: int, readings: tuple[Reading, ...]) -> SaidDates:
        """A date; without a year the next such one, or the nearest."""
        if year is not None:
            found = _date(year, month, day)
            return SaidDates(problem=Problem.NO_SUCH_DATE) if found is None else SaidDates((found,), (), readings)
        # A 29 February may be eight years away.
        years = range(self.today.year - (8 if self.nearest else 0), self.today.year + 9)
        there = [found for each in years if (found := _date(each, month, day)) is not None]
        if self.nearest:
            there.sort(key=lambda found: abs(found - self.today))
        else:
            there = [found for found in there if found >= self.today]
        if not there:
            return SaidDates(problem=Problem.NO_SUCH_DATE)
        if there[0].year != self.today.year:
            readings = (*readings, Reading.OTHER_YEAR)
        return SaidDates((there[0],), (), readings)

    def _after(self, days: int) -> SaidDates:
        try:
            return SaidDates((self.today + timedelta(days=days),))
        except OverflowError:
            return SaidDates(problem=Problem.NO_SUCH_DATE)

    def _weekdays_of(self, said: str) -> tuple[tuple[int, ...], bool] | None:
        """The weekdays of "mon, wed and fri" or of "mon-fri", and whether one is in the plural.

        None where a word is no weekday.
        """
        parts = re.split(_BETWEEN, said, flags=re.IGNORECASE)
        found: list[int] = []
        is_plural = False
        for number in range(0, len(parts), 2):
            name = parts[number].casefold().strip(". \t")
            weekday = self.words.weekdays.get(name)
            if weekday is None:
                weekday = self.words.weekdays.get(name.removesuffix("s"))
                is_plural = True
            if weekday is None:
                return None
            if number and parts[number - 1].strip().casefold() in {"-", "–", "—", "to"}:
                found += [(found[-1] + step) % 7 for step in range(1, (weekday - found[-1]) % 7)]
            found.append(weekday)
        return tuple(dict.fromkeys(found)), is_plural

    def _coming(self, weekdays: Iterable[int], prefix: str) -> SaidDates:
        """The next date of each, today excluded unless "this" says so; in order, after the first of them."""
        readings: list[Reading] = []
        days: list[date] = []
        after = self.today - timedelta(days=1) if prefix == "this" else self.today
        try:
            for weekday in weekdays:
                after += timedelta(days=(weekday - weekday_of(after) - 1) % 7 + 1)
                days.append(after)
            in_a_week = self.today + timedelta(days=7)
        except OverflowError:
            return SaidDates(problem=Problem.NO_SUCH_DATE)
        if days[0] == in_a_week:
            readings.append(Reading.IN_A_WEEK)
        elif prefix == "next" and week_of(days[0], self.words.first_weekday) == week_of(
            self.today, self.words.first_weekday
        ):
            readings.append(Reading.COMING)
        return SaidDates(tuple(days), (), tuple(readings))


def _checked_weekday(found: SaidDates, start: int, end: int, words: Vocabulary) -> SaidDates:
    """Strike out a weekday's name that stands right beside the date, and see that it is the right one."""
    match = re.search(_weekday_before(words), found.rest[:start], re.IGNORECASE)
    offset = 0
    if match is None:
        match = re.match(_weekday_behind(words), found.rest[end:], re.IGNORECASE)
        offset = end
    if match is None or (weekday := words.weekdays.get(match[1].casefold())) is None:
        return found
    rest = struck(found.rest, match.start() + offset, match.end() + offset)
    wrong = weekday != weekday_of(found.days[0])
    return replace(found, rest=rest, problem=Problem.WRONG_WEEKDAY if wrong else found.problem)


def _days(first: date, more: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=step) for step in range(more + 1))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _key(words: Vocabulary) -> _Names:
    return tuple(words.weekdays), tuple(words.months), tuple(words.near)


def patterns_of_dates(words: Vocabulary) -> list[str]:
    """What `find_dates` compiles when it is first asked: `re` keeps what was compiled before, too."""
    beside = (_FROM, _BETWEEN, _to_next(words), _weekday_before(words), _weekday_behind(words))
    return [*(pattern for pattern, _ in _written(_key(words))), *beside]


def _weekday_before(words: Vocabulary) -> str:
    return rf"(?<!\w)({_any_of(words.weekdays)})\.?,?\s*(?:the\s+)?$"


def _weekday_behind(words: Vocabulary) -> str:
    return rf"\s*,?\s*({_any_of(words.weekdays)})(?!\w)\.?"


def _to_next(words: Vocabulary) -> str:
    return rf"{_DASH}(?:(?:{_any_of(words.weekdays)})\.?,?\s+)?"


@lru_cache(maxsize=4)
def _patterns(names: _Names) -> tuple[tuple[re.Pattern[str], _Read], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in _written(names))


def _written(names: _Names) -> tuple[tuple[str, _Read], ...]:
    """What dates look like, the surest first."""
    weekdays, months, near = map(_any_of, names)
    start, end = r"(?<![\w:/.–—-])", r"(?![\w:/])"
    lead = r"(?:(?:on|for|at)\s+)?(?:the\s+)?"
    day = rf"(\d{{1,2}}){_ORDINAL}"
    one = rf"(?:(?:{weekdays})\.?|(?:{_any_of(_whole(names[0]))})s)(?!\w)"
    several = rf"{one}(?:\s*(?:,|&|\+|-|–|—|\band\b|\bto\b)\s*{one})*"
    year = rf"(?:,?\s+{_YEAR})?"
    dotted = r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d|[:.]\d|\s*[-–—]))?"
    day_month = rf"{day}(?:{_DASH}{day})?\s*(?:of\s+)?({months})\.?{year}"
    to_day = rf"(?:{_DASH}{day}(?!\d|[:.]\d|\s*[ap]\.?m))?"
    no_time = r"(?!\d|[\w:/]|[.]\d|\s*[ap]\.?m\b)"
    return (
        (rf"{start}{lead}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:T(?=\d\d:)|(?!\w))", _Finder.iso),
        (rf"{start}{lead}(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})(?!\w)", _Finder.numbers),
        (rf"{start}{lead}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}|\d{{2}}))?{end}", _Finder.numbers),
        (rf"{start}{lead}{dotted}{end}", _Finder.numbers),
        (rf"{start}{lead}{day_month}{end}", _Finder.day_month),
        (rf"{start}(?:(?:on|for)\s+)?({months})\.?\s*{day}{to_day}{year}{no_time}", _Finder.month_day),
        (rf"{start}({near}){end}", _Finder.near),
        (rf"{start}in\s+(\d{{1,4}})\s*(days?|weeks?){end}", _Finder.in_days),
        (rf"{start}(?:every|each|weekly(?:\s+on)?)\s+(weekdays?(?!\w)|day|weekend|{several}){end}", _Finder.every),
        (rf"{start}(?:on\s+)?(weekdays|workdays|weekends|daily){end}", _Finder.every),
        (rf"{start}(?:on\s+)?((?:this|next|coming)\s+)?({several}){end}", _Finder.weekdays),
        (rf"{start}{lead}(\d{{1,2}})(?:st|nd|rd|th){end}", _Finder.ordinal),
    )


def _whole(weekdays: Iterable[str]) -> list[str]:
    """The names that have an English plural: "mondays" are every one of them, "mons" is nothing."""
    return [name for name in weekdays if name.endswith("day") and name.isascii()] or ["monday"]
