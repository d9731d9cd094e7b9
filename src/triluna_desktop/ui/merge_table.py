"""The table of a merge: field by field what I have, what they have, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain.merging import Side
from triluna_desktop.ui.inspector_cards import breakable
from triluna_desktop.ui.merge_words import shortened
from triluna_desktop.ui.tick_box import ButtonLabel

if TYPE_CHECKING:
    from triluna_desktop.domain.merging import FieldMerge
    from triluna_desktop.ui.merge_words import MergeWords

_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_TIMES = ("start", "end")
_SHORT = 6
"""Characters that have room beside a radio button, such as a time; longer words go below it."""


class FieldTable(QWidget):
    """Each field that differs: mine, theirs, the result; where both changed it, a pick between the two."""

    picked = Signal(str, object)
    """A field's name and the `Side` that shall hold."""

    def __init__(self, words: MergeWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self._made_for: tuple[FieldMerge, ...] = ()
        self._results: dict[str, _Cell] = {}
        self._radios: dict[tuple[str, Side], QRadioButton] = {}
        self._groups: list[QButtonGroup] = []

    def radio(self, name: str, side: Side) -> QRadioButton:
        """The pick of a side for a field in which both changed something."""
        return self._radios[name, side]

    def radios(self) -> tuple[QRadioButton, ...]:
        """All picks, from top to bottom."""
        return tuple(self._radios.values())

    def rows(self) -> list[tuple[str, ...]]:
        """What it says, line by line."""
        lines = []
        for row in range(self._grid.rowCount()):
            items = (self._grid.itemAtPosition(row, column) for column in range(3))
            cells = dict.fromkeys(item.widget() for item in items if item is not None)
            texts = tuple(cell.said for cell in cells if isinstance(cell, _Cell))
            if texts:
                lines.append(texts)
        return lines

    def show_fields(self, fields: tuple[FieldMerge, ...], picks: dict[str, Side]) -> None:
        """Show these fields. While they are the same, only the results are written anew: the keyboard stays."""
        if fields != self._made_for:
            self._make(fields)
        for field in fields:
            side = picks.get(field.name, field.side) or Side.MINE
            if (field.name, side) in self._radios:
                self._radios[field.name, side].setChecked(True)
            value = field.mine if side is Side.MINE else field.theirs
            self._results[field.name].say(self._words.value(field.name, value))

    def _make(self, fields: tuple[FieldMerge, ...]) -> None:
        self._made_for = fields
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._results, self._radios, self._groups = {}, {}, []
        heads = (self._words.side(Side.MINE), self._words.side(Side.THEIRS), self._words.result())
        for column, head in enumerate(heads):
            self._grid.addWidget(_Cell(head), 0, column)
        for number, field in enumerate(fields):
            row = 1 + 2 * number
            name = _Cell(self._words.field(field.name))
            name.label.setProperty("look", "section")
            name.label.setContentsMargins(0, 4, 0, 0)
            self._grid.addWidget(name, row, 0, 1, 3)
            group = QButtonGroup(self)
            self._groups.append(group)
            for column, side in enumerate(Side):
                self._grid.addWidget(self._version(field, side, group), row + 1, column, _TOP)
            result = self._results[field.name] = _Cell("", is_bold=True)
            self._grid.addWidget(result, row + 1, 2, _MIDDLE if field.is_clash and field.name in _TIMES else _TOP)

    def _version(self, field: FieldMerge, side: Side, group: QButtonGroup) -> _Cell:
        text = self._words.value(field.name, field.mine if side is Side.MINE else field.theirs)
        if not field.is_clash:
            return _Cell(text)
        radio = QRadioButton()
        radio.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        radio.setAccessibleName(self._words.pick(field.name, side, text))
        radio.clicked.connect(lambda: self.picked.emit(field.name, side))
        group.addButton(radio)
        self._radios[field.name, side] = radio
        return _Cell(text, radio)


class _Cell(QWidget):
    """A text in as many lines as it needs, after the button that picks it, if there is one."""

    def __init__(self, text: str, radio: QRadioButton | None = None, *, is_bold: bool = False) -> None:
        super().__init__()
        self.said = ""
        self.label = QLabel() if radio is None else ButtonLabel(radio)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        if is_bold:
            font = self.label.font()
            font.setBold(True)
            self.label.setFont(font)
        row: QBoxLayout = QHBoxLayout(self) if len(text) <= _SHORT else QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if radio is not None:
            row.addWidget(radio, 0, _TOP)
        row.addWidget(self.label, 1, _MIDDLE if radio is not None and len(text) <= _SHORT else _TOP)
        self.say(text)

    def say(self, text: str) -> None:
        """Show a text."""
        self.said = text
        self.label.setText(breakable(shortened(text), longest=9, piece=7))
        self.label.setToolTip(text if shortened(text) != text else "")
