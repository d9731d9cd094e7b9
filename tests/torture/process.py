"""What a forked client process does: plays the script, or takes up what a killed one left, and tells of it."""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import signal
import sqlite3
import struct
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from tests.torture import kinds
from tests.torture.calendar import TOKEN, USUAL_RATE_LIMIT
from tests.torture.clock import LeapingClock
from tests.torture.failpoints import FailingConnection, Failpoints, TortureTransport, unharmed
from tests.torture.naive import MatchingPlayer, NaivePlayer
from tests.torture.player import RealPlayer
from tests.torture.scenarios import Mine, Pause, Theirs

import triluna_desktop.api.exchange
from triluna_desktop.sync.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.torture.calendar import TortureCalendar
    from tests.torture.case import Case
    from tests.torture.clock import Elapsed
    from tests.torture.player import Player

STUCK_SECONDS = 60
"""Real seconds after which a client counts as hanging."""

PLAYERS: dict[str, Callable[..., Player]] = {
    "real": RealPlayer,
    "naive": NaivePlayer,
    "matching": MatchingPlayer,
}

_LENGTH = struct.Struct("!I")


class Child:
    """One client. `main` is all that its process does, and never returns."""

    def __init__(
        self, case: Case, calendar: TortureCalendar, database: Path, client: str, pipe: int, elapsed: Elapsed
    ) -> None:
        self._case = case
        self._calendar = calendar
        self._database = database
        self._client = client
        self._pipe = pipe
        self._elapsed = elapsed
        self._failpoints = Failpoints(None)
        self._clock: LeapingClock
        self._landing: asyncio.Task[None] | None = None

    def main(self, *, is_second: bool) -> NoReturn:
        """Play, and end the process."""
        signal.alarm(STUCK_SECONDS)
        logging.disable()
        try:
            self.play(is_second=is_second)
        except BaseException:  # noqa: BLE001 - a forked process must end here, whatever it is.
            self._tell("crashed", traceback.format_exc())
        finally:
            os._exit(0)

    def play(self, *, is_second: bool) -> bool:
        """Play from beginning to end in this very process; whether the client closed all that it had opened."""
        self._rig(is_second=is_second)
        return asyncio.run(self._play(is_second=is_second))

    def _tell(self, *event: Any) -> None:
        os.write(self._pipe, packed(event))

    def _rig(self, *, is_second: bool) -> None:
        """Put the hooks in."""
        case = self._case
        self._failpoints = Failpoints(None if is_second else case.kill_at)
        TortureTransport.failpoints = self._failpoints
        # Whoever played in this process before left its own.
        TortureTransport.made, TortureTransport.faults = 0, {}
        TortureTransport.after_failure = staticmethod(lambda: None)
        vars(triluna_desktop.api.exchange)["Transport"] = TortureTransport
        if is_second:
            return
        TortureTransport.faults = {
            fault.at: kinds.NAMES[fault.kind].here for fault in case.faults if fault.kind in kinds.NAMES
        }
        if (fault := case.database_fault) is not None:
            FailingConnection.fail_at, FailingConnection.kind = fault.at, fault.kind
            sqlite3.connect = partial(sqlite3.connect, factory=FailingConnection)  # type: ignore[assignment]

    async def _play(self, *, is_second: bool) -> bool:
        asyncio.get_running_loop().set_exception_handler(self._bug)
        clock = self._clock = LeapingClock(self._elapsed)
        player = PLAYERS[self._client](self._database, self._calendar.url, TOKEN, clock, self._failpoints)
        player.is_playing = self._is_landing
        if self._case.lands_after is not None:
            if is_second:
                self._land_later()
            else:
                TortureTransport.after_failure = self._after_request
        try:
            await player.open()
            if not is_second:
                await self._follow_script(player)
        except StoreError as error:
            self._tell("gave up", str(error))  # What the app says in a sentence before it ends.
            return False
        self._calendar.configure(rate_limit=USUAL_RATE_LIMIT)
        is_at_rest = await player.rest()
        failpoints = list(self._failpoints.names)  # What comes now is the test's own doing.
        with unharmed():
            writes = self._calendar.writes()
            await player.sync()
            late = self._calendar.writes() - writes
            self._tell("over", is_at_rest, late, player.shown(), failpoints, FailingConnection.made)
        await player.close()
        return True

    def _bug(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        lines = [] if error is None else traceback.format_exception(error)
        self._tell("crashed", f"{context.get('message')}\n{''.join(lines)}")

    async def _follow_script(self, player: Player) -> None:
        for number, step in enumerate(self._case.scenario.steps):
            match step:
                case Mine():
                    self._tell("begun", number, len(self._failpoints.names))
                    taken = await player.apply(step)
                    self._tell("done" if taken else "refused", number)
                case Theirs(act):
                    self._tell("theirs", number, self._calendar.do(act))
                case Pause("sync"):
                    await player.sync()
                case Pause():
                    await self._clock.settle_down()

    # --- what is carried out though nobody waits for it any more

    def _after_request(self) -> None:
        at = next(fault.at for fault in self._case.faults if kinds.NAMES[fault.kind].lands_after is not None)
        if TortureTransport.made == at:
            self._land_later()

    def _land_later(self) -> None:
        self._landing = asyncio.ensure_future(self._land())

    async def _land(self) -> None:
        assert self._case.lands_after is not None
        await self._clock.sleep(self._case.lands_after)
        self._calendar.land()
        self._calendar.release()  # What hangs goes on.
        self._calendar.wait_until(lambda: all(request["done"] for request in self._calendar.log()))

    def _is_landing(self) -> bool:
        return self._landing is not None and not self._landing.done()


def packed(event: tuple[Any, ...]) -> bytes:
    """An event as it is told."""
    data = pickle.dumps(event)
    return _LENGTH.pack(len(data)) + data


def events_of(data: bytes) -> Iterator[tuple[Any, ...]]:
    """What a child told, up to where it was cut off."""
    while len(data) >= _LENGTH.size:
        (length,) = _LENGTH.unpack_from(data)
        body, data = data[_LENGTH.size : _LENGTH.size + length], data[_LENGTH.size + length :]
        if len(body) < length:
            return
        yield pickle.loads(body)  # noqa: S301 - our own child wrote it.
