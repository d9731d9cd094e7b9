"""Settings, Appearance and Keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QRadioButton, QWidget

from triluna_desktop.system.settings import APPEARANCE_THEME, GRID_SINGLE_LETTER_KEYS
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from triluna_desktop.system.settings import Settings


class AppearancePage(SettingsPage):
    """Light, dark, or as the system has it."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self.heading.setText(self.tr("Appearance"))
        self.themes = {
            "system": QRadioButton(self.tr("As the system has it")),
            "light": QRadioButton(self.tr("Light")),
            "dark": QRadioButton(self.tr("Dark")),
        }
        for theme, button in self.themes.items():
            button.clicked.connect(lambda _=False, value=theme: self.put({APPEARANCE_THEME: value}))
            self.column.addWidget(button)
        self.close_column()
        self.show_settings()

    def show_settings(self) -> None:
        """Show what holds."""
        self.themes[self.settings.get(APPEARANCE_THEME)].setChecked(True)


class KeyboardPage(SettingsPage):
    """Whether single letters are commands."""

    shortcuts_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self.heading.setText(self.tr("Keyboard"))
        self.letters = TickBox(self.tr("Single letters are commands while the grid has the keyboard"))
        self.letters.clicked.connect(lambda is_on: self.put({GRID_SINGLE_LETTER_KEYS: is_on}))
        self.column.addWidget(self.letters)
        self.add_note(
            self.tr(
                "Switch them off if you speak to the computer, or press keys by accident. Other keys still work."
            )
        )
        self.list_button = QPushButton(self.tr("Show all shortcuts…"))
        self.list_button.clicked.connect(lambda: self.shortcuts_requested.emit())
        self.column.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.close_column()
        self.show_settings()

    def show_settings(self) -> None:
        """Show what holds."""
        self.letters.setChecked(self.settings.get(GRID_SINGLE_LETTER_KEYS))
