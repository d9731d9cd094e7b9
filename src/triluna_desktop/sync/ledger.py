"""Every request that leaves, on disk before it does: the one count of the window, the commands and each restart.

A request is allowed and counted in one transaction, so that two processes on one file never let more leave than
one. What the rules are, `domain.requests` says; here they are held on the store.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol, TypeVar

from triluna_desktop.domain.remote import SurelyUnsentError, Trouble
from triluna_desktop.domain.requests import COUNTED_SECONDS, Anchor, Record, step_since
from triluna_desktop.sync.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import Transaction

T = TypeVar("T")
_LOG = logging.getLogger(__name__)

ANCHOR = "request_clocks"
"""The note of both clocks, read at once: "wall uptime"."""
HELD = "requests_held_until"
"""The note of until when the server asked to wait, in seconds since the epoch."""


class RequestStore(Protocol):
    """Where requests are written down; `sync.ports.CalendarStore` is one. Each may raise `StoreError`."""

    async def run(self, work: Callable[[Transaction], T]) -> T: ...

    def note(self, name: str) -> str | None: ...

    def requests_since(self, at: float) -> tuple[float, ...]: ...


class RequestLedger:
    """The requests of one database. It implements `api.budget.Ledger`."""

    def __init__(self, store: RequestStore, clock: Clock, uptime: Callable[[], float]) -> None:
        """``uptime``: seconds since the computer started, asleep or not, the same for all processes."""
        self._store = store
        self._clock = clock
        self._uptime = uptime

    def now(self) -> Anchor:
        """Both clocks."""
        return Anchor(self._clock.now().timestamp(), self._uptime())

    def read(self) -> Record:
        """How things stand, from the caller's own thread.

        Raises:
            StoreError: the file could not be read.
        """
        now, anchor = self.now(), _anchor(self._store.note(ANCHOR))
        since = now.wall - COUNTED_SECONDS - step_since(anchor, now)
        return Record(self._store.requests_since(since), float(self._store.note(HELD) or 0), anchor).at(now)

    async def take(self, kind: str, allowed: int) -> tuple[float, Record]:
        """Count one more request, if at most ``allowed`` leave in an hour with it; else say how long to wait.

        Raises:
            SurelyUnsentError: it could not be written down, so it must not leave.
        """
        now = self.now()
        try:
            return await self._store.run(lambda tx: _take(tx, now, kind, allowed))
        except StoreError as error:
            raise SurelyUnsentError(Trouble.NOT_WRITTEN, str(error)) from error

    async def hold(self, seconds: float) -> None:
        """The server asks to wait: also after a restart, and in other processes."""
        now = self.now()
        try:
            await self._store.run(lambda tx: _hold(tx, now, seconds))
        except StoreError as error:
            # This run waits all the same, and another one is told again.
            _LOG.info("How long the server asks to wait could not be written down: %s", error)


def _take(tx: Transaction, now: Anchor, kind: str, allowed: int) -> tuple[float, Record]:
    record = _brought_to(tx, now)
    wait = record.wait(now.wall, allowed)
    if wait > 0:
        return wait, record
    tx.record_request(now.wall, kind)
    return 0.0, record.with_one(now.wall)


def _hold(tx: Transaction, now: Anchor, seconds: float) -> None:
    tx.set_note(HELD, repr(_brought_to(tx, now).held_for(seconds, now.wall).held_until))


def _brought_to(tx: Transaction, now: Anchor) -> Record:
    """The record as of now, on disk too where the clock was set."""
    anchor, held_until = _anchor(tx.note(ANCHOR)), float(tx.note(HELD) or 0)
    if step := step_since(anchor, now):
        tx.shift_requests(step, now.wall)
    record = Record(tuple(tx.requests_since(now.wall - COUNTED_SECONDS)), 0.0, None)
    if record.times and record.times[-1] > now.wall:
        tx.shift_requests(0.0, now.wall)
    record = Record(record.times, held_until + step if held_until else 0.0, None if step else anchor).at(now)
    if record.anchor != anchor and record.anchor is not None:
        tx.set_note(ANCHOR, f"{record.anchor.wall!r} {record.anchor.uptime!r}")
    if step and held_until:
        tx.set_note(HELD, repr(record.held_until))
    return record


def _anchor(note: str | None) -> Anchor | None:
    if note is None:
        return None
    wall, uptime = note.split()
    return Anchor(float(wall), float(uptime))
