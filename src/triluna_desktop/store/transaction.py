"""One transaction of the store, with all that is read and written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.store.batches import Batches
from triluna_desktop.store.cache import Cache
from triluna_desktop.store.outbox import Outbox
from triluna_desktop.store.schema import REVISION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.store.upkeep import Upkeep
    from triluna_desktop.sync.ports import Actor, EntryRow, Op, OpHead, PatternRow, Row

REQUESTS_KEPT_SECONDS = 24 * 3600.0
"""For the plot of the last hours, and for a count that a clock set wrong does not empty."""


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
            self.set_note(REVISION, str(self._revision))
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
