"""What there is to draw, as layers of data: a column a date, in it closed time, patterns, then entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.patterns import patterns_on
from triluna_desktop.domain.time import weekday_of
from triluna_desktop.domain.values import dataclass
from triluna_desktop.grid.lanes import Place, in_order, lay_out, lay_out_ordered
from triluna_desktop.grid.shown import Layers, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.models import Item


@dataclass(frozen=True, slots=True)
class Block:
    """An item on a date. ``overlaps`` are the stretches that other entries claim as well."""

    item: Item
    day: date
    place: Place
    mark: Mark = Mark.SENT
    conflicts: int = 0
    overlaps: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        """The item's key. A pattern has one block on each of its days, all with this key."""
        return self.item.key

    @property
    def entry(self) -> Entry | None:
        """The entry, or None where the block is a pattern's."""
        return self.item if isinstance(self.item, Entry) else None

    @property
    def is_pattern(self) -> bool:
        """Whether it is a weekly pattern, which lies behind entries."""
        return isinstance(self.item, Pattern)


@dataclass(frozen=True, slots=True)
class Column:
    """A date. ``closed`` is what callers cannot book; ``bookable`` counts minutes, None where it is not known."""

    day: date
    patterns: tuple[Block, ...] = ()
    entries: tuple[Block, ...] = ()
    closed: tuple[Interval, ...] = ()
    bookable: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """The columns, in order of time."""

    columns: tuple[Column, ...]

    def blocks(self) -> Iterable[Block]:
        """The entries' blocks, by date and start: the order in which Tab walks them."""
        for column in self.columns:
            yield from column.entries

    def find(self, key: str) -> Block | None:
        """The block of an entry, or None."""
        return next((block for block in self.blocks() if block.key == key), None)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither an entry nor a pattern."""
        return not any(column.entries or column.patterns for column in self.columns)


class WeeklyPlaces:
    """Weekly patterns with their places in a day: they are the same in every week."""

    def __init__(self) -> None:
        self._held: Sequence[tuple[Pattern, Mark]] = ()
        self._placed: dict[int, list[tuple[Pattern, Place, Mark]]] = {}
        """By weekday."""

    def take(self, patterns: Sequence[tuple[Pattern, Mark]]) -> None:
        """Lay out these from now on."""
        if patterns != self._held:
            self._held = patterns
            self._placed.clear()

    def blocks(self, day: date) -> tuple[Block, ...]:
        """Those of a date."""
        weekday = weekday_of(day)
        placed = self._placed.get(weekday)
        if placed is None:
            marks = {pattern.key: mark for pattern, mark in self._held}
            found = patterns_on(day, (pattern for pattern, _ in self._held))
            places = lay_out(found)
            placed = [(pattern, places[pattern.key], marks[pattern.key]) for pattern in found]
            self._placed[weekday] = placed
        return tuple(Block(pattern, day, place, mark) for pattern, place, mark in placed)


def build_scene(
    first: date,
    days: int,
    entries: Iterable[tuple[Entry, Mark]],
    patterns: Sequence[tuple[Pattern, Mark]],
    conflicts: Mapping[str, Sequence[Entry]],
    availability: Iterable[DayAvailability],
    layers: Layers,
    weekly: WeeklyPlaces | None = None,
) -> Scene:
    """Lay out the given days. Items of other dates are passed over, and so are layers that are switched off.

    Who lays out one week after the other gives ``weekly``, where what stands each week is kept.
    """
    by_day: defaultdict[date, list[tuple[Entry, Mark]]] = defaultdict(list)
    for entry, mark in entries:
        if layers.available if entry.is_available else layers.blocked:
            by_day[entry.date].append((entry, mark))
    known = {each.date: each for each in availability}
    weekly = weekly or WeeklyPlaces()
    weekly.take(patterns if layers.patterns else ())
    columns: list[Column] = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        hours = known.get(day)
        columns.append(
            Column(
                day,
                weekly.blocks(day),
                _entry_blocks(day, by_day.get(day, []), conflicts),
                hours.bookable.complement().intervals if hours else (),
                hours.minutes if hours else None,
            )
        )
    return Scene(tuple(columns))


def shared_stretches(entry: Entry, others: Sequence[Entry]) -> tuple[tuple[int, int], ...]:
    """The stretches of an entry that any of the others claims too, merged. ``others`` all overlap it."""
    merged: list[tuple[int, int]] = []
    # The whole of an entry cannot be claimed twice over: no need to look further.
    if any(other.start <= entry.start and other.end >= entry.end for other in others):
        return ((entry.start, entry.end),)
    for other in sorted(others, key=lambda each: each.start):
        start, end = max(entry.start, other.start), min(entry.end, other.end)
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return tuple(merged)


def _entry_blocks(
    day: date, held: list[tuple[Entry, Mark]], conflicts: Mapping[str, Sequence[Entry]]
) -> tuple[Block, ...]:
    marks = {entry.key: mark for entry, mark in held}
    entries = in_order(entry for entry, _ in held)
    places = lay_out_ordered(entries)
    blocks: list[Block] = []
    for entry in entries:
        key = entry.key
        others = conflicts.get(key)
        if others:
            overlaps = shared_stretches(entry, others)
            blocks.append(Block(entry, day, places[key], marks[key], len(others), overlaps))
        else:
            blocks.append(Block(entry, day, places[key], marks[key]))
    return tuple(blocks)
