"""Times and dates as people type them: "9", "930", "2pm", "24:00"; "19.11.", "19 Nov", "2026-11-19"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.ui.dates import day_format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QLocale

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.,h]\s*(\d{2})|\s*h)?", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,2})(\d{2})")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FEWEST_LETTERS = 3
"""Of a weekday's name: fewer may begin several, or be a part of a date."""
_WORDS = re.compile(r"\d+|[^\W\d_]+")


class Misread(Enum):
    """Why what was typed is not taken."""

    NO_TIME = "no_time"
    OUTSIDE_DAY = "outside_day"
    NO_DATE = "no_date"
    NO_SUCH_DATE = "no_such_date"


class MisreadError(ValueError):
    """What was typed is no time of a day, or no date; ``why`` says which."""

    def __init__(self, why: Misread) -> None:
        super().__init__(why.value)
        self.why = why


def read_time(text: str, locale: QLocale) -> int:
    """Minutes of the wall day, 0 to 1440, for a freely typed time. The locale's words for AM and PM count too.

    Raises:
        MisreadError: the text is no time, or none of a day.
    """
    rest, is_afternoon = _half_of_day(text.strip().lower(), locale)
    match = _BARE.fullmatch(rest) or _TIME.fullmatch(rest)
    if match is None:
        raise MisreadError(Misread.NO_TIME)
    hour, minute = int(match[1]), int(match[2] or 0)
    if is_afternoon is not None:
        if not 1 <= hour <= 12:
            raise MisreadError(Misread.NO_TIME)
        hour = hour % 12 + (12 if is_afternoon else 0)
    minutes = hour * 60 + minute
    if minute > 59 or minutes > DAY_MINUTES:
        raise MisreadError(Misread.OUTSIDE_DAY)
    return minutes


def read_date(text: str, locale: QLocale, near: date) -> date:
    """The date for a freely typed one. Numbers go by the locale's order; a missing year is that of ``near``.

    Raises:
        MisreadError: the text is no date, or one that does not exist.
    """
    as_shown = locale.toDate(text.strip(), day_format(locale))
    if as_shown.isValid():
        return date(as_shown.year(), as_shown.month(), as_shown.day())
    words = [word.lower() for word in _WORDS.findall(text)]
    numbers = [int(word) for word in words if word.isdigit()]
    month = next((found for word in words if (found := _month(word, locale))), 0)
    parts = _by_name(numbers, month, near) if month else _by_order(numbers, locale, near)
    if parts is None:
        raise MisreadError(Misread.NO_DATE)
    year, month, day = parts
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise MisreadError(Misread.NO_SUCH_DATE) from error


def read_named_day(text: str, locale: QLocale, today: date, near: Mapping[str, int]) -> date | None:
    """The date that a word names: one of ``near`` or its English counterpart, by so many days from today; or a
    weekday by its name, in full or by three letters and more: the next such day, today excluded. None for others.
    """
    word = text.strip().strip(".").casefold()
    days = {name.casefold(): offset for name, offset in {**near, **_NEAR}.items()}.get(word)
    if days is None:
        days = next(
            (offset for offset in range(1, 8) if _is_weekday(word, today + timedelta(days=offset), locale)), None
        )
    return None if days is None or (date.max - today).days < days else today + timedelta(days=days)


def _is_weekday(word: str, day: date, locale: QLocale) -> bool:
    for each in (locale, type(locale)("en")):
        names = [
            name(day.isoweekday(), form).strip(".").casefold()
            for name in (each.dayName, each.standaloneDayName)
            for form in (each.FormatType.LongFormat, each.FormatType.ShortFormat)
        ]
        if word in names or (len(word) >= _FEWEST_LETTERS and any(name.startswith(word) for name in names)):
            return True
    return False


def _half_of_day(text: str, locale: QLocale) -> tuple[str, bool | None]:
    """The text without its AM or PM, and which it was, if any."""
    halves = ((False, ("a.m.", "am", "a", locale.amText())), (True, ("p.m.", "pm", "p", locale.pmText())))
    for is_afternoon, names in halves:
        for name in names:
            bare = name.lower()
            if bare and (text.startswith(bare) or text.endswith(bare)):
                return text.removeprefix(bare).removesuffix(bare).strip(), is_afternoon
    return text, None


def _month(word: str, locale: QLocale) -> int:
    """The number of a month that the word names in full or by three letters and more, or 0."""
    if word.isdigit() or len(word) < 3:
        return 0
    english = type(locale)("en")
    for each in (locale, english):
        for number in range(1, 13):
            names = (
                each.monthName(number),
                each.standaloneMonthName(number),
                each.monthName(number, each.FormatType.ShortFormat),
            )
            if any(name.lower().startswith(word) or word == name.lower().rstrip(".") for name in names):
                return number
    return 0


def _by_name(numbers: list[int], month: int, near: date) -> tuple[int, int, int] | None:
    match numbers:
        case [day]:
            return near.year, month, day
        case [first, second]:
            return (first, month, second) if first > 31 else (second, month, first)
        case _:
            return None


def _by_order(numbers: list[int], locale: QLocale, near: date) -> tuple[int, int, int] | None:
    """Year, month and day from two or three numbers, in the order of the locale's short date."""
    order = sorted("yMd", key=locale.dateFormat(locale.FormatType.ShortFormat).find)
    if len(numbers) == 3:
        if numbers[0] > 31:
            order = ["y", "M", "d"]
        named = dict(zip(order, numbers, strict=True))
        return named["y"], named["M"], named["d"]
    if len(numbers) == 2:
        order.remove("y")
        named = dict(zip(order, numbers, strict=True))
        return near.year, named["M"], named["d"]
    return None
