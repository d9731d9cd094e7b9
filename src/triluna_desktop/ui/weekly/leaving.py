"""What the window asks before it closes over a draft; in the window, so that nothing waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from triluna_desktop.ui.inspector_cards import Card, link_button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.theme import Theme


class LeavingCard(Card):
    """Asks what shall become of a draft that was not applied."""

    stay_requested = Signal()
    keep_requested = Signal()
    drop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.sentence.setText(self.tr("This week was not applied: callers are offered what they were before."))
        self.stay_button = link_button(self.tr("Go on editing"))
        self.keep_button = link_button(self.tr("Close and keep the draft until the app ends"))
        self.drop_button = link_button(self.tr("Close and drop the draft"))
        for button in (self.stay_button, self.keep_button, self.drop_button):
            button.setAutoDefault(False)
            self.ways_out.addWidget(button)
        self.stay_button.clicked.connect(lambda: self.stay_requested.emit())
        self.keep_button.clicked.connect(lambda: self.keep_requested.emit())
        self.drop_button.clicked.connect(lambda: self.drop_requested.emit())
