"""Sweeps: jobs handed out to workers, each a process of its own, and what came of them added up.

Run as a module it is such a process: a job in JSON on each line of standard input, its result on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.torture import scenarios
from tests.torture.plan import Job, cases, jobs, smooth_case_of
from tests.torture.verdict import Wrong
from tests.torture.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

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


class Pool:
    """Worker processes, for as many sweeps as are played: each takes a second to start."""

    def __init__(self, workers: int = 2) -> None:
        self._processes: list[subprocess.Popen[str] | None] = [None] * workers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in range(len(self._processes)):
            self._end(number)

    def run_sweep(self, sweep: Sweep, size: Size, seed: int, *, client: str = "real", only: str = "") -> Result:
        """Play a sweep. Results are added up in the order of the jobs, whoever played them."""
        work = [job for job in jobs(sweep, size, seed) if only in job.scenario.name]
        results: dict[int, Result] = {}
        waiting = iter(list(enumerate(work)))
        lock = threading.Lock()

        def next_job() -> tuple[int, Job] | None:
            with lock:
                return next(waiting, None)

        def work_off(worker: int) -> None:
            while (found := next_job()) is not None:
                number, job = found
                results[number] = self._play(worker, job, client)

        threads = [
            threading.Thread(target=work_off, args=(worker,), name=f"torture {worker}")
            for worker in range(len(self._processes))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        total = Result(sweep)
        for number, job in enumerate(work):
            total.add(results.get(number) or _died(job))
        return total

    def _play(self, worker: int, job: Job, client: str) -> Result:
        """Have a worker play a job; one that has died is started anew for the next."""
        process = self._processes[worker] = self._processes[worker] or subprocess.Popen(
            [sys.executable, "-m", "tests.torture.runner"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(_packed(job) | {"client": client}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if answer:
            return _result(job.sweep, json.loads(answer))
        self._end(worker)
        return _died(job)

    def _end(self, worker: int) -> None:
        process, self._processes[worker] = self._processes[worker], None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        process.wait()


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


def play_job(worker: Worker, job: Job, client: str) -> Result:
    """Play all cases of a job."""
    result = Result(job.sweep)
    for name, problems, was_killed in _played(worker, job, client):
        result.cases += 1
        result.killed += was_killed
        result.wrong.update({problem.wrong for problem in problems})
        if problems:
            words = "; ".join(f"{problem.wrong.value}: {problem.words}" for problem in problems)
            result.failures.append(f'make torture ARGS="--case {name}"\n  {words}')
    return result


def _played(worker: Worker, job: Job, client: str) -> Iterator[tuple[Case, list[Any], bool]]:
    smooth_case = smooth_case_of(job)
    # Of all cases each client is a process of its own; the suite has not the time.
    may_stand = job.size == "suite"
    smooth = worker.play(smooth_case, client, may_stand=may_stand)
    yield smooth_case, smooth.problems, smooth.was_killed
    for case in cases(job, smooth):
        outcome = worker.play(case, client, may_stand=may_stand)
        yield case, outcome.problems, outcome.was_killed


def main() -> None:
    """Play the jobs that come, until no more do."""
    with Worker() as worker:
        for line in sys.stdin:
            told = json.loads(line)
            result = play_job(worker, _unpacked(told), told["client"])
            packed = {
                "cases": result.cases,
                "killed": result.killed,
                "wrong": {wrong.value: number for wrong, number in result.wrong.items()},
                "failures": result.failures,
            }
            print(json.dumps(packed), flush=True)


if __name__ == "__main__":
    main()
