"""A page object for the bulk dialog and the strip that tells how it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.bulk.dialog import BulkDialog
    from triluna_desktop.ui.bulk.panels import Action
    from triluna_desktop.ui.bulk.progress import ProgressStrip
    from triluna_desktop.ui.inspector_fields import Field


class BulkPage:
    """The dialog of a window, as a person uses it."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window

    @property
    def dialog(self) -> BulkDialog:
        """The dialog, which must be open."""
        dialog = self.window.window.profile.bulk.dialog
        assert dialog is not None
        assert dialog.isVisible(), "the dialog is closed"
        return dialog

    @property
    def is_open(self) -> bool:
        """Whether the dialog is open."""
        dialog = self.window.window.profile.bulk.dialog
        return dialog is not None and dialog.isVisible()

    @property
    def strip(self) -> ProgressStrip | None:
        """The strip, if it is on screen."""
        self.window.window.profile.bulk.refresh_now()
        strip = self.window.window.profile.bulk.strip
        return strip if strip is not None and strip.isVisibleTo(self.window.window) else None

    def open(self, command: str) -> BulkPage:
        """Open the dialog by one of its commands."""
        self.window.window.run_command(command)
        if self.is_open:
            self.dialog.activateWindow()
            QTest.qWaitForWindowActive(self.dialog)
        return self

    def choose(self, action: Action) -> None:
        """Choose what to do."""
        self.dialog.action.choose(action.value)
        self.settle()

    def type_into(self, field: Field, text: str) -> None:
        """Replace what stands in a field, key by key, and stop typing."""
        assert field.isVisibleTo(self.dialog), "the field is not on screen"
        field.editor.setFocus()
        field.editor.selectAll()
        if text:
            QTest.keyClicks(field.editor, text)
        else:
            QTest.keyClick(field.editor, Qt.Key.Key_Delete)
        self.settle()

    def settle(self) -> None:
        """Let the time pass after which the preview is made."""
        if self.dialog.typing.isActive():
            self.dialog.typing.timeout.emit()

    def problem(self, field: Field) -> str:
        """The sentence at a field, or nothing."""
        return field.problem.text() if field.problem.isVisibleTo(self.dialog) else ""

    def rows(self) -> list[str]:
        """The lines of the preview as a screen reader says them."""
        model = self.dialog.preview.rows
        if not self.dialog.preview.isVisibleTo(self.dialog):
            return []
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.data(model.index(row), role) for row in range(model.rowCount())]

    def says(self) -> list[str]:
        """The sentences under the preview, and in its place."""
        dialog = self.dialog
        labels = (dialog.nothing, dialog.counted, dialog.cost, dialog.bookable, dialog.unread, dialog.refused)
        return [label.text() for label in labels if label.isVisibleTo(dialog)]

    def apply(self) -> None:
        """Press Apply, and let the window take notice."""
        self.window.click(self.dialog.apply_button)
        QApplication.processEvents()
