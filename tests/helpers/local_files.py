"""The files of a profile for tests of the settings: does as the test says and remembers what was asked."""

from __future__ import annotations

from pathlib import Path

from triluna_desktop.ui.settings.local_actions import Cleared, Exported


class TestLocal:
    """`ui.settings.local_actions.LocalActions` without a file."""

    __test__ = False  # No test class, whatever pytest thinks of the name.

    def __init__(self) -> None:
        self.folder = Path("/home/somebody/.local/share/triluna-desktop")
        self.waiting = 0
        """How many edits are unsent."""
        self.cleared: list[int] = []
        """How many unsent edits each clearing was allowed to lose."""
        self.problem = ""
        """Why the disk takes nothing; empty where it does."""
        self.histories_cleared = 0
        self.exported: list[Path] = []

    async def unsent(self) -> int:
        return self.waiting

    async def clear(self, losing: int) -> Cleared:
        if self.problem or losing < self.waiting:
            return Cleared(is_done=False, problem=self.problem)
        self.cleared.append(losing)
        return Cleared(is_done=True)

    async def clear_history(self) -> str:
        self.histories_cleared += 1
        return self.problem

    async def export_diagnostics(self, path: Path) -> Exported:
        self.exported.append(path)
        return Exported(path, self.problem)
