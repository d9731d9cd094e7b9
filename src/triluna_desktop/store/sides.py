"""Both sides of what callers are offered: what the server holds and, with the unsent edits, what it shall hold."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.domain.time import weekday_of
from triluna_desktop.sync.ports import FAILED, OpKind, Phase, Side, Sides

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Mapping

    from triluna_desktop.sync.ports import Marked

WhenT = TypeVar("WhenT", str, int)
"""A date in ISO form, or a weekday."""

_FAILED = frozenset(state.value for state in FAILED)
_OPS = "SELECT key, kind, state, date, weekday, start_minute, end_minute, is_available, phase FROM op ORDER BY id"
_ENTRIES = "SELECT key, date, start_minute, end_minute, is_available FROM entry WHERE date BETWEEN ? AND ?"
_PATTERNS = "SELECT key, weekday, start_minute, end_minute, is_available FROM pattern"


def read_sides(connection: sqlite3.Connection, first: date, last: date) -> Sides:
    """Of the dates from ``first`` to ``last``, both included, those that unsent edits touch, in order."""
    ops = connection.execute(_OPS).fetchall()
    # Of several of one item, the last one says what is wanted.
    shown = {op[0]: op for op in ops}
    if not shown:
        return Sides((), Side({}, {}), Side({}, {}))
    rows = connection.execute(_ENTRIES, (first.isoformat(), last.isoformat())).fetchall()
    patterns = connection.execute(_PATTERNS).fetchall()
    days: set[str] = {op[3] for op in shown.values()} | {row[1] for row in rows if row[0] in shown}
    weekdays: set[int] = {op[4] for op in ops} | {row[1] for row in patterns if row[0] in shown}
    touched: dict[str, date] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        name = day.isoformat()
        if name in days or weekday_of(day) in weekdays:
            touched[name] = day
    of_week = frozenset(map(weekday_of, touched.values()))
    # Changed weekly hours stand on the server beside the old ones until those are deleted.
    beside = [(op[4], *op[5:8]) for op in ops if op[8] == Phase.REMOVING.value]
    wanted = [op for op in shown.values() if op[1] != OpKind.DELETE.value or op[2] in _FAILED]
    confirmed = Side(
        _by_date(_grouped((row[1:] for row in rows), touched), touched),
        _grouped((*(row[1:] for row in patterns), *beside), of_week),
    )
    with_edits = Side(
        _by_date(
            _grouped(
                (*(row[1:] for row in rows if row[0] not in shown), *((op[3], *op[5:8]) for op in wanted)), touched
            ),
            touched,
        ),
        _grouped(
            (*(row[1:] for row in patterns if row[0] not in shown), *((op[4], *op[5:8]) for op in wanted)), of_week
        ),
    )
    return Sides(tuple(touched.values()), confirmed, with_edits)


def _grouped(rows: Iterable[tuple[WhenT, int, int, int]], of: Container[WhenT]) -> dict[WhenT, tuple[Marked, ...]]:
    """What is marked, by date or weekday, of those that are asked for."""
    found: defaultdict[WhenT, list[Marked]] = defaultdict(list)
    for when, start, end, is_available in rows:
        if when in of:
            found[when].append((start, end, bool(is_available)))
    return {when: tuple(marked) for when, marked in found.items()}


def _by_date(
    by_name: Mapping[str, tuple[Marked, ...]], dates: Mapping[str, date]
) -> dict[date, tuple[Marked, ...]]:
    return {dates[name]: marked for name, marked in by_name.items()}
