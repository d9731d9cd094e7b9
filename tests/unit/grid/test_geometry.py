"""Places on the grid: hit zones, RTL, edges that scroll, swipes."""

from __future__ import annotations

from datetime import date

import pytest

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.grid.edges import SideHold, scroll_speed
from triluna_desktop.grid.geometry import Geometry, Measures
from triluna_desktop.grid.hits import Zone, hit_at
from triluna_desktop.grid.lanes import WHOLE
from triluna_desktop.grid.scene import Block, Column, Scene
from triluna_desktop.grid.swipes import Swipes

MONDAY = date(2026, 11, 16)
GRID = Geometry(MONDAY, 7, 1056, 764, hour=60, margin=0)


def scene_of(entry: Entry, pattern: Pattern | None = None) -> Scene:
    patterns = (Block(pattern, MONDAY, WHOLE),) if pattern else ()
    first = Column(MONDAY, patterns, (Block(entry, MONDAY, WHOLE),))
    return Scene((first, *(Column(day) for day in GRID.dates[1:])))


def zones(entry: Entry) -> str:
    """The zones of a block from top to bottom, a letter a pixel."""
    rect = GRID.block_rect(0, entry.start, entry.end)
    scene = scene_of(entry)
    return "".join(hit_at(scene, GRID, rect.x + 5, y).zone.value[0] for y in range(rect.y, rect.bottom))


def test_edge_zones_are_eight_pixels_and_at_most_a_third() -> None:
    tall, low = zones(Entry("a", MONDAY, 60, 180)), zones(Entry("a", MONDAY, 60, 75))
    assert (tall.count("s"), tall.count("e")) == (8, 8)
    assert low.count("b") >= len(low) / 3 - 1
    assert low.count("s") <= len(low) / 3 + 1


def test_entries_lie_over_patterns_and_both_over_nothing() -> None:
    entry, pattern = Entry("a", MONDAY, 120, 240), Pattern("p", 1, 60, 600)
    scene = scene_of(entry, pattern)
    x = GRID.column_span(0)[0] + 20
    seen = [hit_at(scene, GRID, x, GRID.y_of(minute)).zone for minute in (30, 90, 180, 500)]
    assert seen == [Zone.EMPTY, Zone.PATTERN, Zone.BODY, Zone.PATTERN]


def test_hours_and_heads_are_outside_the_days() -> None:
    scene = scene_of(Entry("a", MONDAY, 120, 240))
    assert hit_at(scene, GRID, 20, 300).zone is Zone.OUTSIDE
    assert hit_at(scene, GRID, 300, 20).zone is Zone.HEADER


def test_rtl_mirrors_the_columns() -> None:
    mirrored = Geometry(MONDAY, 7, 1056, 764, rtl=True)
    left, width = mirrored.column_span(0)
    assert left + width == 1056 - mirrored.gutter
    assert mirrored.date_at(left + 1) == MONDAY


def test_sizes_follow_the_font() -> None:
    assert Measures(2).edge_zone == 16
    assert Measures(2).header == 2 * Measures().header


@pytest.mark.parametrize(("y", "speed"), [(64, -600), (84, -150), (104, 0), (400, 0), (744, 150), (900, 600)])
def test_a_drag_scrolls_faster_the_nearer_it_is_to_the_edge(y: float, speed: float) -> None:
    assert scroll_speed(GRID, y) == speed


def test_a_week_turns_after_700_ms_at_the_side_and_again_after_as_long() -> None:
    hold = SideHold()
    fed = [hold.feed(GRID, 1050, tenths / 10) for tenths in range(16)]
    assert [index for index, weeks in enumerate(fed) if weeks] == [7, 14]


def test_leaving_the_side_starts_the_count_again() -> None:
    hold = SideHold()
    assert [hold.feed(GRID, x, now) for x, now in ((10, 0.0), (500, 0.5), (10, 0.6), (10, 1.2), (10, 1.3))] == [
        0,
        0,
        0,
        0,
        -1,
    ]


def test_in_rtl_the_right_side_goes_back_in_time() -> None:
    mirrored = Geometry(MONDAY, 7, 1056, 764, rtl=True)
    hold = SideHold()
    hold.feed(mirrored, 1050, 0.0)
    assert hold.feed(mirrored, 1050, 1.0) == -1


def test_a_swipe_counts_once_until_the_fingers_rest() -> None:
    swipes = Swipes()
    fed = [swipes.feed(-50, index * 0.02) for index in range(20)]
    assert fed == [0, 0, 1] + [0] * 17
    assert [swipes.feed(130, 2.0), swipes.feed(130, 2.1)] == [-1, 0]
    assert swipes.feed(130, 2.15, begins=True) == -1
