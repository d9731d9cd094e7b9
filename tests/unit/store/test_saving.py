"""Whatever interrupts the opening of a file: its outbox is saved by the next one, and nothing is left behind."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.helpers.store_files import DAY, fill, spoil

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.store import db
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.store.db import Damage, Marker
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.sync.ports import DiskFullError, Op, OpKind, StoreError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "calendar.db"


async def test_an_opening_that_fails_half_way_leaves_the_outbox_of_a_damaged_file_to_the_next(path: Path) -> None:
    await fill(path, entries=3000, ops=5)
    Marker(path).write("open")
    spoil(path, "entry")
    with pytest.raises(StoreError):
        SqliteStore(path, migrations=("CREATE TABLE half (a)", "no SQL at all")).open()
    store = SqliteStore(path)
    report = store.open()
    assert (report.damage, report.saved_ops) == (Damage.CORRUPT, 5)
    assert {view.item.key for view in store.entry_views(DAY, DAY)} == {f"k{n}" for n in range(5)}
    store.close()
    assert Marker(path).read() == "closed"
    assert len(list(path.parent.glob("*.damaged-?"))) == 1


@pytest.mark.parametrize("moved", [("",), ("", "-wal"), ("", "-wal", "-shm")])
async def test_killed_while_a_damaged_file_is_moved_away_its_log_is_not_lost(
    path: Path, tmp_path: Path, moved: tuple[str, ...]
) -> None:
    open_elsewhere = tmp_path / "open" / "calendar.db"
    store = SqliteStore(open_elsewhere)
    store.open()
    op = Op(0, OpKind.CREATE, Entry("k", DAY, 0, 60), None, 1)
    await store.run(lambda tx: tx.put_op(op))
    path.parent.mkdir()
    for companion in db.COMPANIONS:
        name = f"{path.name}.damaged-1" if companion in moved else path.name
        shutil.copy(f"{open_elsewhere}{companion}", path.with_name(f"{name}{companion}"))
    store.close()
    Marker(path).write(f"{db.SAVING}{path.name}.damaged-1")
    again = SqliteStore(path)
    assert again.open().saved_ops == 1
    again.close()


async def test_what_was_saved_belongs_to_no_bulk_edit_that_comes_later(path: Path) -> None:
    await fill(path, entries=3000, ops=0)
    store = SqliteStore(path)
    store.open()
    op = Op(0, OpKind.CREATE, Entry("k", DAY, 0, 60), None, 1, batch=1)
    await store.run(lambda tx: tx.put_op(op))
    store.close()
    Marker(path).write("open")
    spoil(path, "entry")
    again = SqliteStore(path)
    again.open()
    await again.run(lambda tx: tx.add_batch(edits.create(Entry("new", DAY, 0, 60)), 0.0))
    (batch,) = again.batches()
    assert batch.left == 0
    again.close()


def test_a_copy_for_which_there_is_no_room_leaves_no_part_of_it(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO note VALUES ('long', ?)", ("x" * 200_000,))
        connection.commit()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        for _ in range(3):
            with pytest.raises(DiskFullError):
                SqliteStore(path).open()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.glob("*.backup-*")) == []
    store = SqliteStore(path)
    assert store.open().migrated_from == 1
    store.close()
