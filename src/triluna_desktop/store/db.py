"""Opening the file: permissions, pragmas, version, backup and migration, and what to do with a damaged one.

A marker file beside the database remembers that there was one, and whether it was closed. So a file that is
gone or empty is told from a first run (an empty file passes SQLite's own check), and only after an unclean exit is
the whole file checked.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.sync.ports import CorruptStoreError, DiskFullError, NewerSchemaError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BACKUPS_KEPT = 3
BUSY_SECONDS = 5.0
_FULL = "there is no room left on the disk"
# SQLite calls most of them “disk I/O error”; the last one is the index of the log, which is made at the opening.
_FULL_CODES = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)
COMPANIONS = ("", "-wal", "-shm")
"""What a name of SQLite's files ends with: the database, its log, the index of that."""


SAVING = "saving from "
"""What the marker says, before the damaged file's name, until the outbox of that is in the new file."""


class Damage(Enum):
    """What was found in place of the file that was left."""

    MISSING = "missing"
    EMPTY = "empty"
    CORRUPT = "corrupt"


@dataclass(frozen=True, slots=True)
class OpenReport:
    """How the opening went, for a sentence to the user where it did not go as always."""

    is_first_run: bool = False
    damage: Damage | None = None
    set_aside: Path | None = None
    """Where the damaged file lies now."""
    saved_ops: int = 0
    """How many queued operations were read out of the damaged file."""
    migrated_from: int | None = None


def translated(error: sqlite3.Error | OSError) -> StoreError:
    """Our error for one of SQLite or of the file system."""
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return DiskFullError(_FULL) if full else StoreError(str(error))
    code: int = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    if code in _FULL_CODES:
        return DiskFullError(_FULL)
    if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CorruptStoreError(str(error))
    return StoreError(str(error))


class Marker:
    """The file beside the database that says whether there is one, and whether it is in use."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.state")

    def read(self) -> str | None:
        """``open``, ``closed``, or None where there never was a database; `SAVING` and a name, see `begun_saving`;
        anything else after a power cut.
        """
        try:
            return self._path.read_bytes().decode(errors="replace").strip()
        except FileNotFoundError:
            return None

    def write(self, state: str) -> None:
        """Put it on disk before returning."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, state.encode("ascii"))
            os.fsync(handle)
        finally:
            os.close(handle)


def connect(path: Path) -> sqlite3.Connection:
    """The writing connection. It may move to one other thread, and is used by that one alone."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 1000")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, for the thread that asks for it."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.0, isolation_level=None
    )
    try:
        # SQLite opens the file and its log with the first reading: from now on both can be read, deleted or not.
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_private(path: Path) -> None:
    """The folder 0700, and the file, there or not yet, 0600; its companions take after it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def find_damage(path: Path, state: str | None) -> Damage | None:
    """What is wrong with the file, if anything. Without a marker there was none."""
    size = path.stat().st_size if path.exists() else None
    if not size:
        if state is None:
            return None
        return Damage.MISSING if size is None else Damage.EMPTY
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if state != "closed" and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return Damage.CORRUPT
    except sqlite3.DatabaseError as error:
        if isinstance(translated(error), CorruptStoreError):
            return Damage.CORRUPT
        raise
    finally:
        connection.close()
    return None


def set_aside(path: Path, marker: Marker) -> Path:
    """Move the file and its companions out of the way; returns where the file is now.

    The marker says so first: where this opening ends before the outbox is saved, the next one saves it.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    marker.write(f"{SAVING}{aside.name}")
    _move(path, aside)
    return aside


def begun_saving(path: Path, state: str | None) -> Path | None:
    """The damaged file whose outbox an opening that failed, or was killed, was about to save.

    What that opening had made in its place holds nothing yet, and is removed.
    """
    name = state.removeprefix(SAVING) if state is not None and state.startswith(SAVING) else ""
    aside = path.parent / name
    if not name.startswith(f"{path.name}.damaged-") or not aside.is_file():
        return None
    if not path.exists():
        _move(path, aside)  # It ended in between: the log of the damaged file may still lie here.
    for companion in reversed(COMPANIONS):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    return aside


def _move(path: Path, aside: Path) -> None:
    for companion in COMPANIONS:
        old = path.with_name(path.name + companion)
        if old.exists():
            old.rename(aside.with_name(aside.name + companion))


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> int | None:
    """Bring the tables up to date; returns the version they came from, None where nothing was to do.

    Each step is one transaction, its version with it, so a crash in the middle leaves the step before. A file that
    held something is copied first.

    Raises:
        NewerSchemaError: the file has gone through more steps than there are.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise NewerSchemaError(
            f"A newer version of the app has written this calendar's file (version {version}; this app knows up "
            f"to {len(migrations)}). Use the newer app, or another folder with --data-dir."
        )
    if version == len(migrations):
        return None
    if version > 0:
        back_up(connection, path, version)
    for number, script in enumerate(migrations[version:], start=version + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    # Never an empty file with everything in the companion: empty means lost.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return version


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database as it is beside itself, and keep the last three copies."""
    copies = sorted(path.parent.glob(f"{path.name}.backup-*"))
    number = int(copies[-1].name.rsplit("-", 2)[1]) + 1 if copies else 1
    copy = path.with_name(f"{path.name}.backup-{number:04}-v{version}")
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
    except BaseException:
        copy.unlink()  # Else each start on a full disk leaves another part of one.
        raise
    for old in [*copies, copy][:-BACKUPS_KEPT]:
        old.unlink()
    return copy


def delete_copies(path: Path) -> None:
    """Delete what lies beside the file and holds a calendar, too: copies made before a migration, damaged files.

    Raises:
        OSError: one of them cannot be deleted.
    """
    for kind in ("backup", "damaged", "other"):
        for copy in path.parent.glob(f"{path.name}.{kind}-*"):
            copy.unlink()


@contextlib.contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction: all of it is committed, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself where the disk is full.
            connection.execute("ROLLBACK")
        raise
