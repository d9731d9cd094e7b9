"""What the team week says: of a calendar's day, and of the stretches that several have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.time import DAY_MINUTES, format_time
from triluna_desktop.ui import dates
from triluna_desktop.ui.profiles.profile_state import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.team import Span
    from triluna_desktop.ui.team.team_model import Row
    from triluna_desktop.ui.words import Words

_HOUR = 60
_NOT_READ = frozenset({Standing.OFFLINE, Standing.FAILING, Standing.TOKEN_REFUSED, Standing.NO_TOKEN})
"""In these the server tells nothing new."""


class TeamWords(QObject):
    """Sentences in the user's language, with times as the locale writes them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def use(self, words: Words) -> None:
        """Write times as these do, from now on."""
        self._words = words

    def stretches(self, day: DayAvailability | None, *, is_opening: bool = False) -> str:
        """A day in the table: "09:00 – 12:00, 13:00 – 17:00"."""
        if day is None:
            return self.tr("Opening…") if is_opening else self.tr("Not read yet")
        if not day.bookable:
            return self.tr("Closed")
        locale = self._words.locale
        times = (dates.times_text(each.start, each.end, locale) for each in day.bookable)
        return self.tr(", ", "between two stretches of a day").join(times)

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

    def found(self, count: int, compared: int, unread: list[str], opening: list[str]) -> str:
        """What the search came to; the lists have the titles of those of which nothing can be said (yet)."""
        if compared < 2:
            return self.tr("Tick two or more calendars to see when all of them are bookable.")
        if opening:
            return self.tr("Nothing can be said yet: {calendars} will be open in a moment.").format(
                calendars=self._words.locale.createSeparatedList(opening)
            )
        if unread:
            return self.tr("Nothing can be said yet: this week was not read of {calendars}.").format(
                calendars=self._words.locale.createSeparatedList(unread)
            )
        if not count:
            return self.tr("There is no such time in this week. Try a shorter length, or another week.")
        return self.tr("%n stretches in this week", "", count)

    def doubts(self, compared: list[Row]) -> list[str]:
        """Why the result may not be what callers hear, or not be up to date: a sentence each."""
        said = []
        if unsent := [row.title for row in compared if row.state.unsent]:
            said.append(
                self.tr("Not all of {calendars} is sent yet: callers may hear something else.").format(
                    calendars=self._words.locale.createSeparatedList(unsent)
                )
            )
        if old := [row.title for row in compared if row.state.standing in _NOT_READ]:
            said.append(
                self.tr("{calendars}: shown as last read, the server does not answer or refuses.").format(
                    calendars=self._words.locale.createSeparatedList(old)
                )
            )
        return said

    def copied(self, titles: list[str], spans: Sequence[Span], zone: tzinfo) -> str:
        """The list as text for other programs: who reads it may live by another clock, so the zone is named."""
        names = [_zone_of(span, zone) for span in spans]
        calendars = self._words.locale.createSeparatedList(titles)
        if len(set(names)) == 1:
            heading = self.tr("When {calendars} are all bookable ({zone}):").format(
                calendars=calendars, zone=names[0]
            )
            return "\n".join((heading, *(self.span(span, zone) for span in spans)))
        heading = self.tr("When {calendars} are all bookable:").format(calendars=calendars)
        lines = (
            self.tr("{times} {zone}").format(times=self.span(span, zone), zone=name)
            for span, name in zip(spans, names, strict=True)
        )
        return "\n".join((heading, *lines))

    def hours(self, start: int, end: int) -> str:
        """The hours that a day's bar stands for."""
        locale = self._words.locale
        text = dates.times_text(start, end, locale) if start < end else format_time(start)
        return self.tr("Each bar is the day from {hours}.").format(hours=text)


def _zone_of(span: Span, zone: tzinfo) -> str:
    """What the clock is called then: "CET", or "CEST–CET" where it is set back or on in between."""
    names = [each.astimezone(zone).tzname() or "" for each in (span.start, span.end)]
    return "–".join(dict.fromkeys(names))
