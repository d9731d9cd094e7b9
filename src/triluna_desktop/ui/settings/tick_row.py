"""A tick box of the settings with no setting of the table behind it, laid out as the rows that the table makes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from triluna_desktop.ui.tick_box import ButtonLabel, TickBox


class TickRow(QWidget):
    """A tick box, its words beside it, and under them what it is about."""

    def __init__(self, label: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.about = about
        self.box = TickBox("")
        self.box.setAccessibleName(label)
        self.box.setAccessibleDescription(about)
        words = ButtonLabel(self.box)
        words.setText(label)
        note = QLabel(about)
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.setContentsMargins(0, 3, 0, 0)  # The tick box has a frame of its own around it.
        column.addWidget(words)
        column.addWidget(note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
