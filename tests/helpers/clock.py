"""A clock whose time a test moves, with a sleep that obeys it."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count

from tests.helpers.manual_clock import ManualClock


async def quiet() -> None:
    """Return once nothing on this loop can go on without time passing or a thread reporting."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:  # noqa: ASYNC110 - no event tells that a loop has nothing left to do.
        await asyncio.sleep(0)


class FakeClock(ManualClock):
    """A `ManualClock` with sleepers. Only `run_for` wakes them, in order, each at its own time."""

    def __init__(self) -> None:
        super().__init__()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = count()

    async def sleep(self, seconds: float) -> None:
        """As asyncio.sleep, on this clock."""
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.monotonic() + seconds, next(self._number), woken))
        await woken

    async def run_for(self, seconds: float) -> None:
        """Let time pass, and whoever waits for it do what is due, until nothing is left to do at its end."""
        end = self.monotonic() + seconds
        while True:
            await quiet()
            while self._sleepers and self._sleepers[0][2].done():
                heapq.heappop(self._sleepers)
            if not self._sleepers or self._sleepers[0][0] > end:
                break
            at, _, woken = heapq.heappop(self._sleepers)
            self.advance(max(0.0, at - self.monotonic()))
            woken.set_result(None)
        self.advance(max(0.0, end - self.monotonic()))
        await quiet()
