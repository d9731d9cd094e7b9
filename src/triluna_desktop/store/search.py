"""Looks through everything that is shown, confirmed or not yet sent, for what a query says.

Runs on a thread of its own over a connection of its own. SQLite knows the case of ASCII alone, so texts are
compared in Python, row by row: at each row SQLite lets the interpreter go, so that the window is never kept
waiting (`tests/unit/store/test_search.py` measures it).
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.store.cache import ENTRY_COLUMNS, PATTERN_COLUMNS, entry_row, pattern_row
from triluna_desktop.store.db import connect_reader, translated
from triluna_desktop.store.overlay import overlaid
from triluna_desktop.store.views import SHOWN_OP
from triluna_desktop.sync.ports import Found, ItemView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.search import Query
    from triluna_desktop.sync.ports import Row

_SHOWN_ENTRIES = (
    f"SELECT {ENTRY_COLUMNS} FROM entry "  # noqa: S608 - constants of ours.
    "WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.key = entry.key)"
)
_SHOWN_PATTERNS = (
    f"SELECT {PATTERN_COLUMNS} FROM pattern "  # noqa: S608 - constants of ours.
    "WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.key = pattern.key)"
)


def search(path: Path, query: Query, now: datetime, limit: int) -> Found:
    """What fits, as `CalendarStore.search` gives it.

    Raises:
        StoreError: the file could not be read.
    """
    try:
        connection = connect_reader(path)
        try:
            connection.execute("BEGIN")
            unsent = tuple(_unsent(connection))
            entries = [view for view in unsent if isinstance(view.item, Entry) and _fits(view.item, query)]
            weekly = [view for view in unsent if not isinstance(view.item, Entry) and _fits(view.item, query)]
            entries += _entries(connection, query)
            weekly += _patterns(connection, query)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise translated(error) from error
    return _arranged(entries, weekly, now, limit)


def _entries(read: sqlite3.Connection, query: Query) -> Iterator[ItemView]:
    days = sorted(day.isoformat() for day in query.days)
    on_days = f"date IN ({', '.join('?' * len(days))})"
    condition = f"({on_days} OR title != '' OR notes != '')" if query.words else on_days
    for record in read.execute(f"{_SHOWN_ENTRIES} AND {condition}", days):
        start, end, title, notes = record[4], record[5], record[7], record[8]
        if query.fits_words(title, notes) or (record[3] in days and query.fits_when(start, end, title, notes)):
            yield ItemView(entry_row(record).item())


def _patterns(read: sqlite3.Connection, query: Query) -> Iterator[ItemView]:
    for record in read.execute(_SHOWN_PATTERNS):
        item = pattern_row(record).item()
        if _fits(item, query):
            yield ItemView(item)


def _fits(item: Item, query: Query) -> bool:
    texts = (item.title, item.notes) if isinstance(item, Entry) else (item.title,)
    is_there = item.date in query.days if isinstance(item, Entry) else item.weekday in query.weekdays
    return query.fits_words(*texts) or (is_there and query.fits_when(item.start, item.end, *texts))


def _unsent(read: sqlite3.Connection) -> Iterable[ItemView]:
    """The items with queued operations, as they are shown."""
    ops = read.execute(f"SELECT {SHOWN_OP} FROM op ORDER BY id").fetchall()  # noqa: S608 - a constant of ours.
    if not ops:
        return ()
    touched = "WHERE key IN (SELECT key FROM op)"
    entries = read.execute(f"SELECT {ENTRY_COLUMNS} FROM entry {touched}")  # noqa: S608 - as above.
    patterns = read.execute(f"SELECT {PATTERN_COLUMNS} FROM pattern {touched}")  # noqa: S608 - as above.
    rows: list[Row] = [*map(entry_row, entries), *map(pattern_row, patterns)]
    return overlaid(ops, {row.key: row for row in rows})


def _arranged(entries: list[ItemView], weekly: list[ItemView], now: datetime, limit: int) -> Found:
    moment = (now.date(), now.hour * 60 + now.minute)
    coming = sorted((view for view in entries if (_day(view), view.item.end) > moment), key=_order)
    past = sorted((view for view in entries if (_day(view), view.item.end) <= moment), key=_order, reverse=True)
    weekly.sort(key=lambda view: (view.item.start, view.item.key))
    total = len(entries) + len(weekly)
    return Found(
        tuple(coming[:limit]),
        tuple(weekly[: max(0, limit - len(coming))]),
        tuple(past[: max(0, limit - len(coming) - len(weekly))]),
        total,
    )


def _day(view: ItemView) -> date:
    assert isinstance(view.item, Entry)  # noqa: S101 - only entries are asked for; this tells the type checker.
    return view.item.date


def _order(view: ItemView) -> tuple[date, int, int, str]:
    return (_day(view), view.item.start, view.item.end, view.item.key)
