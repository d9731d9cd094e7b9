"""A desk whose user looks elsewhere, a real bus, and a service on it that the test plays: for notifications."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from tests.helpers.clock import quiet
from tests.helpers.manual_clock import START
from tests.helpers.notification_daemon import notification_daemon
from tests.helpers.offline_session import THURSDAY, desk_at, slot
from tests.helpers.private_bus import private_bus

from triluna_desktop.domain import edits
from triluna_desktop.domain.remote import RemoteEntry
from triluna_desktop.session.notices import Pace
from triluna_desktop.system.notifications import DesktopNotifier
from triluna_desktop.system.session_bus import SessionBus
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.notify_flow import NotifyFlow, Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from datetime import date

    from tests.helpers.notification_daemon import NotificationDaemon
    from tests.helpers.offline_session import Desk

    from triluna_desktop.system.notification import Notification

SOON = 5.0


class Stand:
    """A desk whose user looks elsewhere, and the notifications that they get."""

    def __init__(self, desk: Desk, settings: Settings, bus: SessionBus, pace: Pace | None = None) -> None:
        self.desk = desk
        self.settings = settings
        self.is_watched = False
        self.profile = ""
        self.opened: list[date | None] = []
        self.taken = ""
        """The key of the entry that was in hand at the last of these."""
        self.said: list[str] = []
        self.bubbles: list[Notification] | None = None
        """What the tray's icon shows; None: there is none."""
        self._works: set[asyncio.Task[object]] = set()
        self._changed = asyncio.Event()
        self.flow = NotifyFlow(
            desk.session,
            settings,
            QLocale("en_GB"),
            desk.clock,
            self._spawn,
            notifier=DesktopNotifier(bus, "TriLuna Desktop"),
            pace=pace or Pace(),
            place=Place(
                is_watched=lambda: self.is_watched,
                shown_dates=lambda: (START.date(), START.date()),
                open_at=self._open,
                say=self._say,
                profile=lambda: self.profile,
                bubble=self._bubble,
            ),
        )

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._works.add(task)
        return task

    def _open(self, day: date | None, key: str) -> None:
        self.opened.append(day)
        self.taken = key
        self._changed.set()

    def _say(self, sentence: str) -> None:
        self.said.append(sentence)
        self._changed.set()

    def _bubble(self, notification: Notification) -> bool:
        if self.bubbles is None:
            return False
        self.bubbles.append(notification)
        return True

    async def rest(self) -> None:
        """Wait until all that was announced is looked at, and all that was begun is done."""
        if self.flow.soon.isActive():
            self.flow.soon.stop()
            self.flow.soon.timeout.emit()
        async with asyncio.timeout(SOON):
            while self._works:
                works, self._works = self._works, set()
                await asyncio.gather(*works)
                await quiet()

    async def look(self) -> None:
        """What the session has announced is looked at, and told."""
        self.flow.look()
        await self.rest()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and the timer fire where it was set."""
        await self.desk.run_for(seconds)
        if self.flow.timer.isActive():
            self.flow.timer.stop()
            self.flow.timer.timeout.emit()
        await self.rest()

    async def until_said(self) -> None:
        """Wait until the window was brought up, or something was said in it."""
        async with asyncio.timeout(SOON):
            await self._changed.wait()
        self._changed.clear()
        await self.rest()

    async def refuse(self, key: str, start: int = 540, title: str = "") -> None:
        """An edit of this key, refused by the server."""
        self.desk.api.write_faults.append("invalid")
        await self.desk.session.apply(edits.create(slot(key, start, start + 30, title)))
        await self.desk.run_for(1)
        await self.rest()

    async def book(self, number: int, start: int, day: date = THURSDAY, title: str = "Client") -> None:
        """Somebody else books, and it is read."""
        self.desk.api.entries[number] = RemoteEntry(number, day, start, start + 30, False, title)
        await self.desk.session.sync_now()
        await self.desk.run_for(1)
        await self.rest()

    async def end(self) -> None:
        self.flow.end()
        await self.rest()


@asynccontextmanager
async def stand_at(folder: Path, *, has_bus: bool = True) -> AsyncIterator[tuple[Stand, NotificationDaemon]]:
    """A stand and the service that shows what it tells; without a bus nobody listens to the service."""
    with tempfile.TemporaryDirectory(prefix="triluna-bus-") as place, private_bus(Path(place)) as bus:
        connection = SessionBus(lambda: bus.address if has_bus else "")
        async with notification_daemon(bus) as daemon, desk_at(folder / "calendar.db") as desk:
            settings = Settings(folder / "settings.json")
            settings.load()
            stand = Stand(desk, settings, connection)
            await stand.look()
            yield stand, daemon
            await stand.end()
            await connection.close()
