"""The keys of the commands: those of the table, but for what the user has changed.

A key is written as `QKeySequence` writes it in files: "Ctrl+Shift+E", "F5", "G". A lone letter, digit or sign is a
*letter*: it works while the grid has the keyboard, and all letters can be switched off. Any other key of a command
works where the table says.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QKeySequence

from triluna_desktop.system import settings as table
from triluna_desktop.ui import commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triluna_desktop.system.settings import AnySetting, Settings
    from triluna_desktop.ui.commands import Command

translate = QCoreApplication.translate

_FIXED = frozenset(
    {
        *("Up", "Down", "Left", "Right", "Space", "Return", "Enter", "Tab", "Shift+Tab", "Backtab", "F2", "Esc"),
        *(f"{held}+{key}" for held in ("Shift", "Ctrl") for key in ("Up", "Down", "Left", "Right")),
        *("Alt+Shift+Up", "Alt+Shift+Down"),
    }
)
"""What the grid, and every dialog, needs for itself; `commands.grid_keys` lists it for the user."""
_OF_CALENDARS = frozenset(f"Ctrl+{number}" for number in range(1, 10))
"""`commands.calendar_keys`."""


def normal(key: str) -> str:
    """A key as it is kept and compared: its first chord alone; empty where it is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText).split(", ")[0]


