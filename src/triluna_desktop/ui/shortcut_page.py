"""The list of keyboard shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui import commands
from triluna_desktop.ui.keymap import shown
from triluna_desktop.ui.styled import take_room

if TYPE_CHECKING:
    from triluna_desktop.ui.commands import Command
    from triluna_desktop.ui.keymap import Keymap

_SIZE = (760, 580)


class ShortcutPage(QDialog):
    """Every key and what it does, made of the table of commands."""

    def __init__(self, keymap: Keymap, *, with_letters: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        take_room(self, *_SIZE)
        self._keymap = keymap
        self._with_letters = with_letters
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(24, 20, 24, 12)
        columns.setSpacing(40)
        sections = [
            (group.title, [(self.keys_text(each), each.text) for each in group.commands])
            for group in commands.groups()
        ]
        sections[-1][1].insert(0, commands.calendar_keys())
        grid_section = (self.tr("In the grid"), list(commands.grid_keys()))
        # Two columns of about the same height.
        for part in ((sections[0], grid_section), (sections[1], sections[2])):
            columns.addLayout(self._column(part), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.windowTitle())  # Tab stops here, for the arrow keys to scroll.
        note = QLabel(
            self.tr("Single letters work while the grid has the keyboard.")
            if with_letters
            else self.tr("Single letters are switched off in Settings, Shortcuts.")
        )
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        close = QPushButton(self.tr("Close"))
        close.setProperty("look", "primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(note, 1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def keys_text(self, command: Command) -> str:
        """The keys of a command as this system writes them."""
        letters = self._keymap.letters_of(command) if self._with_letters else ()
        return ", ".join(shown(key) for key in (*letters, *self._keymap.keys_of(command)))

    def _column(self, sections: tuple[tuple[str, list[tuple[str, str]]], ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        for title, rows in sections:
            heading = QLabel(title)
            heading.setProperty("look", "section")
            column.addWidget(heading)
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(7)
            grid.setColumnStretch(1, 1)
            shown = [(keys, text) for keys, text in rows if keys]
            for index, (keys, text) in enumerate(shown):
                key_label = QLabel(keys)
                key_label.setProperty("look", "key")
                key_label.setWordWrap(True)
                key_label.setFixedWidth(130)
                text_label = QLabel(text)
                text_label.setWordWrap(True)
                grid.addWidget(key_label, index, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text_label, index, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(grid)
            column.addSpacing(12)
        column.addStretch(1)
        return column
