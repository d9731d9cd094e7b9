"""An hour of polling by a session whose clock is moved: no window, the real store, client and server.

python -m benchmarks.polling FOLDER URL
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.helpers.sandbox import FULL_TOKEN

from benchmarks.marks import say
from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.session import ConnectionState, Session
from triluna_desktop.store.calendar import SqliteStore

MINUTES = 60
STEP_SECONDS = 5
QUIET_SECONDS = 0.01


class MovedClock:
    """A `domain.time.Clock` that stands until it is moved; `sleep` waits in its time."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._start = datetime.now(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved so far."""
        until = self._passed + seconds
        while self._passed < until:
            await self._moved.wait()

    def move(self, seconds: float) -> None:
        """Let time pass; who waits gets a turn."""
        self._passed += seconds
        self._moved.set()
        self._moved = asyncio.Event()


async def poll(folder: Path, url: str) -> None:
    """Open, and let an hour pass after the first read."""
    clock = MovedClock()
    store = SqliteStore(folder / "calendar.sqlite3")
    store.open()
    client = TriLunaClient(url, lambda: FULL_TOKEN, clock=clock, budget=RequestBudget(clock))
    mode = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(9 * 60, 17 * 60))
    session = Session(store, client, clock, mode_settings=mode, sleep=clock.sleep)
    try:
        await session.start()
        for _ in range(MINUTES * 60 // STEP_SECONDS):
            await _until_quiet(session)
            clock.move(STEP_SECONDS)
    finally:
        await session.stop()
        await client.aclose()
        store.close()


async def _until_quiet(session: Session) -> None:
    """Let what is due happen, so that no time passes during a request."""
    is_quiet = False
    while not is_quiet:
        await asyncio.sleep(QUIET_SECONDS)
        is_quiet = session.status.state not in {ConnectionState.SYNCING, ConnectionState.LOADING}


def main(folder: str, url: str) -> int:
    """Poll, and tell."""
    asyncio.run(poll(Path(folder), url))
    say("done", minutes=MINUTES)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
