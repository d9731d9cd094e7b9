"""What is shown: confirmed rows with the outbox on top, quickly."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import ConflictingSlot, Trouble
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import (
    Counts,
    EntryRow,
    ItemView,
    Op,
    OpKind,
    OpState,
    PatternRow,
    SendState,
    Transaction,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = date(2025, 9, 4)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "profile" / "calendar.db")
    store.open()
    yield store
    store.close()


def confirmed(number: int, day: date = DAY, start: int = 540) -> EntryRow:
    return EntryRow(f"entry:{number}", number, 0, day, start, start + 60, True, "", "")


def op(kind: OpKind, item: Entry | Pattern, base: Entry | Pattern | None = None, **more: object) -> Op:
    return Op(0, kind, item, base, 1, **more)  # type: ignore[arg-type]


async def write(store: SqliteStore, *work: Callable[[Transaction], object]) -> None:
    for each in work:
        await store.run(each)


async def test_a_row_without_edits_is_shown_as_sent(store: SqliteStore) -> None:
    await write(store, lambda tx: tx.put_entries([confirmed(1)]))
    assert store.entry_views(DAY, DAY) == (ItemView(confirmed(1).item()),)
    assert store.item_view("entry:1") == ItemView(confirmed(1).item())
    assert store.item_view("nobody") is None


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (OpState.PENDING, SendState.PENDING),
        (OpState.SENDING, SendState.CONFIRMING),
        (OpState.UNCERTAIN, SendState.CONFIRMING),
        (OpState.CONFLICT, SendState.CONFLICT),
        (OpState.REJECTED, SendState.REJECTED),
        (OpState.BLOCKED_AUTH, SendState.BLOCKED_AUTH),
    ],
)
async def test_an_edit_lies_on_top_of_its_row(store: SqliteStore, state: OpState, shown: SendState) -> None:
    row = confirmed(1)
    moved = Entry("entry:1", NEXT, 600, 660)
    await write(
        store,
        lambda tx: tx.put_entries([row]),
        lambda tx: tx.put_op(op(OpKind.UPDATE, moved, row.item(), state=state, message="why")),
    )
    assert store.entry_views(DAY, DAY) == ()
    (view,) = store.entry_views(NEXT, NEXT)
    assert view == ItemView(moved, shown, row.item(), "why", base=row.item())
    assert view.item.server_id == 1
    assert store.item_view("entry:1") == view
    assert store.dates_with_entries(DAY, NEXT) == {NEXT}


async def test_a_queued_delete_hides_its_row_and_a_refused_one_shows_it(store: SqliteStore) -> None:
    row = confirmed(1)
    await write(
        store,
        lambda tx: tx.put_entries([row]),
        lambda tx: tx.put_op(op(OpKind.DELETE, row.item(), row.item())),
    )
    assert store.entry_views(DAY, DAY) == ()
    assert store.item_view("entry:1") is None
    assert store.dates_with_entries(DAY, NEXT) == frozenset()
    (queued,) = await store.run(lambda tx: tx.ops())
    assert queued.item.server_id == 1
    refused = Op(queued.id, OpKind.DELETE, queued.item, queued.base, 1, OpState.REJECTED)
    await write(store, lambda tx: tx.put_op(refused))
    assert [view.state for view in store.entry_views(DAY, DAY)] == [SendState.REJECTED]
    assert store.dates_with_entries(DAY, NEXT) == {DAY}


async def test_of_several_edits_the_last_is_shown_with_the_gravest_state(store: SqliteStore) -> None:
    first, last = Entry("k", DAY, 0, 60), Entry("k", NEXT, 0, 60)
    await write(
        store,
        lambda tx: tx.put_op(op(OpKind.CREATE, first, state=OpState.UNCERTAIN)),
        lambda tx: tx.put_op(op(OpKind.UPDATE, last, first)),
    )
    assert store.entry_views(DAY, DAY) == ()
    assert store.entry_views(NEXT, NEXT) == (ItemView(last, SendState.CONFIRMING),)
    assert store.dates_with_entries(DAY, NEXT) == {NEXT}
    assert store.counts() == Counts(1, 0)


async def test_entries_come_in_order_of_date_and_time(store: SqliteStore) -> None:
    await write(
        store,
        lambda tx: tx.put_entries([confirmed(3, NEXT, 0), confirmed(1, DAY, 700), confirmed(2, DAY, 100)]),
        lambda tx: tx.put_op(op(OpKind.CREATE, Entry("k", DAY, 400, 500))),
    )
    keys = [view.item.key for view in store.entry_views(DAY, NEXT)]
    assert keys == ["entry:2", "k", "entry:1", "entry:3"]


async def test_a_week_is_read_once_however_many_were_looked_at_before(store: SqliteStore) -> None:
    await write(
        store, lambda tx: tx.put_entries([confirmed(number, DAY + timedelta(days=number)) for number in range(30)])
    )
    patterns = store.pattern_views()
    for number in range(30):
        day = DAY + timedelta(days=number)
        read = store.entry_views(day, day)
        assert store.pattern_views() is patterns
        assert len(read) == 1
        assert store.entry_views(day, day) is read


async def test_dates_with_entries_are_those_asked_about(store: SqliteStore) -> None:
    held = [DAY + timedelta(days=number) for number in (-40, -1, 0, 1, 1, 20, 41, 42, 400)]
    last, edited = DAY + timedelta(days=41), DAY + timedelta(days=7)
    gone = confirmed(20, DAY + timedelta(days=30))
    await write(
        store,
        lambda tx: tx.put_entries([confirmed(number, day) for number, day in enumerate(held)]),
        lambda tx: tx.put_entries([gone]),
        lambda tx: tx.put_op(op(OpKind.DELETE, gone.item(), gone.item())),
        lambda tx: tx.put_op(op(OpKind.CREATE, Entry("k", edited, 400, 500))),
    )
    expected = {day for day in held if DAY <= day <= last} | {edited}
    assert store.dates_with_entries(DAY, last) == expected
    assert store.dates_with_entries(DAY + timedelta(days=500), DAY + timedelta(days=600)) == frozenset()


async def test_patterns_are_shown_with_their_edits_in_order(store: SqliteStore) -> None:
    rows = [PatternRow(f"pattern:{n}", n, 0, n, 540, 600, True, "t") for n in (3, 1, 2)]
    new = Pattern("p", 0, 0, 60)
    await write(
        store,
        lambda tx: tx.put_patterns(rows),
        lambda tx: tx.put_op(op(OpKind.DELETE, rows[0].item(), rows[0].item())),
        lambda tx: tx.put_op(op(OpKind.CREATE, new)),
    )
    views = store.pattern_views()
    assert [view.item.key for view in views] == ["p", "pattern:1", "pattern:2"]
    assert store.item_view("p") == views[0]
    assert store.item_view("pattern:1") == views[1]
    assert store.item_view("pattern:3") is None


async def test_an_operation_comes_back_as_it_was_written(store: SqliteStore) -> None:
    base = Pattern("p", 3, 0, 1440, False, "base", 7)
    whole = Op(
        0,
        OpKind.DELETE,
        base,
        base,
        5,
        OpState.CONFLICT,
        2,
        1.5,
        frozenset({1, 2}),
        3,
        9,
        Trouble.CONFLICT,
        "why",
        (ConflictingSlot(None, 1, 2), ConflictingSlot(3, 4, 5)),
    )
    written = await store.run(lambda tx: tx.put_op(whole))
    assert written.id > 0
    assert await store.run(lambda tx: tx.op(written.id)) == written
    assert await store.run(lambda tx: tx.op(written.id + 1)) is None
    assert (await store.run(lambda tx: tx.ops_of("p")))[0].base == base


async def test_ranges_that_were_read_grow_together(store: SqliteStore) -> None:
    def days(first: int, last: int) -> tuple[date, date]:
        return DAY + timedelta(days=first), DAY + timedelta(days=last)

    for span in ((0, 4), (10, 14), (5, 9), (20, 21), (2, 3)):
        await store.run(lambda tx, span=span: tx.add_loaded(*days(*span)))  # type: ignore[misc]
    assert store.is_loaded(*days(0, 14))
    assert store.is_loaded(*days(3, 7))
    assert not store.is_loaded(*days(14, 15))
    assert not store.is_loaded(*days(14, 20))


async def test_the_ends_of_the_calendar_can_be_read(store: SqliteStore) -> None:
    await write(
        store,
        lambda tx: tx.add_loaded(date.min, date.min),
        lambda tx: tx.add_loaded(date.max, date.max),
    )
    assert store.is_loaded(date.min, date.min)
    assert store.is_loaded(date.max, date.max)
    assert not store.is_loaded(date.min, date.max)


async def test_requests_older_than_a_day_are_forgotten(store: SqliteStore) -> None:
    for at in (100.0, 3650.0, 100.0 + 24 * 3600):
        await store.run(lambda tx, at=at: tx.record_request(at, "read"))  # type: ignore[misc]
    assert store.requests_since(0.0) == (3650.0, 86500.0)
    assert store.requests_since(3650.0) == (86500.0,)


async def test_requests_are_counted_by_stretch_and_kind(store: SqliteStore) -> None:
    for at, kind in ((10.0, "read"), (299.0, "create"), (299.5, "create"), (300.0, "read"), (900.0, "test")):
        await store.run(lambda tx, at=at, kind=kind: tx.record_request(at, kind))  # type: ignore[misc]
    counts = store.request_counts(0.0, 300.0)
    assert counts == ((0, "create", 2), (0, "read", 1), (1, "read", 1), (3, "test", 1))
    assert store.request_counts(300.0, 300.0) == ((2, "test", 1),)


async def test_requests_move_with_the_clock_and_never_into_the_future(store: SqliteStore) -> None:
    for at in (10.0, 20.0):
        await store.run(lambda tx, at=at: tx.record_request(at, "read"))  # type: ignore[misc]
    await store.run(lambda tx: tx.shift_requests(100.0, 115.0))
    assert store.requests_since(0.0) == (110.0, 115.0)


async def test_notes_are_remembered(store: SqliteStore) -> None:
    assert store.note("name") is None
    await store.run(lambda tx: tx.set_note("name", "value"))
    assert store.note("name") == "value"


async def test_a_server_id_belongs_to_one_row(store: SqliteStore) -> None:
    await store.run(lambda tx: tx.put_entries([confirmed(1)]))
    await store.run(lambda tx: tx.put_entries([confirmed(1)._replace(key="mine")]))
    assert [view.item.key for view in store.entry_views(DAY, DAY)] == ["mine"]


async def test_a_read_sees_one_commit_while_the_writer_is_in_the_middle_of_the_next(store: SqliteStore) -> None:
    await store.run(lambda tx: tx.put_entries([confirmed(1)]))
    halfway, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        tx.drop_rows(["entry:1"])
        halfway.set()
        assert go_on.wait(10)
        tx.put_entries([confirmed(2)])

    writing = asyncio.ensure_future(store.run(slow))
    await asyncio.to_thread(halfway.wait, 10)
    assert [view.item.key for view in store.entry_views(DAY, DAY)] == ["entry:1"]
    go_on.set()
    await writing
    assert [view.item.key for view in store.entry_views(DAY, DAY)] == ["entry:2"]


@pytest.mark.parametrize("others", [100, 100_000])
async def test_a_week_of_500_slots_is_read_in_4_ms_whatever_else_there_is(store: SqliteStore, others: int) -> None:
    week = [confirmed(n, DAY + timedelta(days=n % 7), n % 1300) for n in range(500)]
    rest = [confirmed(1000 + n, NEXT + timedelta(days=7 + n % 700), n % 1300) for n in range(others)]
    await store.run(lambda tx: tx.put_entries(week + rest))
    assert len(store.entry_views(DAY, DAY + timedelta(days=6))) == 500
    took = []
    for _ in range(20):
        start = time.perf_counter()
        store.entry_views(DAY, DAY + timedelta(days=6))
        took.append(time.perf_counter() - start)
    # A machine that does other things at the same time is no reason to fail: the best of many is what it takes.
    # Under a tracer, as when coverage is measured, each line costs several times as much.
    assert min(took) < (0.004 if sys.gettrace() is None else 0.040), (
        f"best {min(took) * 1000:.1f} ms, median {median(took) * 1000:.1f} ms"
    )
