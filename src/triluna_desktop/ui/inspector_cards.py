"""The cards between the inspector's fields and its buttons: how far an entry has got, what became of an edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.session import SendState
from triluna_desktop.ui.flow import FlowLayout
from triluna_desktop.ui.shapes import Shape, ShapeMark
from triluna_desktop.ui.styled import polish_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


def breakable(text: str, longest: int = 20, piece: int = 10) -> str:
    """The text with places in its longest words where a line may end: a label only ends lines between words.

    A word of more than ``longest`` characters may be broken after each ``piece`` of them.
    """
    return re.sub(rf"\S{{{longest + 1},}}", lambda found: _with_breaks(found.group(), piece), text)


def _with_breaks(word: str, piece: int) -> str:
    return "\N{ZERO WIDTH SPACE}".join(word[at : at + piece] for at in range(0, len(word), piece))


def escaped(text: str) -> str:
    """The text as it stands in a label that takes HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def link_button(text: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("look", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class Card(QFrame):
    """A coloured card: a sign, sentences, and what can be done about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_look("warning")
        self.mark = ShapeMark(Shape.WARNING, theme, "amber")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ways_out = FlowLayout()
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addWidget(self.sentence)
        inside.addLayout(self.ways_out)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(inside, 1)
        self.below = QVBoxLayout()
        """For what needs the card's whole width."""
        self.below.setSpacing(5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(6)
        whole.addLayout(row)
        whole.addLayout(self.below)
        self.hide()

    def set_look(self, look: str) -> None:
        """A name from the style sheet, which the words in it go by as well."""
        self.setProperty("look", look)
        for widget in (self, *self.findChildren(QLabel)):
            polish_again(widget)


class SendCard(Card):
    """Where an item stands on its way to the server; the ways out where it was refused."""

    retry_requested = Signal()
    discard_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.retry_button = link_button(self.tr("Try again"))
        self.discard_button = link_button(self.tr("Discard my change"))
        self.ways_out.addWidget(self.retry_button)
        self.ways_out.addWidget(self.discard_button)
        self.retry_button.clicked.connect(lambda: self.retry_requested.emit())
        self.discard_button.clicked.connect(lambda: self.discard_requested.emit())
        self.sentence_of: Callable[[ItemView], str] = words.sending
        """What is said of an item; nothing where it is on the server."""

    def show_view(self, view: ItemView | None) -> None:
        """Tell about an item, or nothing."""
        sentence = self.sentence_of(view) if view is not None else ""
        self.setVisible(bool(sentence))
        if view is None or not sentence:
            return
        needs_decision = view.state in (SendState.CONFLICT, SendState.REJECTED)
        self.sentence.setText(sentence)
        self.set_look("warning" if needs_decision else "quiet")
        self.mark.show_shape(
            Shape.WARNING if needs_decision else Shape.REFRESH, "amber" if needs_decision else "muted"
        )
        self.retry_button.setVisible(needs_decision)
        self.discard_button.setVisible(needs_decision)


class RefusedCard(Card):
    """The edit was not written: the sentence that says why, beside what was typed."""

    def show_sentence(self, sentence: str) -> None:
        """Say it, or nothing."""
        self.sentence.setText(sentence)
        self.setVisible(bool(sentence))


class ChangedCard(Card):
    """The entry changed elsewhere while something was typed."""

    take_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.take_button = link_button(self.tr("Show the new version"))
        self.ways_out.addWidget(self.take_button)
        self.take_button.clicked.connect(lambda: self.take_requested.emit())

    def show_changed(self) -> None:
        """The entry is another one now."""
        self.sentence.setText(
            self.tr(
                "This entry was changed elsewhere meanwhile. What you typed is kept; saving replaces that change."
            )
        )
        self.show()

    def show_gone(self) -> None:
        """The entry is no longer there."""
        self.sentence.setText(
            self.tr("This entry was deleted elsewhere meanwhile. What you typed is kept; saving creates it again.")
        )
        self.show()
