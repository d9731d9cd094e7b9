"""Openings in the words of an e-mail: "Mon 2–4 pm, Wed 10 am–12 pm EST", as plain text and as HTML."""

from __future__ import annotations

from datetime import UTC, timedelta
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.openings import grouped
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.openings import OpeningGroup
    from triluna_desktop.ui.words import Words

_NAMED_DAYS = 7
_NOON = DAY_MINUTES // 2


class OpeningWords(QObject):
    """Openings of some dates, in the user's language. Within a week a weekday's name is enough."""

    def __init__(self, words: Words, now: datetime) -> None:
        """``now`` is aware, in the zone whose times are told."""
        super().__init__()
        self._locale = words.locale
        self._today = now.date()
        self._zone = now.tzinfo or UTC

    def text(self, days: Iterable[DayAvailability]) -> str:
        """One line; the zone is named once where it is the same throughout. Empty where nothing is open."""
        groups = grouped(days, self._zone)
        zones = {group.zone for group in groups}
        parts = [self._group(group, with_zone=len(zones) > 1) for group in groups]
        if len(zones) == 1 and parts:
            parts[-1] = self.tr("{times} {zone}").format(times=parts[-1], zone=zones.pop())
        is_plain = all(len(group.dates) == len(group.stretches) == 1 for group in groups)
        return (", " if is_plain else "; ").join(parts)

    def html(self, days: Iterable[DayAvailability]) -> str:
        """A list, a line for each group of dates that are alike."""
        items = [
            f"<li><b>{escape(self._days(group))}</b> "
            f"{escape(self._stretches(group.stretches))} {escape(group.zone)}</li>"
            for group in grouped(days, self._zone)
        ]
        return f'<ul dir="auto">{"".join(items)}</ul>' if items else ""

    def nothing(self) -> str:
        """There is nothing to copy."""
        return self.tr("Nothing is bookable in the days ahead that are on screen: there is nothing to copy.")

    def _group(self, group: OpeningGroup, *, with_zone: bool) -> str:
        # "Mar 12 9 am" would read as three numbers.
        form = self.tr("{days} {times}") if all(map(self._is_near, group.dates)) else self.tr("{days}: {times}")
        sentence = form.format(days=self._days(group), times=self._stretches(group.stretches))
        return self.tr("{times} {zone}").format(times=sentence, zone=group.zone) if with_zone else sentence

    def _days(self, group: OpeningGroup) -> str:
        """ "Mon", "Mon–Thu", "Mon and Wed"."""
        on = group.dates
        if group.is_run:
            return self.tr("{first}–{last}").format(first=self._day(on[0]), last=self._day(on[-1]))
        return self._locale.createSeparatedList([self._day(day) for day in on])

    def _day(self, day: date) -> str:
        if self._is_near(day):
            return self._locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        return dates.short_day_text(day, self._locale)

    def _is_near(self, day: date) -> bool:
        """Whether the name of the weekday is enough."""
        return self._today <= day < self._today + timedelta(days=_NAMED_DAYS)

    def _stretches(self, stretches: Sequence[Interval]) -> str:
        return self._locale.createSeparatedList([self._times(each.start, each.end) for each in stretches])

    def _times(self, start: int, end: int) -> str:
        """ "2–4 pm", "10 am–12 pm", "14:00–16:00"."""
        if not dates.has_halves(self._locale):
            texts = [dates.time_text(each, self._locale) for each in (start, end)]
        else:
            is_same_half = (start < _NOON) == (end < _NOON) and end < DAY_MINUTES
            texts = [self._time(start, with_half=not is_same_half), self._time(end, with_half=True)]
        return self.tr("{start}–{end}").format(start=texts[0], end=texts[1])

    def _time(self, minute: int, *, with_half: bool) -> str:
        if minute == DAY_MINUTES:
            return self.tr("midnight")
        return dates.spoken_time_text(minute, self._locale, with_half=with_half)
