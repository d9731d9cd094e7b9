"""The cards between the inspector's fields and its buttons: how far an entry has got, and what is in its way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.session import SendState
from triluna_desktop.ui.flow import FlowLayout
from triluna_desktop.ui.shapes import Shape, ShapeMark

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


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
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(inside, 1)
        self.hide()

    def set_look(self, look: str) -> None:
        """A name from the style sheet, which looks at it only when the widget is polished again."""
        self.setProperty("look", look)
        for widget in (self, *self.findChildren(QLabel)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class SendCard(Card):
    """Where an item stands on its way to the server; the ways out where it was refused."""

    retry_requested = Signal()
    discard_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self.retry_button = link_button(self.tr("Try again"))
        self.discard_button = link_button(self.tr("Discard my change"))
        self.ways_out.addWidget(self.retry_button)
        self.ways_out.addWidget(self.discard_button)
        self.retry_button.clicked.connect(lambda: self.retry_requested.emit())
        self.discard_button.clicked.connect(lambda: self.discard_requested.emit())

    def show_view(self, view: ItemView | None) -> None:
        """Tell about an item, or nothing."""
        sentence = self._words.sending(view) if view is not None else ""
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


class ConflictCard(Card):
    """The first slot in the way, how many more there are, and what can be done with one click."""

    trim_requested = Signal(object)
    """The entry as it is after trimming."""
    delete_requested = Signal(object)
    edit_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._trimmed: Entry | None = None
        self._other: Entry | None = None
        self.trim_button = link_button(self.tr("Trim this"))
        self.delete_button = link_button(self.tr("Delete the other"))
        self.edit_button = link_button(self.tr("Keep editing"))
        for button in (self.trim_button, self.delete_button, self.edit_button):
            self.ways_out.addWidget(button)
        self.trim_button.clicked.connect(lambda: self.trim_requested.emit(self._trimmed))
        self.delete_button.clicked.connect(lambda: self.delete_requested.emit(self._other))
        self.edit_button.clicked.connect(lambda: self.edit_requested.emit())

    def show_conflicts(self, entry: Entry | None, others: tuple[Entry, ...], *, read_only: bool) -> None:
        """Tell what is in the entry's way, or nothing."""
        self.setVisible(entry is not None and bool(others))
        if entry is None or not others:
            return
        self._other = others[0]
        self._trimmed = trimmed(entry, others)
        sentence = self.tr("Overlaps {name}, {times}").format(
            name=self._words.name(self._other), times=self._words.times(self._other)
        )
        if len(others) > 1:
            more = self.tr("and %n more", "", len(others) - 1)
            sentence = f"{sentence} {more}"
        self.sentence.setText(f"<b>{_escaped(sentence)}</b>")
        self.trim_button.setVisible(self._trimmed is not None and not read_only)
        self.delete_button.setVisible(not read_only)
        self.edit_button.setVisible(not read_only)
        if self._trimmed is not None:
            self.trim_button.setToolTip(
                self.tr("Make this {times}").format(times=self._words.times(self._trimmed))
            )


def trimmed(entry: Entry, others: tuple[Entry, ...]) -> Entry | None:
    """The longest stretch of the entry that no other touches; None where nothing of it is left."""
    at, best = entry.start, (0, 0)
    for other in sorted(others, key=lambda each: each.start):
        if other.start - at > best[1] - best[0]:
            best = (at, other.start)
        at = max(at, other.end)
    if entry.end - at > best[1] - best[0]:
        best = (at, entry.end)
    return replace(entry, start=best[0], end=best[1]) if best[1] > best[0] else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
