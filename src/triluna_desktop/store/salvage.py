"""Reading the queued operations out of a damaged file: nobody else has them."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from triluna_desktop.store.outbox import ADDED_OP_COLUMNS, OP_COLUMNS, decode_op

if TYPE_CHECKING:
    from pathlib import Path

    from triluna_desktop.sync.ports import Op


def salvage_ops(damaged: Path) -> tuple[Op, ...]:
    """The operations that can still be read, in order; none where the file is no database at all.

    What cannot be read may be one page in the middle, so the table is walked from both ends.
    """
    try:
        connection = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.Error:
        return ()
    try:
        columns = _columns(connection)
        found = _walk(connection, columns, "id > ? ORDER BY id", -1)
        found |= _walk(connection, columns, "id < ? ORDER BY id DESC", 2**62)
    finally:
        connection.close()
    return tuple(found[op_id] for op_id in sorted(found))


def _columns(connection: sqlite3.Connection) -> str:
    """The columns to ask for: a file of an older version lacks the newest, whose place their defaults take."""
    with contextlib.suppress(sqlite3.Error):
        there = {str(each[1]) for each in connection.execute("PRAGMA table_info(op)")}
        if not there.issuperset(ADDED_OP_COLUMNS):
            return OP_COLUMNS.replace(", ".join(ADDED_OP_COLUMNS), ", ".join(ADDED_OP_COLUMNS.values()))
    return OP_COLUMNS


def _walk(connection: sqlite3.Connection, columns: str, condition: str, at: int) -> dict[int, Op]:
    """Operations by id, from one end up to the first that SQLite cannot read."""
    found: dict[int, Op] = {}
    while True:
        try:
            record: tuple[Any, ...] | None = connection.execute(
                f"SELECT {columns} FROM op WHERE {condition} LIMIT 1",  # noqa: S608 - constants of ours.
                (at,),
            ).fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return found
        if record is None:
            return found
        at = record[0]
        try:
            found[at] = decode_op(record)
        except (ValueError, TypeError, KeyError, IndexError):
            continue  # Overwritten with something else: this one is lost, the next may not be.
