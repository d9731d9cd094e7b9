"""Sets of stretches against the simplest thing that could be right: a row of 1,440 booleans."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from tests.helpers.strategies import interval_lists, interval_sets, intervals

from triluna_desktop.domain.intervals import ALL_DAY, Interval, IntervalSet

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = list[bool]


def row_of(stretches: Iterable[Interval]) -> Row:
    row = [False] * 1440
    for stretch in stretches:
        for minute in range(stretch.start, stretch.end):
            row[minute] = True
    return row


def is_normal(found: IntervalSet) -> bool:
    """Sorted, disjoint, and never touching: there is one way to write a set."""
    return all(one.end < other.start for one, other in pairwise(found))


@given(interval_lists())
def test_a_set_covers_just_the_minutes_of_its_stretches_whatever_their_order(stretches: list[Interval]) -> None:
    found = IntervalSet.of(stretches)
    row = row_of(stretches)
    assert row_of(found) == row
    assert is_normal(found)
    assert found.minutes == sum(row)
    assert bool(found) is any(row)
    assert [found.contains(minute) for minute in range(1440)] == row
    assert not found.contains(1440)
    assert found == IntervalSet.of(reversed(stretches)) == IntervalSet.of(found)


@given(interval_sets(), interval_sets())
def test_union_intersection_and_difference_are_or_and_and_not(one: IntervalSet, other: IntervalSet) -> None:
    mine, theirs = row_of(one), row_of(other)
    pairs = list(zip(mine, theirs, strict=True))
    results = {
        one.union(other): [a or b for a, b in pairs],
        one.intersection(other): [a and b for a, b in pairs],
        one.difference(other): [a and not b for a, b in pairs],
    }
    for found, row in results.items():
        assert row_of(found) == row
        assert is_normal(found)


@given(interval_sets(), interval_sets())
def test_the_bits_of_a_mask_are_the_minutes_and_come_back(one: IntervalSet, other: IntervalSet) -> None:
    assert [bool(one.mask >> minute & 1) for minute in range(1440)] == row_of(one)
    assert one.mask.bit_count() == one.minutes
    assert IntervalSet.of_mask(one.mask) == one
    assert IntervalSet.of_mask(one.mask | other.mask) == one.union(other)
    assert IntervalSet.of_mask(one.mask & ~other.mask) == one.difference(other)


@given(interval_sets())
def test_the_complement_is_the_rest_of_the_day_and_its_complement_is_the_set(found: IntervalSet) -> None:
    rest = found.complement()
    assert row_of(rest) == [not covered for covered in row_of(found)]
    assert is_normal(rest)
    assert rest.complement() == found
    assert found.union(rest) == ALL_DAY
    assert not found.intersection(rest)


@given(interval_sets(), interval_sets(), interval_sets())
def test_the_algebra_is_a_boolean_one(a: IntervalSet, b: IntervalSet, c: IntervalSet) -> None:
    assert a.union(b) == b.union(a)
    assert a.intersection(b) == b.intersection(a)
    assert a.union(b).union(c) == a.union(b.union(c))
    assert a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c))
    assert a.union(b).complement() == a.complement().intersection(b.complement())
    assert a.union(a) == a.intersection(a) == a
    assert not a.difference(a)


@given(intervals(), intervals())
def test_two_stretches_overlap_touch_or_lie_apart_and_both_see_it_alike(one: Interval, other: Interval) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) is other.overlaps(one) is bool(shared)
    assert one.touches(other) is other.touches(one)
    assert not (one.overlaps(other) and one.touches(other))
    both = one.intersection(other)
    assert both == other.intersection(one)
    assert (set() if both is None else set(range(both.start, both.end))) == shared
