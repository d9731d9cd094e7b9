"""A session over a real store and a server in memory, on a clock that the test moves."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING

from tests.helpers.clock import FakeClock
from tests.helpers.fake_api import FakeApi
from tests.helpers.inline_store import InlineStore

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.session import Session
from triluna_desktop.sync.ledger import RequestLedger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.session import Changes
    from triluna_desktop.sync.ports import Op

THURSDAY = date(2025, 9, 4)
"""A date in the week of `manual_clock.START`."""


def slot(key: str, start: int = 540, end: int = 600, title: str = "", day: date = THURSDAY) -> Entry:
    """An available entry, 09:00 to 10:00 unless told."""
    return Entry(key, day, start, end, True, title)


class Desk:
    """All that a test of the session needs at hand. `restart` is a SIGKILL and a new start."""

    def __init__(self, path: Path) -> None:
        self.clock = FakeClock()
        self.api = FakeApi(self.clock)
        self.path = path
        self.store = InlineStore(path)
        self.session = self._new_session()
        self.seen: list[Changes] = []

    def _new_session(self) -> Session:
        # As at each start: what is counted is what is on disk.
        self.budget = RequestBudget(self.clock, ledger=RequestLedger(self.store, self.clock, self.clock.monotonic))
        self.api.budget = self.budget
        session = Session(
            self.store,
            self.api,
            self.clock,
            mode_settings=ModeSettings(),
            rng=lambda: 0.5,
            sleep=self.clock.sleep,
            meter=self.budget,
        )
        session.subscribe(lambda changes: self.seen.append(changes))
        return session

    async def start(self) -> None:
        self.store.open()
        await self.session.start()
        await self.clock.run_for(0)

    async def restart(self) -> None:
        """End at once, as if killed, and start again on the same file."""
        await self.kill()
        self.store = InlineStore(self.path)
        self.session = self._new_session()
        await self.start()

    async def kill(self) -> None:
        """Nothing is written any more: what is being sent stays so on disk."""
        await self.session.stop()
        self.store.close()

    async def run_for(self, seconds: float) -> None:
        await self.clock.run_for(seconds)

    def ops(self) -> list[Op]:
        return self.store.read(lambda tx: tx.ops())

    def shown(self, day: date = THURSDAY) -> list[Entry]:
        """What the screen shows of a date."""
        return [view.item for view in self.session.days(day, 1).entries if isinstance(view.item, Entry)]


@asynccontextmanager
async def desk_at(path: Path) -> AsyncIterator[Desk]:
    """A desk whose session has read the server once."""
    desk = Desk(path)
    await desk.start()
    try:
        yield desk
    finally:
        await desk.kill()
