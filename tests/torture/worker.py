"""One worker of a sweep: a server of its own, and a process from which each client is forked.

Everything is imported before the first fork, and there is neither a thread nor a loop, so that a case takes some
tens of milliseconds.
"""

from __future__ import annotations

import gc
import os
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tests.torture import scenarios
from tests.torture.calendar import TOKEN, TortureCalendar
from tests.torture.case import Case
from tests.torture.clock import Elapsed
from tests.torture.process import Child, events_of
from tests.torture.scenarios import Mine, Theirs
from tests.torture.standing import StandingProcess
from tests.torture.verdict import Played, Problem, Wrong, judge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType, TracebackType
    from typing import Any, Self

DOWN_SECONDS = 5.0
"""Between a kill and the next start."""
REHEARSAL_STEP = 6
"""Each so many-th scenario is rehearsed."""


@dataclass
class Outcome:
    """How a case ended, and what its run had: so many failpoints, requests, and calls to the database."""

    problems: list[Problem]
    failpoints: list[str] = field(default_factory=list)
    first_edit: int = 0
    """How many failpoints lie before the user's first edit."""
    methods: list[str] = field(default_factory=list)
    """Of each request that reached the server, in order."""
    database_calls: int = 0
    was_killed: bool = False


class Worker:
    """Plays cases, one after the other."""

    def __init__(self) -> None:
        self._elapsed = Elapsed()
        self._calendar = TortureCalendar()
        self._standing = StandingProcess(self._calendar, self._elapsed)
        memory = Path("/dev/shm")  # noqa: S108 - a folder is made in it: a disk that syncs each commit takes too long.
        self._folder = Path(tempfile.mkdtemp(prefix="torture-", dir=memory if memory.is_dir() else None))

    def __enter__(self) -> Self:
        self._calendar.start()
        try:
            self._rehearse()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        gc.collect()
        gc.freeze()
        return self

    def _rehearse(self) -> None:
        """Play some cases right here.

        Much is imported only when it is first needed, and Python puts what runs often into a quicker form: here
        once, instead of in each child anew.
        """
        # What is not installed would be looked for again with each request.
        sys.modules.setdefault("sniffio", cast("ModuleType", None))
        with Path(os.devnull).open("wb") as nowhere:
            for scenario in scenarios.SCENARIOS[::REHEARSAL_STEP]:
                case = Case(scenario, "strict")
                self._calendar.arrange(case)
                self._elapsed.seconds = 0.0
                with tempfile.TemporaryDirectory(dir=self._folder) as folder:
                    database = Path(folder) / "calendar.db"
                    child = Child(case, self._calendar, database, "real", nowhere.fileno(), self._elapsed)
                    child.play(is_second=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._standing.end()
        self._calendar.__exit__(kind, error, trace)
        shutil.rmtree(self._folder, ignore_errors=True)

    def play(self, case: Case, client: str = "real", *, may_stand: bool = False) -> Outcome:
        """One case from beginning to verdict. With ``may_stand`` a client that is not killed may play where others
        did (`standing`); without it each gets a process of its own.
        """
        self._calendar.arrange(case)
        self._elapsed.seconds = 0.0
        profile = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            return self._play(case, client, profile / "calendar.db", may_stand=may_stand and client == "real")
        finally:
            shutil.rmtree(profile)

    def _play(self, case: Case, client: str, database: Path, *, may_stand: bool) -> Outcome:
        if may_stand and case.kill_at is None and not case.hangs and case.database_fault is None:
            status, events = self._standing.play(case, database, is_second=False)
        else:
            status, events = self._fork(case, client, database, is_second=False)
        outcome = Outcome(_crashes(status, events, may_be_killed=case.kill_at is not None or case.hangs))
        played, is_over = self._replay(case, events)
        outcome.was_killed = not is_over
        self._note(outcome, events)
        if not is_over and not outcome.problems:
            outcome.problems += _damage(database)
            for step in case.scenario.steps[_steps_done(events) :]:
                if isinstance(step, Theirs) and self._calendar.do(step.act):
                    played.after.append(step.act)
            self._elapsed.seconds += DOWN_SECONDS
            if may_stand:
                status, events = self._standing.play(case, database, is_second=True)
            else:
                status, events = self._fork(case, client, database, is_second=True)
            outcome.problems += _crashes(status, events, may_be_killed=False)
        for event in events:
            if event[0] == "over":
                played.is_at_rest, played.late_writes, played.shown = event[1:4]
        outcome.problems += _told(database.parent)
        if not any(problem.wrong is Wrong.CRASHED for problem in outcome.problems):
            played.rows = [content for _, content in self._calendar.rows()]
            outcome.problems += judge(case, played)
        return outcome

    def _note(self, outcome: Outcome, events: Iterable[tuple[Any, ...]]) -> None:
        outcome.methods = [request["method"] for request in self._calendar.log()]
        outcome.first_edit = next((event[2] for event in events if event[0] == "begun"), 0)
        for event in events:
            if event[0] == "over":
                outcome.failpoints, outcome.database_calls = event[4], event[5]

    def _replay(self, case: Case, events: Iterable[tuple[Any, ...]]) -> tuple[Played, bool]:
        """What was done, as far as the first process told; and whether it came to its end."""
        played, is_over = Played(), False
        begun: Mine | None = None
        for event in events:
            step = case.scenario.steps[event[1]] if event[0] in ("begun", "done", "theirs") else None
            if event[0] == "begun" and isinstance(step, Mine):
                begun = step
            elif event[0] in ("done", "refused"):
                if event[0] == "done" and isinstance(step, Mine):
                    played.before += step.acts
                begun = None
            elif event[0] == "theirs" and isinstance(step, Theirs) and event[2]:
                played.before.append(step.act)
            is_over |= event[0] == "over"
        if begun is not None:
            played.maybe = begun.acts
        return played, is_over

    # --- processes

    def _fork(
        self, case: Case, client: str, database: Path, *, is_second: bool
    ) -> tuple[int, list[tuple[Any, ...]]]:
        """Run a client to its end; how it ended, as `os.waitpid` has it, and what it told."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            Child(case, self._calendar, database, client, writing, self._elapsed).main(is_second=is_second)
        os.close(writing)
        if case.hangs and not is_second:
            self._kill_when_hanging(case, pid, reading)
        data = bytearray()
        while chunk := os.read(reading, 65536):
            data += chunk
        os.close(reading)
        _, status = os.waitpid(pid, 0)
        return status, list(events_of(bytes(data)))

    def _kill_when_hanging(self, case: Case, pid: int, reading: int) -> None:
        at = case.faults[0].at
        watching = select.poll()
        watching.register(reading, select.POLLHUP)

        def is_hanging() -> bool:
            log = self._calendar.log()
            return (len(log) >= at and not log[at - 1]["done"]) or is_over()

        def is_over() -> bool:
            return any(flags & select.POLLHUP for _, flags in watching.poll(0))

        self._calendar.wait_until(is_hanging, 30)
        if not is_over():
            os.kill(pid, signal.SIGKILL)


def _crashes(status: int, events: Iterable[tuple[Any, ...]], *, may_be_killed: bool) -> list[Problem]:
    problems = [Problem(Wrong.CRASHED, event[1]) for event in events if event[0] == "crashed"]
    if os.WIFSIGNALED(status) and not (may_be_killed and os.WTERMSIG(status) == signal.SIGKILL):
        problems.append(Problem(Wrong.CRASHED, f"ended by signal {os.WTERMSIG(status)}"))
    return problems


def _steps_done(events: Iterable[tuple[Any, ...]]) -> int:
    """How many steps lie before the first that somebody else has not done yet."""
    return max((event[1] + 1 for event in events if event[0] == "theirs"), default=0)


def _damage(database: Path) -> list[Problem]:
    """I12: the file is whole. Looked at in a copy, for looking at a database with a log changes it."""
    if not database.exists():
        return []
    with tempfile.TemporaryDirectory(dir=database.parent.parent) as folder:
        for file in database.parent.glob(f"{database.name}*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        connection = sqlite3.connect(Path(folder) / database.name)
        try:
            words = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        except sqlite3.Error as error:
            words = str(error)
        finally:
            connection.close()
    return [] if words == "ok" else [Problem(Wrong.DAMAGED, words)]


def _told(folder: Path) -> list[Problem]:
    """I11: the token is in no file."""
    found = [file.name for file in folder.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()]
    return [Problem(Wrong.TOLD, ", ".join(found))] if found else []
