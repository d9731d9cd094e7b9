"""Why callers can book a minute, or cannot: who said what, who decides, and what would change it with one click.

The chain is that of `domain.availability.explain`, for one minute, with what only this app knows of each link:
whether the server has it too. The last step decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import DEFAULT_HOURS, Layer
from triluna_desktop.domain.bulk import BulkPlan
from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.slots import make_bookable
from triluna_desktop.domain.time import DAY_MINUTES, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item

HOUR = 60


class Standing(Enum):
    """Whether the server has what a step is about."""

    SENT = "sent"
    """As it is here, or it needs no sending: the default."""
    NEW = "new"
    """Only here: it was created and not sent."""
    CHANGED = "changed"
    """The server has another version of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain. Of the default, ``item`` is None."""

    layer: Layer
    opens: bool
    item: Item | None = None
    standing: Standing = Standing.SENT
    hours: Interval | None = None
    """Of the default, the hours that are open by default on that weekday; None where there are none."""


class FixKind(Enum):
    """What one click would do. Those without an edit lead somewhere."""

    OPEN_TIME = "open_time"
    """Open the slot on this date."""
    OPEN_DAY = "open_day"
    """Open the day's default hours on this date."""
    DELETE_BLOCK = "delete_block"
    """Delete the blocked entries over the minute: it is open then."""
    CLOSE_TIME = "close_time"
    """Block the slot on this date."""
    DELETE_OPENING = "delete_opening"
    """Delete the available entries over the minute: it is closed then."""
    EDIT_WEEKLY_HOURS = "edit_weekly_hours"
    """Go to the weekly hours; no edit."""
    CHANGE_DEFAULT_HOURS = "change_default_hours"
    """Go to the calendar mode and its default hours; no edit."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One click. ``interval`` is the stretch that it opens or closes; of a delete, the first item's."""

    kind: FixKind
    edit: Edit | None = None
    interval: Interval | None = None
    item: Item | None = None
    """What it is about, where it is about one: of a delete the first, of weekly hours the pattern that decides."""


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one minute of a date."""

    date: date
    minute: int
    stretch: Interval
    """Around the minute: where the very same steps hold."""
    is_open: bool
    chain: tuple[Step, ...]
    """Weakest first, from the default on; at least that."""
    fixes: tuple[Fix, ...]

    @property
    def deciding(self) -> Step:
        """The step that decides."""
        return self.chain[-1]


def why(
    day: date,
    minute: int,
    settings: ModeSettings,
    patterns: Iterable[Pattern],
    entries: Iterable[Entry],
    *,
    unsent: Mapping[str, Item | None] | None = None,
    mirrored: Collection[str] = (),
    slot: Interval | None = None,
    make_key: Callable[[], str] = new_key,
) -> Why:
    """Why a minute of the date, 0 to 1439, is open or closed, and what would change that.

    ``unsent``: by key, of what has unsent edits, what the server is known to hold, None where it was never there.
    ``mirrored``: the keys of entries that stand for events of another calendar; no fix touches those.
    ``slot``: what "this time" is; else the hour of the clock around the minute, as far as the same steps hold.

    Raises:
        ValueError: the minute is none of a day.
    """
    if not 0 <= minute < DAY_MINUTES:
        raise ValueError(f"{minute} is no minute of a day")
    weekday = weekday_of(day)
    weekly = [pattern for pattern in patterns if pattern.weekday == weekday]
    dated = [entry for entry in entries if entry.date == day]
    default = settings.open_by_default(weekday)
    over = _in_order([*weekly, *dated], minute, mirrored)
    chain = (
        Step(Layer.DEFAULT, default is not None and default.contains(minute), hours=default),
        *(Step(layer, item.is_available, item, _standing(item.key, unsent or {})) for layer, item in over),
    )
    stretch = _stretch(minute, [*weekly, *dated, *(() if default is None else (default,))])
    hour = Interval(minute // HOUR * HOUR, minute // HOUR * HOUR + HOUR)
    wanted = slot or stretch.intersection(hour) or stretch
    found = _Fixes(day, minute, settings, weekly, dated, frozenset(mirrored), make_key)
    return Why(day, minute, stretch, chain[-1].opens, chain, found.of(chain, wanted))


def _in_order(items: Sequence[Item], minute: int, mirrored: Collection[str]) -> list[tuple[Layer, Item]]:
    """What lies over the minute, weakest first."""

    def layer(item: Item) -> Layer:
        if isinstance(item, Pattern):
            return Layer.PATTERN
        return Layer.MIRRORED if item.key in mirrored else Layer.ENTRY

    over = [(layer(item), item) for item in items if item.start <= minute < item.end]
    return sorted(
        over,
        key=lambda each: (
            each[0] is not Layer.PATTERN,
            not each[1].is_available,
            each[0] is Layer.MIRRORED,
            each[1].start,
            each[1].end,
            each[1].key,
        ),
    )


def _standing(key: str, unsent: Mapping[str, Item | None]) -> Standing:
    if key not in unsent:
        return Standing.SENT
    return Standing.NEW if unsent[key] is None else Standing.CHANGED


def _stretch(minute: int, marks: Iterable[Item | Interval]) -> Interval:
    start, end = 0, DAY_MINUTES
    for mark in marks:
        for cut in (mark.start, mark.end):
            if cut <= minute:
                start = max(start, cut)
            else:
                end = min(end, cut)
    return Interval(start, end)


@dataclass(frozen=True, slots=True)
class _Fixes:
    """What would change the answer."""

    day: date
    minute: int
    settings: ModeSettings
    weekly: Sequence[Pattern]
    dated: Sequence[Entry]
    mirrored: frozenset[str]
    make_key: Callable[[], str]

    def of(self, chain: tuple[Step, ...], slot: Interval) -> tuple[Fix, ...]:
        """The fixes, the nearest to what decides first."""
        is_open = chain[-1].opens
        found: list[Fix] = []
        if (deleting := self._deleting(is_open=is_open)) is not None:
            found.append(deleting)
        if is_open:
            found += self._turning(FixKind.CLOSE_TIME, slot)
        else:
            found += self._turning(FixKind.OPEN_TIME, slot)
            hours = self.settings.hours_of(weekday_of(self.day)) or DEFAULT_HOURS
            found += self._turning(FixKind.OPEN_DAY, hours)
        decides = chain[-1]
        if decides.layer is Layer.PATTERN:
            found.insert(0, Fix(FixKind.EDIT_WEEKLY_HOURS, item=decides.item))
        elif decides.layer is Layer.DEFAULT:
            found.append(Fix(FixKind.EDIT_WEEKLY_HOURS))
            found.append(Fix(FixKind.CHANGE_DEFAULT_HOURS, interval=decides.hours))
        return tuple(found)

    def _deleting(self, *, is_open: bool) -> Fix | None:
        """Delete the entries that make the minute what it is, where that alone is enough."""
        over = [entry for entry in self.dated if entry.start <= self.minute < entry.end]
        going = [entry for entry in over if entry.is_available is is_open]
        if not going or any(entry.key in self.mirrored for entry in going):
            return None
        left = [entry for entry in over if entry not in going]
        chain = _in_order([*self.weekly, *left], self.minute, ())
        hours = self.settings.open_by_default(weekday_of(self.day))
        then = chain[-1][1].is_available if chain else hours is not None and hours.contains(self.minute)
        if then is is_open:
            return None
        kind = FixKind.DELETE_OPENING if is_open else FixKind.DELETE_BLOCK
        edit = BulkPlan.of(Change(entry, None) for entry in going).edit
        return Fix(kind, edit, going[0].interval, going[0])

    def _turning(self, kind: FixKind, slot: Interval) -> list[Fix]:
        """Open or close a slot; nothing where it is so, or where an event of another calendar is in the way."""
        is_open = kind is not FixKind.CLOSE_TIME
        if any(
            entry.key in self.mirrored and entry.is_available is not is_open and entry.interval.overlaps(slot)
            for entry in self.dated
        ):
            return []
        edit = make_bookable(
            self.day, slot, self.settings, self.weekly, self.dated, is_open=is_open, make_key=self.make_key
        )
        return [] if edit is None else [Fix(kind, edit, slot)]
