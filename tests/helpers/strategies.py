"""What Hypothesis draws of the domain: times, stretches, entries, patterns, edits.

Drawn times lean towards the quarter hours and the ends of the day, where things touch, coincide and go wrong.

What is asked for again and again is made once (`cache`): Hypothesis looks each new strategy through before its
first draw, which takes longer than the draw.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Item, Pattern

DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 30))
"""Dates close together, so that things meet on them."""

MINUTES = st.one_of(
    st.integers(0, 96).map(lambda quarter: quarter * 15), st.integers(0, 1440), st.sampled_from([0, 1, 1439, 1440])
)
"""Minutes of the wall day, 0 to 1440, both included."""

TITLES = st.one_of(st.just(""), st.text(max_size=8))

BOOLEANS = st.booleans()
WEEKDAYS = st.integers(0, 6)
_SERVER_IDS = st.none() | st.integers(1, 999)


@cache
@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any stretch of a day."""
    one, other = draw(MINUTES), draw(MINUTES)
    if one == other:
        return Interval(one, one + 1) if one < 1440 else Interval(1439, 1440)
    return Interval(min(one, other), max(one, other))


@cache
def interval_lists(*, max_size: int = 12) -> st.SearchStrategy[list[Interval]]:
    """Stretches in any order, overlapping or not."""
    return st.lists(intervals(), max_size=max_size)


@cache
def interval_sets() -> st.SearchStrategy[IntervalSet]:
    """Any set of stretches."""
    return interval_lists().map(IntervalSet.of)


@cache
def mode_settings() -> st.SearchStrategy[ModeSettings]:
    """Either mode with any default hours, the same every day or by weekday."""
    week = st.tuples(*[st.none() | intervals() for _ in range(7)])
    return st.builds(ModeSettings, st.sampled_from(Mode), intervals(), st.just(()) | week)


@cache
@st.composite
def entries(draw: st.DrawFn, key: str = "e", days: st.SearchStrategy[date] = DAYS) -> Entry:
    """An entry with the given key."""
    interval = draw(intervals())
    return Entry(
        key,
        draw(days),
        interval.start,
        interval.end,
        draw(BOOLEANS),
        draw(TITLES),
        draw(TITLES),
        draw(_SERVER_IDS),
    )


@cache
@st.composite
def patterns(draw: st.DrawFn, key: str = "p") -> Pattern:
    """A pattern with the given key."""
    interval = draw(intervals())
    return Pattern(key, draw(WEEKDAYS), interval.start, interval.end, draw(BOOLEANS), draw(TITLES))


@cache
@st.composite
def entry_lists(draw: st.DrawFn, *, max_size: int = 20, days: st.SearchStrategy[date] = DAYS) -> list[Entry]:
    """Entries with distinct keys, whose order says nothing about their times."""
    count = draw(st.integers(0, max_size))
    return [draw(entries(f"e{number}", days)) for number in range(count)]


@cache
@st.composite
def pattern_lists(draw: st.DrawFn, *, max_size: int = 12) -> list[Pattern]:
    """Patterns with distinct keys."""
    count = draw(st.integers(0, max_size))
    return [draw(patterns(f"p{number}")) for number in range(count)]


@cache
@st.composite
def states(draw: st.DrawFn) -> dict[str, Item]:
    """A calendar by key."""
    items: list[Item] = [*draw(entry_lists(max_size=5)), *draw(pattern_lists(max_size=3))]
    return {item.key: item for item in items}


@st.composite
def edits_of(draw: st.DrawFn, state: dict[str, Item]) -> Edit:
    """An edit that fits the state: some items changed, some deleted, some created."""
    touched = draw(st.lists(st.sampled_from(sorted(state)), unique=True)) if state else []
    changes = [Change(state[key], draw(st.none() | versions_of(state[key]))) for key in touched]
    created = draw(st.integers(0 if changes else 1, 3))
    for number in range(created):
        made = draw(st.one_of(entries(f"new{number}"), patterns(f"new{number}")))
        changes.append(Change(None, made))
    return Edit(tuple(draw(st.permutations(changes))))


@st.composite
def versions_of(draw: st.DrawFn, item: Item) -> Item:
    """Another version of an item, or the same: most often only a part of it differs."""
    interval = draw(st.just(item.interval) | intervals() | st.just(_shifted(item.interval)))
    title, is_available = draw(st.just(item.title) | TITLES), draw(BOOLEANS)
    other = replace(item, start=interval.start, end=interval.end, title=title, is_available=is_available)
    if isinstance(other, Pattern):
        return replace(other, weekday=draw(st.just(other.weekday) | WEEKDAYS))
    moved = draw(st.just(other.date) | st.just(other.date + timedelta(days=1)))
    return replace(other, date=moved, notes=draw(st.just(other.notes) | TITLES))


def _shifted(interval: Interval) -> Interval:
    """The same length somewhere else, where there is room."""
    by = 15 if interval.end + 15 <= 1440 else -min(15, interval.start)
    return Interval(interval.start + by, interval.end + by)
