"""What a measured process tells: marks on a pipe, one JSON object a line.

It is loaded before what is measured, so it takes next to nothing itself: no import at the top that Python has not
made already.
"""

from __future__ import annotations

import os
import time

MARKS = "TRILUNA_BENCH_MARKS"
"""The environment variable with the number of the pipe's file descriptor."""


def say(name: str, at: float | None = None, **details: object) -> None:
    """Tell a mark with its time, now by default. Without a pipe it goes to standard output."""
    at = time.monotonic() if at is None else at
    import json

    line = json.dumps({"mark": name, "at": at, **details}) + "\n"
    os.write(int(os.environ.get(MARKS, "1")), line.encode())


def say_memory(name: str, at: float | None = None, **details: object) -> None:
    """Tell a mark with the time and the memory held; what telling costs is part of neither."""
    at = time.monotonic() if at is None else at
    say(name, at, pss=pss_of(os.getpid()), **details)


def pss_of(pid: int) -> int:
    """The proportional set size in bytes: a page that two processes share counts half for each.

    Raises:
        OSError: there is no such process, or the kernel does not tell.
    """
    # os.open, not pathlib: see the module's docstring.
    handle = os.open(f"/proc/{pid}/smaps_rollup", os.O_RDONLY)
    try:
        text = os.read(handle, 65536).decode("ascii")
    finally:
        os.close(handle)
    (line,) = (line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024
