"""What callers are offered, from both sides: now, by what the server holds, and once the unsent edits are sent.

And why, when a caller could be booked in, how much time that is over a year, and what a change of mode would do to
it. All of it asks `domain.availability`. What a person waits for in a frame is synchronous; what looks at a whole
year leaves the caller's thread.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from triluna_desktop.domain.availability import DayAvailability, Layer, availability_on, availability_over
from triluna_desktop.domain.hours import Hours, hours_over
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.openings import since
from triluna_desktop.domain.starts import Appointment, DayStarts, starts_over
from triluna_desktop.domain.time import weekday_of
from triluna_desktop.domain.warnings import STANDARD, Limits, OfferWarning, warnings_over
from triluna_desktop.domain.why import Why, why
from triluna_desktop.sync.ports import FAILED, EntryRow, OpKind, PatternRow, SendState

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import CalendarStore, ItemView, Side, Sides, Transaction

__all__ = ["Appointment", "CallerPreview", "Callers", "Explained", "Hours", "Limits", "StillThere"]

YEAR_DAYS = 371
"""53 whole weeks: what a year's map shows."""


class StillThere(NamedTuple):
    """Something that callers see, and the user no longer does."""

    layer: Layer
    """PATTERN or ENTRY."""
    interval: Interval
    opens: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a minute is as the screen shows it, and whether callers see it so already."""

    why: Why
    """With the unsent edits counted in; they are marked in the chain."""
    offered_now: bool
    """Whether callers can book the minute by what the server holds."""
    still_there: tuple[StillThere, ...] = ()
    """What the server has over the minute and the screen has not: deleted here, or changed, and not sent."""

    @property
    def is_sent(self) -> bool:
        """Whether callers see what the screen shows."""
        return self.offered_now is self.why.is_open


@dataclass(frozen=True, slots=True)
class CallerPreview:
    """When a caller could be booked in. Both sides name the same dates."""

    now: tuple[DayStarts, ...]
    """By what the server holds."""
    once_sent: tuple[DayStarts, ...]
    """With the unsent edits, and the one that is being tried out."""
    is_loaded: bool
    """Whether each of the dates was read from the server at least once."""
    step: int = 30
    """Minutes from one start to the next, as asked for."""

    @property
    def is_same(self) -> bool:
        """Whether the unsent edits change nothing for the caller."""
        return self.now == self.once_sent


class Callers:
    """What callers of one profile are offered."""

    def __init__(self, store: CalendarStore, clock: Clock, mode: Callable[[], ModeSettings]) -> None:
        self._store = store
        self._clock = clock
        self._mode = mode

    # --- in a frame

    def why(self, day: date, minute: int, *, slot: Interval | None = None) -> Explained:
        """Why a minute of a date, 0 to 1439, is open or closed; see `domain.why.why`."""
        views = (*self._store.pattern_views(), *self._store.entry_views(day, day))
        items = [view.item for view in views]
        found = why(
            day,
            minute,
            self._mode(),
            [item for item in items if isinstance(item, Pattern)],
            [item for item in items if isinstance(item, Entry)],
            unsent={view.item.key: view.confirmed for view in views if _is_unsent(view)},
            slot=slot,
        )
        (now,) = self.confirmed(day, 1)
        sides = self._store.sides(day, day)
        return Explained(found, now.bookable.contains(minute), tuple(_still_there(day, minute, sides)))

    def weekly_still_there(self) -> tuple[Pattern, ...]:
        """Weekly hours that the server has and the screen has not: changed or deleted, and not sent; no titles."""
        today = self._clock.now().date()
        sides = self._store.sides(today, today + timedelta(days=6))
        found: list[Pattern] = []
        for weekday, marks in sorted(sides.confirmed.patterns.items()):
            gone = Counter(marks) - Counter(sides.wanted.patterns.get(weekday, ()))
            found += [Pattern("", weekday, *mark) for mark in sorted(gone.elements())]
        return tuple(found)

    def starts(self, first: date, days: int, wanted: Appointment, *, trying: Edit | None = None) -> CallerPreview:
        """When a caller could be booked in on each of the dates.

        ``trying`` is an edit that is not made yet, as during a drag. Costs well under a frame for a week.
        """
        now = self._clock.now()
        return CallerPreview(
            starts_over(self.confirmed(first, days), wanted, now),
            starts_over(self.wanted(first, days, trying=trying), wanted, now),
            self._store.is_loaded(first, first + timedelta(days=days - 1)),
            wanted.step,
        )

    def confirmed(self, first: date, days: int) -> tuple[DayAvailability, ...]:
        """What callers are offered now, by what the server is known to hold."""
        last = first + timedelta(days=days - 1)
        sides = self._store.sides(first, last)
        touched = frozenset(sides.dates)
        settings = self._mode()
        return tuple(
            _availability(day.date, settings, sides.confirmed) if day.date in touched else day
            for day in self.wanted(first, days)
        )

    def wanted(self, first: date, days: int, *, trying: Edit | None = None) -> tuple[DayAvailability, ...]:
        """What they shall be offered: with the unsent edits, and the one that is being tried out."""
        patterns, entries = self._items(first, days, trying)
        return availability_over(first, days, self._mode(), patterns, entries)

    def openings(self, first: date, days: int, *, are_sent: bool = False) -> tuple[DayAvailability, ...]:
        """The same without what has passed, for what is told to others; ``are_sent``: by what the server holds."""
        return since(self.confirmed(first, days) if are_sent else self.wanted(first, days), self._clock.now())

    def _items(self, first: date, days: int, trying: Edit | None = None) -> tuple[list[Item], list[Item]]:
        """Patterns, and the entries of the dates, as shown, with an edit done that is not made yet."""
        patterns = [view.item for view in self._store.pattern_views()]
        entries = [view.item for view in self._store.entry_views(first, first + timedelta(days=days - 1))]
        if trying is not None:
            changed = {change.key for change in trying.changes}
            after = [change.after for change in trying.changes if change.after is not None]
            patterns = [item for item in patterns if item.key not in changed]
            patterns += [item for item in after if isinstance(item, Pattern)]
            entries = [item for item in entries if item.key not in changed]
            entries += [item for item in after if isinstance(item, Entry)]
        return patterns, entries

    def is_known(self, first: date, last: date) -> bool:
        """Whether all dates, both included, were read from the server at least once."""
        return self._store.is_loaded(first, last)

    # --- looking further

    async def year(self, first: date, days: int = YEAR_DAYS) -> Hours:
        """How much time callers can book on each date, with the unsent edits; off the caller's thread."""
        settings = self._mode()

        def work(tx: Transaction) -> Hours:
            patterns, entries = _shown(tx, first, days)
            # The rows are taken as they are: 10,000 entries made of them would take longer than all the rest.
            weekly = [(each.weekday, each) for each in patterns]
            return hours_over(first, days, settings, weekly, [(each.date, each) for each in entries])

        return await self._store.run(work)

    async def warnings(self, first: date, days: int, *, limits: Limits = STANDARD) -> tuple[OfferWarning, ...]:
        """What may be a slip on these dates; see `domain.warnings`; off the caller's thread."""
        settings, zone = self._mode(), self._clock.now().tzinfo
        patterns, entries = await self._store.run(lambda tx: _shown(tx, first, days))
        return await asyncio.to_thread(
            lambda: warnings_over(
                first,
                days,
                settings,
                [each.item() if isinstance(each, PatternRow) else each for each in patterns],
                [each.item() if isinstance(each, EntryRow) else each for each in entries],
                limits=limits,
                zone=zone,
            )
        )


