"""Finds the time in what a person typed: "2-3:30", "3pm 45m", "14:00 for 1 h", "until noon", "in 30 min".

The rule for an hour without am and pm: if one of the two times can only be of a 24-hour clock (13 and more, 0, or
written with a leading zero), both are. Else morning and afternoon are tried, and the one that lies inside of the
calendar's hours is taken; where both or neither does, the earlier. An end is always the first such time after the
start. Where am or pm stands at one time only, the other is the nearest that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from triluna_desktop.domain.said import Problem, struck
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.vocabulary import Vocabulary

HALF_DAY = DAY_MINUTES // 2
LONGEST_HOURS = 7 * 24
_BEFORE, _AFTER = r"(?<![\w:/.,])", r"(?![\w:/]|[.,]\d)"
_CLOCK = r"(?:\s*(?:o['’]clock|uhr))?"
_BARE = rf"\s*(\d{{1,2}})(?!\w|[:/.,]\d){_CLOCK}"
_DURATION = (
    r"(?:(?P<h>\d{1,4})(?:[.,](?P<part>\d{1,2}))?\s*h(?:ours?|rs?)?"
    r"(?:(?P<hm>\d{1,2})|\s*(?P<hmu>\d{1,2})\s*m(?:in(?:ute)?s?)?)?"
    r"|(?P<m>\d{1,5})\s*m(?:in(?:ute)?s?)?|(?P<half>half\s+an\s+hour)|(?P<one>an?\s+hour))"
)


@dataclass(frozen=True, slots=True)
class SaidTimes:
    """What was found. ``start`` is None where only a length, an end or nothing was said."""

    start: int | None = None
    """Minutes of the wall day."""
    end: int | None = None
    """Minutes from the midnight before the start: more than 1440 where it runs past midnight."""
    length: int | None = None
    """Minutes."""
    wait: int | None = None
    """Minutes from now to the start."""
    is_guess: bool = False
    """Whether it was read otherwise than it stands there on a 24-hour clock."""
    to_day_end: bool = False
    """"rest of the day"."""
    problem: Problem | None = None
    said: str = ""
    rest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was written."""

    hour: int
    minute: int
    half: bool | None = None
    """True for pm, False for am, None where it was not said."""
    is_exact: bool = False
    """Whether it can only be of a 24-hour clock."""

    @property
    def plain(self) -> int:
        """Minutes of the wall day, as it stands there."""
        if self.half is not None:
            return (self.hour % 12 + 12 * self.half) * 60 + self.minute
        return self.hour * 60 + self.minute

    @property
    def readings(self) -> tuple[int, ...]:
        """All that it can mean, earliest first."""
        if self.half is not None or self.is_exact:
            return (self.plain,)
        morning = self.hour % 12 * 60 + self.minute
        return (morning, morning + HALF_DAY)

    @property
    def is_valid(self) -> bool:
        """Whether there is such a time."""
        if self.minute > 59 or (self.half is not None and not 1 <= self.hour <= 12):
            return False
        return self.plain <= DAY_MINUTES


def find_times(text: str, hours: Interval, words: Vocabulary) -> SaidTimes:
    """The time of the text, by the calendar's hours of that day. A stretch outweighs all else."""
    patterns = _patterns(words.am, words.pm)
    for name, pattern in patterns[:2]:
        if (match := pattern.search(text)) is not None:
            return _whole_day(name, match, text)
    if (match := patterns[2][1].search(text)) is not None:
        return _stretch(match, text, hours, words)
    wait = length = None
    said: list[str] = []
    for name, pattern in patterns[3:5]:
        if (match := pattern.search(text)) is None:
            continue
        minutes = _minutes(match)
        if not 0 < minutes <= LONGEST_HOURS * 60:
            problem = Problem.TOO_LONG if minutes else Problem.EMPTY_STRETCH
            return SaidTimes(problem=problem, said=match[0].strip(), rest=struck(text, *match.span()))
        said.append(match[0].strip())
        text = struck(text, *match.span())
        if name == "wait":
            wait = minutes
        else:
            length = minutes
    return _single(text, hours, words, wait, length, said)


