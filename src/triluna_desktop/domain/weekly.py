"""Weekly hours while they are being edited: stretches by weekday, none of which may come to overlap another.

A draft is nothing but patterns. One that stands on the server keeps its key, so what became of it can be told;
nothing is sent before `domain.weekly_plan` has made calls of the difference. Every function here is pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_on
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.time import week_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from triluna_desktop.domain.availability import ModeSettings

    NewKey = Callable[[], str]

WEEKDAYS = range(7)
"""0 is Sunday, as on the wire."""
_SOME_DAY = date(2026, 1, 1)


class OverlapError(ValueError):
    """A stretch would come to overlap others. ``stretch`` is the first that would, ``others`` are in its way."""

    def __init__(self, stretch: Pattern, others: tuple[Pattern, ...]) -> None:
        super().__init__(f"{stretch.key} would overlap {', '.join(other.key for other in others)}")
        self.stretch = stretch
        self.others = others


class Preset(Enum):
    """A week to start from, told as the hours that callers are to be offered."""

    OFFICE = "office"
    MORNINGS = "mornings"
    EVENINGS = "evenings"
    EMPTY = "empty"
    """No weekly hours at all, whatever that leaves open."""


WORKING_DAYS = frozenset({1, 2, 3, 4, 5})
_PRESET_HOURS = {
    Preset.OFFICE: Interval(9 * 60, 17 * 60),
    Preset.MORNINGS: Interval(8 * 60, 12 * 60),
    Preset.EVENINGS: Interval(17 * 60, 21 * 60),
}


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """Stretches in order of weekday, start, end and key; `of` makes one of any patterns.

    What comes from a server may overlap already. No operation adds to that: it raises `OverlapError` instead.
    """

    stretches: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> WeekDraft:
        """The draft that holds these, which have distinct keys."""
        return cls(tuple(sorted(patterns, key=in_week)))

    def on(self, weekday: int) -> tuple[Pattern, ...]:
        """The stretches of a weekday, in order of time."""
        return tuple(each for each in self.stretches if each.weekday == weekday)

    def find(self, key: str) -> Pattern | None:
        """A stretch by its key."""
        return next((each for each in self.stretches if each.key == key), None)

    def put(self, *stretches: Pattern) -> WeekDraft:
        """With these in it, new ones or other versions of those with their keys.

        Raises:
            OverlapError: one of them would overlap another one, in minutes in which it does not yet.
        """
        coming = {each.key: each for each in stretches}
        result = WeekDraft.of([*(each for each in self.stretches if each.key not in coming), *coming.values()])
        for stretch in stretches:
            before = self.find(stretch.key)
            others = tuple(
                other
                for other in result.on(stretch.weekday)
                if other.key != stretch.key
                and not _is_within(_shared(stretch, other), _shared(before, self.find(other.key)))
            )
            if others:
                raise OverlapError(stretch, others)
        return result

    def drop(self, keys: Collection[str]) -> WeekDraft:
        """Without the stretches with these keys; keys of none are passed over."""
        return WeekDraft(tuple(each for each in self.stretches if each.key not in keys))

    def copied(self, weekday: int, to: Collection[int], new_key: NewKey) -> WeekDraft:
        """With these weekdays as ``weekday`` is. What stands there already just so is left as it is."""
        result = self
        for target in sorted(set(to) - {weekday}):
            wanted = [replace(each, weekday=target, server_id=None) for each in self.on(weekday)]
            result = result.with_day(target, wanted, new_key)
        return result

    def with_day(self, weekday: int, wanted: Iterable[Pattern], new_key: NewKey) -> WeekDraft:
        """With a weekday that holds just what is wanted; the keys of ``wanted`` do not matter.

        What is there already stays; what overlaps something wanted becomes it, the rest goes, so as few calls
        follow as can be and those that do keep time closed.
        """
        there = {each.key: each for each in self.on(weekday)}
        missing: list[Pattern] = []
        made: list[Pattern] = []
        for stretch in wanted:
            same = next((each for each in there.values() if each.content() == stretch.content()), None)
            if same is None:
                missing.append(stretch)
            else:
                made.append(there.pop(same.key))
        for stretch in missing:
            heir = max(there.values(), key=lambda each: (len(_shared(each, stretch)), each.key), default=None)
            if heir is not None and _shared(heir, stretch):
                old = there.pop(heir.key)
                made.append(replace(stretch, key=old.key, server_id=old.server_id))
            else:
                made.append(replace(stretch, key=new_key(), server_id=None))
        return WeekDraft.of([*(each for each in self.stretches if each.weekday != weekday), *made])

    def preset(self, preset: Preset, settings: ModeSettings, new_key: NewKey) -> WeekDraft:
        """With a whole week that offers the hours of a preset, and nothing else.

        Where the calendar is open by default, what is not offered is blocked; where it is closed, what is offered
        is opened.
        """
        result = self
        for weekday in WEEKDAYS:
            result = result.with_day(weekday, _offering(weekday, preset, settings), new_key)
        return result

    def touching(self) -> tuple[tuple[Pattern, Pattern], ...]:
        """Neighbours that are one stretch but in name: of one kind, and where one ends the other starts.

        Two that bear different titles are two on purpose.
        """
        pairs: list[tuple[Pattern, Pattern]] = []
        for weekday in WEEKDAYS:
            pairs += [
                (first, second) for first, second in pairwise(self.on(weekday)) if _could_be_one(first, second)
            ]
        return tuple(pairs)

    def merged(self, first: Pattern, second: Pattern) -> WeekDraft:
        """With two that touch made one, which keeps the first one's key and whichever title there is."""
        one = replace(first, end=second.end, title=first.title or second.title)
        return self.drop({second.key}).put(one)

    def overlapping(self) -> tuple[tuple[Pattern, Pattern], ...]:
        """The pairs that overlap."""
        return tuple(
            (one, other)
            for weekday in WEEKDAYS
            for one, other in combinations(self.on(weekday), 2)
            if one.interval.overlaps(other.interval)
        )


