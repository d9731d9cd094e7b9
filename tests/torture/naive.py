"""Clients as one would write them first. The sweep must find them out, or it proves nothing about the real one.

Both keep a queue on disk and send it again and again until the server says yes. `MatchingPlayer` also looks first
whether what it sends again is there already. Neither knows what stood there before, waits until an old request
can no longer land, or doubts a list.
"""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.torture.player import PATIENCE_SECONDS, BusyApi, Shown
from tests.torture.scenarios import DAY, Alter, Content, Make, Mine

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import AuthenticationError, PermissionDeniedError, RefusedError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.torture.clock import LeapingClock
    from tests.torture.failpoints import Failpoints

    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern

RETRY_SECONDS = 2.0
POLL_SECONDS = 60.0


@dataclass
class Queued:
    """One thing to send. ``wanted`` is None for a deletion."""

    tag: str
    wanted: Content | None
    server_id: int | None = None
    attempts: int = 0
    trouble: str = ""


@dataclass
class Memory:
    """All that is on disk."""

    rows: dict[int, Content] = field(default_factory=dict)
    queue: list[Queued] = field(default_factory=list)


class NaivePlayer:
    """See `player.Player`."""

    looks_first = False

    def __init__(self, database: Path, url: str, token: str, clock: LeapingClock, failpoints: Failpoints) -> None:
        self.is_playing: Callable[[], bool] = lambda: False
        self._file = database.with_suffix(".queue")
        self._clock = clock
        self._failpoints = failpoints
        client = TriLunaClient(url, lambda: token, clock=clock, budget=RequestBudget(clock))
        self._api: Any = BusyApi(client, clock)
        self._memory = Memory()
        self._is_in_step = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        if self._file.exists():
            self._memory = pickle.loads(self._file.read_bytes())  # noqa: S301 - our own file.
        self._task = asyncio.ensure_future(self._work())

    def _save(self) -> None:
        self._failpoints.reach("before a save")
        new = self._file.with_suffix(".new")
        new.write_bytes(pickle.dumps(self._memory))
        new.rename(self._file)
        self._failpoints.reach("after a save")

    async def apply(self, edit: Mine) -> bool:
        for act in edit.acts:
            if isinstance(act, Make):
                self._memory.queue.append(Queued(act.tag, act.slot))
                continue
            shown = next((each for each in self.shown() if each.content.tag == act.tag), None)
            if shown is None:
                return False
            ids = [server_id for server_id, content in self._memory.rows.items() if content.tag == act.tag]
            wanted = shown.content._replace(**act.fields) if isinstance(act, Alter) else None  # type: ignore[arg-type]  # data
            self._memory.queue.append(Queued(act.tag, wanted, next(iter(ids), None)))
        self._save()
        self._is_in_step = False
        self._wake.set()
        return True

    async def sync(self) -> None:
        self._is_in_step = False
        self._wake.set()
        await self._clock.run(lambda: self._is_in_step, 3600)

    async def rest(self) -> bool:
        await self._clock.run(lambda: not self.is_playing(), PATIENCE_SECONDS)
        await self.sync()
        return self._is_in_step

    def shown(self) -> list[Shown]:
        shown = {content.tag: Shown(content, "sent", "", None) for content in self._memory.rows.values()}
        doubles = [content for content in self._memory.rows.values() if shown[content.tag].content is not content]
        for queued in self._memory.queue:
            old = shown.pop(queued.tag, None)
            confirmed = self._memory.rows.get(queued.server_id or 0)
            if queued.trouble and (content := queued.wanted or confirmed) is not None:
                shown[queued.tag] = Shown(content, "failed", queued.trouble, confirmed)
            elif queued.wanted is not None:
                shown[queued.tag] = Shown(queued.wanted, "pending", "", old and old.confirmed)
        return [*shown.values(), *(Shown(content, "sent", "", None) for content in doubles)]

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            try:
                await self._step()
            except RemoteError:
                await self._clock.sleep(RETRY_SECONDS)

    async def _step(self) -> None:
        for queued in self._memory.queue:
            if not queued.trouble:
                await self._send(queued)
                return
        if self._is_in_step:
            await self._rest()
        await self._read()
        self._is_in_step = not any(not queued.trouble for queued in self._memory.queue)

    async def _rest(self) -> None:
        self._wake.clear()
        waits = [asyncio.ensure_future(self._wake.wait()), asyncio.ensure_future(self._clock.sleep(POLL_SECONDS))]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _read(self) -> None:
        week = timedelta(days=7)
        calendar = await self._api.read_calendar(DAY - week, DAY + week, include_recurring=True)
        rows = [*calendar.entries, *(calendar.patterns or ())]
        self._memory.rows = {row.id: _content(row) for row in rows}
        self._save()

    async def _send(self, queued: Queued) -> None:
        queued.attempts += 1
        if queued.attempts > 1 and self.looks_first:
            await self._read()
        if queued.server_id is None:  # Made a moment ago; or, of a create, there already.
            same = [each for each in self._memory.rows.items() if each[1].tag == queued.tag]
            is_new = queued.wanted is not None and not any(queued.tag == q.tag for q in self._earlier(queued))
            if same and (not is_new or (queued.attempts > 1 and self.looks_first and same[0][1] == queued.wanted)):
                queued.server_id = same[0][0]
        try:
            row = await self._request(queued)
        except (AuthenticationError, PermissionDeniedError):
            raise
        except RefusedError as error:
            if queued.wanted is not None or error.status != 404:
                queued.trouble = error.message or error.trouble.value
        else:
            if row is not None:
                self._memory.rows[row.id] = _content(row)
        if not queued.trouble:
            self._memory.queue.remove(queued)
            if queued.wanted is None:
                self._memory.rows.pop(queued.server_id or 0, None)
        self._save()

    def _earlier(self, queued: Queued) -> list[Queued]:
        return self._memory.queue[: self._memory.queue.index(queued)]

    async def _request(self, queued: Queued) -> RemoteEntry | RemotePattern | None:
        wanted, server_id = queued.wanted, queued.server_id
        if wanted is None:
            if server_id is not None:
                is_pattern = isinstance(self._memory.rows.get(server_id, (DAY,))[0], int)
                await (self._api.delete_pattern if is_pattern else self._api.delete_entry)(server_id)
            return None
        where, start, end, title, notes, is_available = wanted
        found: RemoteEntry | RemotePattern | None
        if isinstance(where, int):
            found = await self._api.create_pattern(Pattern("p", where, start, end, is_available, title))
            return found
        entry = Entry("e", where, start, end, is_available, title, notes)
        if server_id is None:
            found = await self._api.create_entry(entry)
        else:
            found = await self._api.replace_entry(server_id, entry)
        return found


class MatchingPlayer(NaivePlayer):
    """One that looks before it sends again."""

    looks_first = True


def _content(row: RemoteEntry | RemotePattern) -> Content:
    where, start, end, is_available, title, *notes = row.content()
    return Content(where, start, end, str(title), str(notes[0]) if notes else "", is_available)