def find_bare_time(text: str, at: int, hours: Interval, words: Vocabulary) -> SaidTimes | None:
    """A number that stands alone at a place of the text, where a date ended: "tomorrow 3"."""
    match = re.compile(_BARE, re.IGNORECASE).match(text, at)
    if match is None:
        return None
    return _at(_clock(match[1], None, None, words), text, match.span(), match[0], hours)


def _single(
    text: str, hours: Interval, words: Vocabulary, wait: int | None, length: int | None, said: list[str]
) -> SaidTimes:
    until, at, clear = (pattern for _, pattern in _patterns(words.am, words.pm)[5:])
    if length is None and wait is None and (match := until.search(text)) is not None:
        clock = _from(match, "e", words)
        found = _at(clock, text, match.span(), match[0], hours)
        return SaidTimes(
            None, found.start, None, None, found.is_guess, False, found.problem, found.said, found.rest
        )
    if (match := at.search(text) or clear.search(text)) is not None:
        found = _at(_from(match, "s", words), text, match.span(), match[0], hours)
        if wait is not None:
            return SaidTimes(problem=Problem.TWO_STARTS, said=found.said, rest=found.rest)
        text, (start, is_guess, problem) = found.rest, (found.start, found.is_guess, found.problem)
        return SaidTimes(start, None, length, None, is_guess, False, problem, " ".join([found.said, *said]), text)
    return SaidTimes(length=length, wait=wait, said=" ".join(said), rest=text)


def _at(clock: Clock, text: str, span: tuple[int, int], said: str, hours: Interval) -> SaidTimes:
    """A single time: the reading inside of the hours, else as it stands."""
    rest = struck(text, *span)
    if not clock.is_valid:
        return SaidTimes(problem=Problem.NO_SUCH_TIME, said=said.strip(), rest=rest)
    inside = [each for each in clock.readings if hours.start <= each < hours.end]
    start = inside[0] if inside else clock.plain
    return SaidTimes(start, None, None, None, start != clock.plain, False, None, said.strip(), rest)


def _whole_day(name: str, match: re.Match[str], text: str) -> SaidTimes:
    rest, said = struck(text, *match.span()), match[0].strip()
    if name == "all":
        return SaidTimes(0, DAY_MINUTES, said=said, rest=rest)
    return SaidTimes(to_day_end=True, said=said, rest=rest)


def _stretch(match: re.Match[str], text: str, hours: Interval, words: Vocabulary) -> SaidTimes:
    rest, said = struck(text, *match.span()), match[0].strip()
    start, end = _from(match, "s", words), _from(match, "e", words)
    if not start.is_valid or not end.is_valid or start.plain == DAY_MINUTES:
        return SaidTimes(problem=Problem.NO_SUCH_TIME, said=said, rest=rest)
    first, last = resolved(start, end, hours)
    if first == last:
        return SaidTimes(problem=Problem.EMPTY_STRETCH, said=said, rest=rest)
    is_said = start.half is not None or end.half is not None
    is_guess = not is_said and (first, last % DAY_MINUTES) != (start.plain, end.plain % DAY_MINUTES)
    return SaidTimes(first, last, None, None, is_guess, False, None, said, rest)


def resolved(start: Clock, end: Clock, hours: Interval) -> tuple[int, int]:
    """When a stretch starts and ends, in minutes from the midnight before it; equal where it is empty."""
    unmarked = start.half is None and end.half is None
    if unmarked and (start.is_exact or end.is_exact):
        first, last = start.plain, end.plain
        return first, last if last >= first else last + DAY_MINUTES
    if not unmarked and start.half is None and not start.is_exact:
        last = end.plain
        before = [each for each in start.readings if each < last]
        return (before[-1], last) if before else (start.readings[-1], last + DAY_MINUTES)
    if len(start.readings) == 1:
        return start.plain, _after(start.plain, end)
    pairs = [(each, _after(each, end)) for each in start.readings]
    inside = [pair for pair in pairs if hours.start <= pair[0] and pair[1] <= hours.end]
    if inside:
        return inside[0]
    return next(pair for pair in pairs if pair[0] == start.plain)


