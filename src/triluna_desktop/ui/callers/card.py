"""The card in the inspector with the starts of the selected entry's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.callers.day_starts import DayStarts, marked

if TYPE_CHECKING:
    from triluna_desktop.session.callers import CallerPreview
    from triluna_desktop.ui.callers.caller_words import CallerWords
    from triluna_desktop.ui.theme import Theme


class CallersCard(QFrame):
    """One date, in short; all of it is in the panel."""

    def __init__(self, theme: Theme, words: CallerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("look", "card")
        self.heading = QLabel()
        self.heading.setProperty("look", "section")
        self.heading.setWordWrap(True)
        self.day = DayStarts(theme, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.day)
        self.hide()

    def show_preview(self, preview: CallerPreview, length: int) -> None:
        """Show the one date of a preview, for appointments of so many minutes."""
        self.heading.setText(self._words.card_heading(length))
        self.day.show_day(preview.now[0].date, marked(preview.now[0].minutes, preview.once_sent[0].minutes))
