"""How many requests the app makes, counted by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import calendars
from benchmarks.figures import Figure
from benchmarks.processes import Child, run
from benchmarks.worlds import World, log, wait_synced

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 10_000
OPENING, HOUR, TURNING, EDIT = 1, 60, 0, 2
GROUP = "Requests"


def measure(folder: Path) -> list[Figure]:
    """Open the app, turn the weeks, make an edit; and poll for an hour of a clock that is moved."""
    log("requests")
    place = folder / "traffic"
    place.mkdir()
    counts: dict[str, int] = {}
    with Child("benchmarks.host", str(place), "busy", str(ENTRIES)) as host:

        def count(name: str) -> None:
            host.tell("count")
            counts[name] = len(host.wait_for("counted")["requests"])

        world = World(place, "busy", ENTRIES, host.wait_for("listening")["url"])
        with world.app("requests") as child:
            wait_synced(child)
            for step in ("opened", "turned", "created", "changed"):
                child.wait_for(step)
                count(step)
                child.tell("go on")
            child.wait_for("done")
        hour = run("benchmarks.polling", [str(folder / "polling"), world.url])
        count("hour")
    weeks = calendars.WINDOW_BACK + calendars.WINDOW_AHEAD
    return [
        Figure(GROUP, "opening the app", counts["opened"], "", OPENING),
        Figure(GROUP, f"turning through the {weeks} weeks of the window", counts["turned"], "", TURNING),
        Figure(GROUP, "creating an entry", counts["created"], "", EDIT),
        Figure(GROUP, "changing an entry", counts["changed"], "", EDIT),
        Figure(GROUP, "an hour of polling", counts["hour"], "", HOUR, details={"minutes": float(hour["minutes"])}),
    ]
