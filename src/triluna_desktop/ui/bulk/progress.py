"""The strip at the foot of the window that tells how a bulk edit is being sent. Never in the way of other work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

if TYPE_CHECKING:
    from triluna_desktop.session.bulk import BatchState
    from triluna_desktop.ui.bulk.words import BulkWords


class ProgressStrip(QFrame):
    """One bulk edit at a time, or hidden."""

    cancel_requested = Signal(int)
    """The id of the bulk edit that is to be called back."""

    def __init__(self, words: BulkWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._batch: int | None = None
        self.setProperty("look", "bar")
        self.setAccessibleName(self.tr("Bulk edit"))
        self.text = QLabel()
        self.rest = QLabel()
        self.rest.setProperty("look", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(5)
        self.bar.setAccessibleName(self.tr("Changes sent"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Take back what has not been sent"))
        self.cancel_button.setToolTip(self.cancel_button.accessibleName())
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(12)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.rest)
        row.addWidget(self.cancel_button)
        self.hide()

    def show_state(self, state: BatchState | None, rest: str) -> None:
        """Show how far it has come, and what is said of the rest; or go."""
        self.setVisible(state is not None)
        if state is None:
            self._batch = None
            return
        if state.id != self._batch:
            self._batch = state.id
            self.cancel_button.setEnabled(True)
        self.bar.setRange(0, state.total)
        self.bar.setValue(state.done + state.failed)
        self.text.setText(self._words.progress(state))
        self.rest.setText(rest)
        self.bar.setAccessibleDescription(self.text.text())

    def let_cancel(self) -> None:
        """It was not called back: it can be tried again."""
        self.cancel_button.setEnabled(True)

    def _cancel(self) -> None:
        if self._batch is not None:
            self.cancel_button.setEnabled(False)
            self.cancel_requested.emit(self._batch)
