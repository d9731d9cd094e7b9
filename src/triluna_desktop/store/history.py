"""Who changed what, and when: every version that was replaced, kept for 90 days or as the user chose.

Rows are written on the writer's connection, in the transaction of the change itself, and read through the
connection that only reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.models import Entry
from triluna_desktop.store.outbox import decode_item
from triluna_desktop.sync.ports import DEFAULT_DAYS, HISTORY_DAYS, Actor, HistoryPart, HistoryRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from triluna_desktop.domain.models import Item

DAY_SECONDS = 24 * 3600.0
KEPT_SECONDS = DEFAULT_DAYS * DAY_SECONDS
"""How long a row is kept; rows that are older go with the first row of a day."""
_PRUNED = "history_pruned"
"""The note of when rows were last dropped for their age, in seconds since the epoch."""
_LEAP_SECONDS = 7 * DAY_SECONDS
"""So far ahead of the last time a clock is believed at once: one that was set wrong must not empty the history."""
LOOKED_AT = 400
"""Rows that are looked through for a text at once: so many take 2 ms."""
_TITLE_FIELD = 6
"""Where the title stands in an item's JSON, of an entry and of a pattern alike; the notes follow it."""


class History:
    """Writes rows; one of these lives as long as a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, at: float, actor: Actor, changes: Iterable[tuple[Item | None, Item | None]]) -> None:
        """Write changes, each ``(before, after)``, made ``at`` seconds since the epoch.

        Raises:
            ValueError: a change has neither side.
        """
        days = days_kept(self._connection)
        if days == 0:
            return
        self._connection.executemany(
            "INSERT INTO history (at, key, actor, before, after) VALUES (?, ?, ?, ?, ?)",
            (
                (at, _key(before, after), actor.value, _encoded(before), _encoded(after))
                for before, after in changes
            ),
        )
        self._prune(at, days)

    def _prune(self, now: float, days: int) -> None:
        """Drop what is too old, once a day at the most. A clock that was set back counts as another day, and one
        that has leapt ahead is believed once it shows another day after that.
        """
        found = self._connection.execute("SELECT value FROM note WHERE name = ?", (_PRUNED,)).fetchone()
        before = now if found is None else float(found[0])
        if found is None or abs(now - before) >= DAY_SECONDS:
            prune_before(self._connection, min(now, before + _LEAP_SECONDS), days)
            _note_pruning(self._connection, now)


def days_kept(connection: sqlite3.Connection) -> int:
    """For how many days versions are kept; 0 for none."""
    found = connection.execute("SELECT value FROM note WHERE name = ?", (HISTORY_DAYS,)).fetchone()
    return DEFAULT_DAYS if found is None else int(found[0])


def prune_before(connection: sqlite3.Connection, now: float, days: int) -> None:
    """Drop rows that are older than so many days, ``now`` in seconds since the epoch."""
    connection.execute("DELETE FROM history WHERE at < ?", (now - days * DAY_SECONDS,))
    _note_pruning(connection, now)


def _note_pruning(connection: sqlite3.Connection, now: float) -> None:
    connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (_PRUNED, str(now)))


def read_history(
    connection: sqlite3.Connection,
    *,
    key: str | None,
    before: int | None,
    actor: Actor | None,
    limit: int,
) -> tuple[HistoryRow, ...]:
    """Rows, newest first: of one item or all, older than the row ``before``, by one actor or anybody."""
    return tuple(map(_row, _records(connection, key, before, actor, limit)))


def look_through_history(
    connection: sqlite3.Connection, text: str, *, key: str | None, before: int | None, actor: Actor | None
) -> HistoryPart:
    """Those of the next `LOOKED_AT` rows whose titles or notes hold the text, whatever its case.

    SQLite's LIKE knows the case of ASCII alone, so each row is looked at here, which takes some 5 µs.
    """
    wanted = text.casefold()
    records = _records(connection, key, before, actor, LOOKED_AT)
    rows = tuple(
        _row(record) for record in records if any(wanted in said for side in record[3:] for said in _texts(side))
    )
    return HistoryPart(rows, records[-1][0] if len(records) == LOOKED_AT else None)


def _records(
    connection: sqlite3.Connection, key: str | None, before: int | None, actor: Actor | None, limit: int
) -> list[tuple[Any, ...]]:
    where, values = ["1"], list[object]()
    for condition, value in (("key = ?", key), ("id < ?", before), ("actor = ?", actor and actor.value)):
        if value is not None:
            where.append(condition)
            values.append(value)
    return connection.execute(
        "SELECT id, at, actor, before, after FROM history "  # noqa: S608 - the conditions are constants above.
        f"WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",
        (*values, limit),
    ).fetchall()


def count_history(connection: sqlite3.Connection, key: str) -> int:
    """How many rows there are of one item."""
    found = connection.execute("SELECT count(*) FROM history WHERE key = ?", (key,)).fetchone()
    return int(found[0])


def _row(record: tuple[Any, ...]) -> HistoryRow:
    row_id, at, actor, before, after = record
    return HistoryRow(row_id, at, Actor(actor), _decoded(before), _decoded(after))


def _texts(side: str | None) -> list[str]:
    return [] if side is None else [text.casefold() for text in json.loads(side)[_TITLE_FIELD:]]


def _key(before: Item | None, after: Item | None) -> str:
    item = after if after is not None else before
    if item is None:
        raise ValueError("a change has at least one side")
    return item.key


def _encoded(item: Item | None) -> str | None:
    if item is None:
        return None
    if isinstance(item, Entry):
        day, *rest = item.content()
        return _dumps([item.key, item.server_id, day.isoformat(), *rest])
    return _dumps([item.key, item.server_id, *item.content()])


def _decoded(text: str | None) -> Item | None:
    return None if text is None else decode_item(text)


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: a sync can bring 10,000 changes. `store.outbox.decode_item` reads it."""
