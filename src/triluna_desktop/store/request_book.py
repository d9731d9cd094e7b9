"""The requests of a database that another process has open: nothing else in it is read or written here."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self, TypeVar

from triluna_desktop.store.db import connect, translated
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.store.transaction import SqliteTransaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from triluna_desktop.sync.ports import Transaction

T = TypeVar("T")


def is_set_up(path: Path) -> bool:
    """Whether the file is a database of this version: its owner may be about to make or migrate it."""
    if not path.exists():
        return False
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.0)
        try:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return version == len(MIGRATIONS)


class RequestBook:
    """Implements `sync.ledger.RequestStore` on a connection of its own. Each method may raise `StoreError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        try:
            self._connection = connect(self._path)
        except sqlite3.Error as error:
            raise translated(error) from error
        return self

    def __exit__(self, *details: object) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """In one transaction, while the other process waits; on this thread, for it takes milliseconds."""
        return self._in_transaction(work)

    def note(self, name: str) -> str | None:
        """A remembered word."""
        return self._in_transaction(lambda tx: tx.note(name))

    def requests_since(self, at: float) -> tuple[float, ...]:
        """When requests were made after ``at``, oldest first."""
        return self._in_transaction(lambda tx: tuple(tx.requests_since(at)))

    def _in_transaction(self, work: Callable[[Transaction], T]) -> T:
        connection = self._connection
        assert connection is not None  # noqa: S101 - used inside `with` only.
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(SqliteTransaction(connection, 0))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise translated(error) from error
        return result
