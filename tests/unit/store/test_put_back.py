"""The file, or its folder, is deleted while the store is open."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.domain.models import Entry
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.store.db import Marker
from triluna_desktop.sync.ports import EntryRow, Op, OpKind, StoreError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2025, 9, 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "calendar.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    store.open()
    yield store
    store.close()


async def queue(store: SqliteStore, key: str) -> None:
    op = Op(0, OpKind.CREATE, Entry(key, DAY, 0, 60, title=key), None, 0)
    await store.run(lambda tx: tx.put_op(op))


def modes(path: Path) -> int:
    return path.stat().st_mode & 0o777


def delete(path: Path) -> None:
    path.unlink()


def keys(path: Path) -> list[str]:
    """The queued edits of a file that no store has open."""
    store = SqliteStore(path)
    report = store.open()
    assert report.damage is None
    try:
        return [each.item.key for each in store.entry_views(DAY, DAY)]
    finally:
        store.close()


async def test_a_folder_that_is_deleted_is_written_anew_with_all_that_was_queued_before_and_after(
    path: Path, store: SqliteStore
) -> None:
    await store.run(lambda tx: tx.put_entries([EntryRow("entry:1", 1, 0, DAY, 60, 120, True, "there", "")]))
    await queue(store, "before")
    assert store.is_in_place
    shutil.rmtree(path.parent)
    assert not store.is_in_place
    await queue(store, "after")
    revision = store.revision
    assert store.put_back() is None
    assert store.is_in_place
    assert store.revision == revision
    await queue(store, "later")
    assert {each.item.key for each in store.entry_views(DAY, DAY)} == {"entry:1", "before", "after", "later"}
    assert (modes(path), modes(path.parent)) == (0o600, 0o700)
    assert Marker(path).read() == "open"
    store.close()
    assert set(keys(path)) == {"entry:1", "before", "after", "later"}
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, f"{path.name}.state"]


async def test_the_log_of_the_deleted_file_is_not_played_into_the_new_one(path: Path, store: SqliteStore) -> None:
    await queue(store, "before")
    delete(path)
    store.put_back()
    await queue(store, "after")
    store.close()
    assert set(keys(path)) == {"before", "after"}


async def test_a_file_that_another_program_began_in_its_place_is_kept_beside_it(
    path: Path, store: SqliteStore
) -> None:
    await queue(store, "ours")
    shutil.rmtree(path.parent)
    theirs = SqliteStore(path)
    theirs.open()
    await queue(theirs, "theirs")
    theirs.close()
    aside = store.put_back()
    assert aside is not None
    store.close()
    assert keys(path) == ["ours"]
    assert keys(aside) == ["theirs"]


async def test_what_a_read_under_way_may_not_bring_back_stays_buried(path: Path, store: SqliteStore) -> None:
    row = EntryRow("entry:1", 1, 0, DAY, 60, 120, True, "deleted meanwhile", "")
    await store.run(lambda tx: tx.bury(row))
    shutil.rmtree(path.parent)
    store.put_back()
    entries, _ = await store.run(lambda tx: tx.buried(0))
    assert entries == {1}


async def test_where_it_cannot_be_written_the_store_goes_on_and_leaves_nothing_half_done(
    path: Path, store: SqliteStore
) -> None:
    await queue(store, "before")
    shutil.rmtree(path.parent)
    path.parent.write_text("a file where the folder was")
    with pytest.raises(StoreError):
        store.put_back()
    await queue(store, "after")
    assert {each.item.key for each in store.entry_views(DAY, DAY)} == {"before", "after"}
    path.parent.unlink()
    store.put_back()
    store.close()
    assert set(keys(path)) == {"before", "after"}


async def test_a_copy_that_fails_on_the_way_is_no_calendar_of_half_its_rows(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue(store, "before")
    shutil.rmtree(path.parent)

    def no_room(_: Path) -> sqlite3.Connection:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("triluna_desktop.store.put_back.connect", no_room)
        with pytest.raises(StoreError, match="no room"):
            store.put_back()
    assert list(path.parent.iterdir()) == []
    store.put_back()
    store.close()
    assert keys(path) == ["before"]
