"""Entries and patterns in SQLite, with the overlap rule.

One connection, used on the thread that opened it (SQLite's own check holds that): the server's event loop. So
writes happen one after the other, and each is committed before its method returns.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SCHEMA_VERSION = 1

# `until` is the end as it compares: 24:00:00 where the wire can only say 23:59.
_SCHEMA = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    date TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    until TEXT NOT NULL,
    is_available INTEGER NOT NULL,
    title TEXT,
    notes TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX entries_by_date ON entries (date, start_time);
CREATE TABLE patterns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day_of_week INTEGER NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    until TEXT NOT NULL,
    is_available INTEGER NOT NULL,
    title TEXT
);
CREATE TABLE seeded (part TEXT PRIMARY KEY);
"""

_ENTRY_COLUMNS = "id, date, start_time, end_time, is_available, title, notes, created_at, updated_at"

Row = dict[str, object]
"""An entry or a pattern as the API shows it."""


class StorageError(Exception):
    """The database file cannot be used; the message is a sentence."""


class SlotConflictError(Exception):
    """The slot overlaps others; `conflicts` holds their id, start_time and end_time."""

    def __init__(self, conflicts: list[Row]) -> None:
        super().__init__("Time slot conflicts with existing availability")
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What a client says about an entry. `date` is YYYY-MM-DD, times are HH:MM:SS."""

    date: str
    start_time: str
    end_time: str
    is_available: bool = True
    title: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class PatternValues:
    """What a client says about a weekly pattern. `day_of_week` is 0 = Sunday to 6; times are HH:MM:SS."""

    day_of_week: int
    start_time: str
    end_time: str
    is_available: bool = True
    title: str | None = None


def end_of_slot(end_time: str) -> str:
    """The end as it compares: 23:59 and 23:59:59 mean the end of the day (contract: "Entry")."""
    return "24:00:00" if end_time in ("23:59:00", "23:59:59") else end_time


class Storage:
    """The sandbox's calendar. Ids are never given twice, not even after a deletion."""

    def __init__(self, connection: sqlite3.Connection, *, allow_overlaps: bool = False) -> None:
        self.allow_overlaps = allow_overlaps
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None, *, allow_overlaps: bool = False) -> Storage:
        """Open or create the file; None keeps all in memory. Raises StorageError."""
        try:
            connection = sqlite3.connect(":memory:" if path is None else path, isolation_level=None)
            connection.row_factory = sqlite3.Row
        except sqlite3.Error as error:
            raise StorageError(f"The database {path} cannot be used: {error}.") from error
        try:
            _prepare(connection, path)
        except sqlite3.Error as error:
            connection.close()
            raise StorageError(f"The database {path} cannot be used: {error}.") from error
        except StorageError:
            connection.close()
            raise
        return cls(connection, allow_overlaps=allow_overlaps)

    def close(self) -> None:
        self._connection.close()

    # --- entries

    def entries(self, start_date: str | None = None, end_date: str | None = None) -> list[Row]:
        """The entries of these dates, both inclusive, by date and start."""
        rows = self._connection.execute(
            f"SELECT {_ENTRY_COLUMNS} FROM entries WHERE date BETWEEN ? AND ? ORDER BY date, start_time, id",  # noqa: S608 - the columns are a constant
            (start_date or "0000-00-00", end_date or "9999-99-99"),
        )
        return [_shown(row) for row in rows]

    def entry(self, entry_id: int) -> Row | None:
        row = self._connection.execute(
            f"SELECT {_ENTRY_COLUMNS} FROM entries WHERE id = ?",  # noqa: S608 - the columns are a constant
            (entry_id,),
        ).fetchone()
        return None if row is None else _shown(row)

    def add_entry(self, values: EntryValues, stamp: str) -> Row:
        """Store a new entry. Raises SlotConflictError."""
        with self._write():
            self._refuse_entry_overlap(values, besides=None)
            entry_id = self._insert_entry(values, stamp)
        return self._existing(entry_id)

    def replace_entry(self, entry_id: int, values: EntryValues, stamp: str) -> Row | None:
        """Replace all that a client says about an entry; None if there is none. Raises SlotConflictError."""
        with self._write():
            if self.entry(entry_id) is None:
                return None
            self._refuse_entry_overlap(values, besides=entry_id)
            self._connection.execute(
                "UPDATE entries SET date = ?, start_time = ?, end_time = ?, until = ?, is_available = ?,"
                " title = ?, notes = ?, updated_at = ? WHERE id = ?",
                (*_entry_parameters(values), stamp, entry_id),
            )
        return self._existing(entry_id)

    def delete_entry(self, entry_id: int) -> bool:
        """Whether there was such an entry."""
        return self._connection.execute("DELETE FROM entries WHERE id = ?", (entry_id,)).rowcount > 0

    # --- patterns

    def patterns(self) -> list[Row]:
        rows = self._connection.execute(
            "SELECT id, day_of_week, start_time, end_time, is_available, title FROM patterns"
            " ORDER BY day_of_week, start_time, id"
        )
        return [_shown(row) for row in rows]

    def add_pattern(self, values: PatternValues) -> Row:
        """Store a new weekly pattern. Raises SlotConflictError."""
        with self._write():
            if not self.allow_overlaps:
                self._raise_if_any(
                    self._connection.execute(
                        "SELECT id, start_time, end_time FROM patterns"
                        " WHERE day_of_week = ? AND start_time < ? AND until > ? ORDER BY start_time, id",
                        (values.day_of_week, end_of_slot(values.end_time), values.start_time),
                    )
                )
            pattern_id = self._insert_pattern(values)
        return next(row for row in self.patterns() if row["id"] == pattern_id)

    def delete_pattern(self, pattern_id: int) -> bool:
        """Whether there was such a pattern."""
        return self._connection.execute("DELETE FROM patterns WHERE id = ?", (pattern_id,)).rowcount > 0

    # --- for the seed and the tests' control surface

    def load(
        self, entries: Iterable[EntryValues], patterns: Iterable[PatternValues], stamp: str
    ) -> tuple[list[int], list[int]]:
        """Store all of these at once, overlapping or not; the ids of the entries and of the patterns."""
        with self._write():
            entry_ids = [self._insert_entry(entry, stamp) for entry in entries]
            pattern_ids = [self._insert_pattern(pattern) for pattern in patterns]
        return entry_ids, pattern_ids

    def is_seeded(self, part: str) -> bool:
        return self._connection.execute("SELECT 1 FROM seeded WHERE part = ?", (part,)).fetchone() is not None

    def seed(
        self, part: str, entries: Iterable[EntryValues], patterns: Iterable[PatternValues], stamp: str
    ) -> None:
        """Store what of these overlaps nothing, and remember for good that `part` was seeded."""
        with self._write():
            self._connection.execute("INSERT INTO seeded (part) VALUES (?)", (part,))
            for entry in entries:
                if not self._entry_overlaps(entry, besides=None):
                    self._insert_entry(entry, stamp)
            for pattern in patterns:
                self._insert_pattern(pattern)

    def wipe(self) -> None:
        """Remove everything; ids go on counting."""
        with self._write():
            for statement in ("DELETE FROM entries", "DELETE FROM patterns", "DELETE FROM seeded"):
                self._connection.execute(statement)

    # --- inside

    @contextmanager
    def _write(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _entry_overlaps(self, values: EntryValues, besides: int | None) -> list[Row]:
        rows = self._connection.execute(
            "SELECT id, start_time, end_time FROM entries"
            " WHERE date = ? AND start_time < ? AND until > ? AND id IS NOT ? ORDER BY start_time, id",
            (values.date, end_of_slot(values.end_time), values.start_time, besides),
        )
        return [dict(row) for row in rows]

    def _refuse_entry_overlap(self, values: EntryValues, besides: int | None) -> None:
        if not self.allow_overlaps and (conflicts := self._entry_overlaps(values, besides)):
            raise SlotConflictError(conflicts)

    @staticmethod
    def _raise_if_any(rows: Iterable[sqlite3.Row]) -> None:
        if conflicts := [dict(row) for row in rows]:
            raise SlotConflictError(conflicts)

    def _insert_entry(self, values: EntryValues, stamp: str) -> int:
        cursor = self._connection.execute(
            "INSERT INTO entries (date, start_time, end_time, until, is_available, title, notes, created_at,"
            " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*_entry_parameters(values), stamp, stamp),
        )
        return int(cursor.lastrowid or 0)

    def _insert_pattern(self, values: PatternValues) -> int:
        cursor = self._connection.execute(
            "INSERT INTO patterns (day_of_week, start_time, end_time, until, is_available, title)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                values.day_of_week,
                values.start_time,
                values.end_time,
                end_of_slot(values.end_time),
                values.is_available,
                values.title,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _existing(self, entry_id: int) -> Row:
        row = self.entry(entry_id)
        if row is None:
            raise AssertionError(f"entry {entry_id} was just written")
        return row


def _prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    """Make the tables in an empty database. What is not ours is refused before anything is written to it."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA_VERSION):
        raise StorageError(f"The database {path} was made by another version of the sandbox ({version}).")
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StorageError(f"The database {path} is not a calendar of the sandbox.")
    connection.execute("PRAGMA journal_mode = WAL")
    if version == 0:
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")


def _entry_parameters(values: EntryValues) -> tuple[object, ...]:
    return (
        values.date,
        values.start_time,
        values.end_time,
        end_of_slot(values.end_time),
        values.is_available,
        values.title,
        values.notes,
    )


def _shown(row: sqlite3.Row) -> Row:
    shown = dict(row)
    shown["is_available"] = bool(shown["is_available"])
    return shown
