"""Reading the queued operations out of a damaged file: nobody else has them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from triluna_desktop.store.outbox import OP_COLUMNS, decode_op

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
        found = _walk(connection, "id > ? ORDER BY id", -1)
        found |= _walk(connection, "id < ? ORDER BY id DESC", 2**62)
    finally:
        connection.close()
    return tuple(found[op_id] for op_id in sorted(found))


def _walk(connection: sqlite3.Connection, condition: str, at: int) -> dict[int, Op]:
    """Operations by id, from one end up to the first that SQLite cannot read."""
    found: dict[int, Op] = {}
    while True:
        try:
            record: tuple[Any, ...] | None = connection.execute(
                f"SELECT {OP_COLUMNS} FROM op WHERE {condition} LIMIT 1",  # noqa: S608 - constants of ours.
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
