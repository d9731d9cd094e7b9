"""What the server is known to hold: reading and writing confirmed rows, on the writer's connection."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from triluna_desktop.sync.ports import EntryRow, PatternRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

ENTRY_COLUMNS = "key, server_id, revision, date, start_minute, end_minute, is_available, title, notes"
PATTERN_COLUMNS = "key, server_id, revision, weekday, start_minute, end_minute, is_available, title"

BATCH = 200
"""Rows written between two moments at which other threads get a turn."""


def entry_row(record: tuple[Any, ...]) -> EntryRow:
    """A row of `ENTRY_COLUMNS`."""
    key, server_id, revision, day, start, end, is_available, title, notes = record
    return EntryRow(
        key, server_id, revision, date.fromisoformat(day), start, end, bool(is_available), title, notes
    )


def pattern_row(record: tuple[Any, ...]) -> PatternRow:
    """A row of `PATTERN_COLUMNS`."""
    key, server_id, revision, weekday, start, end, is_available, title = record
    return PatternRow(key, server_id, revision, weekday, start, end, bool(is_available), title)


class Cache:
    """Confirmed rows, the dates that were read, and ids that were deleted."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entries(self, first: date, last: date) -> list[EntryRow]:
        found = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry WHERE date BETWEEN ? AND ?",  # noqa: S608 - a constant of ours.
            (first.isoformat(), last.isoformat()),
        )
        return [entry_row(record) for record in found]

    def entries_with_ids(self, ids: Collection[int]) -> list[EntryRow]:
        found = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry "  # noqa: S608 - a constant of ours.
            "WHERE server_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(ids)),),
        )
        return [entry_row(record) for record in found]

    def patterns(self) -> list[PatternRow]:
        found = self._connection.execute(f"SELECT {PATTERN_COLUMNS} FROM pattern")  # noqa: S608 - as above.
        return [pattern_row(record) for record in found]

    def row(self, key: str) -> EntryRow | PatternRow | None:
        entry = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry WHERE key = ?",  # noqa: S608 - a constant of ours.
            (key,),
        ).fetchone()
        if entry is not None:
            return entry_row(entry)
        pattern = self._connection.execute(
            f"SELECT {PATTERN_COLUMNS} FROM pattern WHERE key = ?",  # noqa: S608 - a constant of ours.
            (key,),
        ).fetchone()
        return None if pattern is None else pattern_row(pattern)

    def lent_keys(self) -> frozenset[str]:
        entries = self._connection.execute(
            "SELECT key FROM entry WHERE key GLOB 'entry:*' AND key != 'entry:' || server_id"
        )
        patterns = self._connection.execute(
            "SELECT key FROM pattern WHERE key GLOB 'pattern:*' AND key != 'pattern:' || server_id"
        )
        return frozenset(key for found in (entries, patterns) for (key,) in found)

    def put_entries(self, rows: Iterable[EntryRow], revision: int) -> None:
        records = (
            (r.key, r.server_id, revision, r.date.isoformat(), r.start, r.end, r.is_available, r.title, r.notes)
            for r in rows
        )
        self._put("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", records)

    def put_patterns(self, rows: Iterable[PatternRow], revision: int) -> None:
        records = (
            (r.key, r.server_id, revision, r.weekday, r.start, r.end, r.is_available, r.title) for r in rows
        )
        self._put("INSERT OR REPLACE INTO pattern VALUES (?, ?, ?, ?, ?, ?, ?, ?)", records)

    def _put(self, statement: str, records: Iterator[tuple[object, ...]]) -> None:
        while batch := list(islice(records, BATCH)):
            self._connection.executemany(statement, batch)

    def drop_rows(self, keys: Iterable[str]) -> None:
        names = [(key,) for key in keys]
        self._connection.executemany("DELETE FROM entry WHERE key = ?", names)
        self._connection.executemany("DELETE FROM pattern WHERE key = ?", names)

    def bury(self, row: EntryRow | PatternRow, revision: int) -> None:
        self.drop_rows([row.key])
        self._connection.execute(
            "INSERT OR REPLACE INTO buried VALUES (?, ?, ?)",
            (isinstance(row, PatternRow), row.server_id, revision),
        )

    def buried(self, since: int) -> tuple[frozenset[int], frozenset[int]]:
        found = self._connection.execute(
            "SELECT is_pattern, server_id FROM buried WHERE revision > ?", (since,)
        ).fetchall()
        return (
            frozenset(server_id for is_pattern, server_id in found if not is_pattern),
            frozenset(server_id for is_pattern, server_id in found if is_pattern),
        )

    def loaded(self, first: date, last: date) -> list[tuple[date, date]]:
        found = self._connection.execute(
            "SELECT first, last FROM loaded WHERE first <= ? AND last >= ?", (last.isoformat(), first.isoformat())
        )
        return [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in found]

    def add_loaded(self, first: date, last: date) -> None:
        """Remember a range, merged with those that it overlaps or touches."""
        before = first if first == date.min else first - timedelta(days=1)
        after = last if last == date.max else last + timedelta(days=1)
        touching = self._connection.execute(
            "SELECT first, last FROM loaded WHERE first <= ? AND last >= ?",
            (after.isoformat(), before.isoformat()),
        ).fetchall()
        starts = [first.isoformat(), *(start for start, _ in touching)]
        ends = [last.isoformat(), *(end for _, end in touching)]
        self._connection.executemany("DELETE FROM loaded WHERE first = ?", [(start,) for start, _ in touching])
        self._connection.execute("INSERT INTO loaded VALUES (?, ?)", (min(starts), max(ends)))