def _after(start: int, end: Clock) -> int:
    """The first time after the start that the end can mean; the start itself, where it can only mean that."""
    if end.readings == (start,):
        return start
    return min(each + more for each in end.readings for more in (0, DAY_MINUTES) if each + more > start)


def _minutes(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["one"]:
        return 60
    if match["m"]:
        return int(match["m"])
    part = match["part"] or ""
    fraction = int(part) * 60 // 10 ** len(part) if part else 0
    return int(match["h"]) * 60 + fraction + int(match["hm"] or match["hmu"] or 0)


def _from(match: re.Match[str], side: str, words: Vocabulary) -> Clock:
    """The time of one side of a match: ``s`` or ``e``."""
    named = match[f"{side}word"]
    if named:
        return Clock(12, 0, named.casefold() != "midnight")
    hour, minute = match[f"{side}h"], match[f"{side}m"]
    bare = match[f"{side}b"]
    if bare:
        hour, minute = bare[:-2], bare[-2:]
    return _clock(hour, minute, match[f"{side}a"], words)


def _clock(hour: str, minute: str | None, half: str | None, words: Vocabulary) -> Clock:
    number = int(hour)
    is_pm: bool | None = None
    if half:
        said = half.casefold()
        is_pm = said == "p" or said in words.pm
    is_exact = is_pm is None and (number == 0 or number > 12 or (len(hour) == 2 and int(hour[0]) == 0))
    return Clock(number, int(minute or 0), is_pm, is_exact)


def patterns_of_times(words: Vocabulary) -> list[str]:
    """What `find_times` compiles when it is first asked: `re` keeps what was compiled before, too."""
    return [*(pattern for _, pattern in _written(words.am, words.pm)), _BARE]


@lru_cache(maxsize=4)
def _patterns(am: frozenset[str], pm: frozenset[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _written(am, pm))


def _written(am: frozenset[str], pm: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What times look like, in the order in which they are looked for."""
    halves = "|".join(re.escape(each) for each in sorted(am | pm, key=lambda word: (-len(word), word)))

    marked = rf"(?:\s*(?:{halves})|[ap])"

    def time(side: str) -> str:
        word = rf"(?P<{side}word>noon|midday|midnight)"
        hours = rf"(?P<{side}h>\d{{1,2}})(?:h|[:.h](?P<{side}m>\d\d))?"
        return rf"(?:{word}|(?:(?P<{side}b>\d{{3,4}})|{hours})(?P<{side}a>{marked})?{_CLOCK})"

    dash = r"(?(between)\band\b|(?:-|–|—|\bto\b|\buntil\b|\btill\b))"
    stretch = rf"(?:(?P<between>between\s+)|(?:from|at)\s+)?{time('s')}\s*{dash}\s*{time('e')}"
    is_clear = rf"(?=noon|midday|midnight|\d{{1,2}}(?:[:.]\d\d(?!\d)|{marked}(?!\w)|\s*(?:o['’]clock|uhr)))"
    return (
        ("all", rf"{_BEFORE}(?:all|the\s+whole|whole)\s+day{_AFTER}"),
        ("rest", rf"{_BEFORE}(?:the\s+)?rest\s+of\s+(?:the\s+)?day{_AFTER}"),
        ("stretch", rf"{_BEFORE}{stretch}{_AFTER}"),
        ("wait", rf"{_BEFORE}in\s+{_DURATION}{_AFTER}"),
        ("length", rf"{_BEFORE}(?:for\s+)?{_DURATION}{_AFTER}"),
        ("until", rf"{_BEFORE}(?:until|till)\s+{time('e')}{_AFTER}"),
        ("at", rf"{_BEFORE}(?:(?:at|from)\s+|@\s*){time('s')}{_AFTER}"),
        ("clear", rf"{_BEFORE}{is_clear}{time('s')}{_AFTER}"),
    )