def shown(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_letter(key: str) -> bool:
    """Whether it is a letter, a digit or a sign alone."""
    return len(key) == 1


class Keymap(QObject):
    """Which keys belong to which command. `changed` is emitted when that becomes otherwise, from wherever."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._own = _read(settings.get(table.SHORTCUTS_KEYS))
        self.end = settings.subscribe(self._on_setting)

    @cached_property
    def commands(self) -> Mapping[str, Command]:
        """All commands by name, in the order of the table."""
        return {command.name: command for group in commands.groups() for command in group.commands}

    # -- what holds ----------------------------------------------------------------------------------------------

    def all_of(self, command: Command) -> tuple[str, ...]:
        """All keys of a command, letters first."""
        return self._own.get(command.name, default_of(command))

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Its keys that are no letters."""
        return tuple(key for key in self.all_of(command) if not is_letter(key))

    def letters_of(self, command: Command) -> tuple[str, ...]:
        """Its letters."""
        return tuple(key for key in self.all_of(command) if is_letter(key))

    def first_keys(self, *, with_letters: bool) -> dict[str, str]:
        """The key to name for each command that has one, as this system writes it."""
        found = {
            name: next((key for key in self.all_of(command) if with_letters or not is_letter(key)), "")
            for name, command in self.commands.items()
        }
        return {name: shown(key) for name, key in found.items() if key}

    def is_changed(self, command: Command) -> bool:
        """Whether it has other keys than the table says."""
        return command.name in self._own

    @property
    def custom(self) -> frozenset[str]:
        """The names of the commands that have other keys."""
        return frozenset(name for name, each in self.commands.items() if self.is_changed(each))

    @property
    def has_changes(self) -> bool:
        """Whether any has."""
        return any(name in self.commands for name in self._own)

    def owner_of(self, key: str) -> Command | None:
        """The command that has a key."""
        wanted = normal(key)
        return next((each for each in self.commands.values() if wanted in self.all_of(each)), None)

    def grid_bindings(self) -> dict[str, str]:
        """What the grid understands itself, key by command name: all letters, and the keys of its own commands."""
        return {
            key: command.name
            for command in self.commands.values()
            for key in self.all_of(command)
            if is_letter(key) or command.scope is commands.Scope.GRID or command.name in commands.GRID_TOO
        }

    def problem_with(self, key: str) -> str:
        """Why a key cannot belong to any command, as a sentence; empty if it can."""
        if not normal(key):
            return translate("Keymap", "This is no key that can be used.")
        if normal(key) in _OF_CALENDARS:
            return translate("Keymap", "{key} shows the calendar at this place of the list.").format(
                key=shown(key)
            )
        if normal(key) in _FIXED:
            return translate("Keymap", "{key} has its fixed meaning in the calendar and in every dialog.").format(
                key=shown(key)
            )
        return ""

    # -- what is changed -----------------------------------------------------------------------------------------

    def add(self, command: Command, key: str, *, take: bool = False) -> None:
        """Give a command one more key. ``take``: from the command that has it, which is left without.

        Raises:
            ValueError: the key belongs to another, or can belong to none; nothing is changed.
            SettingError: it cannot be saved.
        """
        wanted, owner = normal(key), self.owner_of(key)
        if self.problem_with(key) or (owner is not None and owner is not command and not take):
            raise ValueError(wanted)
        own = dict(self._own)
        if owner is not None and owner is not command:
            own[owner.name] = tuple(each for each in self.all_of(owner) if each != wanted)
        own[command.name] = tuple(dict.fromkeys((*self.all_of(command), wanted)))
        self._save(own)

    def swap(self, command: Command, key: str) -> None:
        """Give a command the key of another, and that one all the keys that this one had.

        Raises:
            ValueError: nobody else has the key.
            SettingError: it cannot be saved.
        """
        owner = self.owner_of(key)
        if owner is None or owner is command:
            raise ValueError(key)
        own = dict(self._own)
        kept = tuple(each for each in self.all_of(owner) if each != normal(key))
        own[owner.name] = (*kept, *self.all_of(command))
        own[command.name] = (normal(key),)
        self._save(own)

    def remove(self, command: Command, key: str) -> None:
        """Take a key from a command. Raises SettingError as `add`."""
        kept = tuple(each for each in self.all_of(command) if each != normal(key))
        self._save({**self._own, command.name: kept})

    def taken_by_default(self, command: Command) -> tuple[tuple[str, Command], ...]:
        """The keys that the table gives a command and another has now."""
        found = ((key, self.owner_of(key)) for key in default_of(command))
        return tuple((key, owner) for key, owner in found if owner is not None and owner is not command)

    def reset(self, command: Command) -> None:
        """Give a command its keys of the table again; who has one of them meanwhile goes without it.

        That one gets back those of its own that are free then: so the reset of either undoes a swap.
        Raises SettingError as `add`.
        """
        own = {name: keys for name, keys in self._own.items() if name != command.name}
        taken = self.taken_by_default(command)
        for key, owner in taken:
            own[owner.name] = tuple(each for each in own.get(owner.name, default_of(owner)) if each != key)
        for owner in {owner.name: owner for _, owner in taken}.values():
            held = {key for each in self.commands.values() for key in own.get(each.name, default_of(each))}
            keys = (*own[owner.name], *(key for key in default_of(owner) if key not in held))
            own[owner.name] = default_of(owner) if set(keys) == set(default_of(owner)) else keys
        self._save(own)

    def reset_all(self) -> None:
        """Give every command its keys of the table again. Raises SettingError as `add`."""
        self._settings.reset(table.SHORTCUTS_KEYS)

    def _save(self, own: Mapping[str, tuple[str, ...]]) -> None:
        known = self.commands
        differing = {
            name: keys for name, keys in own.items() if name not in known or keys != default_of(known[name])
        }
        text = json.dumps(differing, sort_keys=True, separators=(",", ":")) if differing else ""
        self._settings.set(table.SHORTCUTS_KEYS, text)

    def _on_setting(self, setting: AnySetting) -> None:
        if setting is table.SHORTCUTS_KEYS:
            self._own = _read(self._settings.get(table.SHORTCUTS_KEYS))
            self.changed.emit()


def default_of(command: Command) -> tuple[str, ...]:
    """The keys that the table gives a command, letters first."""
    return tuple(normal(key) for key in (*command.letters, *command.keys))


def default_bindings() -> dict[str, str]:
    """As `Keymap.grid_bindings`, as the table has it."""
    return {
        key: command.name
        for group in commands.groups()
        for command in group.commands
        for key in default_of(command)
        if is_letter(key) or command.scope is commands.Scope.GRID or command.name in commands.GRID_TOO
    }


def _read(text: str) -> dict[str, tuple[str, ...]]:
    """What the settings keep: an object of command names and lists of keys. What is none of it is passed over."""
    try:
        kept = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {
        name: tuple(normal(key) for key in keys if isinstance(key, str) and normal(key))
        for name, keys in kept.items()
        if isinstance(keys, list)
    }
