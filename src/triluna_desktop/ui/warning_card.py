"""One slip in the list of things to look at: the sentence, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.flow import FlowLayout
from triluna_desktop.ui.inspector_cards import breakable, link_button
from triluna_desktop.ui.styled import rule

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QPushButton

    from triluna_desktop.ui.warning_words import WarningRow


class Shown(NamedTuple):
    """What a card shows: two that show the same are one."""

    row: WarningRow
    sentence: str
    fix: str
    """What the fix would do; empty where there is none."""
    may_fix: bool
    is_away: bool
    """Whether the user put it away."""


class RowCard(QWidget):
    """Made for what it shows, and not changed."""

    show_requested = Signal(object)
    fix_requested = Signal(object)
    dismissed = Signal(object)
    brought_back = Signal(object)
    """Each with the `WarningRow`."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown
        self.sentence = shown.sentence
        text = QLabel(breakable(shown.sentence))
        text.setAccessibleName(shown.sentence)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self._rule = rule(is_vertical=False)
        self._links = FlowLayout(14)
        self.links: list[QPushButton] = []
        self.show_button = self._link(self.tr("Show"), self.show_requested)
        if shown.is_away:
            text.setProperty("look", "muted")
            self.away_button = self._link(self.tr("Bring back"), self.brought_back)
        else:
            if shown.fix:
                self.fix_button = self._link(shown.fix, self.fix_requested)
                self.fix_button.setEnabled(shown.may_fix)
            self.away_button = self._link(self.tr("Put away"), self.dismissed)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 8, 0, 8)
        inside.setSpacing(3)
        inside.addWidget(text)
        inside.addLayout(self._links)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._rule)
        column.addLayout(inside)

    def _link(self, text: str, signal: SignalInstance) -> QPushButton:
        button = link_button(text)
        button.setAccessibleName(self.tr("{action}: {sentence}").format(action=text, sentence=self.shown.sentence))
        button.clicked.connect(lambda: signal.emit(self.shown.row))
        self._links.addWidget(button)
        self.links.append(button)
        return button

    def part_from(self, before: RowCard | None) -> None:
        """Draw a line above, unless it is the first."""
        self._rule.setVisible(before is not None)
