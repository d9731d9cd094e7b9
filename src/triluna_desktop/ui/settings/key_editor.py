"""The keys of one command: taken away, added, put back; and what is asked where a key belongs to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from triluna_desktop.system.settings import SettingError
from triluna_desktop.ui.keymap import default_of, is_letter, shown
from triluna_desktop.ui.settings.key_field import KeyField
from triluna_desktop.ui.styled import change_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.commands import Command
    from triluna_desktop.ui.keymap import Keymap


class KeyEditor(QFrame):
    """Shows one command at a time."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._command: Command | None = None
        self._wanted = ""
        self.setProperty("look", "card")
        self.heading = QLabel()
        self.heading.setProperty("look", "strong")
        self.heading.setWordWrap(True)
        self.keys: dict[str, QPushButton] = {}
        """By key, what takes it away."""
        self._keys_row = QHBoxLayout()
        self._keys_row.setSpacing(6)
        self._keys_row.addStretch(1)
        self.field = KeyField()
        self.reset_button = QPushButton(self.tr("Reset"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.take_button = QPushButton(self.tr("Take it"))
        self.swap_button = QPushButton(self.tr("Swap the keys"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._answers = (self.take_button, self.swap_button, self.cancel_button)
        self._build()
        self.field.pressed.connect(self.take_key)
        self.reset_button.clicked.connect(self._reset)
        self.take_button.clicked.connect(self._take)
        self.swap_button.clicked.connect(self._swap)
        self.cancel_button.clicked.connect(self._cancel)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        adding.addWidget(self.field, 1)
        adding.addWidget(self.reset_button)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for button in self._answers:
            answers.addWidget(button)
        answers.addStretch(1)
        column.addWidget(self.heading)
        column.addLayout(self._keys_row)
        column.addLayout(adding)
        column.addWidget(self.said)
        column.addLayout(answers)
        self.ask_nothing()

    def edit(self, command: Command) -> None:
        """Show the keys of a command."""
        self._command = command
        self.ask_nothing()
        self.show_keys()

    def show_keys(self) -> None:
        """Show what holds."""
        command = self._command
        if command is None:
            return
        name = command.text.removesuffix("…")
        self.heading.setText(self.tr("Keys of “{command}”").format(command=name))
        for button in self.keys.values():
            button.hide()
            button.deleteLater()
        self.keys = {}
        for key in self._keymap.all_of(command):
            button = QPushButton(f"{shown(key)}  ×")
            button.setAutoDefault(False)
            told = self.tr("Remove {key} from “{command}”").format(key=shown(key), command=name)
            button.setAccessibleName(told)
            button.setToolTip(told)
            button.clicked.connect(lambda _=False, key=key: self._remove(key))
            self._keys_row.insertWidget(len(self.keys), button)
            self.keys[key] = button
        usual = ", ".join(shown(key) for key in default_of(command)) or self.tr("no keys")
        told = self.tr("Reset “{command}” to the default: {keys}").format(command=name, keys=usual)
        self.reset_button.setAccessibleName(told)
        self.reset_button.setToolTip(told)
        self.reset_button.setEnabled(self._keymap.is_changed(command))
        self.field.setAccessibleDescription(self.heading.text())

    def ask_nothing(self) -> None:
        """No question and no word."""
        self._wanted = ""
        self._say("")
        for button in self._answers:
            button.hide()

    def take_key(self, key: str) -> None:
        """A key was pressed for the command: it is added, or somebody is asked, or it is said why not."""
        command = self._command
        if command is None:
            return
        self.ask_nothing()
        problem = self._keymap.problem_with(key)
        owner = self._keymap.owner_of(key)
        if problem:
            self._say(problem, is_wrong=True)
        elif owner is command:
            self._say(self.tr("{key} belongs to this command already.").format(key=shown(key)))
        elif owner is not None:
            self._wanted = key
            self._say(
                self.tr("{key} belongs to “{command}”.").format(
                    key=shown(key), command=owner.text.removesuffix("…")
                ),
                is_wrong=True,
            )
            for button in self._answers:
                button.setAccessibleDescription(self.said.text())
                button.show()
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._attempt(lambda: self._keymap.add(command, key)):
            self._say(
                self.tr("{key} is added. It works while the calendar has the keyboard.").format(key=shown(key))
                if is_letter(key)
                else self.tr("{key} is added.").format(key=shown(key))
            )

    def _take(self) -> None:
        command, key = self._command, self._wanted
        self.ask_nothing()
        if command is not None and self._attempt(lambda: self._keymap.add(command, key, take=True)):
            self._say(self.tr("{key} is added.").format(key=shown(key)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _swap(self) -> None:
        command, key = self._command, self._wanted
        self.ask_nothing()
        if command is not None and self._attempt(lambda: self._keymap.swap(command, key)):
            self._say(self.tr("The keys are swapped."))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        self.ask_nothing()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, key: str) -> None:
        command = self._command
        self.ask_nothing()
        if command is not None and self._attempt(lambda: self._keymap.remove(command, key)):
            self._say(self.tr("{key} is removed.").format(key=shown(key)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reset(self) -> None:
        command = self._command
        if command is None:
            return
        taken = self._keymap.taken_by_default(command)
        self.ask_nothing()
        if self._attempt(lambda: self._keymap.reset(command)) and taken:
            owner = taken[0][1]
            keys = ", ".join(shown(key) for key, each in taken if each is owner)
            self._say(
                self.tr("{key} is taken from “{command}” again.").format(
                    key=keys, command=owner.text.removesuffix("…")
                )
            )
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attempt(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except SettingError as error:
            self._say(error.problem, is_wrong=True)
            return False
        return True

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        self.said.setText(sentence)
        change_look(self.said, "error" if is_wrong else "muted")
        self.said.setVisible(bool(sentence))
        self.field.setAccessibleDescription(f"{self.heading.text()} {sentence}".strip())