def _is_unsent(view: ItemView) -> bool:
    """Whether the server is not known to have it as it is; of what it refused to delete, it has."""
    return view.confirmed != view.item if view.state is not SendState.SENT else False


def _still_there(day: date, minute: int, sides: Sides) -> list[StillThere]:
    """What of the server's marks over a minute is not wanted any more, weakest first."""
    found: list[StillThere] = []
    weekday = weekday_of(day)
    there, here = sides.confirmed, sides.wanted
    patterns = Counter(there.patterns.get(weekday, ())) - Counter(here.patterns.get(weekday, ()))
    entries = Counter(there.entries.get(day, ())) - Counter(here.entries.get(day, ()))
    for layer, gone in ((Layer.PATTERN, patterns), (Layer.ENTRY, entries)):
        found += [
            StillThere(layer, Interval(start, end), opens)
            for start, end, opens in sorted(gone.elements(), key=lambda mark: (not mark[2], mark))
            if start <= minute < end
        ]
    return found


def _availability(day: date, settings: ModeSettings, side: Side) -> DayAvailability:
    weekday = weekday_of(day)
    patterns = [Pattern("", weekday, *each) for each in side.patterns.get(weekday, ())]
    return availability_on(day, settings, patterns, [Entry("", day, *each) for each in side.entries.get(day, ())])


def _shown(tx: Transaction, first: date, days: int) -> tuple[list[Pattern | PatternRow], list[Entry | EntryRow]]:
    """All patterns, and the entries of the dates, as the screen shows them: with the unsent edits."""
    last = first + timedelta(days=days - 1)
    # Of several of one item, the last one says what is wanted. A delete that was refused leaves it standing.
    queued = {op.key: op for op in tx.ops()}
    items = [op.item for op in queued.values() if op.kind is not OpKind.DELETE or op.state in FAILED]
    patterns: list[Pattern | PatternRow] = [row for row in tx.patterns() if row.key not in queued]
    patterns += [item for item in items if isinstance(item, Pattern)]
    entries: list[Entry | EntryRow] = [row for row in tx.entries(first, last) if row.key not in queued]
    entries += [item for item in items if isinstance(item, Entry) and first <= item.date <= last]
    return patterns, entries
