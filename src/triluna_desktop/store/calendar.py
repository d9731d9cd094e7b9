"""The store as the session and the sync engine use it: one writer thread, and quick reads on the caller's.

Start-up order: `SqliteStore.open` looks at the marker and the file, sets a damaged one aside and saves its outbox,
migrates, and opens the two connections. `SqliteStore.close` waits for what is being written.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.store.db import (
    Damage,
    Marker,
    OpenReport,
    begun_saving,
    connect,
    connect_reader,
    delete_copies,
    find_damage,
    make_private,
    migrate,
    set_aside,
    translated,
    whole,
)
from triluna_desktop.store.schema import MIGRATIONS, REVISION
from triluna_desktop.store.views import Views
from triluna_desktop.sync.ports import CorruptStoreError, StoreError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence
    from concurrent.futures import ThreadPoolExecutor
    from datetime import date, datetime
    from pathlib import Path

    from triluna_desktop.domain.search import Query
    from triluna_desktop.sync.ports import (
        Actor,
        BatchState,
        Counts,
        Found,
        HistoryPart,
        HistoryRow,
        ItemView,
        Op,
        OpKind,
        Sides,
        Transaction,
    )

T = TypeVar("T")


class SqliteStore:
    """A calendar in one SQLite file. Implements `sync.ports.CalendarStore`."""

    def __init__(self, path: Path, *, migrations: Sequence[str] = MIGRATIONS) -> None:
        """``path`` is the file; its folder is made, for the user alone, when the store is opened."""
        self.path = path
        self._migrations = migrations
        self._marker = Marker(path)
        self._executor: ThreadPoolExecutor | None = None
        self._connection: sqlite3.Connection | None = None
        self._file: os.stat_result | None = None
        """The file that is open."""
        self._views: Views | None = None
        self._revision = 0
        self._is_suspect = False

    @property
    def revision(self) -> int:
        return self._revision

    def open(self) -> OpenReport:
        """Open the file, whatever state it is in. Blocks for milliseconds; after an unclean exit, for longer.

        Reads belong to the calling thread from now on.

        Raises:
            StoreError: DiskFullError, NewerSchemaError, or the folder or file cannot be used.
        """
        try:
            return self._open()
        except (sqlite3.Error, OSError) as error:
            self._disconnect()
            raise translated(error) from error
        except BaseException:
            self._disconnect()
            raise

    def _open(self) -> OpenReport:
        state = self._marker.read()
        existed = self.path.exists()
        aside = begun_saving(self.path, state)
        if aside is not None:
            damage: Damage | None = Damage.CORRUPT if aside.stat().st_size else Damage.EMPTY
        elif (damage := find_damage(self.path, state)) in (Damage.EMPTY, Damage.CORRUPT):
            aside = set_aside(self.path, self._marker)
        saved = _salvaged(aside) if aside is not None and damage is Damage.CORRUPT else ()
        make_private(self.path)
        connection = self._connection = connect(self.path)
        migrated_from = migrate(connection, self.path, self._migrations)
        # Without a condition SQLite writes the empty table anew, and waits for the disk three times.
        connection.execute("DELETE FROM buried WHERE true")
        self._revision = max(_stored_revision(connection), *(op.queued_at for op in saved), 0)
        with whole(connection):
            if saved:
                _put_in(connection, saved)
        self._marker.write("open")
        self._views = Views(connect_reader(self.path))
        self._file = self.path.stat()
        return OpenReport(
            is_first_run=state is None and not existed,
            damage=damage,
            set_aside=aside,
            saved_ops=len(saved),
            migrated_from=migrated_from or None,
        )

    def close(self) -> None:
        """Finish what is being written, and close. Closing twice does nothing."""
        if self._connection is None:
            return
        if self._executor is not None:
            self._executor.shutdown(wait=True)
        self._disconnect()
        if not self._is_suspect:
            with contextlib.suppress(OSError):  # Then the next start checks the whole file: no harm.
                self._marker.write("closed")

    @property
    def is_in_place(self) -> bool:
        """Whether the file that is open still lies at its path: somebody may have deleted it."""
        from triluna_desktop.store.put_back import is_same_file

        return self._connection is None or self._file is None or is_same_file(self.path, self._file)

    def put_back(self) -> Path | None:
        """Write the file anew where it was deleted, and go on in that one. Blocks until what is queued is written.

        Returns where the file lies now that somebody else has begun in its place, if there was one.

        Raises:
            StoreError: it cannot be written; the deleted one stays in use, and goes when the store is closed.
        """
        from triluna_desktop.store.put_back import write_anew

        self._writer().shutdown(wait=True)
        self._executor, before = None, self._connection
        assert before is not None  # noqa: S101 - else there is no writer.
        try:
            writer, reader, aside = write_anew(before, self.path)
            self._file = self.path.stat()
        except (sqlite3.Error, OSError) as error:
            raise translated(error) from error
        self._disconnect()
        self._connection, self._views = writer, Views(reader)
        self._marker.write("open")
        return aside

    def _disconnect(self) -> None:
        if self._views is not None:
            self._is_suspect |= self._views.is_damaged
            self._views.close()
        if self._connection is not None:
            self._connection.close()
        self._executor = self._views = self._connection = None

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """See `sync.ports.CalendarStore.run`."""
        import asyncio

        return await asyncio.wrap_future(self._writer().submit(self._run, work))

    def _writer(self) -> ThreadPoolExecutor:
        """The writer thread. It comes with the first writing: the first paint of the window needs reads alone."""
        from concurrent.futures import ThreadPoolExecutor

        if self._connection is None:
            raise StoreError("the store is closed")
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="store")
        return self._executor

    def _run(self, work: Callable[[Transaction], T]) -> T:
        from triluna_desktop.store.transaction import SqliteTransaction

        connection = self._connection
        assert connection is not None  # noqa: S101 - closed only once the writer thread has ended.
        try:
            with whole(connection):
                transaction = SqliteTransaction(connection, self._revision)
                result = work(transaction)
            if transaction.is_new_revision:
                self._revision = transaction.revision
        except sqlite3.Error as error:
            problem = translated(error)
            self._is_suspect |= isinstance(problem, CorruptStoreError)
            raise problem from error
        return result

    def delete_copies(self) -> None:
        """Delete what is kept of earlier versions of the file. Blocks.

        Raises:
            StoreError: one of them cannot be deleted.
        """
        try:
            delete_copies(self.path)
        except OSError as error:
            raise translated(error) from error

    def forget_readings(self) -> None:
        """Nobody looks at this calendar for a while: keep nothing of it in memory."""
        self._reading.forget()
        if self._executor is not None and self._connection is not None:
            self._executor.submit(self._connection.execute, "PRAGMA shrink_memory")

    def entry_views(self, first: date, last: date) -> tuple[ItemView, ...]:
        return self._reading.entries(first, last)

    def pattern_views(self) -> tuple[ItemView, ...]:
        return self._reading.patterns()

    def item_view(self, key: str) -> ItemView | None:
        return self._reading.item(key)

    def dates_with_entries(self, first: date, last: date) -> frozenset[date]:
        return self._reading.dates(first, last)

    def is_loaded(self, first: date, last: date) -> bool:
        return self._reading.is_loaded(first, last)

    def counts(self) -> Counts:
        return self._reading.counts()

    def sides(self, first: date, last: date) -> Sides:
        return self._reading.sides(first, last)

    def note(self, name: str) -> str | None:
        return self._reading.note(name)

    def requests_since(self, at: float) -> tuple[float, ...]:
        return self._reading.requests_since(at)

    def request_counts(self, since: float, stretch: float) -> tuple[tuple[int, str, int], ...]:
        return self._reading.request_counts(since, stretch)

    def queued_kinds(self) -> tuple[tuple[OpKind, bool, int], ...]:
        return self._reading.queued_kinds()

    def batches(self) -> tuple[BatchState, ...]:
        return self._reading.batches()

    def history(
        self,
        *,
        key: str | None = None,
        before: int | None = None,
        actor: Actor | None = None,
        limit: int = 200,
    ) -> tuple[HistoryRow, ...]:
        return self._reading.history(key=key, before=before, actor=actor, limit=limit)

    def history_with(
        self, text: str, *, key: str | None = None, before: int | None = None, actor: Actor | None = None
    ) -> HistoryPart:
        return self._reading.history_with(text, key=key, before=before, actor=actor)

    def history_row(self, row_id: int) -> HistoryRow | None:
        return self._reading.history_row(row_id)

    def history_count(self, key: str) -> int:
        return self._reading.history_count(key)

    async def search(self, query: Query, now: datetime, limit: int) -> Found:
        """See `sync.ports.CalendarStore.search`."""
        import asyncio

        from triluna_desktop.store.search import search

        return await asyncio.to_thread(search, self.path, query, now, limit)

    @property
    def _reading(self) -> Views:
        if self._views is None:
            raise StoreError("the store is closed")
        return self._views


def _salvaged(damaged: Path) -> tuple[Op, ...]:
    from triluna_desktop.store.salvage import salvage_ops  # Not needed for the first paint.

    return salvage_ops(damaged)


def _put_in(connection: sqlite3.Connection, saved: tuple[Op, ...]) -> None:
    from triluna_desktop.store.outbox import Outbox

    outbox = Outbox(connection)
    for op in saved:
        outbox.put_op(replace(op, batch=None))  # The bulk edits themselves are not saved.


def _stored_revision(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT value FROM note WHERE name = ?", (REVISION,)).fetchone()
    return 0 if found is None else int(found[0])
