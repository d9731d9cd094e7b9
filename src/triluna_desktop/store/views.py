"""What is shown: confirmed rows with the outbox on top, read on the caller's own thread.

Decision: these reads run where they are asked for, over a connection of their own that cannot write, instead of
going to the writer thread and back. A week is two indexed look-ups; with 500 slots in it, whatever else is in the
store, that is well under 4 ms (`tests/unit/store/test_views.py` measures it), while waiting behind a sync that is
being written would not be. Write-ahead logging lets it read while the writer writes, and always shows it the state
of one commit.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.store.cache import ENTRY_COLUMNS, PATTERN_COLUMNS, entry_row, pattern_row
from triluna_desktop.store.db import translated
from triluna_desktop.sync.ports import CorruptStoreError, Counts, ItemView, OpKind, OpState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from triluna_desktop.sync.ports import Actor, BatchState, HistoryPart, HistoryRow, Row, Sides

T = TypeVar("T")

SHOWN_OP = (
    "key, kind, state, message, date, weekday, start_minute, end_minute, is_available, title, notes, "
    "trouble, conflicts, base, phase"
)
_SENT_ENTRIES = (
    "SELECT key, date, start_minute, end_minute, is_available, title, notes, server_id FROM entry "
    "WHERE date BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM op WHERE op.key = entry.key) "
    "ORDER BY date, start_minute, end_minute, key"
)
"""Entries without unsent edits; the fields of `Entry`."""
_FAILED = (OpState.CONFLICT.value, OpState.REJECTED.value)


_REMEMBERED = 8
"""Readings: a turn of the week asks for the same dates and all patterns several times over."""


class Views:
    """The reading side of the store. Belongs to the thread that made the connection.

    What was read last is remembered until somebody writes, which SQLite tells by ``data_version``.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.is_damaged = False
        """Whether a reading met damage in the file."""
        self._version = -1
        self._remembered: dict[object, Any] = {}

    def close(self) -> None:
        self._connection.close()

    def forget(self) -> None:
        """Give back what is remembered, here and in SQLite's own cache: nobody looks for a while."""
        self._remembered.clear()
        with self._errors_as_ours():
            self._connection.execute("PRAGMA shrink_memory")

    def entries(self, first: date, last: date) -> tuple[ItemView, ...]:
        """By date, start, end and key."""
        return self._once((first, last), lambda: self._read_entries(first, last))

    def patterns(self) -> tuple[ItemView, ...]:
        """By weekday, start, end and key."""
        return self._once(None, self._read_patterns)

    def sides(self, first: date, last: date) -> Sides:
        """See `sync.ports.CalendarStore.sides`."""
        return self._once(("sides", first, last), lambda: self._read_sides(first, last))

    def _read_sides(self, first: date, last: date) -> Sides:
        from triluna_desktop.store.sides import read_sides

        with self._one_commit() as read:
            return read_sides(read, first, last)

    def _once(self, what: object, read: Callable[[], T]) -> T:
        with self._errors_as_ours():
            version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version = version
            self._remembered.clear()
        found: T | None = self._remembered.pop(what, None)
        if found is None:
            found = read()
            if len(self._remembered) >= _REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        self._remembered[what] = found  # Behind all others: the first is the one not asked for the longest.
        return found

    def _read_entries(self, first: date, last: date) -> tuple[ItemView, ...]:
        span = (first.isoformat(), last.isoformat())
        with self._one_commit() as read:
            rows = read.execute(_SENT_ENTRIES, span).fetchall()
            touched = "SELECT key FROM op WHERE date BETWEEN ? AND ?"
            ops = read.execute(
                f"SELECT {SHOWN_OP} FROM op WHERE key IN ({touched}) ORDER BY id",  # noqa: S608 - as above.
                span,
            ).fetchall()
            confirmed = read.execute(
                f"SELECT {ENTRY_COLUMNS} FROM entry WHERE key IN ({touched})",  # noqa: S608 - as above.
                span,
            ).fetchall()
        # A day of a full week holds 70 entries: each date is read once.
        days = {day: date.fromisoformat(day) for day in {record[1] for record in rows}}
        views = [
            ItemView(Entry(key, days[day], start, end, bool(is_available), title, notes, server_id))
            for key, day, start, end, is_available, title, notes, server_id in rows
        ]
        if not ops:
            return tuple(views)
        pending = _overlaid(ops, {row.key: row for row in map(entry_row, confirmed)})
        views += [view for view in pending if isinstance(view.item, Entry) and first <= view.item.date <= last]
        return tuple(sorted(views, key=_entry_order))

    def _read_patterns(self) -> tuple[ItemView, ...]:
        with self._one_commit() as read:
            rows = read.execute(f"SELECT {PATTERN_COLUMNS} FROM pattern").fetchall()  # noqa: S608 - as above.
            ops = read.execute(
                f"SELECT {SHOWN_OP} FROM op WHERE date IS NULL ORDER BY id"  # noqa: S608 - as above.
            ).fetchall()
        confirmed = {row.key: row for row in map(pattern_row, rows)}
        busy = {record[0] for record in ops}
        views = [ItemView(row.item()) for key, row in confirmed.items() if key not in busy]
        views += _overlaid(ops, confirmed)
        return tuple(sorted(views, key=_pattern_order))

    def item(self, key: str) -> ItemView | None:
        with self._one_commit() as read:
            ops = read.execute(
                f"SELECT {SHOWN_OP} FROM op WHERE key = ? ORDER BY id",  # noqa: S608 - constants of ours.
                (key,),
            ).fetchall()
            row: Row | None = None
            record = read.execute(
                f"SELECT {ENTRY_COLUMNS} FROM entry WHERE key = ?",  # noqa: S608 - constants of ours.
                (key,),
            ).fetchone()
            if record is not None:
                row = entry_row(record)
            else:
                record = read.execute(
                    f"SELECT {PATTERN_COLUMNS} FROM pattern WHERE key = ?",  # noqa: S608 - constants of ours.
                    (key,),
                ).fetchone()
                row = None if record is None else pattern_row(record)
        if ops:
            return next(iter(_overlaid(ops, {} if row is None else {key: row})), None)
        return None if row is None else ItemView(row.item())

    def dates(self, first: date, last: date) -> frozenset[date]:
        """Dates that hold an entry."""
        span = (first.isoformat(), last.isoformat())
        with self._one_commit() as read:
            found = read.execute(
                # From each date to the next one, by the index: a month of full weeks holds 2,000 entries.
                "WITH RECURSIVE held(day) AS (SELECT min(date) FROM entry WHERE date >= ? "
                "UNION ALL SELECT (SELECT min(date) FROM entry WHERE date > day) FROM held WHERE day <= ?) "
                "SELECT day FROM held WHERE day <= ? AND EXISTS (SELECT 1 FROM entry "
                "WHERE date = day AND NOT EXISTS (SELECT 1 FROM op WHERE op.key = entry.key)) "
                "UNION SELECT date FROM op AS last WHERE date BETWEEN ? AND ? "
                "AND (kind != ? OR state IN (?, ?)) "
                "AND NOT EXISTS (SELECT 1 FROM op WHERE op.key = last.key AND op.id > last.id)",
                (*span, span[1], *span, OpKind.DELETE.value, *_FAILED),
            ).fetchall()
        return frozenset(date.fromisoformat(day) for (day,) in found)

    def is_loaded(self, first: date, last: date) -> bool:
        with self._one_commit() as read:
            found = read.execute(
                "SELECT 1 FROM loaded WHERE first <= ? AND last >= ?", (first.isoformat(), last.isoformat())
            ).fetchone()
        return found is not None

    def counts(self) -> Counts:
        with self._one_commit() as read:
            unsent, undecided = read.execute(
                "SELECT count(DISTINCT key), count(DISTINCT CASE WHEN state IN (?, ?) THEN key END) FROM op",
                _FAILED,
            ).fetchone()
        return Counts(unsent, undecided)

    def note(self, name: str) -> str | None:
        with self._one_commit() as read:
            found = read.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def requests_since(self, at: float) -> tuple[float, ...]:
        with self._one_commit() as read:
            return tuple(
                when for (when,) in read.execute("SELECT at FROM request WHERE at > ? ORDER BY at", (at,))
            )

    def request_counts(self, since: float, stretch: float) -> tuple[tuple[int, str, int], ...]:
        with self._one_commit() as read:
            found = read.execute(
                "SELECT CAST((at - ?) / ? AS INTEGER) AS number, kind, count(*) FROM request WHERE at > ? "
                "GROUP BY number, kind ORDER BY number, kind",
                (since, stretch, since),
            )
            return tuple((number, kind, count) for number, kind, count in found)

    def queued_kinds(self) -> tuple[tuple[OpKind, bool, int], ...]:
        with self._one_commit() as read:
            found = read.execute(
                "SELECT kind, date IS NULL AS is_pattern, count(*) FROM op WHERE state NOT IN (?, ?) "
                "GROUP BY kind, is_pattern ORDER BY kind, is_pattern",
                _FAILED,
            )
            return tuple((OpKind(kind), bool(is_pattern), count) for kind, is_pattern, count in found)

    def batches(self) -> tuple[BatchState, ...]:
        from triluna_desktop.store.batches import read_batches

        with self._one_commit() as read:
            return read_batches(read)

    def history(
        self, *, key: str | None, before: int | None, actor: Actor | None, limit: int
    ) -> tuple[HistoryRow, ...]:
        """Newest first."""
        from triluna_desktop.store.history import read_history

        with self._one_commit() as read:
            return read_history(read, key=key, before=before, actor=actor, limit=limit)

    def history_with(self, text: str, *, key: str | None, before: int | None, actor: Actor | None) -> HistoryPart:
        """As `history`, where a text is found, in a part of it."""
        from triluna_desktop.store.history import look_through_history

        with self._one_commit() as read:
            return look_through_history(read, text, key=key, before=before, actor=actor)

    def history_row(self, row_id: int) -> HistoryRow | None:
        from triluna_desktop.store.history import read_history

        with self._one_commit() as read:
            found = read_history(read, key=None, before=row_id + 1, actor=None, limit=1)
        return next((row for row in found if row.id == row_id), None)

    def history_count(self, key: str) -> int:
        from triluna_desktop.store.history import count_history

        with self._one_commit() as read:
            return count_history(read, key)

    @contextmanager
    def _one_commit(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside is the state of one commit."""
        with self._errors_as_ours():
            self._connection.execute("BEGIN")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:  # Else every reading after this one would fail too.
                    self._connection.rollback()

    @contextmanager
    def _errors_as_ours(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            problem = translated(error)
            self.is_damaged |= isinstance(problem, CorruptStoreError)
            raise problem from error


def _overlaid(ops: Sequence[tuple[Any, ...]], confirmed: Mapping[str, Row]) -> list[ItemView]:
    if not ops:
        return []
    from triluna_desktop.store.overlay import overlaid  # Most starts find nothing queued.

    return overlaid(ops, confirmed)


def _entry_order(view: ItemView) -> tuple[date, int, int, str]:
    item = view.item
    assert isinstance(item, Entry)  # noqa: S101 - the table holds entries; this tells the type checker.
    return (item.date, item.start, item.end, item.key)


def _pattern_order(view: ItemView) -> tuple[int, int, int, str]:
    item = view.item
    assert isinstance(item, Pattern)  # noqa: S101 - the table holds patterns; this tells the type checker.
    return (item.weekday, item.start, item.end, item.key)
