"""How soon the week is on the screen and what it takes, against the floor; runs of both take turns."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, median_ratio
from benchmarks.marks import pss_of
from benchmarks.processes import Child, ChildError
from benchmarks.worlds import World, log, wait_synced

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 10_000
MIB = 1024 * 1024
SETTLED_RUNS = 3
LATER_SECONDS = 2.0
"""After the sync, so that what is only of use during it can be given back."""

START_LIMIT = 1.5
PAINTED_LIMIT, SETTLED_LIMIT = 45.0, 70.0
"""MiB above the floor."""

GROUP_START = f"Start, {ENTRIES:,} entries and 100 patterns in the store"
GROUP_MEMORY = "Memory (PSS) above the floor"


def measure(folder: Path, runs: int) -> list[Figure]:
    """Start to first painted week, and the memory then."""
    log(f"start: {runs} runs, and as many of the floor")
    world = World(folder / "start", "busy", ENTRIES)
    first_paint(world.app())
    first_paint(floor())
    pairs = [(first_paint(world.app()), first_paint(floor())) for _ in range(runs)]
    app, bare = [one for one, _ in pairs], [other for _, other in pairs]
    times, floors = [each[0] for each in app], [each[0] for each in bare]
    extra = statistics.median(one[1] - other[1] for one, other in pairs)
    return [
        Figure(
            GROUP_START,
            "process start to first painted week, against the floor",
            median_ratio(times, floors),
            "×",
            START_LIMIT,
            runs,
        ),
        Figure(GROUP_START, "  the app, median", statistics.median(times), "ms", runs=runs),
        Figure(GROUP_START, "  the floor, median", statistics.median(floors), "ms", runs=runs),
        Figure(GROUP_MEMORY, "at first paint", extra, "MiB", PAINTED_LIMIT, runs),
        Figure(GROUP_MEMORY, "  the floor", statistics.median(each[1] for each in bare), "MiB", runs=runs),
    ]


def measure_settled(folder: Path) -> list[Figure]:
    """The memory once the calendar was read from the server."""
    log("memory when synced and settled")
    extra: list[float] = []
    for number in range(SETTLED_RUNS):
        place = folder / f"settled-{number}"
        place.mkdir()
        with Child("benchmarks.host", str(place), "busy", str(ENTRIES)) as host:
            world = World(place, "busy", ENTRIES, host.wait_for("listening")["url"])
            with world.app() as child:
                wait_synced(child)
                time.sleep(LATER_SECONDS)
                # The server shares libraries with the app, which elsewhere it would not.
                host.end()
                settled = pss_of(child.pid)
        with floor() as child:
            child.wait_for("settled")
            extra.append((settled - pss_of(child.pid)) / MIB)
    return [
        Figure(GROUP_MEMORY, "synced and settled", statistics.median(extra), "MiB", SETTLED_LIMIT, SETTLED_RUNS)
    ]


def floor() -> Child:
    """Start the floor."""
    return Child("benchmarks.floor")


def first_paint(child: Child) -> tuple[float, float]:
    """Milliseconds from the start of the process to the first paint, and the MiB held then. Ends the process."""
    with child:
        mark = child.wait_for("painted")
        if mark.get("slots") == 0:
            raise ChildError("the first paint did not show the week")
        # Ended in order, so that the next start finds the store closed.
        child.wait_for("settled")
        return (mark["at"] - child.started) * 1000, mark["pss"] / MIB
