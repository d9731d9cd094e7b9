"""Conflicts, against a look at all pairs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.strategies import DAYS, entry_lists, intervals

from triluna_desktop.domain.conflicts import conflicts_among, conflicts_with
from triluna_desktop.domain.models import Entry

if TYPE_CHECKING:
    from random import Random

    from triluna_desktop.domain.intervals import Interval

TWO_DAYS = st.sampled_from([date(2026, 11, 23), date(2026, 11, 24)])


def share_a_minute(one: Entry, other: Entry) -> bool:
    minutes = set(range(one.start, one.end)) & set(range(other.start, other.end))
    return one.date == other.date and bool(minutes)


@given(entry_lists(days=TWO_DAYS))
@settings(deadline=None)
def test_conflicts_are_the_pairs_that_share_a_minute_of_a_date(entries: list[Entry]) -> None:
    pairs = {
        (one.key, other.key)
        for one in entries
        for other in entries
        if one.key != other.key and share_a_minute(one, other)
    }
    found = conflicts_among(entries)
    assert {(key, other.key) for key, others in found.items() for other in others} == pairs
    assert {(other, key) for key, other in pairs} == pairs, "conflicts are mutual"
    for entry in entries:
        assert conflicts_with(entry, entries) == found.get(entry.key, ())
    for others in found.values():
        assert others, "who has no conflict is not listed"
        assert list(others) == sorted(others, key=lambda each: (each.start, each.end, each.key))
        assert len(set(others)) == len(others)


@given(entry_lists(days=TWO_DAYS), st.randoms(use_true_random=False))
def test_the_order_of_entries_makes_no_difference(entries: list[Entry], shuffle: Random) -> None:
    mixed = list(entries)
    shuffle.shuffle(mixed)
    assert conflicts_among(mixed) == conflicts_among(entries)


@given(DAYS, intervals(), st.booleans(), st.booleans())
def test_slots_that_only_touch_do_not_conflict(day: date, slot: Interval, one: bool, other: bool) -> None:
    entry = Entry("e", day, slot.start, slot.end, one)
    neighbours = [
        *([Entry("before", day, 0, slot.start, other)] if slot.start > 0 else []),
        *([Entry("after", day, slot.end, 1440, other)] if slot.end < 1440 else []),
    ]
    assert conflicts_with(entry, neighbours) == ()
    assert conflicts_among([entry, *neighbours]) == {}
