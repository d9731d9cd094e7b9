"""What the settings need done with what lies on this computer. Files are behind it, never here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exported:
    """How writing a file ended: where it is, or why it is not there, in the system's words."""

    path: Path
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Cleared:
    """How clearing ended. Where it did not: why the disk did not take it, in the system's words; empty where more
    edits are unsent by now than the user agreed to lose.
    """

    is_done: bool
    problem: str = ""


class LocalActions(Protocol):
    """The files of this profile. The coroutines raise nothing that a user can do something about."""

    @property
    def folder(self) -> Path:
        """Where the calendar is kept."""
        ...

    async def unsent(self) -> int:
        """How many edits are not known to be on the server."""
        ...

    async def clear(self, losing: int) -> Cleared:
        """Delete what is kept of the calendar, its history and its unsent edits, and start anew: all or nothing.

        ``losing``: how many unsent edits the user agreed to lose.
        """
        ...

    async def clear_history(self) -> str:
        """Delete every version that was kept. What went wrong in a sentence, or an empty text."""
        ...

    async def export_diagnostics(self, path: Path) -> Exported:
        """Write what helps to find a fault, without secrets and without a word of the calendar."""
        ...
