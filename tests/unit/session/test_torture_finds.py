"""What the torture sweeps found, as tests of their own."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.offline_session import Desk

from triluna_desktop.session import ConnectionState
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.sync.ports import Counts

DAY = date(2025, 9, 4)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "profile" / "calendar.db")
    yield desk
    await desk.kill()


async def test_reading_goes_on_after_the_disk_once_failed_to_say_what_is_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`create/strict/db-io@68`: the loop that reads ended for good."""
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
