"""What the pages of the settings dialog share: a heading, room, and a way to set a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from triluna_desktop.system.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triluna_desktop.system.settings import Setting, Settings


class SettingsPage(QWidget):
    """A column under a heading. What is changed holds at once."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def close_column(self) -> None:
        """After the page's own widgets: room for a sentence about what could not be saved, then nothing."""
        self.column.addWidget(self.problem)
        self.column.addStretch(1)

    def put(self, changes: Mapping[Setting[Any], Any]) -> bool:
        """Set settings; False, with a sentence on the page, where that was refused."""
        try:
            self.settings.set_all(changes)
        except SettingError as error:
            self.problem.setText(error.problem)
            self.problem.show()
            return False
        self.problem.hide()
        return True

    def add_section(self, text: str) -> None:
        """A small heading within the page."""
        label = QLabel(text)
        label.setProperty("look", "section")
        self.column.addSpacing(6)
        self.column.addWidget(label)

    def add_note(self, text: str) -> QLabel:
        """A sentence of explanation."""
        label = QLabel(text)
        label.setProperty("look", "muted")
        label.setWordWrap(True)
        self.column.addWidget(label)
        return label
