"""The person at the real client: session, store and API client as the app has them, on a clock that leaps."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tests.torture.failpoints import TortureStore, unharmed
from tests.torture.scenarios import DAY, Act, Alter, Content, Make, Mine

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.profile import edits_waiting
from triluna_desktop.session import ConnectionState, EditRefusedError, SendState, Session
from triluna_desktop.sync.ledger import RequestLedger
from triluna_desktop.sync.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from tests.torture.clock import LeapingClock
    from tests.torture.failpoints import Failpoints

PATIENCE_SECONDS = 4 * 3600.0
"""On the leaping clock: longer than any server's or budget's waiting time."""
_SHOWN_DAYS = 14
_FAILED = (SendState.CONFLICT, SendState.REJECTED)


class Shown(NamedTuple):
    """A slot as the screen shows it."""

    content: Content
    state: str
    """`sent`, `failed` where the user must decide, else what it still waits for."""
    reason: str
    confirmed: Content | None
    """What it says that the server holds."""


class Player(Protocol):
    """Some client, and the person at it."""

    is_playing: Callable[[], bool]

    async def open(self) -> None: ...

    async def apply(self, edit: Mine) -> bool:
        """Whether the client took the edit."""
        ...

    async def sync(self) -> None:
        """Until the user's own sync has ended, or an hour is over."""
        ...

    async def rest(self) -> bool:
        """Until nothing is left to do; whether that was reached."""
        ...

    def shown(self) -> list[Shown]: ...

    async def close(self) -> None: ...


class BusyApi:
    """The real API client; the clock stands while one of its requests is under way."""

    def __init__(self, client: TriLunaClient, clock: LeapingClock) -> None:
        self._client = client
        self._clock = clock

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        return partial(self._work, method) if asyncio.iscoroutinefunction(method) else method

    async def _work(self, method: Callable[..., Awaitable[object]], *values: object, **named: object) -> object:
        with self._clock.working():
            return await method(*values, **named)


class RealPlayer:
    """See `Player`."""

    def __init__(self, database: Path, url: str, token: str, clock: LeapingClock, failpoints: Failpoints) -> None:
        self.is_playing: Callable[[], bool] = lambda: False
        self._clock = clock
        self._store = TortureStore(database)
        self._store.clock, self._store.failpoints = clock, failpoints
        self._url, self._token = url, token
        self._session: Session | None = None
        self._client: TriLunaClient | None = None

    async def open(self) -> None:
        clock = self._clock
        self._store.open()
        budget = RequestBudget(
            clock,
            ledger=RequestLedger(self._store, clock, clock.monotonic),
            edits_waiting=lambda: edits_waiting(self._store),
        )
        self._client = TriLunaClient(self._url, lambda: self._token, clock=clock, budget=budget)
        self._session = Session(
            self._store,
            BusyApi(self._client, clock),
            clock,
            mode_settings=ModeSettings(),
            rng=lambda: 0.5,
            sleep=clock.sleep,
            meter=budget,
        )
        await self._session.start()

    @property
    def session(self) -> Session:
        assert self._session is not None
        return self._session

    async def apply(self, edit: Mine) -> bool:
        with unharmed():
            changes = [self._change(act) for act in edit.acts]
        if None in changes:
            return False
        try:
            await self.session.apply(Edit(tuple(change for change in changes if change is not None)))
        except EditRefusedError:
            return False
        return True

    def _change(self, act: Act) -> Change | None:
        """The change of an act, given what is on the screen; None where it cannot be made there."""
        if isinstance(act, Make):
            return Change(None, _item(act.slot))
        before = next((view.item for view in self._views() if _content(view.item).tag == act.tag), None)
        if before is None:
            return None
        return Change(before, _altered(before, act) if isinstance(act, Alter) else None)

    def _views(self) -> list[Any]:
        first = DAY - timedelta(days=_SHOWN_DAYS // 2)
        view = self.session.days(first, _SHOWN_DAYS)
        return [*view.entries, *view.patterns]

    async def sync(self) -> None:
        await self._wait(self.session.sync_now(), 3600)

    async def _wait(self, work: Coroutine[Any, Any, None], seconds: float) -> None:
        task = asyncio.ensure_future(work)
        await self._clock.run(task.done, seconds)
        if not task.done():
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, StoreError):
            raise error

    async def rest(self) -> bool:
        await self._clock.run(lambda: not self.is_playing(), PATIENCE_SECONDS)
        for _ in range(8):
            await self._clock.run(self._is_at_rest_or_stuck, PATIENCE_SECONDS)
            with unharmed():
                status = self.session.status
            if status.state in (ConnectionState.NEEDS_TOKEN, ConnectionState.READ_ONLY):
                self.session.token_changed()  # The user gives the same token once more.
                continue
            if status.shrink is not None:
                await self._wait(self.session.accept_shrink(), 3600)  # And says that it is so.
            else:
                await self.sync()
            if self._is_at_rest():
                return True
        return False

    def _is_at_rest(self) -> bool:
        with unharmed():
            status = self.session.status
        return (
            status.unsent == status.needs_decision
            and status.state is ConnectionState.SYNCED
            and status.shrink is None
        )

    def _is_at_rest_or_stuck(self) -> bool:
        with unharmed():
            status = self.session.status
        stuck = status.state in (ConnectionState.NEEDS_TOKEN, ConnectionState.READ_ONLY)
        return stuck or status.shrink is not None or self._is_at_rest()

    def shown(self) -> list[Shown]:
        with unharmed():
            return [
                Shown(
                    _content(view.item),
                    "failed" if view.state in _FAILED else view.state.value,
                    view.message or ("" if view.trouble is None else view.trouble.value),
                    None if view.confirmed is None else _content(view.confirmed),
                )
                for view in self._views()
            ]

    async def close(self) -> None:
        if self._session is not None:
            await self._session.stop()
        if self._client is not None:
            await self._client.aclose()
        self._store.close()


def _item(content: Content) -> Item:
    where, start, end, title, notes, is_available = content
    if isinstance(where, date):
        return Entry(content.tag, where, start, end, is_available, title, notes)
    return Pattern(content.tag, where, start, end, is_available, title)


def _altered(item: Item, act: Alter) -> Item:
    names = {"where": "date" if isinstance(item, Entry) else "weekday"}
    return replace(item, **{names.get(name, name): value for name, value in act.fields.items()})  # type: ignore[arg-type]  # data


def _content(item: Item) -> Content:
    if isinstance(item, Entry):
        return Content(item.date, item.start, item.end, item.title, item.notes, item.is_available)
    return Content(item.weekday, item.start, item.end, item.title, "", item.is_available)
