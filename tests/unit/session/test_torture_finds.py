"""What the torture sweeps found, as tests of their own."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.fake_api import ZOMBIE_SECONDS
from tests.helpers.offline_session import THURSDAY, Desk, slot

from triluna_desktop.domain import edits
from triluna_desktop.session import ConnectionState
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.late import LateCreates
from triluna_desktop.sync.plan import SETTLE_SECONDS
from triluna_desktop.sync.ports import Op, OpHead, OpKind, OpState, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.sync.ports import Counts

DAY = date(2025, 9, 4)
SENT_AGAIN_SECONDS = 5.0
"""By then a create that got lost is sent again, if the server is known to refuse overlaps."""


@pytest.fixture
async def closed_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "profile" / "calendar.db")
    yield desk
    await desk.kill()


async def test_reading_goes_on_after_the_disk_once_failed_to_say_what_is_due(
    closed_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`create/strict/db-io@68`: the loop that reads ended for good."""
    desk = closed_desk
    real, failures = desk.store.counts, [StoreError("disk I/O error")]

    def counts() -> Counts:
        if failures:
            raise failures.pop()
        return real()

    monkeypatch.setattr(desk.store, "counts", counts)
    await desk.start()
    assert failures == []
    await desk.run_for(10)
    assert desk.session.status.state is ConnectionState.SYNCED


class _FailsAtTheEndOnce(sqlite3.Connection):
    fails = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if sql == "COMMIT" and type(self).fails:
            type(self).fails = False
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *parameters)


def test_a_reading_that_cannot_be_ended_does_not_spoil_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`create/strict/db-full@145`: each reading after it found a transaction begun already."""
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=_FailsAtTheEndOnce))
    store = SqliteStore(tmp_path / "profile" / "calendar.db")
    store.open()
    try:
        _FailsAtTheEndOnce.fails = True
        with pytest.raises(StoreError, match="disk I/O error"):
            store.entry_views(DAY, DAY)
        assert store.entry_views(DAY, DAY) == ()
        assert store.counts() == (0, 0)
    finally:
        store.close()


async def teach_that_overlaps_are_refused(desk: Desk) -> None:
    desk.api.add(THURSDAY, 900, 960)
    await desk.session.apply(edits.create(slot("refused", 900, 930)))
    await desk.session.sync_now()
    await desk.session.discard("refused")


@pytest.mark.parametrize("is_killed", [False, True], ids=["in one run", "killed in between"])
@pytest.mark.parametrize("is_moved", [False, True], ids=["deleted", "moved"])
async def test_a_late_create_finds_its_slot_taken_whatever_is_done_to_the_entry_next(
    desk: Desk, is_moved: bool, is_killed: bool
) -> None:
    """`taught-create-delete/strict/late-zombie@5`: sent again after 2 s and deleted, it came back after 20."""
    await teach_that_overlaps_are_refused(desk)
    desk.api.write_faults.append("zombie")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(SENT_AGAIN_SECONDS)
    entry, moved = slot("a"), slot("a", 660, 720)
    assert entry in desk.shown()
    assert desk.ops() == []
    await desk.session.apply(edits.change(entry, moved) if is_moved else edits.delete(entry))
    if is_killed:
        await desk.restart()
    await desk.run_for(ZOMBIE_SECONDS + SETTLE_SECONDS)
    await desk.session.sync_now()
    assert desk.ops() == []
    theirs, *mine = sorted(desk.api.contents(), key=lambda content: content[1] != 900)
    assert theirs[1] == 900
    assert mine == ([moved.content()] if is_moved else [])


async def test_what_a_late_create_held_up_leaves_as_soon_as_it_cannot_land_any_more(desk: Desk) -> None:
    await teach_that_overlaps_are_refused(desk)
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(SENT_AGAIN_SECONDS)
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(SETTLE_SECONDS - SENT_AGAIN_SECONDS - 1)
    assert [request.method for request in desk.api.writes if request.method == "DELETE"] == []
    await desk.run_for(2)
    assert desk.ops() == []
    assert len(desk.api.entries) == 1
    assert desk.store.note("late_creates") == "{}"


def test_the_create_itself_and_other_entries_wait_for_no_late_create() -> None:
    late = LateCreates()
    create = Op(7, OpKind.CREATE, slot("a"), None, 1)
    late.add(create, 30.0)
    heads = [
        OpHead(7, "a", OpKind.CREATE, OpState.PENDING, None),
        OpHead(8, "b", OpKind.DELETE, OpState.PENDING, None),
    ]
    assert late.hold_back(heads, {8: 5.0}) == {8: 5.0}
    (later,) = [OpHead(9, "a", OpKind.DELETE, OpState.PENDING, None)]
    assert late.hold_back([later], {}) == {9: 30.0}
    assert late.forget(29.0) is False
    assert late.forget(30.0) is True
    assert late.hold_back([later], {}) == {}
