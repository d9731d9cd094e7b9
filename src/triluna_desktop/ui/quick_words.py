"""*Block now*, *Open now* and *Release early* in sentences: what was done, or why there was nothing to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.now import Moment, Standing
from triluna_desktop.domain.quick import Nothing, What
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE
from triluna_desktop.ui import dates
from triluna_desktop.ui.offer_words import OfferWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from triluna_desktop.domain.now import NowView
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.domain.quick import QuickPlan
    from triluna_desktop.domain.quick_release import ReleasePlan
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.when import DatedInterval
    from triluna_desktop.ui.words import Words


class QuickWords(QObject):
    """Sentences in the user's language, with times as the locale writes them."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock
        self._offers = OfferWords(words, clock)

    # -- how it stands -------------------------------------------------------------------------------------------

    def standing(self, view: NowView) -> str:
        """What a caller meets this minute: "Bookable until 15:30"."""
        if not view.is_known:
            return self.tr("Today's calendar is not loaded yet")
        until = None if view.until is None else self.when(view.until, view.at.date)
        opens = None if view.bookable_from is None else self.when(view.bookable_from, view.at.date)
        match view.standing:
            case Standing.BOOKABLE if until is not None:
                return self.tr("Bookable until {time}").format(time=until)
            case Standing.BOOKABLE:
                return self.tr("Bookable all day")
            case Standing.BLOCKED if until is not None:
                return self.tr("Blocked until {time}").format(time=until)
            case Standing.BLOCKED:
                return self.tr("Blocked all day")
            case _ if opens is not None:
                return self.tr("Outside of your hours, bookable again from {time}").format(time=opens)
            case _:
                return self.tr("Outside of your hours")

    def when(self, moment: Moment, today: date) -> str:
        """A time of today, or of another date: "15:30", "tomorrow 09:00"."""
        day, minute = moment.date, moment.minute
        if minute == 0 and day == today + timedelta(days=1):
            day, minute = today, DAY_MINUTES
        time = dates.time_text(minute, self._words.locale)
        if day == today:
            return time
        if day == today + timedelta(days=1):
            return self.tr("tomorrow {time}").format(time=time)
        return self.tr("{day} {time}").format(day=dates.short_day_text(day, self._words.locale), time=time)

    # -- what was done -------------------------------------------------------------------------------------------

    def did(self, plan: QuickPlan, gaps: Sequence[OfferGap] = ()) -> str:
        """What a quick action did, or why it did nothing; with ``gaps``, what callers still see otherwise."""
        if plan.edit is None:
            return self._nothing(plan)
        said = [self._done(plan)]
        if plan.kept:
            stay = (
                self.tr("{names} stays blocked: it was put there on purpose.")
                if len(plan.kept) == 1
                else self.tr("{names} stay blocked: they were put there on purpose.")
            )
            names = self._words.locale.createSeparatedList([self._words.name(each) for each in plan.kept])
            said.append(stay.format(names=names))
        return self._words.together(said + self._not_live(gaps))

    def released(self, plan: ReleasePlan, gaps: Sequence[OfferGap] = ()) -> str:
        """What a release did."""
        if plan.edit is None:
            return self.tr("There is nothing to release: no quick block or opening is in force.")
        if plan.opened and plan.closed:
            said = self.tr("Released: callers can book {opened} again, and {closed} no more.").format(
                opened=self._times(plan.opened), closed=self._times(plan.closed)
            )
        elif plan.opened:
            said = self.tr("Released: callers can book {times} again.").format(times=self._times(plan.opened))
        elif plan.closed:
            said = self.tr("Released: callers cannot book {times} any more.").format(
                times=self._times(plan.closed)
            )
        else:
            said = self.tr("Released.")
        return self._words.together([said, *self._not_live(gaps)])

    def _done(self, plan: QuickPlan) -> str:
        now = self._clock.now()
        first, last = plan.done[0], plan.done[-1]
        minute = now.hour * 60 + now.minute
        is_whole = plan.done == plan.asked and first.date == now.date() and first.interval.start <= minute
        if is_whole:
            until = self.when(Moment(last.date, last.interval.end), now.date())
            if plan.what is What.BLOCK:
                return self.tr("Blocked until {time}.").format(time=until)
            return self.tr("Bookable until {time}.").format(time=until)
        times = self._times(plan.done)
        if plan.what is What.BLOCK:
            return self.tr("Blocked: {times}.").format(times=times)
        return self.tr("Bookable: {times}.").format(times=times)

    def _nothing(self, plan: QuickPlan) -> str:
        match plan.nothing:
            case Nothing.PASSED:
                return self.tr("Nothing was changed: that time has passed.")
            case Nothing.NO_NEXT_ENTRY:
                return self.tr("Nothing was changed: no entry begins in the next 12 hours.")
            case Nothing.IN_THE_WAY:
                names = self._words.locale.createSeparatedList([self._words.name(each) for each in plan.kept])
                if len(plan.kept) == 1:
                    return self.tr("Nothing was changed: {names} blocks this time on purpose.").format(names=names)
                return self.tr("Nothing was changed: {names} block this time on purpose.").format(names=names)
            case Nothing.LAST_MINUTE if all(each.interval.start == LAST_MINUTE for each in plan.asked):
                return self.tr(
                    "Nothing was changed: the last minute of a day cannot be an entry. Choose a time that goes on "
                    "after midnight."
                )
            case Nothing.LAST_MINUTE:
                return self.tr("Nothing was changed: the last minute of a day cannot be an entry.")
            case _ if plan.what is What.BLOCK:
                return self.tr("Nothing was changed: callers cannot book any of this time.")
            case _:
                return self.tr("Nothing was changed: callers can book all of this time already.")

    def _not_live(self, gaps: Sequence[OfferGap]) -> list[str]:
        ahead = self._offers.ahead(gaps)
        return [self.tr("Not live yet: the server does not know it."), ahead] if ahead else []

    def _times(self, stretches: Sequence[DatedInterval]) -> str:
        return self._words.locale.createSeparatedList([self._stretch(each) for each in stretches])

    def _stretch(self, part: DatedInterval) -> str:
        times = dates.times_text(part.interval.start, part.interval.end, self._words.locale)
        today = self._clock.now().date()
        if part.date == today:
            return times
        if part.date == today + timedelta(days=1):
            return self.tr("tomorrow {times}").format(times=times)
        return self.tr("{day} {times}").format(
            day=dates.short_day_text(part.date, self._words.locale), times=times
        )
