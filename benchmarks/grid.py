"""Turning the week and dragging a block, on the GUI thread of the running app."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks import calendars
from benchmarks.figures import Figure, percentile
from benchmarks.worlds import World, log

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 10_000
TURN_LIMITS = {"ordinary": 16.0, "full": 33.0}
DRAG_MEDIAN_LIMIT, DRAG_P99_LIMIT = 1.0, 8.0
SLOTS = {"ordinary": calendars.ORDINARY_SLOTS, "full": calendars.FULL_SLOTS}

TURNING = "Turning the week, to weeks not shown before: asked to painted"
DRAGGING = f"Dragging a block in a week of {calendars.FULL_SLOTS} slots: event to painted"


def measure(folder: Path) -> list[Figure]:
    """Both, each in a run of its own."""
    world = World(folder / "grid", "busy", ENTRIES)
    return [*_turning(world), *_dragging(world)]


def _turning(world: World) -> list[Figure]:
    log("turning the week")
    with world.app("turn") as child:
        done = child.wait_for("done")
    figures: list[Figure] = []
    for kind, limit in TURN_LIMITS.items():
        times: list[float] = done[kind]
        details = {"best": min(times), "worst": max(times)}
        median = statistics.median(times)
        figures.append(Figure(TURNING, f"{SLOTS[kind]} slots, median", median, "ms", limit, len(times), details))
    return figures


def _dragging(world: World) -> list[Figure]:
    log("dragging")
    with world.app("drag") as child:
        done = child.wait_for("done")
    moves: list[float] = done["moves"]
    details = {"worst": max(moves), "paints": float(done["paints"])}
    return [
        Figure(DRAGGING, "median", statistics.median(moves), "ms", DRAG_MEDIAN_LIMIT, len(moves), details),
        Figure(DRAGGING, "p99", percentile(moves, 0.99), "ms", DRAG_P99_LIMIT, len(moves), details),
    ]
