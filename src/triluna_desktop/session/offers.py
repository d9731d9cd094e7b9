"""What callers are offered while edits are unsent: by the last confirmed state of the server, not by the screen.

Nothing is worked out while nothing is unsent. Else a date is worked out once, and again when what is marked on it
changes; a first look at many dates can be had in portions, so that no frame is late for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_on
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.offered import OfferGap, offer_gap
from triluna_desktop.domain.time import DAY_MINUTES, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability, ModeSettings
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import CalendarStore, ItemView, Marked, Side, Sides

__all__ = ["AHEAD_DAYS", "Coming", "OfferGap", "Offers"]

AHEAD_DAYS = 28
"""How far ahead is looked, today included: weekly hours touch every week for ever."""
AT_ONCE = 4
"""Dates that are worked out in one go: with 38 marks on each, 1 ms; to read 500 unsent edits takes 2 ms more."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The gaps of the weeks ahead, from now on, in order of date."""

    gaps: tuple[OfferGap, ...]
    is_whole: bool
    """Whether all dates were looked at; else ask again."""


class Offers:
    """Compares the server's last confirmed state with what is wanted."""

    def __init__(self, store: CalendarStore, clock: Clock, mode: Callable[[], ModeSettings]) -> None:
        self._store = store
        self._clock = clock
        self._mode = mode
        self._known: dict[date, tuple[object, OfferGap]] = {}
        """By date, what it was worked out of, and the outcome."""

    def gap(self, first: date, days: int) -> tuple[OfferGap, ...]:
        """The gaps of some dates from this minute on, without those where callers see what they should."""
        sides = self._store.sides(first, first + timedelta(days=days - 1))
        return tuple(gap for day in sides.dates if (gap := self._left(self._gap_on(day, sides))))

    def coming(self) -> Coming:
        """The gaps from this minute on, as far ahead as is looked; in portions of `AT_ONCE` new dates."""
        today = self._clock.now().date()
        sides = self._store.sides(today, today + timedelta(days=AHEAD_DAYS - 1))
        if not sides.dates:
            self._known.clear()
        gaps: list[OfferGap] = []
        left = AT_ONCE
        for day in sides.dates:
            if not self._is_known(day, sides):
                if not left:
                    return Coming(tuple(gaps), is_whole=False)
                left -= 1
            gap = self._left(self._gap_on(day, sides))
            if gap:
                gaps.append(gap)
        return Coming(tuple(gaps), is_whole=True)

    def of(self, view: ItemView) -> tuple[OfferGap, ...]:
        """The gaps where an item lies, and where the server has it: of weekly hours, on the next such date."""
        gaps: list[OfferGap] = []
        for day in sorted({self._date_of(item) for item in (view.item, view.confirmed) if item is not None}):
            places = [
                item.interval
                for item in (view.item, view.confirmed)
                if item is not None and self._date_of(item) == day
            ]
            for gap in self.gap(day, 1):
                inside = gap.within(places)
                if inside:
                    gaps.append(inside)
        return tuple(gaps)

    def now(self) -> bool:
        """Whether callers are offered this very minute, by the last confirmed state."""
        now = self._clock.now()
        day, minute = now.date(), now.hour * 60 + now.minute
        sides = self._store.sides(day, day)
        if not sides.dates:
            views = (*self._store.entry_views(day, day), *self._store.pattern_views())
            items = [view.item for view in views]
            weekly = [item for item in items if isinstance(item, Pattern)]
            on_date = [item for item in items if isinstance(item, Entry)]
            return availability_on(day, self._mode(), weekly, on_date).bookable.contains(minute)
        return _availability(day, self._mode(), sides.confirmed).bookable.contains(minute)

    def _left(self, gap: OfferGap) -> OfferGap:
        """What of a gap is not over: nobody books the past."""
        now = self._clock.now()
        if gap.date > now.date():
            return gap
        return gap.since(now.hour * 60 + now.minute if gap.date == now.date() else DAY_MINUTES)

    def _date_of(self, item: Item) -> date:
        if isinstance(item, Entry):
            return item.date
        today = self._clock.now().date()
        return today + timedelta(days=(item.weekday - weekday_of(today)) % 7)

    def _gap_on(self, day: date, sides: Sides) -> OfferGap:
        made_of = self._made_of(day, sides)
        known = self._known.get(day)
        if known is None or known[0] != made_of:
            confirmed = _availability(day, self._mode(), sides.confirmed)
            wanted = _availability(day, self._mode(), sides.wanted)
            known = self._known[day] = (made_of, offer_gap(confirmed, wanted))
        return known[1]

    def _is_known(self, day: date, sides: Sides) -> bool:
        known = self._known.get(day)
        return known is not None and known[0] == self._made_of(day, sides)

    def _made_of(self, day: date, sides: Sides) -> object:
        return (self._mode(), *_marked(day, sides.confirmed), *_marked(day, sides.wanted))


def _marked(day: date, side: Side) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    return side.entries.get(day, ()), side.patterns.get(weekday_of(day), ())


def _availability(day: date, mode: ModeSettings, side: Side) -> DayAvailability:
    entries, patterns = _marked(day, side)
    weekday = weekday_of(day)
    return availability_on(
        day, mode, [Pattern("", weekday, *each) for each in patterns], [Entry("", day, *each) for each in entries]
    )
