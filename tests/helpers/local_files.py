"""The files of a profile for tests of the settings: does as the test says and remembers what was asked."""

from __future__ import annotations

from pathlib import Path

from triluna_desktop.ui.settings.local_actions import Exported


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
        self.histories_cleared = 0
        self.exported: list[Path] = []

    async def unsent(self) -> int:
        return self.waiting

    async def clear(self, losing: int) -> bool:
        if losing < self.waiting:
            return False
        self.cleared.append(losing)
        return True

    async def clear_history(self) -> str:
        self.histories_cleared += 1
        return self.problem

    async def export_diagnostics(self, path: Path) -> Exported:
        self.exported.append(path)
        return Exported(path, self.problem)
