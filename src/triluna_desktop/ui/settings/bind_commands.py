"""The commands that a shortcut of the desktop can run, to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable


class BindCommands(QWidget):
    """What each does, the words to bind, and a button that copies them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        note = QLabel(
            self.tr(
                "Bind one of these to a key in the keyboard settings of your desktop. They work whether the app "
                "runs or not."
            )
        )
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        grid.addWidget(note, 0, 0, 1, 3)
        self.buttons: dict[str, QPushButton] = {}
        """By command."""
        for row, (what, command) in enumerate(self._commands(), start=1):
            about = QLabel(what)
            about.setWordWrap(True)
            words = QLabel(command)
            # What is typed into another program reads from left to right, whatever the language around it.
            words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setProperty("look", "muted")
            button = QPushButton(self.tr("Copy"))
            button.setAccessibleName(self.tr("Copy {command}").format(command=command))
            button.clicked.connect(_copier(button, command))
            self.buttons[command] = button
            grid.addWidget(about, row, 0)
            grid.addWidget(words, row, 1)
            grid.addWidget(button, row, 2)

    @property
    def first_button(self) -> QPushButton:
        """Where the search leads."""
        return next(iter(self.buttons.values()))

    def _commands(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Block the next half hour"), "triluna-desktop block 30m"),
            (self.tr("Block the next hour"), "triluna-desktop block 1h"),
            (self.tr("Be bookable for the next hour"), "triluna-desktop open 1h"),
            (self.tr("Release what was blocked, early"), "triluna-desktop release"),
            (self.tr("Show the window"), "triluna-desktop"),
        )


def _copier(button: QPushButton, command: str) -> Callable[[], None]:
    def copy() -> None:
        QGuiApplication.clipboard().setText(command)
        button.setText(button.tr("Copied"))

    return copy
