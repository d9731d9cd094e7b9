"""Bulk edits on disk: which operations belong together, so that progress and Cancel survive a restart.

A batch is a row with the whole edit; its operations carry its id. How far it has come is not stored: it follows
from which of them are left. Written on the writer's connection, read through the one that only reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.store.outbox import decode_item, encode_item
from triluna_desktop.sync.ports import FAILED, BatchState

if TYPE_CHECKING:
    import sqlite3

    from triluna_desktop.domain.models import Item

_FAILED = tuple(state.value for state in FAILED)


class Batches:
    """Writes batches; one of these lives as long as a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, edit: Edit, at: float) -> int:
        """Write a batch, made ``at`` seconds since the epoch; those that are finished go. Returns its id."""
        self._connection.execute("DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.batch = batch.id)")
        sides = [[_encoded(change.before), _encoded(change.after)] for change in edit.changes]
        cursor = self._connection.execute(
            "INSERT INTO batch (at, edit, total) VALUES (?, ?, ?)", (at, json.dumps(sides), len(sides))
        )
        return cursor.lastrowid or 0

    def edit(self, batch: int) -> Edit | None:
        """The edit of a batch; None where it is not kept any more."""
        found = self._connection.execute("SELECT edit FROM batch WHERE id = ?", (batch,)).fetchone()
        if found is None:
            return None
        return Edit(tuple(Change(_decoded(before), _decoded(after)) for before, after in json.loads(found[0])))

    def drop(self, batch: int) -> None:
        """Forget a batch. Its operations that are left are on their own."""
        self._connection.execute("UPDATE op SET batch = NULL WHERE batch = ?", (batch,))
        self._connection.execute("DELETE FROM batch WHERE id = ?", (batch,))


def read_batches(connection: sqlite3.Connection) -> tuple[BatchState, ...]:
    """How far each batch has come, oldest first."""
    found = connection.execute(
        "SELECT id, total, (SELECT count(*) FROM op WHERE op.batch = batch.id), "
        "(SELECT count(*) FROM op WHERE op.batch = batch.id AND state IN (?, ?)) "
        "FROM batch ORDER BY id",
        _FAILED,
    )
    return tuple(BatchState(*record) for record in found)


def _encoded(item: Item | None) -> str | None:
    return None if item is None else encode_item(item)


def _decoded(text: str | None) -> Item | None:
    return None if text is None else decode_item(text)
