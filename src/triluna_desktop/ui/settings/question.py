"""A question within a page, with its answers: what cannot be taken back is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class Question(QFrame):
    """Hidden until it is asked. The keyboard is on the harmless answer."""

    agreed = Signal()
    ended = Signal()
    """It is off the screen again, whatever the answer was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.yes = QPushButton()
        self.no = QPushButton(self.tr("Cancel"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addLayout(row)
        for button in (self.yes, self.no):
            button.setAutoDefault(False)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.end)
        self.hide()

    def ask(self, sentence: str, agree: str) -> None:
        """Show it; ``agree`` is what the button says that does it."""
        self.said.setText(sentence)
        self.yes.setText(agree)
        self.no.setAccessibleDescription(sentence)
        self.yes.setAccessibleDescription(sentence)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Take it off the screen."""
        self.hide()
        self.ended.emit()

    def _agree(self) -> None:
        self.end()
        self.agreed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is no."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
