"""What callers are still offered, or not offered yet, while edits are unsent: in sentences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.session import SendState
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.words import Words

_NAMED_DAYS = 7
"""For so many days from today the weekday's name alone is clear."""


class OfferWords(QObject):
    """Sentences about gaps, in the user's language."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock

    def ahead(self, gaps: Sequence[OfferGap]) -> str:
        """The first stretch that matters, and how many more there are; empty where there is none.

        What is still offered comes first: somebody may book it.
        """
        still = [(gap.date, each) for gap in gaps for each in gap.still_offered]
        missing = [(gap.date, each) for gap in gaps for each in gap.not_offered]
        more = len(still) + len(missing) - 1
        if still:
            sentence = (
                self.tr("Callers are still offered {when} (and %n more).", "", more)
                if more
                else self.tr("Callers are still offered {when}.")
            )
            return sentence.format(when=self._when(*still[0]))
        if missing:
            sentence = (
                self.tr("Callers are not offered {when} yet (and %n more).", "", more)
                if more
                else self.tr("Callers are not offered {when} yet.")
            )
            return sentence.format(when=self._when(*missing[0]))
        return ""

    def of_item(self, view: ItemView, gaps: Sequence[OfferGap]) -> str:
        """What callers see of an item that is not sent; empty where they see what they should."""
        still, missing = self._stretches(gaps)
        if still and missing:
            sentence = self.tr("Callers are still offered {still}, and not offered {missing} yet.")
        elif still:
            sentence = self.tr("Callers are still offered {still}.")
        elif missing and view.confirmed is None:
            sentence = self.tr("Callers are not offered this yet.")
        elif missing:
            sentence = self.tr("Callers are not offered {missing} yet.")
        else:
            return ""
        return sentence.format(still=still, missing=missing)

    def sending(self, view: ItemView, gaps: Sequence[OfferGap]) -> str:
        """Where an item stands on its way to the server, and what callers see until it is there."""
        offered = self.of_item(view, gaps)
        if not offered or view.state is not SendState.PENDING:
            return "\n".join(each for each in (self._words.sending(view), offered) if each)
        still, missing = self._stretches(gaps)
        if still and missing:
            sentence = self.tr("Not sent yet: callers are still offered {still}, and not offered {missing} yet.")
        elif still:
            sentence = self.tr("Not sent yet: callers are still offered {still}.")
        elif view.confirmed is None:
            sentence = self.tr("Not sent yet: callers are not offered this yet.")
        else:
            sentence = self.tr("Not sent yet: callers are not offered {missing} yet.")
        return sentence.format(still=still, missing=missing)

    def spoken(self, gaps: Sequence[OfferGap]) -> str:
        """What callers see of an item, to stand in the sentence that describes it; empty as `of_item`."""
        still, missing = self._stretches(gaps)
        if still:
            return self.tr("callers are still offered {still}").format(still=still)
        return self.tr("callers are not offered {missing} yet").format(missing=missing) if missing else ""

    def _stretches(self, gaps: Sequence[OfferGap]) -> tuple[str, str]:
        """What is still offered, and what is not offered yet."""
        return (
            self._list(gaps, [gap.still_offered for gap in gaps]),
            self._list(gaps, [gap.not_offered for gap in gaps]),
        )

    def _list(self, gaps: Sequence[OfferGap], stretches: Iterable[Iterable[Interval]]) -> str:
        """Stretches in a row; with their dates where there are several."""
        with_date = len(gaps) > 1
        said = [
            self._when(gap.date, each) if with_date else self._times(each)
            for gap, of_date in zip(gaps, stretches, strict=True)
            for each in of_date
        ]
        return self._words.locale.createSeparatedList(said)

    def _when(self, day: date, stretch: Interval) -> str:
        return self.tr("{day} {times}").format(day=self._day(day), times=self._times(stretch))

    def _times(self, stretch: Interval) -> str:
        return dates.times_text(stretch.start, stretch.end, self._words.locale)

    def _day(self, day: date) -> str:
        today = self._clock.now().date()
        locale = self._words.locale
        if day == today:
            return self.tr("today")
        if today < day < today + timedelta(days=_NAMED_DAYS):
            return locale.dayName(day.isoweekday(), locale.FormatType.ShortFormat)
        return dates.short_day_text(day, locale)
