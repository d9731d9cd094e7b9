"""The palette (Ctrl+K): every command with its keys, what was used last first; a date or a title leads on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from triluna_desktop.domain.search import folded
from triluna_desktop.ui.palette.fuzzy import score
from triluna_desktop.ui.palette.popup import PalettePopup
from triluna_desktop.ui.palette.rows import PaletteRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.window_commands import WindowCommand

RECENT = 5
"""Commands that stand first before anything is typed."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What a text leads to besides commands."""

    before: tuple[PaletteRow, ...] = ()
    """A date to go to: who types one means it."""
    after: tuple[PaletteRow, ...] = ()
    """A search, for what no command is called like."""


class CommandPopup(PalettePopup):
    """``listed`` gives the commands as things stand, ``recent`` the names used last, newest first.

    ``leads`` gives what a text leads to besides commands.
    """

    def __init__(
        self,
        listed: Callable[[], Sequence[WindowCommand]],
        recent: Callable[[], Sequence[str]],
        run: Callable[[str], object],
        leads: Callable[[str], Leads],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(theme, parent)
        self._listed, self._recent, self._run, self._leads = listed, recent, run, leads
        self.call(self.tr("Commands"), self.tr("Type what you want to do, or a date"))

    def text_changed(self) -> None:
        """Offer what fits: with nothing typed all commands by their groups."""
        typed = self.edit.text().strip()
        commands = [each for each in self._listed() if each.name != "palette"]
        rows = self._matching(commands, typed) if typed else self._all(commands)
        self.offer(rows)
        self.tell("" if rows else self.tr("No command is called like that."))

    def _all(self, commands: list[WindowCommand]) -> list[PaletteRow]:
        by_name = {command.name: command for command in commands}
        recent = [by_name[name] for name in self._recent() if name in by_name][:RECENT]
        rows: list[PaletteRow] = []
        if recent:
            rows.append(PaletteRow(self.tr("Used last")))
            rows += [self._row(command) for command in recent]
        group = ""
        for command in commands:
            if command.group != group:
                group = command.group
                rows.append(PaletteRow(group))
            rows.append(self._row(command))
        return rows

    def _matching(self, commands: list[WindowCommand], typed: str) -> list[PaletteRow]:
        recent = list(self._recent())
        found: list[tuple[tuple[bool, bool, bool, int, int], WindowCommand]] = []
        for command in commands:
            points = score(typed, command.text)
            if points is not None:
                last_used = -recent.index(command.name) if command.name in recent else -len(recent) - 1
                # Who types a name out means that one: Enter shall do no other, also where it cannot be done now.
                is_named = folded(typed) in folded(command.text)
                is_whole = folded(typed).strip() == folded(command.text.removesuffix("…"))
                found.append(((is_whole, is_named, command.is_enabled, points, last_used), command))
        found.sort(key=lambda each: each[0], reverse=True)
        leads = self._leads(typed)
        return [*leads.before, *(self._row(command) for _, command in found), *leads.after]

    def _row(self, command: WindowCommand) -> PaletteRow:
        keys = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys[:1]]
        keys += [letter for letter in command.letters if letter not in keys][:1]
        detail = " · ".join(keys) if command.is_enabled else self.tr("not now")
        return PaletteRow(
            command.text,
            detail,
            deed=lambda: self._run(command.name),
            is_possible=command.is_enabled,
            reason=command.reason,
        )
