"""Opening the file in whatever state it was left."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.helpers.store_files import DAY, fill, lose, rows, scribble, spoil

from triluna_desktop.store import db
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.store.db import Damage, Marker
from triluna_desktop.store.salvage import salvage_ops
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.sync.ports import (
    CorruptStoreError,
    DiskFullError,
    NewerSchemaError,
    Phase,
    StoreError,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "calendar.db"


def test_the_first_run_makes_a_private_folder_and_file(path: Path) -> None:
    store = SqliteStore(path)
    report = store.open()
    assert report.is_first_run
    assert report.damage is None
    assert path.parent.stat().st_mode & 0o777 == 0o700
    store.close()
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    again = SqliteStore(path)
    assert not again.open().is_first_run
    again.close()


async def test_every_file_is_private_while_the_store_is_in_use(path: Path) -> None:
    store = SqliteStore(path)
    store.open()
    await store.run(lambda tx: tx.put_entries(rows(5)))
    assert {file.name for file in path.parent.iterdir()} > {"calendar.db", "calendar.db-wal", "calendar.db-shm"}
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    store.close()


async def test_writes_are_journalled_ahead_and_wait_for_the_disk(path: Path) -> None:
    store = SqliteStore(path)
    store.open()
    connection = store._connection
    assert connection is not None
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


async def test_what_was_written_is_there_at_the_next_opening(path: Path) -> None:
    await fill(path)
    store = SqliteStore(path)
    assert store.open() == db.OpenReport()
    assert len(store.entry_views(DAY, DAY)) == 5
    assert store.revision > 0
    store.close()
    store.close()


async def test_opening_again_forgets_what_was_buried_and_else_writes_nothing_into_the_file(path: Path) -> None:
    await fill(path)
    log = path.with_name(f"{path.name}-wal")
    store = SqliteStore(path)
    store.open()
    assert log.stat().st_size == 0, "a person waits for the disk before the first paint"
    await store.run(lambda tx: tx.bury(rows(2)[0]))
    store.close()
    again = SqliteStore(path)
    again.open()
    assert log.stat().st_size > 0
    assert await again.run(lambda tx: tx.buried(0)) == (frozenset(), frozenset())
    again.close()


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_file_that_is_gone_or_empty_is_told_from_a_first_run(path: Path, is_there: bool) -> None:
    await fill(path)
    lose(path, is_there)
    store = SqliteStore(path)
    report = store.open()
    assert not report.is_first_run
    assert report.damage is (Damage.EMPTY if is_there else Damage.MISSING)
    assert (report.set_aside is not None) == is_there
    store.close()


async def test_a_file_that_is_no_database_is_set_aside(path: Path) -> None:
    await fill(path)
    scribble(path)
    store = SqliteStore(path)
    report = store.open()
    assert report.damage is Damage.CORRUPT
    assert report.set_aside is not None
    assert report.set_aside.read_bytes().startswith(b"this is not")
    assert store.entry_views(DAY, DAY) == ()
    store.close()
    scribble(path)
    second = SqliteStore(path)
    aside = second.open().set_aside
    assert aside is not None
    assert aside != report.set_aside
    second.close()


async def test_damage_inside_the_file_is_found_after_an_unclean_exit_and_the_outbox_saved(path: Path) -> None:
    await fill(path, entries=3000, ops=5)
    Marker(path).write("open")
    spoil(path, "entry")
    store = SqliteStore(path)
    report = store.open()
    assert report.damage is Damage.CORRUPT
    assert report.saved_ops == 5
    assert {view.item.key for view in store.entry_views(DAY, DAY)} == {f"k{n}" for n in range(5)}
    store.close()


async def test_what_is_left_of_a_damaged_outbox_is_saved_from_both_ends(path: Path) -> None:
    await fill(path, entries=1, ops=400)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE op SET kind = 'nonsense' WHERE id = 3")
    connection.execute("UPDATE op SET baseline = '{' WHERE id = 4")
    connection.commit()
    connection.close()
    Marker(path).write("open")
    spoil(path, "op")
    store = SqliteStore(path)
    report = store.open()
    assert report.damage is Damage.CORRUPT
    assert 0 < report.saved_ops < 399
    saved = {view.item.key for view in store.entry_views(DAY, DAY)}
    assert {"k0", "k1", "k4", "k399"} <= saved
    assert not saved & {"k2", "k3"}
    store.close()


async def test_a_file_closed_in_order_is_not_checked_whole(path: Path) -> None:
    await fill(path, entries=3000)
    spoil(path, "entry")
    store = SqliteStore(path)
    assert store.open().damage is None
    with pytest.raises(CorruptStoreError):
        store.entry_views(DAY, DAY)
    with pytest.raises(CorruptStoreError):
        await store.run(lambda tx: tx.entries(DAY, DAY))
    store.close()
    assert Marker(path).read() == "open", "so that the next opening checks it whole"


async def test_damage_that_only_a_reading_met_is_looked_for_at_the_next_opening(path: Path) -> None:
    await fill(path, entries=3000)
    spoil(path, "entry")
    store = SqliteStore(path)
    store.open()
    with pytest.raises(CorruptStoreError):
        store.entry_views(DAY, DAY)
    store.close()
    again = SqliteStore(path)
    report = again.open()
    assert (report.damage, report.saved_ops) == (Damage.CORRUPT, 2)
    again.close()


async def test_a_marker_that_a_power_cut_left_as_rubbish_means_that_the_file_is_checked(path: Path) -> None:
    await fill(path)
    Marker(path)._path.write_bytes(b"\xff\x00\xfe")
    store = SqliteStore(path)
    assert store.open().damage is None
    assert len(store.entry_views(DAY, DAY)) == 5
    store.close()
    assert Marker(path).read() == "closed"


def test_a_file_that_is_locked_for_long_is_an_error_not_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(path)
    store.open()
    store.close()
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError):
        SqliteStore(path).open()
    with pytest.raises(sqlite3.OperationalError):
        db.connect(path)
    other.close()
    assert list(path.parent.glob("*.damaged-*")) == []


def test_nothing_is_saved_of_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    assert salvage_ops(tmp_path / "nothing") == ()


async def test_a_file_of_the_first_version_is_migrated_with_its_queue_and_its_queue_can_be_saved(
    path: Path,
) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript(MIGRATIONS[0])
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO op VALUES (7, 'k', 'create', 'pending', '2026-11-26', NULL, 540, 600, 1, 'Tea', '', NULL, 3, "
        "0, NULL, NULL, 0, NULL, NULL, '', '[]')"
    )
    connection.commit()
    connection.close()
    (saved,) = salvage_ops(path)
    assert (saved.id, saved.key, saved.phase, saved.batch) == (7, "k", Phase.NONE, None)
    store = SqliteStore(path)
    assert store.open().migrated_from == 1
    assert await store.run(lambda tx: tx.ops()) == [saved]
    store.close()


def test_a_newer_file_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(NewerSchemaError, match=f"version {len(MIGRATIONS) + 1}"):
        SqliteStore(path).open()
    assert path.exists()


async def test_a_migration_keeps_what_is_there_and_a_copy_of_how_it_was(path: Path) -> None:
    await fill(path)
    steps = [*MIGRATIONS]
    for number in range(5):
        steps.append(f"CREATE TABLE extra{number} (x)")
        store = SqliteStore(path, migrations=steps)
        report = store.open()
        assert report.migrated_from == len(steps) - 1
        assert len(store.entry_views(DAY, DAY)) == 5
        store.close()
    copies = sorted(path.parent.glob("*.backup-*"))
    last = len(steps) - 1
    assert [copy.name[-2:] for copy in copies] == [f"v{number}" for number in range(last - 2, last + 1)]
    assert {copy.stat().st_mode & 0o777 for copy in copies} == {0o600}
    copy = sqlite3.connect(copies[-1])
    assert copy.execute("PRAGMA user_version").fetchone() == (last,)
    assert copy.execute("SELECT count(*) FROM entry").fetchone() == (3,)
    copy.close()


async def test_a_migration_that_breaks_off_leaves_the_step_before(path: Path) -> None:
    await fill(path)
    broken = [*MIGRATIONS, "CREATE TABLE extra (x); DELETE FROM entry; this is not SQL"]
    with pytest.raises(StoreError):
        SqliteStore(path, migrations=broken).open()
    store = SqliteStore(path)
    store.open()
    assert len(store.entry_views(DAY, DAY)) == 5
    store.close()
    mistaken = [*MIGRATIONS, "COMMIT; this is not SQL"]
    with pytest.raises(StoreError):
        SqliteStore(path, migrations=mistaken).open()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        SqliteStore(tmp_path / "file" / "calendar.db").open()


async def test_a_closed_store_says_so(path: Path) -> None:
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="closed"):
        store.counts()
    with pytest.raises(StoreError, match="closed"):
        await store.run(lambda tx: tx.ops())


async def test_a_full_disk_is_told_and_nothing_of_the_transaction_stays(path: Path) -> None:
    store = SqliteStore(path)
    store.open()
    connection = store._connection
    assert connection is not None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFullError):
        await store.run(lambda tx: tx.put_entries(rows(3000)))
    assert store.entry_views(DAY, DAY) == ()
    connection.execute("PRAGMA max_page_count = 100000")
    await store.run(lambda tx: tx.put_entries(rows(3)))
    assert len(store.entry_views(DAY, DAY)) == 2
    store.close()


def disk_error(code: int) -> sqlite3.OperationalError:
    """What SQLite raises for nearly everything that a disk refuses."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFullError),
        (disk_error(sqlite3.SQLITE_IOERR_WRITE), DiskFullError),
        (disk_error(sqlite3.SQLITE_IOERR_SHMSIZE), DiskFullError),
        (disk_error(sqlite3.SQLITE_IOERR_READ), StoreError),
        (OSError(errno.EACCES, "no"), StoreError),
        (sqlite3.OperationalError("odd"), StoreError),
    ],
)
def test_errors_of_the_system_become_ours(error: OSError, expected: type[StoreError]) -> None:
    assert type(db.translated(error)) is expected


def test_a_marker_that_cannot_be_written_at_the_end_does_no_harm(path: Path) -> None:
    store = SqliteStore(path)
    store.open()
    marker = path.with_name("calendar.db.state")
    marker.unlink()
    marker.mkdir()
    store.close()
    marker.rmdir()


async def test_an_error_in_the_work_undoes_all_of_it(path: Path) -> None:
    store = SqliteStore(path)
    store.open()

    def half(tx: object) -> None:
        tx.put_entries(rows(3))  # type: ignore[attr-defined]
        raise RuntimeError("a bug of ours")

    with pytest.raises(RuntimeError):
        await store.run(half)
    assert store.entry_views(DAY, DAY) == ()
    store.close()
