"""What stands beside the date and the time of a typed line: a half of the day, and what the title would swallow.

A title is whatever is left over. Where that speaks of time itself ("every 2nd monday", "next week"), writing it
down as a title would make something else than was meant: such words are named instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.said import struck
from triluna_desktop.domain.said_dates import find_dates
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.vocabulary import Vocabulary

_MORNING, _AFTERNOON, _EVENING = Interval(0, 720), Interval(720, 1080), Interval(960, DAY_MINUTES)
_HALVES = {"morning": _MORNING, "afternoon": _AFTERNOON, "evening": _EVENING, "night": _EVENING}
_HALF_OF_TODAY = re.compile(r"(?<!\w)(?:(tonight)|this\s+(morning|afternoon|evening))(?!\w)", re.IGNORECASE)
_HALF_OF_DATE = re.compile(
    r"(?<=\0)\s*,?\s*(?:in\s+the\s+|at\s+)?(morning|afternoon|evening|night)(?!\w)", re.IGNORECASE
)
_PERIOD = r"(?:weeks?|months?|years?|weekends?)"
_LOST = re.compile(
    rf"(?<!\w)(?:(?:every|each)\s+(?:other|second|third|fourth|last|first|two|three|four|\d+\w*|{_PERIOD})"
    rf"|(?:every|each)\s*(?=\0)|bi-?weekly|fortnightly|monthly|yearly|annually"
    rf"|(?:this|next|last|coming)\s+{_PERIOD}|(?:until|till|before|after|since)\s*(?=\0))(?!\w)",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"(?<!\w)weekends?(?!\w)", re.IGNORECASE)
_SECOND_TIME = re.compile(
    r"(?<![\w:/.,-])\d{1,2}(?::\d\d)?\s*(?:-|–|to)\s*\d{1,2}(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?![\w:/-])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:the\s+)?\d+(?:st|nd|rd|th)", re.IGNORECASE)
"""May be of anything: "2nd floor"."""


def half_of_today(text: str) -> tuple[Interval, str, str] | None:
    """The minutes in which a time is meant, the words "tonight" or "this morning", and the text without them."""
    match = _HALF_OF_TODAY.search(text)
    if match is None:
        return None
    return _HALVES["night" if match[1] else match[2].casefold()], match[0], struck(text, *match.span())


def half_of_date(text: str) -> tuple[Interval, str] | None:
    """As `half_of_today`, of the words right after a date that was found: "tomorrow evening"."""
    match = _HALF_OF_DATE.search(text)
    return None if match is None else (_HALVES[match[1].casefold()], struck(text, *match.span()))


def lost_words(rest: str, *, has_date: bool) -> str:
    """Words of what is left over that say when, and were not understood; empty if there are none."""
    match = _LOST.search(rest) or (None if has_date else _WEEKEND.search(rest))
    return "" if match is None else " ".join(match[0].split())


def says_more(rest: str, today: date, words: Vocabulary) -> bool:
    """Whether what is left over holds one more date, or times."""
    said = find_dates(rest, today, words).said
    return bool(said and not _ORDINAL.fullmatch(said)) or _SECOND_TIME.search(rest) is not None
