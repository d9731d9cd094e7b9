"""Laws of the side-by-side layout."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.grid.geometry import Geometry, Rect
from triluna_desktop.grid.lanes import WHOLE, lay_out

MONDAY = date(2026, 11, 16)


class Slot(NamedTuple):
    """What has a place in a column."""

    start: int
    end: int
    key: str


@st.composite
def slots(draw: st.DrawFn) -> list[Slot]:
    """Some slots of one day, with distinct keys."""
    found = draw(st.lists(st.tuples(st.integers(0, 95), st.integers(1, 24)), max_size=14))
    return [
        Slot(start * 15, min(start + length, 96) * 15, f"k{index}") for index, (start, length) in enumerate(found)
    ]


def overlap(one: Slot, other: Slot) -> bool:
    return one.start < other.end and other.start < one.end


def cluster_of(slot: Slot, held: list[Slot]) -> list[Slot]:
    """All slots that hang together with one by a chain of overlaps."""
    found = [slot]
    while more := [each for each in held if each not in found and any(overlap(each, one) for one in found)]:
        found += more
    return found


def rects(held: list[Slot], *, rtl: bool = False) -> dict[str, Rect]:
    geometry = Geometry(MONDAY, 7, 1200, 800, rtl=rtl)
    places = lay_out(held)
    return {slot.key: geometry.block_rect(2, slot.start, slot.end, places[slot.key]) for slot in held}


@given(slots(), st.booleans())
def test_overlapping_slots_never_share_pixels(held: list[Slot], rtl: bool) -> None:
    drawn = rects(held, rtl=rtl)
    for one, other in combinations(held, 2):
        if overlap(one, other):
            mine, theirs = drawn[one.key], drawn[other.key]
            assert mine.right <= theirs.x or theirs.right <= mine.x


@given(slots(), st.booleans())
def test_every_block_stays_inside_its_column(held: list[Slot], rtl: bool) -> None:
    left, width = Geometry(MONDAY, 7, 1200, 800, rtl=rtl).column_span(2)
    for rect in rects(held, rtl=rtl).values():
        assert left <= rect.x
        assert rect.right <= left + width


@given(slots())
def test_a_slot_that_overlaps_none_is_full_width(held: list[Slot]) -> None:
    places = lay_out(held)
    for slot in held:
        if not any(overlap(slot, other) for other in held if other is not slot):
            assert places[slot.key] == WHOLE


@given(slots(), st.randoms())
def test_the_order_of_the_input_does_not_matter(held: list[Slot], random: object) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random that it replays.
    assert lay_out(shuffled) == lay_out(held)


@given(slots())
def test_a_cluster_has_as_many_lanes_as_slots_ever_hold_at_once(held: list[Slot]) -> None:
    places = lay_out(held)
    for slot in held:
        cluster = cluster_of(slot, held)
        at_once = max(sum(each.start <= one.start < each.end for each in cluster) for one in cluster)
        assert places[slot.key].lanes == at_once


@given(slots())
def test_a_place_cannot_be_widened_further_to_the_right(held: list[Slot]) -> None:
    places = lay_out(held)
    for slot in held:
        mine = places[slot.key]
        following = mine.lane + mine.span
        assert 0 <= mine.lane < following <= mine.lanes
        if following < mine.lanes:
            assert any(
                overlap(slot, other) and places[other.key].lane <= following < sum(places[other.key][:2])
                for other in held
                if other is not slot
            )
