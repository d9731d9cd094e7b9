"""One sentence over the week: why something did not land, or the offer to make one of two that touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from triluna_desktop.ui.inspector_cards import Card, link_button
from triluna_desktop.ui.shapes import Shape
from triluna_desktop.ui.styled import polish_again

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.theme import Theme


class MessageCard(Card):
    """Stands until the next step."""

    join_requested = Signal()
    decline_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.join_button = link_button(self.tr("Make them one"))
        self.decline_button = link_button(self.tr("Leave them apart"))
        self.buttons = (self.join_button, self.decline_button)
        for button in self.buttons:
            button.setAutoDefault(False)
            self.ways_out.addWidget(button)
        self.join_button.clicked.connect(lambda: self.join_requested.emit())
        self.decline_button.clicked.connect(lambda: self.decline_requested.emit())

    @property
    def text(self) -> str:
        """What is said, or nothing."""
        return self.sentence.text() if not self.isHidden() else ""

    def clear(self) -> None:
        """Say nothing."""
        self.hide()

    def tell(self, sentence: str, *, is_warning: bool = False) -> None:
        """Say a sentence, to a screen reader too."""
        self._say(sentence, is_warning=is_warning, is_offer=False)

    def offer(self, sentence: str) -> None:
        """Offer to make one of what touches."""
        self._say(sentence, is_warning=False, is_offer=True)

    def _say(self, sentence: str, *, is_warning: bool, is_offer: bool) -> None:
        self.sentence.setText(sentence)
        self.set_look("warning" if is_warning else "quiet")
        if is_warning:
            self.mark.show_shape(Shape.WARNING, "amber")
        else:
            self.mark.show_shape(Shape.QUESTION if is_offer else Shape.CHECK, "muted")
        for button in self.buttons:
            button.setVisible(is_offer)
            # The style sheet looks at the card around a button only when that is polished again.
            polish_again(button)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.sentence, sentence))
