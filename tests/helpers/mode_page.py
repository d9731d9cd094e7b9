"""A page object for the preview of another calendar mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from triluna_desktop.ui.mode_change.model import Column

if TYPE_CHECKING:
    from datetime import date

    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.mode_change.dialog import ModeDialog


class ModePage:
    """The dialog of a window, as a person uses it."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window

    @property
    def is_open(self) -> bool:
        """Whether the preview is on screen."""
        dialog = self.window.window.profile.calendar.modes.dialog
        return dialog is not None and dialog.isVisible()

    @property
    def dialog(self) -> ModeDialog:
        """The preview, which must be open."""
        dialog = self.window.window.profile.calendar.modes.dialog
        assert dialog is not None
        assert dialog.isVisible(), "the preview is closed"
        return dialog

    def choose(self, mode: str) -> ModePage:
        """Click a mode in the sidebar."""
        button = self.window.window.profile.page.sidebar.mode.button(mode)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if self.is_open:
            QTest.qWaitForWindowActive(self.dialog)
        return self

    def row(self, day: date) -> tuple[str, str, str]:
        """A date of the table: its name, the hours before and after."""
        model = self.dialog.model
        row = model.row_of(day)
        texts = [model.index(row, column).data() for column in (Column.DAY, Column.BEFORE, Column.AFTER)]
        return (texts[0], texts[1], texts[2])

    def spoken(self, day: date) -> str:
        """What a screen reader says in the place of the strips."""
        model = self.dialog.model
        found = model.index(model.row_of(day), Column.STRIPS).data(Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(found, str)
        return found

    def details(self) -> list[str]:
        """What is added and what cannot be kept, where that is on screen."""
        details = self.dialog.details
        if not details.isVisibleTo(self.dialog):
            return []
        return details.toPlainText().split("\n")

    def switch(self) -> None:
        """Press the button that switches."""
        self.window.click(self.dialog.switch_button)
        QApplication.processEvents()
