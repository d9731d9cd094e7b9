"""A file that was deleted while it was open: found out, and written anew from what is still open.

POSIX keeps a deleted file's content for who has it open, so nothing of the calendar is lost until the store is
closed; on Windows an open file cannot be deleted at all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from triluna_desktop.store.db import COMPANIONS, connect, connect_reader, make_private

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def is_same_file(path: Path, opened: os.stat_result) -> bool:
    """Whether at the path there still lies the file that was opened; of a place that cannot be read: no."""
    try:
        found = path.stat()
    except OSError:
        return False
    return os.path.samestat(found, opened)


def write_anew(
    connection: sqlite3.Connection, path: Path
) -> tuple[sqlite3.Connection, sqlite3.Connection, Path | None]:
    """Copy the calendar of an open connection to its path, and connect there.

    Returns the writing connection, the reading one, and where the file is kept that somebody else has begun at the
    path, None where there was none. Whatever fails, the given connection works on.

    Raises:
        sqlite3.Error, OSError: it cannot be written; nothing of it is left at the path.
    """
    copy = path.with_name(f"{path.name}.new")
    make_private(copy)
    try:
        target = connect(copy)
        try:
            connection.backup(target)
            # Never a file with everything in the companion, which stays behind when it is renamed.
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            target.close()
        aside = _move_others(path)
        copy.rename(path)
    except BaseException:
        for companion in COMPANIONS:
            copy.with_name(copy.name + companion).unlink(missing_ok=True)
        raise
    writer = connect(path)
    try:
        reader = connect_reader(path)
    except BaseException:
        writer.close()
        raise
    return writer, reader, aside


def _move_others(path: Path) -> Path | None:
    """What lies at the path is somebody else's: it is kept beside it."""
    number = 1
    while (aside := path.with_name(f"{path.name}.other-{number}")).exists():
        number += 1
    is_other = path.exists()
    for companion in COMPANIONS:
        old = path.with_name(path.name + companion)
        if is_other and old.exists():
            old.rename(aside.with_name(aside.name + companion))
        else:
            old.unlink(missing_ok=True)  # Of the deleted file: its log would be played into the new one.
    return aside if is_other else None
