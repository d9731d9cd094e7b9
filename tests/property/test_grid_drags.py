"""Laws of drags: whatever the pointer does, what it makes is a slot of a day, and nothing moves by itself."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.domain.models import Entry
from triluna_desktop.grid.drafts import MIN_MINUTES, Edge, Spot, draw, move, resize
from triluna_desktop.grid.geometry import Geometry
from triluna_desktop.grid.hand import SNAPS

MONDAY = date(2026, 11, 16)
spots = st.builds(Spot, st.integers(0, 6).map(lambda days: MONDAY + timedelta(days=days)), st.floats(0, 1440))
snaps = st.sampled_from(SNAPS)


@st.composite
def entries(draw_from: st.DrawFn) -> Entry:
    start = draw_from(st.integers(0, 1439))
    end = draw_from(st.integers(start + 1, 1440))
    day = MONDAY + timedelta(days=draw_from(st.integers(0, 6)))
    return Entry(draw_from(st.uuids()).hex, day, start, end)


@given(spots, spots, snaps)
def test_a_drawn_slot_lies_in_the_day_and_is_long_enough(anchor: Spot, head: Spot, snap: int) -> None:
    made = draw(anchor, head, snap, is_available=True)
    assert len(made) == abs((head.day - anchor.day).days) + 1
    assert len({(each.start, each.end) for each in made}) == 1
    assert all(0 <= each.start < each.end <= 1440 for each in made)
    assert made[0].end - made[0].start >= MIN_MINUTES


@given(spots, spots, snaps)
def test_a_drawn_slot_holds_the_place_where_the_drag_began(anchor: Spot, head: Spot, snap: int) -> None:
    made = draw(anchor, head, snap, is_available=True)[0]
    assert made.start <= anchor.minute <= made.end


@given(st.lists(entries(), min_size=1, max_size=5, unique_by=lambda each: each.key), spots, spots, snaps)
def test_a_move_keeps_lengths_and_distances(held: list[Entry], taken: Spot, head: Spot, snap: int) -> None:
    moved = move(held, held[0], taken, head, snap)
    assert [each.end - each.start for each in moved] == [each.end - each.start for each in held]
    assert {new.start - old.start for old, new in zip(held, moved, strict=True)} == {
        moved[0].start - held[0].start
    }
    assert {new.date - old.date for old, new in zip(held, moved, strict=True)} == {head.day - taken.day}


@given(st.lists(entries(), min_size=1, max_size=5, unique_by=lambda each: each.key), spots, snaps)
def test_a_move_to_where_it_began_changes_nothing(held: list[Entry], taken: Spot, snap: int) -> None:
    assert move(held, held[0], taken, taken, snap) == tuple(held)


@given(entries(), st.sampled_from(Edge), st.floats(0, 1440), st.floats(0, 1440), snaps)
def test_a_resize_holds_the_other_end_and_never_inverts(
    entry: Entry, edge: Edge, taken: float, head: float, snap: int
) -> None:
    resized = resize(entry, edge, taken, head, snap)
    if edge is Edge.START:
        assert resized.end == entry.end
    else:
        assert resized.start == entry.start
    assert resized.end - resized.start >= min(MIN_MINUTES, entry.end - entry.start)


@given(st.integers(500, 3000), st.sampled_from((1, 5, 7)), st.booleans(), st.integers(0, 40), st.floats(20, 200))
def test_every_column_is_found_again_at_each_of_its_pixels(
    width: int, days: int, rtl: bool, trailing: int, hour: float
) -> None:
    grid = Geometry(MONDAY, days, width, 700, hour=hour, rtl=rtl, trailing=trailing)
    for column in range(days):
        left, size = grid.column_span(column)
        assert {grid.column_at(x) for x in (left, left + size // 2, left + size - 1)} == {column}


@given(st.floats(20, 300), st.integers(0, 1440), st.integers(0, 900))
def test_a_minute_is_found_again_at_its_row(hour: float, minute: int, scroll: int) -> None:
    grid = Geometry(MONDAY, 7, 1200, 700, hour=hour).scrolled_to(scroll)
    assert abs(grid.minute_at(grid.y_of(minute)) - minute) <= grid.minutes_for(0.5) + 1e-6


@given(st.floats(20, 300), st.floats(20, 300), st.integers(0, 2000), st.floats(64, 700))
def test_zooming_keeps_the_minute_under_the_pointer_where_it_can(
    hour: float, wanted: float, scroll: int, y: float
) -> None:
    before = Geometry(MONDAY, 7, 1200, 700, hour=hour).scrolled_to(scroll)
    after = before.zoomed(wanted, y)
    if 0 < after.scroll < after.max_scroll:
        assert abs(after.minute_at(y) - before.minute_at(y)) <= after.minutes_for(1)
