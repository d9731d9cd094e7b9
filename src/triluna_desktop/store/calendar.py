"""The store as the session and the sync engine use it: one writer thread, and quick reads on the caller's.

Start-up order: `SqliteStore.open` looks at the marker and the file, sets a damaged one aside and saves its outbox,
migrates, and opens the two connections. `SqliteStore.close` waits for what is being written.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.store.batches import Batches
from triluna_desktop.store.cache import Cache
from triluna_desktop.store.db import (
    Damage,
    Marker,
    OpenReport,
    connect,
    connect_reader,
    find_damage,
    make_private,
    migrate,
    set_aside,
    translated,
)
from triluna_desktop.store.outbox import Outbox
from triluna_desktop.store.salvage import salvage_ops
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.store.views import Views
from triluna_desktop.sync.ports import CorruptStoreError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from concurrent.futures import ThreadPoolExecutor
    from datetime import date
    from pathlib import Path

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.search import Query
    from triluna_desktop.store.upkeep import Upkeep
    from triluna_desktop.sync.ports import (
        Actor,
        BatchState,
        Counts,
        EntryRow,
        Found,
        HistoryRow,
        ItemView,
        Op,
        OpHead,
        OpKind,
        PatternRow,
        Row,
        Sides,
        Transaction,
    )

T = TypeVar("T")

REQUESTS_KEPT_SECONDS = 24 * 3600.0
"""For the plot of the last hours, and for a count that a clock set wrong does not empty."""
_REVISION = "revision"


class SqliteTransaction:
    """One transaction on the writer thread; see `sync.ports.Transaction` for what each method does."""

    def __init__(self, connection: sqlite3.Connection, revision: int) -> None:
        self._connection = connection
        self._cache = Cache(connection)
        self._outbox = Outbox(connection)
        self._revision = revision
        self.is_new_revision = False

    @property
    def upkeep(self) -> Upkeep:
        from triluna_desktop.store.upkeep import Upkeep

        return Upkeep(self._connection)

    @property
    def revision(self) -> int:
        if not self.is_new_revision:
            self.is_new_revision = True
            self._revision += 1
            self.set_note(_REVISION, str(self._revision))
        return self._revision

    def entries(self, first: date, last: date) -> list[EntryRow]:
        return self._cache.entries(first, last)

    def entries_with_ids(self, ids: Collection[int]) -> list[EntryRow]:
        return self._cache.entries_with_ids(ids)

    def patterns(self) -> list[PatternRow]:
        return self._cache.patterns()

    def row(self, key: str) -> Row | None:
        return self._cache.row(key)

    def lent_keys(self) -> frozenset[str]:
        return self._cache.lent_keys()

    def put_entries(self, rows: Iterable[EntryRow]) -> None:
        self._cache.put_entries(rows, self.revision)

    def put_patterns(self, rows: Iterable[PatternRow]) -> None:
        self._cache.put_patterns(rows, self.revision)

    def drop_rows(self, keys: Iterable[str]) -> None:
        self._cache.drop_rows(keys)

    def bury(self, row: Row) -> None:
        self._cache.bury(row, self.revision)

    def buried(self, since: int) -> tuple[frozenset[int], frozenset[int]]:
        return self._cache.buried(since)

    def ops(self) -> list[Op]:
        return self._outbox.ops()

    def ops_of(self, key: str) -> list[Op]:
        return self._outbox.ops_of(key)

    def op(self, op_id: int) -> Op | None:
        return self._outbox.op(op_id)

    def heads(self) -> Iterator[OpHead]:
        return self._outbox.heads()

    def put_op(self, op: Op) -> Op:
        return self._outbox.put_op(op)

    def drop_op(self, op_id: int) -> None:
        self._outbox.drop_op(op_id)

    def release(self, op_id: int) -> None:
        self._outbox.release(op_id)

    def hand_over(self, op_id: int, successor: int) -> None:
        self._outbox.hand_over(op_id, successor)

    def loaded(self, first: date, last: date) -> list[tuple[date, date]]:
        return self._cache.loaded(first, last)

    def add_loaded(self, first: date, last: date) -> None:
        self._cache.add_loaded(first, last)

    def note(self, name: str) -> str | None:
        found = self._connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def set_note(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def record_request(self, at: float, kind: str) -> None:
        self._connection.execute("DELETE FROM request WHERE at <= ?", (at - REQUESTS_KEPT_SECONDS,))
        self._connection.execute("INSERT INTO request VALUES (?, ?)", (at, kind))

    def requests_since(self, at: float) -> list[float]:
        found = self._connection.execute("SELECT at FROM request WHERE at > ? ORDER BY at", (at,))
        return [when for (when,) in found]

    def shift_requests(self, by: float, latest: float) -> None:
        self._connection.execute("UPDATE request SET at = min(at + ?, ?)", (by, latest))

    def add_batch(self, edit: Edit, at: float) -> int:
        return Batches(self._connection).add(edit, at)

    def batch_edit(self, batch: int) -> Edit | None:
        return Batches(self._connection).edit(batch)

    def drop_batch(self, batch: int) -> None:
        Batches(self._connection).drop(batch)

    def add_history(self, at: float, actor: Actor, before: Item | None, after: Item | None) -> None:
        self.add_history_of(at, actor, [(before, after)])

    def add_history_of(self, at: float, actor: Actor, changes: Iterable[tuple[Item | None, Item | None]]) -> None:
        from triluna_desktop.store.history import History  # The first paint writes nothing.

        History(self._connection).add(at, actor, changes)


class SqliteStore:
    """A calendar in one SQLite file. Implements `sync.ports.CalendarStore`."""

    def __init__(self, path: Path, *, migrations: Sequence[str] = MIGRATIONS) -> None:
        """``path`` is the file; its folder is made, for the user alone, when the store is opened."""
        self.path = path
        self._migrations = migrations
        self._marker = Marker(path)
        self._executor: ThreadPoolExecutor | None = None
        self._connection: sqlite3.Connection | None = None
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
        damage = find_damage(self.path, state)
        aside = set_aside(self.path) if damage in (Damage.EMPTY, Damage.CORRUPT) else None
        saved = salvage_ops(aside) if aside is not None and damage is Damage.CORRUPT else ()
        make_private(self.path)
        connection = self._connection = connect(self.path)
        migrated_from = migrate(connection, self.path, self._migrations)
        connection.execute("DELETE FROM buried")
        self._revision = max(_stored_revision(connection), *(op.queued_at for op in saved), 0)
        with _transaction(connection):
            outbox = Outbox(connection)
            for op in saved:
                outbox.put_op(op)
        self._marker.write("open")
        self._views = Views(connect_reader(self.path))
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
        connection = self._connection
        assert connection is not None  # noqa: S101 - closed only once the writer thread has ended.
        try:
            with _transaction(connection):
                transaction = SqliteTransaction(connection, self._revision)
                result = work(transaction)
            if transaction.is_new_revision:
                self._revision = transaction.revision
        except sqlite3.Error as error:
            problem = translated(error)
            self._is_suspect |= isinstance(problem, CorruptStoreError)
            raise problem from error
        return result

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
        text: str = "",
        limit: int = 200,
    ) -> tuple[HistoryRow, ...]:
        return self._reading.history(key=key, before=before, actor=actor, text=text, limit=limit)

    def history_row(self, row_id: int) -> HistoryRow | None:
        return self._reading.history_row(row_id)

    def history_count(self, key: str) -> int:
        return self._reading.history_count(key)

    async def search(self, query: Query, today: date, limit: int) -> Found:
        """See `sync.ports.CalendarStore.search`."""
        import asyncio

        from triluna_desktop.store.search import search

        return await asyncio.to_thread(search, self.path, query, today, limit)

    @property
    def _reading(self) -> Views:
        if self._views is None:
            raise StoreError("the store is closed")
        return self._views


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it is committed, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself where the disk is full.
            connection.execute("ROLLBACK")
        raise


def _stored_revision(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT value FROM note WHERE name = ?", (_REVISION,)).fetchone()
    return 0 if found is None else int(found[0])
