"""Sweeps: jobs handed out to workers, each a process of its own, and what came of them added up.

Run as a module it is such a process: a job in JSON on each line of standard input, its result on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.torture import scenarios
from tests.torture.plan import Job, cases, jobs, smooth_case_of
from tests.torture.verdict import Wrong
from tests.torture.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.case import Case
    from tests.torture.plan import Size, Sweep

ROOT = Path(__file__).resolve().parents[2]
ALWAYS_TOLD = (Wrong.LOST, Wrong.DOUBLED, Wrong.RESURRECTED, Wrong.FALSE_CONFLICT)
TITLES = {
    "kills": "killed at every failpoint",
    "requests": "the i-th request fails",
    "database": "the i-th call to the database fails",
}
SHOWN_FAILURES = 20


@dataclass
class Result:
    """What came of some cases."""

    sweep: str
    cases: int = 0
    killed: int = 0
    wrong: Counter[Wrong] = field(default_factory=Counter)
    """In how many cases each thing was wrong."""
    failures: list[str] = field(default_factory=list)
    """Each case that failed, and why, in words."""

    def add(self, other: Result) -> None:
        """Count these too."""
        self.cases += other.cases
        self.killed += other.killed
        self.wrong += other.wrong
        self.failures += other.failures

    def line(self) -> str:
        """The sum on one line."""
        told = [*ALWAYS_TOLD, *(wrong for wrong in Wrong if wrong not in ALWAYS_TOLD and self.wrong[wrong])]
        counts = ", ".join(f"{wrong.value} {self.wrong[wrong]}" for wrong in told)
        return f"{TITLES.get(self.sweep, self.sweep)}: cases {self.cases} (killed {self.killed}), {counts}"


def run_sweep(
    sweep: Sweep, size: Size, seed: int, *, client: str = "real", workers: int = 2, only: str = ""
) -> Result:
    """Play a sweep. Results are added up in the order of the jobs, whoever played them."""
    work = [job for job in jobs(sweep, size, seed) if only in job.scenario.name]
    results: dict[int, Result] = {}
    waiting = iter(list(enumerate(work)))
    lock = threading.Lock()

    def next_job() -> tuple[int, Job] | None:
        with lock:
            return next(waiting, None)

    def work_off() -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.torture.runner", client],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            while (found := next_job()) is not None:
                number, job = found
                process.stdin.write(json.dumps(_packed(job)) + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
                results[number] = _result(sweep, json.loads(answer)) if answer else _died(job)
                if not answer:
                    return
            process.stdin.close()

    threads = [threading.Thread(target=work_off, name=f"torture {number}") for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Result(sweep)
    for number, job in enumerate(work):
        total.add(results.get(number) or _died(job))
    return total


def _packed(job: Job) -> dict[str, object]:
    return {
        "sweep": job.sweep,
        "size": job.size,
        "seed": job.seed,
        "scenario": job.scenario.name,
        "rule": job.rule,
    }


def _unpacked(packed: dict[str, Any]) -> Job:
    return Job(
        packed["sweep"], packed["size"], packed["seed"], scenarios.NAMES[packed["scenario"]], packed["rule"]
    )


def _died(job: Job) -> Result:
    words = f"{job.scenario.name}/{job.rule}: the worker ended before it was done"
    return Result(job.sweep, wrong=Counter({Wrong.CRASHED: 1}), failures=[words])


def _result(sweep: str, packed: dict[str, Any]) -> Result:
    wrong = Counter({Wrong(name): number for name, number in packed["wrong"].items()})
    return Result(sweep, packed["cases"], packed["killed"], wrong, packed["failures"])


def play_job(worker: Worker, job: Job) -> Result:
    """Play all cases of a job."""
    result = Result(job.sweep)
    for name, problems, was_killed in _played(worker, job):
        result.cases += 1
        result.killed += was_killed
        result.wrong.update({problem.wrong for problem in problems})
        if problems:
            words = "; ".join(f"{problem.wrong.value}: {problem.words}" for problem in problems)
            result.failures.append(f'make torture ARGS="--case {name}"\n  {words}')
    return result


def _played(worker: Worker, job: Job) -> Iterator[tuple[Case, list[Any], bool]]:
    smooth_case = smooth_case_of(job)
    smooth = worker.play(smooth_case)
    yield smooth_case, smooth.problems, smooth.was_killed
    for case in cases(job, smooth):
        outcome = worker.play(case)
        yield case, outcome.problems, outcome.was_killed


def main(client: str) -> None:
    """Play the jobs that come, until no more do."""
    with Worker(client) as worker:
        for line in sys.stdin:
            result = play_job(worker, _unpacked(json.loads(line)))
            packed = {
                "cases": result.cases,
                "killed": result.killed,
                "wrong": {wrong.value: number for wrong, number in result.wrong.items()},
                "failures": result.failures,
            }
            print(json.dumps(packed), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
