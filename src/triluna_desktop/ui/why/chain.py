"""The chain of who decides over a time, from the weakest to the one that decides, and what would change it.

The same widget stands in the popover, in the inspector and, without buttons, under a resting pointer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.choice_button import ChoiceButton, glued
from triluna_desktop.ui.inspector_cards import breakable
from triluna_desktop.ui.shapes import Shape, ShapeMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.why import Fix
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.why.why_words import Line


class Chain(QWidget):
    """Shows one answer at a time. ``beside`` are the pixels that its heading leaves free for a button."""

    fix_chosen = Signal(object)
    """A `domain.why.Fix`: carry it out."""
    considered = Signal(object)
    """The `domain.edits.Edit` of the fix that is looked at, or None."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, beside: int = 0) -> None:
        super().__init__(parent)
        self._theme = theme
        self._said: tuple[object, ...] = ()
        self.buttons: list[ChoiceButton] = []
        self.heading = _label("strong")
        self.note = _label("small")
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(5)
        self._rows.setColumnStretch(1, 1)
        self._row_widgets: list[QWidget] = []
        self._fixes = QVBoxLayout()
        self._fixes.setSpacing(5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.heading, 1)
        head.addSpacing(beside)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.note)
        column.addLayout(self._fixes)

    @property
    def spoken(self) -> str:
        """All of it but the buttons, for a screen reader."""
        labels = (self.heading, *self.labels, self.note)
        return " ".join(label.accessibleName() for label in labels).strip()

    @property
    def labels(self) -> list[QLabel]:
        """The sentences of the chain as they stand there."""
        return [each for each in self._row_widgets[1::2] if isinstance(each, QLabel)]

    def show_lines(self, heading: str, lines: Sequence[Line], note: str = "") -> None:
        """Show an answer."""
        said = (heading, *lines, note)
        if said == self._said:
            return
        self._said = said
        _say(self.heading, heading)
        _say(self.note, note)
        self.note.setVisible(bool(note))
        for widget in self._row_widgets:
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._row_widgets = []
        for number, line in enumerate(lines):
            mark: QWidget
            if line.decides:
                mark = ShapeMark(Shape.FORWARD, self._theme, "accent")
            else:
                mark = _label("small", str(number + 1))
                mark.setFixedWidth(18)
            text = _label("decides" if line.decides else "plain")
            _say(text, line.text)
            self._rows.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(text, number, 1)
            self._row_widgets += [mark, text]
        self.setAccessibleName(self.spoken)

    def show_fixes(self, fixes: Sequence[tuple[Fix, str]], *, may_write: bool) -> None:
        """Offer what would change the answer; what writes only where one may."""
        if [text for _, text in fixes] == [button.said for button in self.buttons]:
            for button, (fix, _) in zip(self.buttons, fixes, strict=True):
                self._aim(button, fix, may_write=may_write)
            return
        for button in self.buttons:
            self._fixes.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for fix, text in fixes:
            button = ChoiceButton()
            button.say(text)
            button.clicked.connect(lambda _=False, each=button: self.fix_chosen.emit(each.property("fix")))
            button.regarded.connect(self._consider)
            self._aim(button, fix, may_write=may_write)
            self._fixes.addWidget(button)
            self.buttons.append(button)

    def _aim(self, button: ChoiceButton, fix: Fix, *, may_write: bool) -> None:
        button.setProperty("fix", fix)
        button.setEnabled(may_write or fix.edit is None)

    def _consider(self) -> None:
        looked_at = next((each for each in self.buttons if each.is_hovered), None) or next(
            (each for each in self.buttons if each.hasFocus()), None
        )
        self.considered.emit(None if looked_at is None else looked_at.property("fix").edit)


def _label(look: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _say(label: QLabel, text: str) -> None:
    """Show a text broken where it may be; its name is the text as it is."""
    label.setText(glued(breakable(text)))
    label.setAccessibleName(text)
