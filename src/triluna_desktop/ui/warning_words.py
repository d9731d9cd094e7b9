"""What may be a slip in what callers are offered: each in a sentence, and what one click would do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.warnings import OfferWarningKind
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from triluna_desktop.domain.warnings import OfferWarning
    from triluna_desktop.ui.words import Words

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WarningRow:
    """What stands in one row of the list: one warning, or closed weeks that follow one another."""

    warnings: tuple[OfferWarning, ...]

    @property
    def first(self) -> OfferWarning:
        """The one that the row leads to."""
        return self.warnings[0]

    @property
    def names(self) -> tuple[str, ...]:
        """By which it is remembered that they were put away."""
        return tuple(name_of(each) for each in self.warnings)


def name_of(warning: OfferWarning) -> str:
    """The same for the same slip at every start: its kind, its day and its stretch."""
    when = f"w{warning.weekday}" if warning.date is None else warning.date.isoformat()
    stretch = "" if warning.interval is None else f"/{warning.interval.start}-{warning.interval.end}"
    return f"{warning.kind.value}/{when}{stretch}"


def rows_of(warnings: Sequence[OfferWarning]) -> tuple[WarningRow, ...]:
    """The rows, in the order of the warnings."""
    rows: list[list[OfferWarning]] = []
    weeks: list[OfferWarning] = []
    for each in warnings:
        if each.kind is not OfferWarningKind.WEEK_CLOSED:
            rows.append([each])
        elif weeks and weeks[-1].date is not None and each.date == weeks[-1].date + _WEEK:
            weeks.append(each)
        else:
            weeks = [each]
            rows.append(weeks)
    return tuple(WarningRow(tuple(row)) for row in rows)


class WarningWords(QObject):
    """Sentences in the user's language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def count(self, number: int) -> str:
        """The line that opens the list."""
        return self.tr("%n things to look at", "", number)

    def more(self, number: int) -> str:
        """What the list leaves off."""
        return self.tr("and %n more", "", number)

    def away(self, number: int) -> str:
        """The way to what was put away."""
        return self.tr("Show %n that you put away", "", number)

    def sentence(self, row: WarningRow, length: int) -> str:
        """What may be a slip; ``length`` is that of an appointment, in minutes."""
        warning = row.first
        locale = self._words.locale
        return self._form(row).format(
            day="" if warning.date is None else self._day(warning.date),
            weekday="" if warning.weekday is None else locale.standaloneDayName(warning.weekday or 7),
            times=""
            if warning.interval is None
            else dates.times_text(warning.interval.start, warning.interval.end, locale),
            name="" if warning.item is None else self._words.name(warning.item),
            length=self._words.duration(length),
        )

    def _form(self, row: WarningRow) -> str:
        warning, number = row.first, len(row.warnings)
        match warning.kind:
            case OfferWarningKind.WEEK_CLOSED if number > 1:
                return self.tr("Nothing is bookable in the %n weeks from {day} on.", "", number)
            case OfferWarningKind.WEEK_CLOSED:
                return self.tr("In the week of {day}, nothing is bookable.")
            case OfferWarningKind.OPEN_AT_NIGHT if warning.date is None:
                return self.tr("Callers can book at night, every {weekday} {times}.")
            case OfferWarningKind.OPEN_AT_NIGHT:
                return self.tr("Callers can book at night, on {day}, {times}.")
            case OfferWarningKind.BLOCK_CHANGES_NOTHING if warning.date is None:
                return self.tr("Every {weekday} {times} is blocked by {name}, and closed without it.")
            case OfferWarningKind.BLOCK_CHANGES_NOTHING:
                return self.tr("{day}, {times} is blocked by {name}, and closed without it.")
            case OfferWarningKind.PATTERN_COVERED:
                return self.tr(
                    "Every {weekday} {times} ({name}) is covered by other weekly hours and changes nothing."
                )
            case OfferWarningKind.TOO_SHORT if warning.date is None:
                return self.tr("Every {weekday} {times} is open, but too short for an appointment of {length}.")
            case OfferWarningKind.TOO_SHORT:
                return self.tr("{day}, {times} is open, but too short for an appointment of {length}.")
            case OfferWarningKind.CLOCK_CHANGE:
                return self.tr("The clocks change during {name} on {day}, {times}.")

    def fix(self, warning: OfferWarning) -> str:
        """What one click would do; empty where there is nothing but to look."""
        if warning.date is None:
            return self.tr("Edit weekly hours…")
        match warning.kind:
            case OfferWarningKind.BLOCK_CHANGES_NOTHING if isinstance(warning.item, Entry):
                return self.tr("Delete this block")
            case OfferWarningKind.OPEN_AT_NIGHT | OfferWarningKind.TOO_SHORT:
                return self.tr("Block this time")
            case _:
                return ""

    def _day(self, day: date) -> str:
        return dates.short_day_text(day, self._words.locale)
