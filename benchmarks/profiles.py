"""Ten calendars in one process: how long it takes to show another one, and what one costs that is not shown."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.figures import Figure
from benchmarks.processes import Child
from benchmarks.worlds import World, log

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 10_000
COUNT = 10
SWITCH_LIMIT = 100.0
"""Milliseconds from asking to painted, of the slowest."""
HIDDEN_LIMIT = 6.0
"""MiB."""
MIB = 1024 * 1024

GROUP = f"{COUNT} calendars of {ENTRIES:,} entries in one process"


def measure(folder: Path) -> list[Figure]:
    """All of them synced with a server; the memory first, then the switching, then the memory after it."""
    log("ten calendars")
    place = folder / "profiles"
    place.mkdir()
    with Child("benchmarks.host", str(place), "busy", str(ENTRIES)) as host:
        world = World(place, "busy", ENTRIES, host.wait_for("listening")["url"], profiles=COUNT)
        with world.app("profiles") as child:
            done = child.wait_for("done")
    times: list[float] = done["times"]
    alone, together, after = (done[name] / MIB for name in ("alone", "together", "after"))
    details = {"best": min(times), "worst": max(times)}
    return [
        Figure(GROUP, "showing another one, median", statistics.median(times), "ms", None, len(times), details),
        Figure(GROUP, "showing another one, slowest", max(times), "ms", SWITCH_LIMIT, len(times), details),
        Figure(
            GROUP,
            "memory (PSS) of one that is not shown",
            (together - alone) / (COUNT - 1),
            "MiB",
            HIDDEN_LIMIT,
            details={"alone": alone, "together": together},
        ),
        Figure(
            GROUP,
            f"  the same after {len(times)} times showing another one",
            (after - alone) / (COUNT - 1),
            "MiB",
            HIDDEN_LIMIT,
        ),
    ]
