"""What all that reads typed words shares: how it says what it took, and how it marks what it has understood.

The text is passed from one reader to the next. Each strikes out what it understood; what is left is a title.
"""

from __future__ import annotations

from enum import Enum

_TAKEN = "\0"
_UNSEEN = {ord(_TAKEN): " ", **dict.fromkeys(map(ord, "\u200e\u200f\u061c"))}


class Reading(Enum):
    """What was taken where another reading was possible."""

    COMING = "coming"
    """"next Tuesday" is the one that comes, not the one of the week after."""
    IN_A_WEEK = "in_a_week"
    """A weekday's name on that very day is the one in a week."""
    NUMBER_ORDER = "number_order"
    """"3/4": which number is the day goes by the locale."""
    OTHER_YEAR = "other_year"
    """A date without a year: the next one, in another year."""
    HALF_DAY = "half_day"
    """Neither am nor pm was written; the hours in which the calendar is open decided."""
    DEFAULT_LENGTH = "default_length"
    """No end was written."""
    TODAY = "today"
    """No date was written."""
    PAST = "past"
    """It has passed."""
    MORE_IN_TITLE = "more_in_title"
    """One more date or time stands in the line: it is a part of the title."""


class Problem(Enum):
    """Why it is not understood."""

    EMPTY = "empty"
    NO_TIME = "no_time"
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_TIME = "no_such_time"
    WRONG_WEEKDAY = "wrong_weekday"
    """The date falls on another weekday than the one that stands beside it."""
    EMPTY_STRETCH = "empty_stretch"
    """It ends where it starts."""
    HAS_PASSED = "has_passed"
    """"until 9:00", and it is later."""
    TOO_LONG = "too_long"
    TOO_MANY_DAYS = "too_many_days"
    TITLE_TOO_LONG = "title_too_long"
    LAST_MINUTE = "last_minute"
    """It starts at 23:59: the server knows no 24:00, so nothing is left of it."""
    NOT_UNDERSTOOD = "not_understood"
    """Words that say when, in a way that is not understood: "next week", "every 2nd"."""
    TWO_STARTS = "two_starts"
    """"in 30 minutes" and a date or a time beside it."""


def cleaned(text: str) -> str:
    """What was typed as one line, without the marks for the direction of writing that stand in some dates."""
    return " ".join(text.translate(_UNSEEN).split())


def struck(text: str, start: int, end: int) -> str:
    """The text with a part of it marked as understood: nothing is found in it or across it any more."""
    return text[:start] + _TAKEN * (end - start) + text[end:]


def left_over(text: str) -> str:
    """What was not understood, as one line."""
    pieces = (piece.strip(" ,;:-–—\t\n") for piece in text.split(_TAKEN))
    return " ".join(" ".join(piece for piece in pieces if piece).split())
