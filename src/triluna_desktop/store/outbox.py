"""The outbox: queued operations as rows, on the writer's connection."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.remote import ConflictingSlot, Trouble
from triluna_desktop.sync.ports import Op, OpHead, OpKind, OpState, Phase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

OP_COLUMNS = (
    "id, key, kind, state, date, weekday, start_minute, end_minute, is_available, title, notes, base, "
    "queued_at, attempt, started_at, baseline, baseline_skipped, waits_for, trouble, message, conflicts, "
    "phase, new_id, batch"
)

ADDED_OP_COLUMNS = {"phase": "''", "new_id": "NULL", "batch": "NULL"}
"""Those of the second schema, and what SQL says for them where there are none."""


def encode_item(item: Item) -> str:
    """An item as JSON, its server id with it."""
    if isinstance(item, Entry):
        day, *rest = item.content()
        return json.dumps([item.key, item.server_id, day.isoformat(), *rest])
    return json.dumps([item.key, item.server_id, *item.content()])


def decode_item(text: str) -> Item:
    """What `encode_item` made."""
    key, server_id, when, *rest = json.loads(text)
    if isinstance(when, str):
        start, end, is_available, title, notes = rest
        return Entry(key, date.fromisoformat(when), start, end, is_available, title, notes, server_id)
    start, end, is_available, title = rest
    return Pattern(key, when, start, end, is_available, title, server_id)


def shown_item(key: str, columns: tuple[Any, ...], server_id: int | None) -> Item:
    """The item of an operation's columns, from ``date`` to ``notes``."""
    day, weekday, start, end, is_available, title, notes = columns
    if day is not None:
        return Entry(key, date.fromisoformat(day), start, end, bool(is_available), title, notes, server_id)
    return Pattern(key, weekday, start, end, bool(is_available), title, server_id)


def decode_op(record: tuple[Any, ...]) -> Op:
    """A row of `OP_COLUMNS`.

    Raises:
        ValueError: it is no operation (a salvaged row can be anything).
    """
    op_id, key, kind, state = record[:4]
    base, queued_at, attempt, started_at, baseline, skipped, waits_for, trouble, message, conflicts = record[11:21]
    phase, new_id, batch = record[21:]
    base_item = None if base is None else decode_item(base)
    return Op(
        id=op_id,
        kind=OpKind(kind),
        item=shown_item(key, record[4:11], None if base_item is None else base_item.server_id),
        base=base_item,
        queued_at=queued_at,
        state=OpState(state),
        attempt=attempt,
        started_at=started_at,
        baseline=None if baseline is None else frozenset(json.loads(baseline)),
        baseline_skipped=skipped,
        waits_for=waits_for,
        trouble=None if trouble is None else Trouble(trouble),
        message=message,
        conflicts=tuple(ConflictingSlot(*slot) for slot in json.loads(conflicts)),
        phase=Phase(phase),
        new_id=new_id,
        batch=batch,
    )


def encode_op(op: Op) -> tuple[object, ...]:
    """The values of `OP_COLUMNS`; the id of a new operation is left to SQLite."""
    item = op.item
    return (
        op.id or None,
        item.key,
        op.kind.value,
        op.state.value,
        item.date.isoformat() if isinstance(item, Entry) else None,
        item.weekday if isinstance(item, Pattern) else None,
        item.start,
        item.end,
        item.is_available,
        item.title,
        item.notes if isinstance(item, Entry) else "",
        None if op.base is None else encode_item(op.base),
        op.queued_at,
        op.attempt,
        op.started_at,
        None if op.baseline is None else json.dumps(sorted(op.baseline)),
        op.baseline_skipped,
        op.waits_for,
        None if op.trouble is None else op.trouble.value,
        op.message,
        json.dumps([[slot.id, slot.start, slot.end] for slot in op.conflicts]),
        op.phase.value,
        op.new_id,
        op.batch,
    )


class Outbox:
    """Queued operations in order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ops(self) -> list[Op]:
        return [decode_op(record) for record in self._select("ORDER BY id")]

    def ops_of(self, key: str) -> list[Op]:
        return [decode_op(record) for record in self._select("WHERE key = ? ORDER BY id", key)]

    def op(self, op_id: int) -> Op | None:
        record = self._select("WHERE id = ?", op_id).fetchone()
        return None if record is None else decode_op(record)

    def heads(self) -> Iterator[OpHead]:
        # Each is worked out as it is asked for: of thousands that are queued most often the first will do.
        found = self._connection.execute(
            "SELECT id, key, kind, state, waits_for FROM op AS head "
            "WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.key = head.key AND op.id < head.id) ORDER BY id"
        )
        try:
            for op_id, key, kind, state, waits_for in found:
                yield OpHead(op_id, key, OpKind(kind), OpState(state), waits_for)
        finally:
            found.close()

    def put_op(self, op: Op) -> Op:
        marks = ", ".join("?" * len(OP_COLUMNS.split(",")))
        cursor = self._connection.execute(
            f"INSERT OR REPLACE INTO op ({OP_COLUMNS}) VALUES ({marks})",  # noqa: S608 - constants of ours.
            encode_op(op),
        )
        return op if op.id else replace(op, id=cursor.lastrowid or 0)

    def drop_op(self, op_id: int) -> None:
        self._connection.execute("DELETE FROM op WHERE id = ?", (op_id,))
        self.release(op_id)

    def release(self, op_id: int) -> None:
        self._connection.execute("UPDATE op SET waits_for = NULL WHERE waits_for = ?", (op_id,))

    def hand_over(self, op_id: int, successor: int) -> None:
        self._connection.execute("UPDATE op SET waits_for = ? WHERE waits_for = ?", (successor, op_id))

    def _select(self, where: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(
            f"SELECT {OP_COLUMNS} FROM op {where}",  # noqa: S608 - constants of ours.
            values,
        )
