"""A process in which client after client plays to its end: to fork one costs as much time as most of them take.

A client that came to its end has closed all that it had opened, so that the next one begins as in a new process.
Where one did not, or told of a mistake, the process is ended, and the next client gets another.
"""

from __future__ import annotations

import logging
import os
import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tests.torture.case import parse
from tests.torture.process import STUCK_SECONDS, Child, events_of, packed

if TYPE_CHECKING:
    from tests.torture.calendar import TortureCalendar
    from tests.torture.case import Case
    from tests.torture.clock import Elapsed

_ENDED = packed(("ended",))
"""Told after each client, by the process that goes on."""


class StandingProcess:
    """Only for the real client, where neither a kill nor a call to the database that fails is part of the case."""

    def __init__(self, calendar: TortureCalendar, elapsed: Elapsed) -> None:
        self._calendar = calendar
        self._elapsed = elapsed
        self._pid = 0
        self._jobs = self._told = -1

    def play(self, case: Case, database: Path, *, is_second: bool) -> tuple[int, list[tuple[Any, ...]]]:
        """Let a client play; how its process ended, as `os.waitpid` has it, 0 where it goes on; what was told."""
        if not self._pid:
            self._fork()
        os.write(self._jobs, f"{case}\t{database}\t{is_second:d}\n".encode())
        data = bytearray()
        while not data.endswith(_ENDED):
            chunk = os.read(self._told, 65536)
            if not chunk:
                return self.end(), list(events_of(bytes(data)))
            data += chunk
        events = list(events_of(bytes(data)))
        if any(event[0] == "crashed" for event in events):
            self.end()
        return 0, events

    def end(self) -> int:
        """End the process if there is one, and wait; how it ended, as `os.waitpid` has it."""
        if not self._pid:
            return 0
        os.close(self._jobs)
        os.close(self._told)
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return status

    def _fork(self) -> None:
        reading, self._jobs = os.pipe()
        self._told, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._jobs)
            os.close(self._told)
            self._stand(reading, writing)
        os.close(reading)
        os.close(writing)

    def _stand(self, reading: int, writing: int) -> NoReturn:
        logging.disable()
        try:
            with os.fdopen(reading) as jobs:
                for line in jobs:
                    name, database, is_second = line.rstrip("\n").split("\t")
                    child = Child(parse(name), self._calendar, Path(database), "real", writing, self._elapsed)
                    signal.alarm(STUCK_SECONDS)
                    if not child.play(is_second=is_second == "1"):
                        break
                    signal.alarm(0)
                    os.write(writing, _ENDED)
        except BaseException:  # noqa: BLE001 - a forked process must end here, whatever it is.
            os.write(writing, packed(("crashed", traceback.format_exc())))
        finally:
            os._exit(0)
