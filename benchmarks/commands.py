"""How soon `triluna-desktop block 30m` has its answer: handed to the running window, and by itself.

Each run is a process as a key would start it, from its start to its end, and a `python -c pass` beside it. The
calendar is open all day, and has no entry today and tomorrow. What was blocked is released before the next run, so
that each blocks the same, one entry on the server.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, median_ratio
from benchmarks.processes import PATIENCE, Child, ChildError
from benchmarks.worlds import World, log, wait_synced

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 10_000
HANDED_LIMIT, ALONE_LIMIT = 300.0, 1500.0
"""Milliseconds."""
HANDED_RATIO, ALONE_RATIO = 20.0, 60.0
"""Times the interpreter alone; the server answers two requests meanwhile."""
GROUP = f"`block 30m` in a terminal, {ENTRIES:,} entries, until the server has it"


def measure(folder: Path, runs: int) -> list[Figure]:
    """With a window that runs, and without one."""
    log(f"commands: {runs} runs each")
    place = folder / "commands"
    place.mkdir()
    with Child("benchmarks.host", str(place), "free", str(ENTRIES)) as host:
        world = World(place, "free", ENTRIES, host.wait_for("listening")["url"])
        alone = [_pair(world) for _ in range(runs)]
        with world.app() as child:
            wait_synced(child)
            handed = [_pair(world) for _ in range(runs)]
    return [
        *_figures("handed to the running window", handed, HANDED_LIMIT, HANDED_RATIO),
        *_figures("by itself", alone, ALONE_LIMIT, ALONE_RATIO),
    ]


def _figures(what: str, pairs: list[tuple[float, float]], limit: float, ratio: float) -> list[Figure]:
    times, floors = [one for one, _ in pairs], [other for _, other in pairs]
    details = {"slowest": max(times), "fastest": min(times), "floor": statistics.median(floors)}
    return [
        Figure(GROUP, what, statistics.median(times), "ms", limit, len(pairs), details),
        Figure(GROUP, "  against `python -c pass`", median_ratio(times, floors), "×", ratio, len(pairs)),
    ]


def _pair(world: World) -> tuple[float, float]:
    """Milliseconds of the command, and of an interpreter that does nothing."""
    taken, told = _run(world, "block", "30m")
    if not told["blocked"]:
        raise ChildError(f"nothing was blocked: {told}")
    _run(world, "release")
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], env=world.environment, check=True)
    return taken, (time.perf_counter() - begun) * 1000


def _run(world: World, *arguments: str) -> tuple[float, dict[str, object]]:
    command = [sys.executable, "-m", "triluna_desktop", *arguments, "--json"]
    begun = time.perf_counter()
    done = subprocess.run(
        command, env=world.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    taken = (time.perf_counter() - begun) * 1000
    if done.returncode != os.EX_OK:
        raise ChildError(f"`{' '.join(arguments)}` ended with {done.returncode}: {done.stderr.strip()}")
    told: dict[str, object] = json.loads(done.stdout)
    return taken, told
