"""What a caller would hear, and what the panel that shows it says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.starts import sentence
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from triluna_desktop.domain.starts import DayStarts
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.ui.callers.day_starts import MarkedStart
    from triluna_desktop.ui.words import Words

_MORNING, _EVENING = 7 * 60, 19 * 60
"""Between these nobody asks whether "at 2" is the morning or the afternoon."""
_NAMED_DAYS = 7
_DAY = 24 * 60


class CallerWords(QObject):
    """Sentences in the user's language, with times as the locale says them."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock
        self._chips: dict[int, str] = {}

    def offered(self, found: Sequence[DayStarts], step: int) -> str:
        """What an agent would say: "Tuesday at 2, 2:30 or 4"; ``step`` is that of the starts, in minutes."""
        said = sentence(found, step)
        if said is None:
            return self.tr("Nothing to offer")
        is_plain = all(_MORNING <= minute < _EVENING for minute in said.minutes)
        locale = self._words.locale
        times = [dates.spoken_time_text(minute, locale, with_half=not is_plain) for minute in said.minutes]
        day = self._day(said.date)
        if len(times) == 1:
            text = self.tr("{day} at {time}").format(day=day, time=times[0])
        else:
            text = self.tr("{day} at {times} or {last}").format(
                day=day, times=self.tr(", ", "between two times").join(times[:-1]), last=times[-1]
            )
        return self._words.begun(text)

    def more(self, found: Sequence[DayStarts], step: int) -> str:
        """How many starts there are besides those of `offered`; empty where there are none."""
        said = sentence(found, step)
        return "" if said is None or not said.more else self.tr("and %n other times", "", said.more)

    def card_heading(self, length: int) -> str:
        """What stands over a date's starts in the inspector."""
        return self.tr("What a caller is offered · {length}").format(length=self._words.duration(length))

    def day_heading(self, day: date) -> str:
        """ "Thu 19 Nov"."""
        return dates.short_day_text(day, self._words.locale)

    def count(self, number: int) -> str:
        """How many starts a date has."""
        return self.tr("%n times", "", number) if number else self.tr("none")

    def chip(self, minute: int) -> str:
        """A start in its chip. Kept: a week in steps of 5 minutes has thousands, and a drag asks at every move."""
        text = self._chips.get(minute)
        if text is None:
            text = self._chips[minute] = dates.time_text(minute, self._words.locale)
        return text

    def spoken_day(self, day: date, starts: Sequence[MarkedStart]) -> str:
        """A date and its starts for a screen reader."""
        name = dates.full_day_text(day, self._words.locale)
        both = [self.chip(each.minute) for each in starts if each.now and each.once_sent]
        coming = [self.chip(each.minute) for each in starts if not each.now]
        going = [self.chip(each.minute) for each in starts if not each.once_sent]
        parts = [
            self.tr("{day}: {times}.").format(day=name, times=self._listed(both))
            if both
            else self.tr("{day}: nothing that stays as it is.").format(day=name)
            if starts
            else self.tr("{day}: nothing to offer.").format(day=name)
        ]
        if coming:
            parts.append(self.tr("Only once it is sent: {times}.").format(times=self._listed(coming)))
        if going:
            parts.append(self.tr("Still offered until it is sent: {times}.").format(times=self._listed(going)))
        return self._words.together(parts)

    def _listed(self, chips: Sequence[str]) -> str:
        return self._words.locale.createSeparatedList(chips)

    def minutes(self, minutes: int) -> str:
        """A length to choose: "45 min", "1 h 30"."""
        return self._words.duration(minutes)

    def notice(self, minutes: int) -> str:
        """The earliest notice to choose."""
        if not minutes:
            return self.tr("none")
        if minutes % _DAY == 0:
            return self.tr("%n days", "", minutes // _DAY)
        return self._words.duration(minutes)

    def _day(self, day: date) -> str:
        today = self._clock.now().date()
        if day == today:
            return self.tr("today")
        if day == today + timedelta(days=1):
            return self.tr("tomorrow")
        if today < day < today + timedelta(days=_NAMED_DAYS):
            return self._words.locale.dayName(day.isoweekday())
        return dates.short_day_text(day, self._words.locale)
