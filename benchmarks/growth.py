"""How cost grows with what is in the store. What is on screen is the same in all sizes."""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks import reading
from benchmarks.figures import Figure, median_ratio
from benchmarks.start import first_paint
from benchmarks.worlds import World, log

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (100, 1_000, 10_000, 100_000)
FLAT = 1.3
"""How much dearer the largest may be than the smallest where the size shall not matter."""
LINEAR = 1.3
"""How much more than ten times as much the sync may take for ten times the entries."""

GROUP = "Growth, 100 to 100,000 entries in the store"


def measure(folder: Path, runs: int) -> list[Figure]:
    """Start, week turn and sync at each size."""
    worlds = {size: World(folder / f"growth-{size}", "steady", size) for size in SIZES}
    return [*_start(worlds, runs), *_turn(worlds, runs), *_sync(folder)]


def _start(worlds: dict[int, World], runs: int) -> list[Figure]:
    log("start with stores of all sizes")
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for number in range(runs + 1):
        for size, world in worlds.items():
            took, _ = first_paint(world.app())
            if number:
                times[size].append(took)
    return _flat("start to first painted week", times, runs)


def _turn(worlds: dict[int, World], runs: int) -> list[Figure]:
    log("turning the week with stores of all sizes")
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(max(2, runs // 3)):
        for size, world in worlds.items():
            with world.app("turn_steady") as child:
                times[size].append(statistics.median(child.wait_for("done")["steady"]))
    return _flat("week turn", times, len(times[SIZES[0]]))


def _flat(what: str, times: dict[int, list[float]], runs: int) -> list[Figure]:
    """The dearest size against the smallest."""
    ratios = {size: median_ratio(times[size], times[SIZES[0]]) for size in SIZES}
    details = {f"ms at {size}": statistics.median(times[size]) for size in SIZES}
    worst = max(ratios, key=lambda size: ratios[size])
    return [
        Figure(GROUP, f"{what}, dearest size against 100 entries", ratios[worst], "×", FLAT, runs, details),
        *(Figure(GROUP, f"  at {size:,}", statistics.median(times[size]), "ms", runs=runs) for size in SIZES),
    ]


def _sync(folder: Path) -> list[Figure]:
    """Of the two years, the app reads the 39 weeks around today; all entries change."""
    seconds: dict[int, float] = {}
    for size in SIZES:
        log(f"a sync with {size} entries on the server")
        seconds[size] = reading.sync(folder / f"growth-sync-{size}", "steady", size).seconds
    # A step above 10 in time for 10 times the entries; below, the cost of any request hides the growth.
    steps = [(seconds[above] / seconds[below]) / (above / below) for below, above in pairwise(SIZES)]
    return [
        Figure(GROUP, "sync, time per entry against ten times fewer", max(steps), "×", LINEAR, 1),
        *(Figure(GROUP, f"  at {size:,}", seconds[size] * 1000, "ms") for size in SIZES),
    ]
