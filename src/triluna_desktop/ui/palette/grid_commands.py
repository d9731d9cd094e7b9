"""The commands of the grid for the palette, and why one of the window's cannot be done just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from triluna_desktop.ui.window_commands import WindowCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Session
    from triluna_desktop.ui.week_view import WeekView

translate = QCoreApplication.translate

_WRITES = (
    "new", "quick_add", "brush_open", "brush_block", "duplicate", "paste", "bulk", "block_dates", "copy_week",
    "stamp_weeks", "delete", "flip", "split",
)  # fmt: skip
_OF_SELECTION = ("duplicate", "copy", "delete", "flip", "split")


class GridCommands:
    """What one does with the grid, wherever the keyboard was before: with what is selected, at the slot cursor."""

    def __init__(self, view: WeekView, session: Session) -> None:
        self._view = view
        self._session = session

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each name does: those of `ui.commands` that the grid's keys do, and those of its menu."""
        return {**self._view.commands, "flip": self._view.flip, "split": self._view.split}

    def listed(self) -> list[WindowCommand]:
        """Those of the grid's menu that have no keys; the others stand in `ui.commands`."""
        group = translate("GridCommands", "Selected entries")
        return [
            WindowCommand(name, group, text, (), (), not self.reason(name), self.reason(name))
            for name, text in (
                ("flip", translate("GridCommands", "Block what is available, or make it available")),
                ("split", translate("GridCommands", "Split in two")),
            )
        ]

    def reason(self, name: str) -> str:
        """Why a command cannot be done just now, as a sentence with a way out; empty if it can."""
        count = len(self._view.selected)
        if name in _WRITES and self._session.is_read_only:
            return read_only()
        if name in _OF_SELECTION and not count:
            return translate("GridCommands", "No entry is selected: click one in the grid, or reach it with Tab.")
        if name == "split" and count > 1:
            return translate("GridCommands", "Several entries are selected: select the one to split.")
        if name == "paste" and not self._view.editing.can_paste:
            return translate("GridCommands", "Nothing was copied yet: select entries and copy them first.")
        return ""


def read_only() -> str:
    """The token may only read."""
    return translate("GridCommands", "The token may only read. Paste one that may write in Settings.")
