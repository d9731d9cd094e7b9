"""Files of a calendar: filled, lost and damaged."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow, Op, OpKind

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2025, 9, 4)


def rows(count: int) -> list[EntryRow]:
    return [EntryRow(f"entry:{n}", n, 0, DAY, n % 1440, n % 1440 + 1, True, "x" * 50, "") for n in range(1, count)]


async def fill(path: Path, entries: int = 3, ops: int = 2) -> None:
    """A store with some rows and some queued creates, closed in order."""
    store = SqliteStore(path)
    store.open()
    await store.run(lambda tx: tx.put_entries(rows(entries + 1)))
    for number in range(ops):
        op = Op(0, OpKind.CREATE, Entry(f"k{number}", DAY, 0, 60, title="queued"), None, number)
        await store.run(lambda tx, op=op: tx.put_op(op))  # type: ignore[misc]
    store.close()


def lose(path: Path, is_there: bool) -> None:
    """Leave an empty file, or none."""
    path.unlink()
    if is_there:
        path.touch()


def scribble(path: Path) -> None:
    """Leave a file that is no database."""
    path.write_bytes(b"this is not a database, by a long way" * 100)


def spoil(path: Path, table: str) -> None:
    """Overwrite a page in the middle of a table."""
    connection = sqlite3.connect(path)
    pages = [
        number
        for (number,) in connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (table,)
        )
    ]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((pages[len(pages) // 2] - 1) * size)
        file.write(b"\xff" * size)
