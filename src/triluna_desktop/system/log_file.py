"""The log file itself, apart from `system.logs`: what rotates files loads much, and a start logs little."""

from __future__ import annotations

import io
import logging
import logging.handlers
import os
import sys
from pathlib import Path

LOG_BYTES = 1_000_000
LOG_FILES_KEPT = 3


class PrivateLogFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read. A full disk costs log lines, never the app."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line, into a new file where the one before was deleted."""
        if self.stream is not None and not Path(self.baseFilename).exists():
            self.stream.close()
            self.stream = None  # It is opened anew with the line, which is lost where the folder is gone, too.
        super().emit(record)

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if sys.platform != "win32":
            os.fchmod(handle, 0o600)
        return io.TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name.
        """Go on without the line."""
