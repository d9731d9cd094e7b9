"""Measures, prints a table and writes JSON.

python -m benchmarks [--only PART ...] [--runs N] [--json FILE] [--check]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import availability, commands, grid, growth, profiles, reading, start, traffic
from benchmarks.figures import Figure, table, write_json
from benchmarks.processes import ROOT, ChildError

PARTS = ("start", "memory", "drag-and-turn", "sync", "growth", "requests", "availability", "commands", "profiles")


def main(arguments: list[str]) -> int:
    """Run the parts; the exit code is 1 where one could not be measured, or, with --check, is over its limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the app.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=11, help="how often the app is started for the start figures")
    parser.add_argument("--json", type=Path, default=ROOT / "out" / "bench.json", help="where the figures go")
    parser.add_argument("--check", action="store_true", help="exit with 1 if something is over its limit")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="triluna-bench-") as folder:
        for part in PARTS:
            if part in options.only:
                try:
                    figures += _measure(part, Path(folder), options.runs)
                except ChildError as error:
                    failed = True
                    print(f"{part} could not be measured: {error}", file=sys.stderr)
    print(table(figures))
    write_json(options.json, figures)
    over = sum(each.is_over for each in figures)
    limits = sum(each.limit is not None for each in figures)
    print(f"\n{limits - over} of {limits} within their limits. All figures: {options.json}")
    return 1 if failed or (options.check and over) else 0


def _measure(part: str, folder: Path, runs: int) -> list[Figure]:
    match part:
        case "start":
            return start.measure(folder, runs)
        case "memory":
            return start.measure_settled(folder)
        case "drag-and-turn":
            return grid.measure(folder)
        case "sync":
            return reading.measure(folder)
        case "growth":
            return growth.measure(folder, runs)
        case "availability":
            return availability.measure(folder)
        case "commands":
            return commands.measure(folder, runs)
        case "profiles":
            return profiles.measure(folder)
        case _:
            return traffic.measure(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
