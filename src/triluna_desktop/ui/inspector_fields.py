"""A field of a form: its label, the editor, and the sentence under it when what was typed is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from triluna_desktop.ui.styled import polish_again

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_NOTES_HEIGHT = 68


class NotesEdit(QPlainTextEdit):
    """Plain text of a few lines. Tab leaves it; Ctrl+Enter saves, as Enter alone makes a line."""

    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_NOTES_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TextLine(QLineEdit):
    """One line that shows its beginning once it is left, however long the text is."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.setCursorPosition(0)


class Field(QWidget):
    """Label, editor, and room for one sentence. The sentence is part of what a screen reader says."""

    edited = Signal()

    def __init__(
        self,
        label: str,
        editor: QLineEdit | NotesEdit,
        *,
        is_half: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``is_half``: it shares a row, and whoever lays out the row puts ``problem`` under all of it."""
        super().__init__(parent)
        self.editor = editor
        self._name = label
        self.caption = QLabel(label)
        self.caption.setProperty("look", "small")
        self.caption.setBuddy(editor)
        editor.setAccessibleName(label)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(editor)
        if not is_half:
            column.addWidget(self.problem)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda: self.edited.emit())
        else:
            editor.textChanged.connect(lambda: self.edited.emit())

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.toPlainText()

    def show_text(self, text: str) -> None:
        """Put a text in, silently; the cursor stays where it was if the text is the same."""
        if text == self.text:
            return
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
            self.editor.setCursorPosition(0)
        else:
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)

    def show_problem(self, sentence: str) -> None:
        """Say under the field what is wrong, or nothing."""
        if sentence == self.problem.text() and self.problem.isVisibleTo(self) == bool(sentence):
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        self.editor.setProperty("wrong", "true" if sentence else "false")
        polish_again(self.editor)

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether the text can be changed."""
        self.editor.setReadOnly(is_read_only)
