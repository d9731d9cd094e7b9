"""Why an edit can be refused before it is written, in data: `ui.words` and `commands` make the sentences."""

from __future__ import annotations

from enum import Enum


class RefusalReason(Enum):
    """Why an edit was not written."""

    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    STORE_FAILED = "store_failed"
    STALE = "stale"
    """The item is no longer as the edit expects it."""
    CHANGED_SINCE = "changed_since"
    """What shall be undone was changed since."""
    NOT_KEPT = "not_kept"
    """The version that shall be restored is no longer in the history."""


class EditRefusedError(Exception):
    """The edit was not written: nothing of it, neither on disk nor on the screen."""

    def __init__(self, reason: RefusalReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
