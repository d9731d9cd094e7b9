"""The sentences of the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.ui import dates
from triluna_desktop.ui.looks.figures import TREND_WEEKS

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.hours import WeekdayHours, WeekHours
    from triluna_desktop.ui.looks.figures import YearFigures
    from triluna_desktop.ui.words import Words


class LookWords(QObject):
    """Sentences with numbers need the plural forms of the language, so this is a class, as `words.Words` is."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words

    def hours(self, minutes: int) -> str:
        """Bookable time, also none."""
        return self.words.duration(minutes) if minutes else self.tr("0 h")

    def full_day(self, day: date) -> str:
        """A date with its weekday."""
        return dates.full_day_text(day, self.words.locale)

    def on(self, day: date, figures: YearFigures | None) -> str:
        """What can be booked on a date."""
        name = self.full_day(day)
        if figures is None or figures.hours.on(day) is None:
            return name
        if not figures.is_known(day):
            return self.tr("{day}: not read from the server yet").format(day=name)
        minutes = figures.hours.on(day) or 0
        if not minutes:
            return self.tr("{day}: closed").format(day=name)
        return self.tr("{day}: {hours} bookable").format(day=name, hours=self.words.duration(minutes))

    def year_total(self, figures: YearFigures) -> str:
        """What the year comes to."""
        days = (figures.last - figures.first).days + 1
        first = (figures.first - figures.hours.first).days
        minutes = sum(figures.hours.minutes[first : first + days])
        sentence = (
            self.tr("{year}: {hours} bookable")
            if figures.is_whole
            else self.tr("{year}: {hours} bookable on the dates that were read")
        )
        return sentence.format(year=self.words.number(figures.year), hours=self.hours(minutes))

    def average(self, each: WeekdayHours) -> int:
        """The minutes of a weekday, on average."""
        return round(each.minutes / each.dates) if each.dates else 0

    def weekday(self, each: WeekdayHours, *, is_short: bool = False) -> str:
        """The name of a weekday."""
        locale = self.words.locale
        form = locale.FormatType.ShortFormat if is_short else locale.FormatType.LongFormat
        return locale.standaloneDayName(each.weekday or 7, form)

    def week(self, each: WeekHours) -> str:
        """A week by its number and its first date."""
        return self.tr("Week {number}, from {day}").format(
            number=self.words.number(dates.week_number(each.first)),
            day=dates.short_day_text(each.first, self.words.locale),
        )

    def week_number(self, each: WeekHours) -> str:
        """A week by its number alone."""
        return self.words.number(dates.week_number(each.first))

    def not_read(self) -> str:
        """In the place of hours that are not known."""
        return self.tr("not read yet")

    def weeks_heading(self, first: date, *, is_known: bool) -> str:
        """Over the trend; ``is_known``: whether all of it was read from the server."""
        sentence = (
            self.tr("%n weeks from {day}", "", TREND_WEEKS)
            if is_known
            else self.tr("%n weeks from {day}, by what was read so far", "", TREND_WEEKS)
        )
        return sentence.format(day=dates.short_day_text(first, self.words.locale))

    def weekdays_heading(self, first: date, *, is_known: bool) -> str:
        """Over the bars."""
        sentence = (
            self.tr("Average by weekday, %n weeks from {day}", "", TREND_WEEKS)
            if is_known
            else self.tr("Average by weekday, %n weeks from {day}, by what was read so far", "", TREND_WEEKS)
        )
        return sentence.format(day=dates.short_day_text(first, self.words.locale))

    def listed(self, labels: list[str], minutes: list[int]) -> str:
        """All figures of a chart, for who cannot see it."""
        parts = (
            self.tr("{label}: {hours}").format(label=label, hours=self.hours(value))
            for label, value in zip(labels, minutes, strict=True)
        )
        return self.tr("; ", "between figures").join(parts)
