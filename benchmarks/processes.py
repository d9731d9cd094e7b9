"""Children that are measured: started with a pipe on which they tell marks, one JSON object a line.

Times are of the monotonic clock, which all processes of a machine share: so a child's mark can be held against the
moment just before it was started. The measuring process itself loads little: a library that it shared with a child
would be counted by halves in the child's memory.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from benchmarks.marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0
"""Seconds to wait for a mark."""

Mark = dict[str, Any]


class ChildError(Exception):
    """A measured process ended, or kept silent, before it told what was waited for."""


class Child:
    """A process that tells marks, from its start to its end; a context manager that ends it."""

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        reading, writing = os.pipe()
        self.name = module
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            pass_fds=[writing],
            stdin=subprocess.PIPE,
            env={**child_environment(), **(environment or {}), MARKS: str(writing)},
            cwd=ROOT,
        )
        os.close(writing)
        self._reading = reading
        self._unread = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for(self, name: str) -> Mark:
        """The next mark of that name; those before it are passed over.

        Raises:
            ChildError: there is none.
        """
        until = time.monotonic() + PATIENCE
        while True:
            line, newline, rest = self._unread.partition(b"\n")
            if newline:
                self._unread = rest
                mark: Mark = json.loads(line)
                if mark["mark"] == name:
                    return mark
                if mark["mark"] == "failed":
                    raise ChildError(f"{self.name}: {mark['why']}")
                continue
            ready, _, _ = select.select([self._reading], [], [], max(0.0, until - time.monotonic()))
            chunk = os.read(self._reading, 65536) if ready else b""
            if not chunk:
                raise ChildError(f"{self.name} did not tell “{name}” (it ended with {self._process.poll()})")
            self._unread += chunk

    def tell(self, word: str) -> None:
        """Send the child a line."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe, asked for above.
        self._process.stdin.write(word.encode() + b"\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """SIGTERM and wait; after a while, SIGKILL. Ending twice does nothing."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.end()
        if self._process.stdin is not None:
            self._process.stdin.close()
        os.close(self._reading)


def child_environment() -> dict[str, str]:
    """The environment of a process that is measured.

    Nothing that changes how Python runs: an installed app has its byte code on the disk, say.
    """
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return known | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "QT_QPA_PLATFORM": "xcb"}


def run(module: str, arguments: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> Mark:
    """Run a child to its mark ``done``."""
    with Child(module, *arguments, environment=environment) as child:
        return child.wait_for("done")
