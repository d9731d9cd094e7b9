"""What the inspector shows where it is not one entry: several at once, or weekly hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.ui.inspector_cards import SendCard

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Entry, Pattern
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class ManyPanel(QWidget):
    """Several entries: what they add up to, and what can be done with all of them."""

    flip_requested = Signal(bool)
    """Make them all available (True) or blocked."""
    more_requested = Signal()
    """Something else shall be done with them."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.open_button = QPushButton(self.tr("Make available"))
        self.block_button = QPushButton(self.tr("Block"))
        self.more_button = QPushButton(self.tr("Change many…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        for button, is_available in ((self.open_button, True), (self.block_button, False)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, value=is_available: self.flip_requested.emit(value))
            column.addWidget(button)
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more_button.clicked.connect(lambda: self.more_requested.emit())
        column.addWidget(self.more_button)

    def show_entries(self, entries: tuple[Entry, ...], *, read_only: bool) -> None:
        """Sum up the entries."""
        lines = []
        for entries_of_kind, name in (
            ([entry for entry in entries if entry.is_available], self.tr("Available: {duration}")),
            ([entry for entry in entries if not entry.is_available], self.tr("Blocked: {duration}")),
        ):
            if entries_of_kind:
                minutes = sum(entry.interval.minutes for entry in entries_of_kind)
                lines.append(name.format(duration=self._words.duration(minutes)))
        self.summary.setText("\n".join(lines))
        self.more_button.setEnabled(not read_only)
        self.open_button.setEnabled(not read_only and any(not entry.is_available for entry in entries))
        self.block_button.setEnabled(not read_only and any(entry.is_available for entry in entries))


class PatternPanel(QWidget):
    """Weekly hours, to read; and the way to change a single date of them."""

    exception_requested = Signal()
    edit_requested = Signal(object)
    """The weekly hours shall be edited, this `Pattern` of them first."""
    retry_requested = Signal(str)
    discard_requested = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._key = ""
        self._pattern: Pattern | None = None
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.explanation = QLabel(
            self.tr("Weekly hours repeat every week. A single date can be changed without touching the others.")
        )
        self.explanation.setProperty("look", "muted")
        self.explanation.setWordWrap(True)
        self.exception_button = QPushButton(self.tr("Change only this date…"))
        self.exception_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit_button = QPushButton(self.tr("Edit weekly hours…"))
        self.edit_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.send_card = SendCard(theme, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.facts, self.explanation, self.send_card, self.edit_button, self.exception_button):
            column.addWidget(widget)
        self.edit_button.clicked.connect(lambda: self.edit_requested.emit(self._pattern))
        self.exception_button.clicked.connect(lambda: self.exception_requested.emit())
        self.send_card.retry_requested.connect(lambda: self.retry_requested.emit(self._key))
        self.send_card.discard_requested.connect(lambda: self.discard_requested.emit(self._key))

    def show_view(self, view: ItemView, pattern: Pattern, *, read_only: bool) -> None:
        """Show a pattern."""
        self._key, self._pattern = pattern.key, pattern
        locale = self._words.locale
        day = locale.standaloneDayName(pattern.weekday or 7)
        lines = [self.tr("Every {weekday}").format(weekday=day), self._words.times(pattern)]
        lines.append(self._words.kind(pattern))
        if pattern.title:
            lines.insert(0, self._words.title_of(pattern))
        self.facts.setText("\n".join(lines))
        self.exception_button.setEnabled(not read_only)
        self.send_card.show_view(view)
