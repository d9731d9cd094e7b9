"""Under the list: one change in full, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.session.history import version_of
from triluna_desktop.ui.inspector_cards import link_button

if TYPE_CHECKING:
    from triluna_desktop.session.history import HistoryRow
    from triluna_desktop.ui.history.history_words import HistoryWords


class RowCard(QFrame):
    """Says which version would come back before it does."""

    def __init__(self, words: HistoryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown = 0
        self.setProperty("look", "card")
        self.sentence = _label()
        self.who = _label("small")
        self.version = _label()
        self.answer = _label("muted")
        self.undo_button = link_button(self.tr("Undo"))
        self.restore_button = QPushButton(self.tr("Restore this version"))
        self.restore_button.setProperty("look", "primary")
        self.show_button = QPushButton(self.tr("Show in the week"))
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.answer, 1)
        ways.addWidget(self.undo_button)
        ways.addWidget(self.show_button)
        ways.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addWidget(self.who)
        column.addSpacing(4)
        column.addWidget(self.version)
        column.addSpacing(4)
        column.addLayout(ways)
        self.tell("")

    def show_row(self, row: HistoryRow, *, can_restore: bool) -> None:
        """Show a change; ``can_restore`` where the item is another than that version now, or gone."""
        if row.id != self._shown:
            self._shown = row.id
            self.tell("")
        self.sentence.setText(self._words.what(row))
        self.who.setText(
            self.tr("{when}. {who}").format(when=self._words.when(row), who=self._words.actor_explained(row.actor))
        )
        version = self._words.version(version_of(row))
        if can_restore:
            self.version.setText(self.tr("Restoring brings back: {version}").format(version=version))
        else:
            self.version.setText(self.tr("It is like this now: {version}").format(version=version))
        self.restore_button.setEnabled(can_restore)
        self.restore_button.setAccessibleDescription(self.version.text())

    def tell(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say how it went, also to a screen reader."""
        self.answer.setText(sentence)
        self.undo_button.setVisible(can_undo)
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def withdraw_undo(self) -> None:
        """Something else was done since: undo is about that."""
        self.undo_button.hide()


def _label(look: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        label.setProperty("look", look)
    return label
