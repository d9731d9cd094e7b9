"""The words for days, months and halves of the day of the user's language, out of Qt's locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from triluna_desktop.domain.vocabulary import ENGLISH, Vocabulary, begun

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate
_SUNDAY_FIRST = (7, 1, 2, 3, 4, 5, 6)


def vocabulary_of(locale: QLocale, first_weekday: int) -> Vocabulary:
    """The locale's words, and the English ones beside them. ``first_weekday``: 0 is Sunday."""
    long, short = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat
    weekdays: dict[str, int] = {}
    months: dict[str, int] = {}
    for name in (locale.dayName, locale.standaloneDayName):
        weekdays |= _both(lambda form, name=name: [name(day, form) for day in _SUNDAY_FIRST], long, short, 0)  # type: ignore[misc] # mypy knows no default of a lambda.
    for name in (locale.monthName, locale.standaloneMonthName):
        months |= _both(lambda form, name=name: [name(month, form) for month in range(1, 13)], long, short, 1)  # type: ignore[misc] # As above.
    near = {
        translate("Vocabulary", "yesterday"): -1,
        translate("Vocabulary", "today"): 0,
        translate("Vocabulary", "tomorrow"): 1,
        translate("Vocabulary", "day after tomorrow"): 2,
    }
    order = locale.dateFormat(short)
    return Vocabulary(
        weekdays,
        months,
        {word.casefold(): days for word, days in near.items()},
        frozenset({locale.amText().casefold()} - {""}),
        frozenset({locale.pmText().casefold()} - {""}),
        frozenset({translate("Vocabulary", "block", "what begins a line that blocks time").casefold()}),
        frozenset({translate("Vocabulary", "open", "what begins a line that makes time available").casefold()}),
        "".join(sorted("dMy", key=order.find)),
        first_weekday,
    ).with_words(ENGLISH)


def _both(
    names: Callable[[QLocale.FormatType], list[str]],
    long: QLocale.FormatType,
    short: QLocale.FormatType,
    first: int,
) -> dict[str, int]:
    """The long names and what begins them, and the short ones in full: "Mi." has two letters, and is one."""
    whole = {name.casefold().strip("."): number for number, name in enumerate(names(short), start=first)}
    return {**begun(names(long), first), **{name: number for name, number in whole.items() if len(name) > 1}}
