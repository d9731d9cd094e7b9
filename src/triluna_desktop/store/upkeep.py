"""What is done with the file as a whole: cleared, counted, and searched for what must not leave the computer."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from triluna_desktop.store.history import prune_before
from triluna_desktop.sync.ports import DEFAULT_DAYS, HISTORY_DAYS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

_WIPED = ("entry", "pattern", "op", "buried", "loaded", "batch", "history")
_COUNTED = (*_WIPED, "note", "request")
_STAYS = ("revision", HISTORY_DAYS, "templates", "requests_held_until", "request_clocks")
"""Notes that are no copy of what the server has: about the file, the hour's requests, and what was made here."""
_TEXT_COLUMNS = (("entry", "title"), ("entry", "notes"), ("pattern", "title"), ("op", "title"), ("op", "notes"))
_JSON_COLUMNS = (
    ("op", "base"),
    ("op", "conflicts"),
    ("batch", "edit"),
    ("history", "before"),
    ("history", "after"),
)


class Upkeep:
    """Implements `sync.upkeep.Upkeep` on the writer's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def wipe(self, losing: int) -> bool:
        """Overwrite what is deleted, too: it is somebody's calendar."""
        if self._count("SELECT count(*) FROM op") > losing:
            return False
        self._shred(_WIPED)
        self._connection.execute(f"DELETE FROM note WHERE name NOT IN ({', '.join('?' * len(_STAYS))})", _STAYS)  # noqa: S608 - question marks.
        return True

    def clear_history(self) -> None:
        self._shred(("history",))

    def keep_history(self, days: int, now: float) -> None:
        value = str(days)
        if days == DEFAULT_DAYS:
            self._connection.execute("DELETE FROM note WHERE name = ?", (HISTORY_DAYS,))
        else:
            self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (HISTORY_DAYS, value))
        if days:
            prune_before(self._connection, now, days)

    def texts(self) -> frozenset[str]:
        found: set[str] = set()
        for table, column in _TEXT_COLUMNS:
            found.update(row[0] for row in self._connection.execute(f"SELECT DISTINCT {column} FROM {table}"))  # noqa: S608 - constants above.
        for (value,) in self._connection.execute("SELECT value FROM note"):
            with suppress(ValueError, RecursionError):  # Most notes are a number or a date.
                found.update(_strings(json.loads(value)))
        for table, column in _JSON_COLUMNS:
            query = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND {column} != ''"  # noqa: S608 - constants above.
            for (text,) in self._connection.execute(query):
                found.update(_strings(json.loads(text)))
        return frozenset(found - {""})

    def counts(self) -> Mapping[str, int]:
        rows = {table: self._count(f"SELECT count(*) FROM {table}") for table in _COUNTED}  # noqa: S608 - constants above.
        states = self._connection.execute("SELECT kind || ' ' || state, count(*) FROM op GROUP BY 1")
        return {**rows, **{f"op {name}": count for name, count in states}}

    def _count(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])

    def _shred(self, tables: tuple[str, ...]) -> None:
        self._connection.execute("PRAGMA secure_delete = ON")
        for table in tables:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants above.
        self._connection.execute("PRAGMA secure_delete = OFF")


def _strings(value: object) -> Iterator[str]:
    """Every text in what JSON gives, and in JSON within it: more than titles and notes, and none may be missed."""
    if isinstance(value, str):
        yield value
        if value.startswith(("[", "{")):
            with suppress(ValueError, RecursionError):
                yield from _strings(json.loads(value))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
