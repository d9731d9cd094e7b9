"""What the quick add says before it writes: what it understood, how it read it, what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.said import Problem, Reading
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.quick_add import QuickAdd
    from triluna_desktop.ui.words import Words


class AddWords(QObject):
    """Whole sentences; dates and times as the locale writes them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def hint(self) -> str:
        """What can be typed."""
        return self.tr("For example “block tomorrow 2-3:30 dentist”, “open fri 9-12”, “every monday 9-5”.")

    def understood(self, found: QuickAdd) -> str:
        """What Enter writes."""
        said = [self._what(found)]
        if found.title:
            said.append(self.tr("Title: “{title}”.").format(title=found.title))
        said.append(self.tr("Enter adds it, Esc leaves."))
        return self._words.together(said)

    def _what(self, found: QuickAdd) -> str:
        if found.weekly:
            return self._weekly(found)
        first, last = found.parts[0], found.parts[-1]
        locale = self._words.locale
        day = dates.full_day_text(first.date, locale)
        days = {part.date for part in found.parts}
        start, end = (
            dates.time_text(first.interval.start, locale),
            dates.time_text(last.interval.end, locale),
        )
        if len(found.parts) == 1:
            if (first.interval.start, first.interval.end) == (0, DAY_MINUTES):
                sentence = (
                    self.tr("Open all day on {day}.") if found.is_available else self.tr("Block all day on {day}.")
                )
                return sentence.format(day=day)
            sentence = (
                self.tr("Open on {day}, {start} to {end}.")
                if found.is_available
                else self.tr("Block on {day}, {start} to {end}.")
            )
            return sentence.format(day=day, start=start, end=end)
        if len(found.days) == 1:
            sentence = (
                self.tr("Open from {day}, {start} to {last}, {end}: an entry on each date.")
                if found.is_available
                else self.tr("Block from {day}, {start} to {last}, {end}: an entry on each date.")
            )
            return sentence.format(day=day, start=start, last=dates.full_day_text(last.date, locale), end=end)
        times = self._words.together([dates.times_text(first.interval.start, self._end_of(found), locale)])
        said = self.tr(", ", "between two dates").join(dates.short_day_text(each, locale) for each in sorted(days))
        sentence = (
            self.tr("Open {times} on %n dates: {days}.", "", len(found.days))
            if found.is_available
            else self.tr("Block {times} on %n dates: {days}.", "", len(found.days))
        )
        return sentence.format(times=times, days=said)

    @staticmethod
    def _end_of(found: QuickAdd) -> int:
        """Where the first of several like stretches ends; it may run past midnight."""
        first = found.parts[0]
        if first.interval.end < DAY_MINUTES or len(found.parts) == len(found.days):
            return first.interval.end
        return found.parts[1].interval.end

    def _weekly(self, found: QuickAdd) -> str:
        locale = self._words.locale
        first = found.weekly[0]
        weekdays = dict.fromkeys(
            each.weekday for each in found.weekly if each.interval.start == first.interval.start
        )
        names = self.tr(", ", "between two dates").join(locale.dayName(each or 7) for each in weekdays)
        follows = [
            each for each in found.weekly if each.weekday == (first.weekday + 1) % 7 and each.interval.start == 0
        ]
        runs_on = first.interval.end == DAY_MINUTES and follows and first.interval.start > 0
        end = follows[0].interval.end if runs_on else first.interval.end
        sentence = (
            self.tr("Weekly hours: open every {weekdays}, {start} to {end}.")
            if found.is_available
            else self.tr("Weekly hours: block every {weekdays}, {start} to {end}.")
        )
        return sentence.format(
            weekdays=names, start=dates.time_text(first.interval.start, locale), end=dates.time_text(end, locale)
        )

    def readings(self, found: QuickAdd) -> str:
        """How it was read where that was a choice; empty where it was none."""
        sentences = [said for each in found.readings if (said := self._reading(each, found))]
        return self._words.together(sentences) if sentences else ""

    def _reading(self, reading: Reading, found: QuickAdd) -> str:
        locale = self._words.locale
        day = dates.full_day_text(found.days[0], locale) if found.days else ""
        match reading:
            case Reading.COMING:
                return self.tr("“Next” is read as the one that comes first: {day}.").format(day=day)
            case Reading.IN_A_WEEK:
                return self.tr("Today is that weekday; it is read as the one in a week, {day}.").format(day=day)
            case Reading.NUMBER_ORDER:
                return self.tr("Day and month are read in your language's order: {day}.").format(day=day)
            case Reading.OTHER_YEAR:
                return self.tr("No year was given; the next such date is in {year}.").format(
                    year=str(found.days[0].year) if found.days else ""
                )
            case Reading.HALF_DAY:
                return self.tr("Neither am nor pm was given; your default hours decided.")
            case Reading.DEFAULT_LENGTH:
                return self.tr("No end was given: the usual length is taken.")
            case Reading.TODAY:
                return self.tr("No date was given: it is today.")
            case Reading.MORE_IN_TITLE:
                return self.tr("A line takes one date and one time; the other stays in the title.")
            case Reading.PAST:
                return self.tr("This has passed already.")

    def overlaps(self, others: Sequence[Entry]) -> str:
        """What stands there already; empty where nothing does."""
        if not others:
            return ""
        first = others[0]
        name, times = self._words.name(first), self._words.times(first)
        if len(others) == 1:
            return self.tr("It overlaps {name}, {times}.").format(name=name, times=times)
        return self.tr("It overlaps {name}, {times}, and %n more.", "", len(others) - 1).format(
            name=name, times=times
        )

    def problem(self, found: QuickAdd) -> str:
        """Why there is nothing to write yet, and what to type."""
        said, locale = found.said, self._words.locale
        match found.problem:
            case Problem.NO_TIME:
                if not found.days:
                    return self.tr("A time is missing, for example “2-3:30” or “14:00 45m”.")
                return self.tr("{day}: a time is missing, for example “2-3:30” or “14:00 45m”.").format(
                    day=dates.full_day_text(found.days[0], locale)
                )
            case Problem.NO_SUCH_DATE:
                return self.tr("There is no such date: “{said}”.").format(said=said)
            case Problem.NO_SUCH_TIME:
                return self.tr("There is no such time: “{said}”. A day goes from 00:00 to 24:00.").format(
                    said=said
                )
            case Problem.WRONG_WEEKDAY:
                weekday = locale.dayName(found.days[0].isoweekday())
                return self.tr("“{said}” is a {weekday}. Correct the date or the weekday.").format(
                    said=said, weekday=weekday
                )
            case Problem.EMPTY_STRETCH:
                return self.tr("“{said}” is empty: the end must lie after the start.").format(said=said)
            case Problem.HAS_PASSED:
                return self.tr("“{said}” has passed already today.").format(said=said)
            case Problem.TOO_LONG:
                return self.tr("“{said}” is more than a week: give the dates instead.").format(said=said)
            case Problem.TOO_MANY_DAYS:
                return self.tr("These are too many dates at once; “Block a range of dates…” takes more.")
            case Problem.TITLE_TOO_LONG:
                return self._words.slot_problem("title_too_long")
            case Problem.LAST_MINUTE:
                return self.tr("“{said}”: the last minute of a day cannot be taken alone. Start earlier.").format(
                    said=said
                )
            case Problem.NOT_UNDERSTOOD:
                return self.tr(
                    "“{said}” is not understood. Say the dates or weekdays, as in “mon-fri” or “28 Dec - 3 Jan”; "
                    "if it is a part of the title, put that in quotation marks."
                ).format(said=said)
            case Problem.TWO_STARTS:
                return self.tr("“{said}” counts from now, and a date or a time stands beside it.").format(
                    said=said
                )
            case _:
                return self.hint()
