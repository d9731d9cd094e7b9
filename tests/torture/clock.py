"""The clock of a client under torture: it stands while anything works, and jumps when all wait for it."""

from __future__ import annotations

import asyncio
import heapq
import mmap
import struct
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from tests.helpers.clock import quiet
from tests.helpers.manual_clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Elapsed:
    """How much time has passed in a case: in memory that its processes share, so that it outlives each of them."""

    _FORM = struct.Struct("d")

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, self._FORM.size)

    @property
    def seconds(self) -> float:
        seconds: float = self._FORM.unpack_from(self._memory)[0]
        return seconds

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        self._FORM.pack_into(self._memory, 0, seconds)


class LeapingClock(ManualClock):
    """Nobody ever sleeps: `run` moves the time to the next sleeper's as soon as disk and network are done."""

    def __init__(self, elapsed: Elapsed) -> None:
        super().__init__(START)
        self._elapsed = elapsed
        super().advance(elapsed.seconds)
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = count()
        self._busy = 0
        self._free = asyncio.Event()

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        self._elapsed.seconds += seconds

    @contextmanager
    def working(self) -> Iterator[None]:
        """Around what takes real time: disk and network."""
        self._busy += 1
        self._free.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._free.set()

    async def sleep(self, seconds: float) -> None:
        """As asyncio.sleep, on this clock."""
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.monotonic() + seconds, next(self._number), woken))
        await woken

    async def settle_down(self) -> None:
        """Until nothing can go on without time passing."""
        await quiet()
        while self._busy:
            await self._free.wait()
            await quiet()

    async def run(self, until: Callable[[], bool], seconds: float) -> bool:
        """Let time pass until something holds, at most so many seconds. Whether it holds."""
        end = self.monotonic() + seconds
        while True:
            await self.settle_down()
            if until():
                return True
            while self._sleepers and self._sleepers[0][2].done():
                heapq.heappop(self._sleepers)
            if not self._sleepers or self._sleepers[0][0] > end:
                return False
            at, _, woken = heapq.heappop(self._sleepers)
            self.advance(max(0.0, at - self.monotonic()))
            woken.set_result(None)
