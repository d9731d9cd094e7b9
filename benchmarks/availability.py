"""What callers are offered: a day, a year of heat map, the starts during a drag, and the reasons under the mouse.

All of it runs without a window, on calendars as large as the limits say, in this very process: it is the same code
that the app runs, and no Qt takes part in it.
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure, percentile
from benchmarks.worlds import log
from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings, availability_on
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.starts import Appointment
from triluna_desktop.session import Session
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow, PatternRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from triluna_desktop.sync.ports import Transaction

GROUP = "What callers are offered"
MONDAY = date(2026, 11, 23)
PATTERNS, ENTRIES_A_DAY, ENTRIES_A_YEAR = 100, 50, 10_000
DAY_US, YEAR_MS, FRAME_MS = 50.0, 60.0, 8.0
P = 0.95
"""So many of the moves of a mouse are within the limit."""
MODE = ModeSettings(Mode.UNAVAILABLE_TIMES)


def measure(folder: Path) -> list[Figure]:
    """A day on its own; then a session with a full year, for the rest."""
    log("what callers are offered")
    return [_day(), *asyncio.run(_session(folder / "availability"))]


def _day() -> Figure:
    """Best of many rounds: what else runs on the machine is no part of it."""
    chance = random.Random(1)  # noqa: S311 - a calendar, no secret.
    patterns = [
        Pattern(f"p{n}", n % 7, at := chance.randrange(0, 1380, 15), at + 45, chance.random() < 0.5)
        for n in range(PATTERNS)
    ]
    entries = [
        Entry(f"e{n}", MONDAY, at := chance.randrange(0, 1380, 15), at + 45, chance.random() < 0.5)
        for n in range(ENTRIES_A_DAY)
    ]
    rounds = _timed(lambda: [availability_on(MONDAY, MODE, patterns, entries) for _ in range(100)], 30)
    each_us = [took * 10 for took in rounds]
    what = f"a day with {PATTERNS} patterns and {ENTRIES_A_DAY} entries"
    details = {"median µs": statistics.median(each_us)}
    return Figure(GROUP, what, min(each_us), "µs", DAY_US, len(rounds), details)


async def _session(folder: Path) -> list[Figure]:
    store = SqliteStore(folder / "calendar.db")
    store.open()
    session = Session(store, None, _Clock(), mode_settings=MODE)
    try:
        await store.run(_fill)
        callers = session.callers
        years: list[float] = []
        for _ in range(11):
            gc.collect()
            began = time.perf_counter()
            found = await callers.year(MONDAY)
            years.append((time.perf_counter() - began) * 1000)
            assert found.total  # noqa: S101 - a year of nothing would be measured fast.
        entry = next(view.item for view in session.days(MONDAY).entries if isinstance(view.item, Entry))
        wanted = Appointment(30, 15, 120)
        drags = _timed(lambda: callers.starts(MONDAY, 7, wanted, trying=_dragged(entry)), 200)
        whys = _timed(lambda: callers.why(MONDAY, 13 * 60), 200)
    finally:
        await session.stop()
        store.close()
    return [
        Figure(
            GROUP,
            f"a year with {ENTRIES_A_YEAR:,} entries, off the window's thread",
            statistics.median(years),
            "ms",
            YEAR_MS,
            len(years),
            {"best ms": min(years), "worst ms": max(years)},
        ),
        Figure(GROUP, "starts of a week, at a move of a drag", percentile(drags, P), "ms", FRAME_MS, 200),
        Figure(GROUP, "why, under the mouse", percentile(whys, P), "ms", FRAME_MS, 200),
    ]


def _dragged(entry: Entry) -> edits.Edit:
    moved = Entry(entry.key, entry.date + timedelta(days=1), entry.start, entry.end, entry.is_available)
    return edits.change(entry, moved)


def _timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    found: list[float] = []
    gc.collect()
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _fill(tx: Transaction) -> None:
    """A year as if read from the server: 27 or 28 entries a date, and the weekly hours."""
    chance = random.Random(2)  # noqa: S311 - a calendar, no secret.
    tx.put_entries(
        EntryRow(
            f"e{n}",
            n + 1,
            0,
            MONDAY + timedelta(days=n % 365),
            n // 365 * 50,
            n // 365 * 50 + 40,
            chance.random() < 0.5,
            "",
            "",
        )
        for n in range(ENTRIES_A_YEAR)
    )
    tx.put_patterns(
        PatternRow(f"p{n}", n + 1, 0, n % 7, n // 7 * 90, n // 7 * 90 + 60, chance.random() < 0.5, "")
        for n in range(PATTERNS)
    )


class _Clock:
    """Noon of the first day, in a zone with clock changes."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 17, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))

    def monotonic(self) -> float:
        return time.monotonic()
