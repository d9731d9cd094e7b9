"""Dates and times on the screen, in the locale's own order: the title of a week, a day, a month."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtGui import QGuiApplication

from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class TimedLocale(QLocale):
    """A locale with a choice of how times are written; ``clock`` may change while others hold the object.

    "locale" as the locale itself has it, "12" as in 2:30 PM, "24" as in 14:30.
    """

    clock = "locale"

    @property
    def time_format(self) -> str:
        """The pattern of a time, as `QLocale.toString` takes it."""
        usual = self.timeFormat(QLocale.FormatType.ShortFormat)
        has_half = "a" in usual.lower()  # "AP", "Ap" or "a": the half of the day, in many orders.
        if self.clock == "12" and not has_half:
            return "h:mm AP"
        if self.clock == "24" and has_half:
            return "HH:mm"
        return usual


_PIECE = r"'[^']*'|d+\.?|M+|y+|[^'dMy]+"  # Compiled when it is first used: the first paint does without.
_HALF, _MINUTES = re.compile("[aA][pP]?"), "[:.]mm"
_EDGES = " ,،、."
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
"""What is between them is ordered by its own first letter, which halves of the day have, or from left to right."""


def range_title(first: date, days: int, locale: QLocale, *, short: bool = False) -> str:
    """A stretch of dates: "16 – 22 November 2026", or as the locale says it; ``short`` shortens the months."""
    last = first + timedelta(days=days - 1)
    tokens = _date_tokens(locale, short=short)
    full = "".join(tokens)
    if days == 1:
        return _text(last, full, locale)
    if (first.year, first.month) == (last.year, last.month):
        return _text(last, "".join(_with_span(token, first, last, locale) for token in tokens), locale)
    if first.year != last.year:
        return f"{_text(first, full, locale)} – {_text(last, full, locale)}"
    bare = "".join(_without_year(tokens))
    if tokens[0].startswith("y"):
        return f"{_text(first, full, locale)} – {_text(last, bare, locale)}"
    return f"{_text(first, bare, locale)} – {_text(last, full, locale)}"


def day_text(day: date, locale: QLocale) -> str:
    """A date for a field: "Thu, 19 Nov 2026"."""
    return _text(day, day_format(locale), locale)


def day_format(locale: QLocale) -> str:
    """The pattern of `day_text`: the locale's long date with short names."""
    return locale.dateFormat(QLocale.FormatType.LongFormat).replace("dddd", "ddd").replace("MMMM", "MMM")


def full_day_text(day: date, locale: QLocale) -> str:
    """A date for a screen reader: "Thursday, 19 November 2026"."""
    return _text(day, locale.dateFormat(QLocale.FormatType.LongFormat), locale)


def short_day_text(day: date, locale: QLocale) -> str:
    """A date near today, for a sentence: "Thu 19 Nov"."""
    name = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{name} {_text(day, ''.join(_without_year(_date_tokens(locale, short=True))), locale)}"


def month_text(year: int, month: int, locale: QLocale) -> str:
    """A month: "November 2026"."""
    return f"{locale.standaloneMonthName(month)} {locale.toString(QDate(year, month, 1), 'yyyy')}"


def time_text(minutes: int, locale: QLocale) -> str:
    """A time of the day as the locale writes it, 12 or 24 hours; the day's end is "24:00" everywhere.

    No locale has a word of its own for the end of a day: "12:00 AM" would be its start.
    """
    return time_writer(locale)(minutes)


