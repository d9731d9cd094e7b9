"""What the team week says: of a calendar's day, and of the stretches that several have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.time import DAY_MINUTES, format_time
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.team import Span
    from triluna_desktop.ui.words import Words

_HOUR = 60


class TeamWords(QObject):
    """Sentences in the user's language, with times as the locale writes them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def use(self, words: Words) -> None:
        """Write times as these do, from now on."""
        self._words = words

    def stretches(self, day: DayAvailability | None) -> str:
        """A day in the table: "09:00 – 12:00, 13:00 – 17:00"."""
        if day is None:
            return self.tr("Not read yet")
        if not day.bookable:
            return self.tr("Closed")
        locale = self._words.locale
        return ", ".join(dates.times_text(each.start, each.end, locale) for each in day.bookable)

    def total(self, day: DayAvailability) -> str:
        """The same, where there is no room for it: "6 h 30"."""
        return self._words.duration(day.minutes)

    def column(self, day: date) -> str:
        """The head of a date's column, the month of which stands in the title."""
        locale = self._words.locale
        name = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        return self.tr("{weekday} {day}").format(weekday=name, day=self._words.number(day.day))

    def spoken(self, title: str, day: date, stretches: str) -> str:
        """The same for a tooltip and a screen reader."""
        full = dates.full_day_text(day, self._words.locale)
        return self.tr("{calendar}, {date}: {stretches}").format(calendar=title, date=full, stretches=stretches)

    def span(self, span: Span, zone: tzinfo) -> str:
        """A stretch that all have in common: "Tue 24 Nov, 10:00 – 11:30 (1 h 30)"."""
        start, end, locale = span.start.astimezone(zone), span.end.astimezone(zone), self._words.locale
        first, last = start.hour * _HOUR + start.minute, end.hour * _HOUR + end.minute
        length = self._words.duration(round(span.length.total_seconds()) // 60)
        began = dates.short_day_text(start.date(), locale)
        if last == 0 and (end.date() - start.date()).days == 1:
            last = DAY_MINUTES
        elif end.date() != start.date():
            return self.tr("{day}, {time} – {last_day}, {last_time} ({length})").format(
                day=began,
                time=dates.time_text(first, locale),
                last_day=dates.short_day_text(end.date(), locale),
                last_time=dates.time_text(last, locale),
                length=length,
            )
        return self.tr("{day}, {times} ({length})").format(
            day=began, times=self._times(first, last), length=length
        )

    def _times(self, first: int, last: int) -> str:
        if first < last:
            return dates.times_text(first, last, self._words.locale)
        # The clock was set back in between.
        locale = self._words.locale
        return f"{dates.time_text(first, locale)} – {dates.time_text(last, locale)}"

    def found(self, count: int, compared: int, unread: list[str]) -> str:
        """What the search came to; ``unread`` are the titles of those of which nothing can be said."""
        if compared < 2:
            return self.tr("Tick two or more calendars to see when all of them are bookable.")
        if unread:
            return self.tr("Nothing can be said yet: this week was not read of {calendars}.").format(
                calendars=", ".join(unread)
            )
        if not count:
            return self.tr("There is no such time in this week. Try a shorter length, or another week.")
        return self.tr("%n stretches in this week", "", count)

    def copied(self, titles: list[str], spans: list[str]) -> str:
        """The list as text for other programs."""
        heading = self.tr("{calendars} are all bookable:").format(calendars=", ".join(titles))
        return "\n".join((heading, *spans))

    def hours(self, start: int, end: int) -> str:
        """The hours that a day's bar stands for."""
        locale = self._words.locale
        text = dates.times_text(start, end, locale) if start < end else format_time(start)
        return self.tr("Each bar is the day from {hours}.").format(hours=text)
