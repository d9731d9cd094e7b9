"""The commands of the window as it stands: what each does, and whether it can be done now.

`ui.commands` is the table of texts and keys; here each name gets its deed. Whoever lists commands (the palette, a
menu) takes them from `WindowCommands.listed`, which looks anew at each call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from triluna_desktop.ui import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.keymap import Keymap

    Deed = Callable[[], object]

WITHOUT_CALENDAR = frozenset(
    {"settings", "quit", "next_calendar", "previous_calendar", "manage_calendars", "add_calendar"}
)
"""What can be done while there is no calendar on the screen yet."""
_OF_THE_GRID = {"day": "day_view", "week": "week_view"}
"""Names of the table by those that the grid and the toolbar use."""


@dataclass(frozen=True, slots=True)
class WindowCommand:
    """A command as it can be listed: its group's title, its text and keys, and whether it can be done now."""

    name: str
    group: str
    text: str
    keys: tuple[str, ...]
    """As `QKeySequence` reads them; the first is the one to show."""
    letters: tuple[str, ...]
    is_enabled: bool
    reason: str = ""
    """Why it cannot be done now, as a sentence, where that is known."""


class WindowCommands:
    """Names to deeds. An action for each command of the window's own keys is added to ``owner``."""

    def __init__(self, owner: QWidget, has_calendar: Callable[[], bool]) -> None:
        self._owner = owner
        self._has_calendar = has_calendar
        self._deeds: dict[str, Deed] = {}
        self._reasons: list[Callable[[str], str]] = []
        self._actions: dict[str, QAction] = {}
        self._keymap: Keymap | None = None

    def add(self, deeds: Mapping[str, Deed]) -> None:
        """Give names their deeds."""
        self._deeds.update(deeds)

    def ask_reasons(self, reason: Callable[[str], str]) -> None:
        """Have ``reason`` asked why a command would do nothing now; an empty text: it would do something.

        Such a command is listed as one that cannot be done. Its keys are not held back: they say why themselves.
        """
        self._reasons.append(reason)

    def install(self) -> None:
        """Let the keys of the window's commands work while the owner is on the screen."""
        for group in commands.groups():
            for command in group.commands:
                if command.scope is commands.Scope.WINDOW and command.name in self._deeds:
                    action = QAction(command.text, self._owner)
                    self._actions[command.name] = action
                    action.setShortcuts([QKeySequence(key) for key in self._keys_of(command)])
                    action.triggered.connect(lambda _=False, name=command.name: self.run(name))
                    self._owner.addAction(action)

    def use(self, keymap: Keymap) -> None:
        """Let the keys be those that the user chose, from now on."""
        self._keymap = keymap
        for command in keymap.commands.values():
            if command.name in self._actions:
                keys = [QKeySequence(key) for key in self._keys_of(command)]
                self._actions[command.name].setShortcuts(keys)

    def _keys_of(self, command: commands.Command) -> tuple[str, ...]:
        return command.keys if self._keymap is None else self._keymap.keys_of(command)

    def _letters_of(self, command: commands.Command) -> tuple[str, ...]:
        return command.letters if self._keymap is None else self._keymap.letters_of(command)

    def run(self, name: str) -> None:
        """Carry out a command by its name; one that cannot be done now, or of a later version, is passed over."""
        if self.is_enabled(name):
            self._deeds[self._known(name)]()

    def is_enabled(self, name: str) -> bool:
        """Whether the command can be done now."""
        return self._known(name) in self._deeds and (name in WITHOUT_CALENDAR or self._has_calendar())

    def listed(self) -> tuple[WindowCommand, ...]:
        """All that have a deed, in the order of the table, as things stand."""
        return tuple(
            self._listed(group.title, command)
            for group in commands.groups()
            for command in group.commands
            if self._known(command.name) in self._deeds
        )

    def _listed(self, group: str, command: commands.Command) -> WindowCommand:
        reason = next((said for each in self._reasons if (said := each(command.name))), "")
        if not self.is_enabled(command.name):
            reason = QCoreApplication.translate(
                "WindowCommands", "There is no calendar on the screen yet: finish the first steps, or leave them."
            )
        keys, letters = self._keys_of(command), self._letters_of(command)
        return WindowCommand(command.name, group, command.text, keys, letters, not reason, reason)

    def _known(self, name: str) -> str:
        return name if name in self._deeds else _OF_THE_GRID.get(name, name)
