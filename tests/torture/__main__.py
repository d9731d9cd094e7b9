"""`make torture`: the sweeps of a client that is killed, of requests that fail, and of a database that fails.

Each prints one line: how many cases, and in how many an edit was lost, doubled, came back from the dead, or is
said to be in conflict where it is not. A case that failed is printed with its name; `--case NAME` plays it alone.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.torture.case import parse
from tests.torture.plan import SWEEPS
from tests.torture.runner import Pool, Result
from tests.torture.worker import Worker


def main() -> int:
    """0 where nothing is wrong, 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="play this case; repeatable")
    parser.add_argument("--sweep", action="append", choices=SWEEPS, help="only this sweep; repeatable")
    parser.add_argument("--size", choices=("suite", "full"), default="full", help="suite: what `make test` plays")
    parser.add_argument("--seed", type=int, default=1, help="another one chooses other cases (default: 1)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (default: 2)")
    parser.add_argument(
        "--client", choices=("real", "naive", "matching"), default="real", help="who is tortured (default: real)"
    )
    parser.add_argument("--scenario", default="", metavar="TEXT", help="only scenarios with this in their name")
    arguments = parser.parse_args()
    if arguments.case:
        return play_alone(arguments.client, arguments.case)
    total = Result("all")
    with Pool(arguments.workers) as pool:
        for sweep in arguments.sweep or SWEEPS:
            begun = time.monotonic()
            result = pool.run_sweep(
                sweep, arguments.size, arguments.seed, client=arguments.client, only=arguments.scenario
            )
            print(f"{result.line()} ({time.monotonic() - begun:.0f} s)", flush=True)
            total.add(result)
    for words in total.failures:
        print(words, file=sys.stderr)
    print(total.line())
    return 1 if total.failures else 0


def play_alone(client: str, names: list[str]) -> int:
    """Play cases and tell all that is known of them."""
    failed = False
    with Worker() as worker:
        for name in names:
            outcome = worker.play(parse(name), client)
            failed |= bool(outcome.problems)
            print(f"{name}: {'killed' if outcome.was_killed else 'not killed'}")
            print("  requests:", " ".join(outcome.methods))
            for problem in outcome.problems:
                print(f"  {problem.wrong.value}: {problem.words}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
