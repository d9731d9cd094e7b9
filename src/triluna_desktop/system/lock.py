"""Who owns a profile: the holder of an exclusive lock on a file, one process at a time.

It stands apart from `system.instance`, which needs asyncio: the lock is taken before the first paint.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path


class ProfileLock:
    """An exclusive lock on a file, held until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Take the lock; False, at once, if another process (or another object) holds it.

        Raises:
            OSError: the file cannot be opened.
        """
        if self._handle is not None:
            return True
        # The file stays when the lock goes: removing it would let two processes lock two files of one name.
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    @property
    def is_in_place(self) -> bool:
        """Whether the file of the lock still lies at its path: another process locks what lies there."""
        try:
            return self._handle is None or os.path.samestat(os.fstat(self._handle), self._path.stat())
        except OSError:
            return False

    def renew(self) -> bool:
        """Lock the file at the path where the locked one was deleted; False if another process holds that.

        Raises:
            OSError: the file cannot be opened. The lock is then as it was, as it is where the result is False.
        """
        if self.is_in_place:
            return self._handle is not None
        before, self._handle = self._handle, None
        try:
            return self.acquire()
        finally:
            if self._handle is None:
                self._handle = before
            elif before is not None:
                os.close(before)

    def release(self) -> None:
        """Let go of the lock, if it is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
