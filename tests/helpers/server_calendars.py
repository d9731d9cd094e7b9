"""Calendars as a server that refuses overlaps holds them, for edits that shall be sendable."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from tests.helpers.strategies import BOOLEANS, TITLES, WEEKDAYS, intervals

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import LAST_MINUTE, slot_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.models import Item

FIRST = date(2026, 11, 15)
"""A Sunday."""


@cache
def slots() -> st.SearchStrategy[Interval]:
    """A stretch that an entry or a pattern can hold: 23:59 begins none and ends none."""
    return intervals().map(lambda each: Interval(min(each.start, LAST_MINUTE - 1), slot_end(each.end)))


@st.composite
def held_entries(draw: st.DrawFn, *, days: int = 14, first: date = FIRST, max_size: int = 12) -> list[Entry]:
    """Entries of some dates, none of which overlap, in no order."""
    found: list[Entry] = []
    for number in range(draw(st.integers(0, max_size))):
        day = first + timedelta(days=draw(st.integers(0, days - 1)))
        slot = draw(slots())
        if not any(each.date == day and each.interval.overlaps(slot) for each in found):
            is_available = draw(BOOLEANS)
            found.append(Entry(f"e{number}", day, slot.start, slot.end, is_available, draw(TITLES)))
    return list(draw(st.permutations(found)))


@st.composite
def held_patterns(draw: st.DrawFn, *, max_size: int = 12) -> list[Pattern]:
    """Patterns, of which none overlap on a weekday."""
    found: list[Pattern] = []
    for number in range(draw(st.integers(0, max_size))):
        weekday, slot = draw(WEEKDAYS), draw(slots())
        if not any(each.weekday == weekday and each.interval.overlaps(slot) for each in found):
            found.append(Pattern(f"p{number}", weekday, slot.start, slot.end, draw(BOOLEANS)))
    return list(draw(st.permutations(found)))


def _crowds(size: int, days: int) -> st.SearchStrategy[set[tuple[int, int]]]:
    """Day and quarter of an hour, of which no two are the same."""
    return st.sets(st.tuples(st.integers(0, days - 1), st.integers(0, 95)), min_size=size, max_size=size)


@st.composite
def crowded_entries(draw: st.DrawFn, size: int, *, days: int = 14) -> list[Entry]:
    """So many entries of a quarter of an hour each."""
    return [
        Entry(f"e{day}.{cell}", FIRST + timedelta(days=day), cell * 15, cell * 15 + 15, draw(st.booleans()))
        for day, cell in draw(_crowds(size, days))
    ]


@st.composite
def crowded_patterns(draw: st.DrawFn, size: int) -> list[Pattern]:
    """So many patterns of a quarter of an hour each."""
    return [
        Pattern(f"p{day}.{cell}", day, cell * 15, cell * 15 + 15, draw(st.booleans()))
        for day, cell in draw(_crowds(size, 7))
    ]


def assert_sendable(items: Iterable[Item]) -> None:
    """A server takes them all: none overlap, and none begins or ends at 23:59."""
    by_day: dict[object, list[Item]] = {}
    for item in items:
        assert item.start < LAST_MINUTE
        assert item.end != LAST_MINUTE
        by_day.setdefault(item.date if isinstance(item, Entry) else item.weekday, []).append(item)
    for there in by_day.values():
        there.sort(key=lambda item: item.start)
        for one, other in pairwise(there):
            assert one.end <= other.start, (one, other)
