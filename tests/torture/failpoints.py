"""Where a client can be killed, and where its disk and its network can be made to fail."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from triluna_desktop.api.transport import Reply, Transport
from triluna_desktop.domain.remote import SurelyUnsentError, Trouble, UncertainError
from triluna_desktop.store.calendar import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.torture.clock import LeapingClock

    from triluna_desktop.api.bearer import Bearer
    from triluna_desktop.sync.ports import Transaction

T = TypeVar("T")


class Failpoints:
    """Counts the moments at which a client can be killed, and kills it at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.names: list[str] = []
        self._kill_at = kill_at
        self._lock = threading.Lock()

    def reach(self, name: str) -> None:
        """The process is here now; maybe its last moment."""
        with self._lock:
            self.names.append(name)
            if len(self.names) == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)


class TortureStore(SqliteStore):
    """The real store, with a failpoint before and after each commit."""

    failpoints: Failpoints
    clock: LeapingClock

    async def run(self, work: Callable[[Transaction], T]) -> T:
        with self.clock.working():
            return await super().run(work)

    def _run(self, work: Callable[[Transaction], T]) -> T:
        def up_to_the_commit(tx: Transaction) -> T:
            result = work(tx)
            self.failpoints.reach("before a commit")
            return result

        result = super()._run(up_to_the_commit)
        self.failpoints.reach("after a commit")
        return result


class TortureTransport(Transport):
    """The real transport, with a failpoint before each request and one after each reply."""

    failpoints: Failpoints
    faults: Mapping[int, str] = {}
    """By number of the request, how it fails on this side."""
    after_failure: Callable[[], None] = staticmethod(lambda: None)
    """Called where a request ended without a reply."""
    made = 0

    async def send(
        self,
        method: str,
        path: str,
        bearer: Bearer,
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        kind = type(self)
        kind.made += 1
        fault = self.faults.get(kind.made)
        self.failpoints.reach(f"before {method} {path}")
        if fault == "unsent":
            raise SurelyUnsentError(Trouble.NO_CONNECTION)
        if fault == "timeout_before":
            raise UncertainError(Trouble.TIMEOUT)
        try:
            reply = await super().send(method, path, bearer, query=query, body=body)
        finally:
            self.failpoints.reach(f"after {method} {path}")
            self.after_failure()
        if fault == "timeout_after":
            raise UncertainError(Trouble.TIMEOUT)
        return reply


_CODES = {"full": sqlite3.SQLITE_FULL, "io": sqlite3.SQLITE_IOERR_WRITE, "locked": sqlite3.SQLITE_BUSY}


class FailingConnection(sqlite3.Connection):
    """The real connection, but one call of all those in this process fails, before it does anything."""

    fail_at = 0
    """Which call fails, counted from 1."""
    kind = "full"
    made = 0
    is_armed = True
    _lock = threading.Lock()

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._count(sql)
        return super().execute(sql, *parameters)

    def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._count(sql)
        return super().executemany(sql, *parameters)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        self._count(sql)
        return super().executescript(sql)

    def _count(self, sql: str) -> None:
        kind = type(self)
        # A rollback cannot fail: SQLite has then done it already.
        if not kind.is_armed or sql == "ROLLBACK":
            return
        with kind._lock:
            kind.made += 1
            fails = kind.made == kind.fail_at
        if fails:
            error = sqlite3.OperationalError(f"{kind.kind}, said by the test, at {sql[:40]!r}")
            error.sqlite_errorcode = _CODES[kind.kind]
            raise error


@contextmanager
def unharmed() -> Iterator[None]:
    """Around what the test itself asks of the database."""
    before, FailingConnection.is_armed = FailingConnection.is_armed, False
    try:
        yield
    finally:
        FailingConnection.is_armed = before
