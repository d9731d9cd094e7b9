"""One case of the sweep, and the name by which it can be run again alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tests.torture import kinds, scenarios

Rule = Literal["strict", "lenient"]
RULES: tuple[Rule, ...] = ("strict", "lenient")
"""Whether the server refuses overlaps."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong, at which request or call to the database; counted from 1."""

    kind: str
    at: int

    def __str__(self) -> str:
        return f"{self.kind}@{self.at}"


@dataclass(frozen=True)
class Case:
    """A scenario, what goes wrong in it, and where the client is killed.

    Its name is SCENARIO/RULE/FAULT@REQUEST[+FAULT@REQUEST]/KILL, where KILL is `end` for not at all, `hanging` for
    while it waits for an answer that does not come, or a number for the failpoint. `db-full@17` and its like are
    a failing call to the database.
    """

    scenario: scenarios.Scenario
    rule: Rule
    faults: tuple[Fault, ...] = ()
    kill_at: int | None = None

    def __str__(self) -> str:
        end = "hanging" if self.hangs else "end" if self.kill_at is None else f"k{self.kill_at}"
        faults = "+".join(map(str, self.faults)) or "none"
        return f"{self.scenario.name}/{self.rule}/{faults}/{end}"

    @property
    def hangs(self) -> bool:
        return any(kind.hangs for kind in self.request_kinds)

    @property
    def request_kinds(self) -> list[kinds.FaultKind]:
        """The faults of requests, in order."""
        return [kinds.NAMES[fault.kind] for fault in self.faults if fault.kind in kinds.NAMES]

    @property
    def lands_after(self) -> float | None:
        """Seconds after which what was given up is carried out."""
        return next((kind.lands_after for kind in self.request_kinds if kind.lands_after is not None), None)

    @property
    def database_fault(self) -> Fault | None:
        """The call to SQLite that fails, its kind without the `db-`."""
        for fault in self.faults:
            if fault.kind.startswith("db-"):
                return replace(fault, kind=fault.kind.removeprefix("db-"))
        return None

    def killed_at(self, number: int) -> Case:
        """The same case, but killed there."""
        return replace(self, kill_at=number)


def parse(name: str) -> Case:
    """The case of a name. Raises ValueError where there is none."""
    try:
        scenario, rule, faults, end = name.split("/")
        found = Case(
            scenarios.NAMES[scenario],
            RULES[RULES.index(rule)],
            () if faults == "none" else tuple(_fault(each) for each in faults.split("+")),
            int(end[1:]) if end.startswith("k") else None,
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"there is no case {name!r}; a case is like create/strict/drop-after@2/k7") from error
    if str(found) != name:
        raise ValueError(f"there is no case {name!r}; did you mean {found}?")
    return found


def _fault(text: str) -> Fault:
    kind, _, at = text.partition("@")
    if kind not in kinds.NAMES and kind.removeprefix("db-") not in kinds.DATABASE:
        raise ValueError(kind)
    return Fault(kind, int(at))
