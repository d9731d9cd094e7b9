"""Which cases a sweep plays, in which order. The same seed gives the same cases, however many workers there are.

The cases of one scenario under one rule are one job. A job begins with a run in which nothing fails: it tells how
many failpoints, requests and calls to the database there are.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING, Literal

from tests.torture import kinds
from tests.torture.case import RULES, Case, Fault
from tests.torture.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.case import Rule
    from tests.torture.scenarios import Scenario
    from tests.torture.worker import Outcome

Sweep = Literal["kills", "requests", "database"]
SWEEPS: tuple[Sweep, ...] = ("kills", "requests", "database")
Size = Literal["suite", "full"]

SUITE_SHARE = 0.04
"""In the suite, of how many of the ways to fail one is played with a kill."""
SUITE_KINDS = 1
"""In the suite, how many ways to fail each request is given; all ways take their turn."""
SUITE_DATABASE = ("create-move", "pattern-create")
"""In the suite, the scenarios in which each call to the database fails once."""
MORE_FAILPOINTS = 6
"""A run in which something fails has some more failpoints than one in which nothing does."""

# What goes wrong first, and then, when the client looks what became of it.
FIRST = ("drop-before", "drop-after", "timeout-after", "zombie", "late-zombie")
THEN = ("unsent", "500-before", "empty-list", "no-content", "truncate", "captive-portal")


@dataclass(frozen=True)
class Job:
    """The cases of one scenario under one rule."""

    sweep: Sweep
    size: Size
    seed: int
    scenario: Scenario
    rule: Rule

    def random(self, what: str) -> random.Random:
        """Chance that is the same in each run of this seed."""
        return random.Random(f"{self.seed} {self.scenario.name} {self.rule} {what}")  # noqa: S311 - repeatable


def jobs(sweep: Sweep, size: Size, seed: int) -> list[Job]:
    """All jobs of a sweep. In that of the database the rule of the server makes no difference."""
    rules = RULES if sweep != "database" else RULES[:1]
    return [
        Job(sweep, size, seed, scenario, rule)
        for scenario in SCENARIOS
        for rule in rules
        if sweep != "database" or size == "full" or scenario.name in SUITE_DATABASE
    ]


def smooth_case_of(job: Job) -> Case:
    """The run in which nothing fails; in that of the database with the hook that counts the calls."""
    return Case(job.scenario, job.rule, (Fault("db-full", 0),) if job.sweep == "database" else ())


def cases(job: Job, smooth: Outcome) -> Iterator[Case]:
    """The cases of a job; ``smooth`` is what came of the run in which nothing fails."""
    match job.sweep:
        case "kills":
            yield from _killed(job, smooth)
        case "requests":
            for faults in _requests(job, smooth):
                found = Case(job.scenario, job.rule, faults)
                if not found.hangs:
                    yield found
        case "database":
            ways = cycle(kinds.DATABASE)
            for at in range(1, smooth.database_calls + 1):
                yield Case(job.scenario, job.rule, (Fault(f"db-{next(ways)}", at),))


def _killed(job: Job, smooth: Outcome) -> Iterator[Case]:
    """Killed at every failpoint where nothing fails, and at one by chance for each way in which something does.

    In the suite the two rules share the failpoints; those before the first edit are left to one scenario, as
    they are the same in all; and a way to fail is played or not by chance, at one request.
    """
    plain = Case(job.scenario, job.rule)
    is_whole = job.size == "full" or job.scenario is SCENARIOS[0]
    step, first = (1, 0) if is_whole else (len(RULES), RULES.index(job.rule) + smooth.first_edit)
    for number in range(1 + first, len(smooth.failpoints) + 1, step):
        yield plain.killed_at(number)
    chance = job.random("kills")
    if job.size == "full":
        chosen = list(_all_faults(smooth.methods))
    else:
        by_kind: dict[tuple[str, ...], list[tuple[Fault, ...]]] = {}
        for faults in _all_faults(smooth.methods):
            by_kind.setdefault(tuple(fault.kind for fault in faults), []).append(faults)
        chosen = [chance.choice(same) for same in by_kind.values() if chance.random() < SUITE_SHARE]
    for faults in chosen:
        found = Case(job.scenario, job.rule, faults)
        yield (
            found if found.hangs else found.killed_at(chance.randint(1, len(smooth.failpoints) + MORE_FAILPOINTS))
        )


def _requests(job: Job, smooth: Outcome) -> Iterator[tuple[Fault, ...]]:
    """Each request fails: in every way, or in the suite in some, which go on where the last request left them."""
    if job.size == "full":
        yield from _all_faults(smooth.methods)
        return
    chance = job.random("requests")
    for number, method in enumerate(smooth.methods, 1):
        names = [kind.name for kind in _fitting(method) if not kind.hangs]
        first = chance.randrange(len(names))
        for name in islice(cycle(names), first, first + SUITE_KINDS):
            yield (Fault(name, number),)


def _all_faults(methods: list[str]) -> Iterator[tuple[Fault, ...]]:
    for number, method in enumerate(methods, 1):
        for kind in _fitting(method):
            yield (Fault(kind.name, number),)
        if method != "GET":
            for first in FIRST:
                for then in THEN:
                    yield Fault(first, number), Fault(then, number + 1)


def _fitting(method: str) -> list[kinds.FaultKind]:
    return [
        kind for kind in kinds.KINDS if kind.name != "none" and (kind.reads if method == "GET" else kind.writes)
    ]
