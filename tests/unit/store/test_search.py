"""Looking through what is shown: by words, by date, sent or not, and without keeping the window waiting."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.store.test_views import op

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.search import folded, read_query
from triluna_desktop.domain.vocabulary import ENGLISH
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow, Found, OpKind, OpState, PatternRow

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

TODAY = date(2026, 11, 19)
"""A Thursday."""
NOON = datetime(2026, 11, 19, 12, 0)  # noqa: DTZ001 - the wall clock's.
FRIDAY = TODAY + timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "calendar.db")
    store.open()
    yield store
    store.close()


def row(number: int, title: str, day: date = FRIDAY, start: int = 840, notes: str = "") -> EntryRow:
    return EntryRow(f"entry:{number}", number, 0, day, start, start + 60, False, title, notes)


async def find(store: SqliteStore, text: str, *, is_masked: bool = False, limit: int = 100) -> Found:
    query = read_query(text, TODAY, ModeSettings(), ENGLISH, is_masked=is_masked)
    return await store.search(query, NOON, limit)


def titles(found: Found) -> list[str]:
    return [view.item.title for view in (*found.coming, *found.weekly, *found.past)]


async def fill(store: SqliteStore, *rows: EntryRow) -> None:
    await store.run(lambda tx: tx.put_entries(rows))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dent", ["Dentist"]),
        ("DENTIST", ["Dentist"]),
        ("cafe", ["Café Müller"]),
        ("CAFÉ MÜLLER", ["Café Müller"]),
        ("müller café", ["Café Müller"]),
        ("strasse", ["Straße"]),
        ("bring cash", ["Market"]),
        ("tomorrow", ["Dentist", "Café Müller"]),
        ("20 nov", ["Dentist", "Café Müller"]),
        ("tomorrow dent", ["Dentist"]),
        ("tomorrow 3pm", ["Café Müller"]),
        ("tomorrow 2-4", ["Dentist", "Café Müller"]),
        ("12 nov", ["Market"]),
        ("100%", ["100% focus"]),
        ("nothing of the kind", []),
        ("", []),
    ],
)
async def test_entries_are_found_by_their_words_and_by_their_date(
    store: SqliteStore, text: str, found: list[str]
) -> None:
    await fill(
        store,
        row(1, "Dentist"),
        row(2, "Café Müller", start=900),
        row(3, "Straße", TODAY + timedelta(days=9)),
        row(4, "Market", LAST_WEEK, notes="Bring CASH"),
        row(5, "100% focus", TODAY + timedelta(days=30)),
    )
    assert titles(await find(store, text)) == found


async def test_a_word_that_may_be_a_date_finds_both_readings(store: SqliteStore) -> None:
    sunday = TODAY + timedelta(days=3)
    await fill(store, row(1, "Sun cream", FRIDAY), row(2, "Walk", sunday))
    assert titles(await find(store, "sun")) == ["Sun cream", "Walk"]


async def test_what_is_to_come_stands_first_and_the_past_goes_backwards(store: SqliteStore) -> None:
    days = (-30, 3, -2, 0, 40)
    await fill(store, *(row(number, f"x {by}", TODAY + timedelta(days=by)) for number, by in enumerate(days)))
    assert titles(await find(store, "x")) == ["x 0", "x 3", "x 40", "x -2", "x -30"]


async def test_what_ended_today_is_past(store: SqliteStore) -> None:
    starts = {"ended": 600, "has just ended": 660, "goes on": 661, "starts now": 720, "in an hour": 780}
    await fill(store, *(row(start, name, TODAY, start) for name, start in starts.items()))
    found = await find(store, "today")
    assert [view.item.title for view in found.coming] == ["goes on", "starts now", "in an hour"]
    assert [view.item.title for view in found.past] == ["has just ended", "ended"]


async def test_more_than_is_shown_is_counted(store: SqliteStore) -> None:
    await fill(store, *(row(number, "x", TODAY + timedelta(days=number - 5)) for number in range(20)))
    found = await find(store, "x", limit=12)
    assert (len(found.coming), len(found.past), found.total) == (12, 0, 20)


async def test_weekly_hours_are_found_by_title_and_by_weekday(store: SqliteStore) -> None:
    await store.run(lambda tx: tx.put_patterns([PatternRow("pattern:1", 1, 0, 1, 540, 1020, True, "Office")]))
    for text in ("office", "mondays", "next mon", "every monday 10-11"):
        assert titles(await find(store, text)) == ["Office"], text
    for text in ("fridays", "next mon 8pm"):
        assert titles(await find(store, text)) == [], text


async def test_what_is_not_sent_yet_is_found_as_it_shall_be(store: SqliteStore) -> None:
    await fill(store, row(1, "Old name"), row(2, "Going"))
    old = Entry("entry:1", FRIDAY, 840, 900, False, "Old name", server_id=1)
    new = Entry("entry:1", FRIDAY, 840, 900, False, "New name", server_id=1)
    going = Entry("entry:2", FRIDAY, 840, 900, False, "Going", server_id=2)
    made = Entry("made", FRIDAY, 600, 660, False, "Made here")
    weekly = Pattern("weekly", 1, 600, 660, True, "Weekly here")
    queued = (
        op(OpKind.UPDATE, new, old),
        op(OpKind.DELETE, going, going),
        op(OpKind.CREATE, made),
        op(OpKind.CREATE, weekly),
    )
    await store.run(lambda tx: [tx.put_op(each) for each in queued])
    assert titles(await find(store, "name")) == ["New name"]
    assert titles(await find(store, "going")) == []
    assert titles(await find(store, "here")) == ["Made here", "Weekly here"]
    assert titles(await find(store, "tomorrow")) == ["Made here", "New name"]


async def test_what_the_server_refused_to_delete_is_found_again(store: SqliteStore) -> None:
    await fill(store, row(2, "Going"))
    going = Entry("entry:2", FRIDAY, 840, 900, False, "Going", server_id=2)
    await store.run(lambda tx: tx.put_op(op(OpKind.DELETE, going, going, state=OpState.REJECTED)))
    assert titles(await find(store, "going")) == ["Going"]


async def test_with_titles_masked_only_dates_find_anything(store: SqliteStore) -> None:
    await fill(store, row(1, "Dentist"))
    assert titles(await find(store, "dentist", is_masked=True)) == []
    assert titles(await find(store, "tomorrow dentist", is_masked=True)) == ["Dentist"]
    assert titles(await find(store, "tomorrow", is_masked=True)) == ["Dentist"]


def test_letters_are_compared_without_case_and_marks() -> None:
    assert folded("ÉCOLE Straße İzmir ﬁn") == folded("école STRASSE izmir fin") == "ecole strasse izmir fin"


async def test_ten_thousand_entries_keep_nobody_waiting(store: SqliteStore) -> None:
    rows = [row(number, f"Müller {number}", TODAY + timedelta(days=number % 700)) for number in range(10_000)]
    await fill(store, *rows)
    await find(store, "müller")  # The file is in memory then, and the module is loaded.
    # The loop has its turns all the while. On a busy machine its thread may get no core during a whole search, so
    # the best of some counts: where the interpreter is not let go, none has more than a handful.
    assert max([await turns_during(find(store, "müller 77")) for _ in range(5)]) > 500


async def turns_during(search: Coroutine[object, object, Found]) -> int:
    """How often the event loop has its turn during a search."""
    longest, turns = 0.0, 0
    task = asyncio.ensure_future(search)
    # By the thread's own time: what other programs do meanwhile on the machine does not count.
    last = time.thread_time()
    while not task.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        longest, last, turns = max(longest, now - last), now, turns + 1
    assert (await task).total > 100
    assert longest < (0.004 if sys.gettrace() is None else 0.040), f"{longest:.4f} s on the window's thread"
    return turns