def in_week(pattern: Pattern) -> tuple[int, int, int, str]:
    """The order of a week."""
    return (pattern.weekday, pattern.start, pattern.end, pattern.key)


def follow(draft: WeekDraft, before: Mapping[str, Pattern], now: Mapping[str, Pattern]) -> WeekDraft:
    """The draft after what it was made of has changed, by key, from ``before`` to ``now``.

    What the user left alone follows; what the user changed or deleted stays so. What is new comes in, also where
    it overlaps.
    """
    held = {each.key: each for each in draft.stretches}
    for key in before.keys() | now.keys():
        was, became = before.get(key), now.get(key)
        if held.get(key) == was:
            if became is None:
                held.pop(key, None)
            else:
                held[key] = became
        elif key in held and became is not None:
            held[key] = replace(held[key], server_id=became.server_id)
    return WeekDraft.of(held.values())


def open_minutes(settings: ModeSettings, patterns: Iterable[Pattern]) -> dict[int, int]:
    """Minutes that callers can book on each weekday of a week without dated entries."""
    held = list(patterns)
    return {weekday: open_time(settings, weekday, held).minutes for weekday in WEEKDAYS}


def open_time(settings: ModeSettings, weekday: int, patterns: Iterable[Pattern]) -> IntervalSet:
    """What callers can book on a weekday without dated entries. Patterns of other weekdays are passed over."""
    return availability_on(week_of(_SOME_DAY, weekday), settings, patterns, ()).bookable


def _offering(weekday: int, preset: Preset, settings: ModeSettings) -> list[Pattern]:
    if preset is Preset.EMPTY:
        return []
    wanted = IntervalSet((_PRESET_HOURS[preset],)) if weekday in WORKING_DAYS else IntervalSet()
    by_default = settings.open_by_default(weekday)
    default = IntervalSet() if by_default is None else IntervalSet((by_default,))
    return [
        Pattern("", weekday, interval.start, interval.end, is_available)
        for is_available, intervals in (
            (True, wanted.difference(default)),
            (False, default.difference(wanted)),
        )
        for interval in intervals
    ]


def _could_be_one(first: Pattern, second: Pattern) -> bool:
    return (
        first.end == second.start
        and first.is_available is second.is_available
        and (not first.title or not second.title or first.title == second.title)
    )


def _shared(one: Pattern | None, other: Pattern | None) -> range:
    """The minutes that both claim on one weekday; none where either is not there."""
    if one is None or other is None or one.weekday != other.weekday:
        return range(0)
    both = one.interval.intersection(other.interval)
    return range(0) if both is None else range(both.start, both.end)


def _is_within(some: range, others: range) -> bool:
    return not some or (others.start <= some.start and some.stop <= others.stop)
