"""A server with a calendar, in a process of its own; it lives until it is ended or its standard input is closed.

    python -m benchmarks.host FOLDER CALENDAR ENTRIES

Each line on standard input is answered: ``change`` changes the title of each entry, as somebody elsewhere would;
``count`` tells how many requests came since it was last asked, and which.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
from datetime import date
from pathlib import Path

from tests.helpers.sandbox import SandboxProcess

from benchmarks import calendars
from benchmarks.marks import say


def main(folder: str, kind: str, entries: str) -> int:
    """Serve."""
    database = Path(folder) / "server.sqlite3"
    today = date.today()  # noqa: DTZ011 - the user's own date, as the app's week.
    # As an exception, so that the sandbox is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with SandboxProcess(database=database, allow_overlaps=True) as server:
        server.load(*calendars.bodies(calendars.KINDS[kind](today, int(entries))))
        say("listening", url=server.url)
        seen = 0
        for line in sys.stdin:
            match line.strip():
                case "change":
                    _change_all(database)
                    say("changed")
                case "count":
                    log = server.log()
                    say("counted", requests=[f"{each['method']} {each['path']}" for each in log[seen:]])
                    seen = len(log)
    return 0


def _change_all(database: Path) -> None:
    connection = sqlite3.connect(database)
    try:
        with connection:
            connection.execute("UPDATE entries SET title = title || ' (moved)'")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