def time_writer(locale: QLocale) -> Callable[[int], str]:
    """`time_text` for many times, which asks the locale once."""
    short = QLocale.FormatType.ShortFormat
    pattern = locale.time_format if isinstance(locale, TimedLocale) else locale.timeFormat(short)
    # Then nothing of a time is the locale's own. `QLocale.toString` has PySide set up dates and time zones, too,
    # when it is first called: 3 ms before the first paint.
    is_plain = locale.zeroDigit() == "0" and _HALF.search(pattern) is None

    def write(minutes: int) -> str:
        if minutes == DAY_MINUTES:
            return "24:00"
        time = QTime(minutes // 60, minutes % 60)
        return time.toString(pattern) if is_plain else locale.toString(time, pattern)

    return write


def spoken_time_text(minutes: int, locale: QLocale, *, with_half: bool = True) -> str:
    """A time as one says or writes it to somebody: "2 pm", "2:30 pm", "14:00" where the clock has 24 hours.

    Without its half of the day it is "2": the sentence tells which is meant. The half stands where the locale has
    it, before the time or after it.
    """
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    if not has_halves(locale):
        return time_text(minutes, locale)
    time = QTime(minutes // 60 % 24, minutes % 60)
    pattern = _HALF.sub("ap", pattern if minutes % 60 else re.sub(_MINUTES, "", pattern))
    text = locale.toString(time, pattern)
    if not with_half:
        # Qt counts to 24 where a pattern asks for no half.
        text = text.replace(locale.toString(time, "ap"), "")
    return " ".join(text.split())


def has_halves(locale: QLocale) -> bool:
    """Whether the locale counts the hours of a day twice to 12."""
    return _HALF.search(locale.timeFormat(QLocale.FormatType.ShortFormat)) is not None


def times_text(start: int, end: int, locale: QLocale) -> str:
    """A stretch of a day: "15:00 – 16:00".

    Where the app reads from right to left, it is kept together by isolates. Times are digits alone, which would be
    put in the order of what stands around them: a stretch would begin with its end in a menu, but not in the week.
    """
    text = f"{time_text(start, locale)} – {time_text(end, locale)}"
    if QGuiApplication.isRightToLeft():
        return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"
    return text


def own_text(text: str) -> str:
    """What somebody wrote, for the midst of a sentence: it keeps its order, and the sentence its own.

    A time behind an Arabic title would else be torn apart, its digits on one side and its AM on the other.
    """
    is_mirrored = QGuiApplication.isRightToLeft()
    others = ("L",) if is_mirrored else ("R", "AL")
    if any(bidirectional(char) in others for char in text):
        return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"
    return text


def week_number(first: date) -> int:
    """The ISO number of the week shown: that of its Thursday, also where weeks start on another day."""
    thursday = first + timedelta(days=(4 - first.isoweekday()) % 7)
    return thursday.isocalendar().week


def _date_tokens(locale: QLocale, *, short: bool) -> tuple[str, ...]:
    """The locale's long date without the weekday, in pieces: fields, and what stands between them."""
    return _date_pieces(locale.dateFormat(QLocale.FormatType.LongFormat), is_short=short)


@lru_cache(maxsize=16)
def _date_pieces(long_format: str, *, is_short: bool) -> tuple[str, ...]:
    tokens = re.findall(_PIECE, long_format)
    at = next((index for index, token in enumerate(tokens) if token.startswith("ddd")), None)
    if at is not None:
        # A weekday stands first or last; what parts it from the date goes with it.
        tokens = tokens[at + 1 :] if at == 0 else tokens[:at]
    while tokens and not tokens[0].strip(_EDGES):
        del tokens[0]
    while tokens and not tokens[-1].strip(" ,،、"):
        del tokens[-1]
    return tuple(token.replace("MMMM", "MMM") if is_short else token for token in tokens)


def _without_year(tokens: tuple[str, ...]) -> tuple[str, ...]:
    places = [index for index, token in enumerate(tokens) if token[0] in "dM"]
    last = places[-1] + 1
    # "11月20日", "19일": a word that belongs to the last field; "de 2026" and ", 2026" belong to the year.
    if tokens[0].startswith("y") and last < len(tokens):
        last += 1
    return tokens[places[0] : last]


def _with_span(token: str, first: date, last: date, locale: QLocale) -> str:
    if not token.startswith("d"):
        return token
    dot = "." if token.endswith(".") else ""
    return f"'{locale.toString(first.day)}{dot} – {locale.toString(last.day)}{dot}'"


def _text(day: date, pattern: str, locale: QLocale) -> str:
    return locale.toString(QDate(day.year, day.month, day.day), pattern).strip(" ,")
