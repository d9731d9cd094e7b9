"""The link in the inspector to an entry's history: "History (3)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from triluna_desktop.ui.inspector_cards import link_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.words import Words


class HistoryLink(QWidget):
    """There is none where nothing was changed, nor for several entries at once."""

    requested = Signal(str)
    """Look at the history of the item with this key."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._key = ""
        self.count: Callable[[str], int] = lambda _key: 0
        """How many changes of an item are kept."""
        self.button = link_button("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 14, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.button.clicked.connect(lambda: self.requested.emit(self._key))
        self.hide()

    def show_views(self, views: Sequence[ItemView]) -> None:
        """Be about what is selected."""
        self._key = views[0].item.key if len(views) == 1 else ""
        count = self.count(self._key) if self._key else 0
        self.setVisible(count > 0)
        self.button.setText(self.tr("History ({count})").format(count=self._words.number(count)))
        self.button.setAccessibleName(self.tr("%n changes of this entry", "", count))
        self.button.setToolTip(self.tr("What was changed here and elsewhere, and the way back"))
