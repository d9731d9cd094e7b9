"""Taking in what changed on the server: how long the whole takes, and how long the GUI thread is held up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, percentile
from benchmarks.processes import Child
from benchmarks.worlds import World, log, wait_synced

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = 10_000
WHOLE_LIMIT, P99_LIMIT, WORST_LIMIT = 3.0, 16.0, 50.0
GROUP = f"Applying a sync of {CHANGED:,} changed entries"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sync: seconds from asking for it until it is painted, and the milliseconds each heartbeat was late."""

    seconds: float
    stalls: list[float]


def measure(folder: Path) -> list[Figure]:
    """All entries lie in the window, and all change."""
    log(f"a sync of {CHANGED} changed entries")
    found = sync(folder / "reading", "window_only", CHANGED)
    beats = len(found.stalls)
    return [
        Figure(GROUP, "the whole, asked to painted", found.seconds, "s", WHOLE_LIMIT),
        Figure(GROUP, "GUI thread held up, p99", percentile(found.stalls, 0.99), "ms", P99_LIMIT, beats),
        Figure(GROUP, "GUI thread held up, worst", max(found.stalls), "ms", WORST_LIMIT, beats),
    ]


def sync(folder: Path, kind: str, entries: int) -> Reading:
    """Start the app on a calendar that its server holds too, change each entry there, and have the app read."""
    folder.mkdir()
    with Child("benchmarks.host", str(folder), kind, str(entries)) as host:
        world = World(folder, kind, entries, host.wait_for("listening")["url"])
        with world.app("sync") as child:
            wait_synced(child)
            child.wait_for("ready")
            host.tell("change")
            host.wait_for("changed")
            child.tell("go")
            done = child.wait_for("done")
            return Reading(done["seconds"], done["stalls"])
