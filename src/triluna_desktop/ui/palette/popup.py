"""A card over the top of the window: a line to type in, and under it what can be chosen or was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from triluna_desktop.ui.float_card import FloatCard
from triluna_desktop.ui.palette.rows import PaletteRow, RowModel, RowPainter
from triluna_desktop.ui.places import TOOLBAR_HEIGHT
from triluna_desktop.ui.styled import change_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.ui.theme import Theme

WIDTH = 600
_EDGE = 16
"""Pixels that stay free around it in a small window."""
_MOST_ROWS = 11
_LONGEST = 500
"""Characters of a line: twice the longest title and more."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class PalettePopup(FloatCard):
    """Esc, or a click elsewhere, closes it and gives the keyboard back to where it was."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setProperty("look", "palette")
        self.edit.setMaxLength(_LONGEST)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.model = RowModel(self)
        self.list = QListView()
        self.list.setProperty("look", "palette")
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowPainter(self.model, theme, self))
        self.list.setAccessibleName(self.tr("What can be chosen"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.list.hide()
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setContentsMargins(14, 6, 14, 10)
        self.sentence.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        for part in (self.edit, self.list, self.sentence):
            self._column.addWidget(part)
        self.edit.textChanged.connect(lambda: self.text_changed())
        parent.installEventFilter(self)

    def call(self, name: str, hint: str) -> None:
        """What it is, for a screen reader, and what can be typed."""
        self.setAccessibleName(name)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)

    # -- for those that build on it ------------------------------------------------------------------------------

    def text_changed(self) -> None:
        """Something else is typed: `offer` and `tell` what there is to it."""
        raise NotImplementedError

    def enter(self) -> None:
        """Enter was pressed; by default the chosen row is done."""
        self._choose(self.list.currentIndex().row())

    def offer(self, rows: Sequence[PaletteRow]) -> None:
        """Offer rows; the first that is none of the headings is chosen."""
        self.model.show(rows)
        self.list.setVisible(bool(rows))
        first = next((number for number, row in enumerate(rows) if not row.is_heading), -1)
        self.list.setCurrentIndex(self.model.index(first, 0) if first >= 0 else QModelIndex())
        self.list.scrollToTop()
        self.place()

    def tell(self, sentence: str, look: str = "muted") -> None:
        """Say something under the line, also to a screen reader; nothing takes no room."""
        is_new = sentence != self.sentence.text()
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        if self.sentence.property("look") != look:
            change_look(self.sentence, look)
        self.edit.setAccessibleDescription(sentence)
        if is_new and sentence and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, sentence))
        self.place()

    # -- its place -----------------------------------------------------------------------------------------------

    def ask(self, text: str = "") -> None:
        """Open with a text, or with nothing typed."""
        self.take_keyboard()
        if self.edit.text() == text:
            self.text_changed()
        else:
            self.edit.setText(text)
        self.show()
        self.raise_()
        self.place()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Near the top, in the middle, as high as what it holds; inside of the window."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(WIDTH, parent.width() - 2 * _EDGE)
        top = TOOLBAR_HEIGHT + 8
        room = parent.height() - top - _EDGE
        self.setFixedWidth(width)
        tall = self.sentence.heightForWidth(width - 2) if self.sentence.isVisibleTo(self) else 0
        rest = self.rest_height(width - 2)
        if self.list.isVisibleTo(self):
            wanted = sum(self.list.sizeHintForRow(row) for row in range(min(len(self.model.rows), 40)))
            most = self.list.sizeHintForRow(len(self.model.rows) - 1) * _MOST_ROWS
            free = room - self.edit.sizeHint().height() - tall - rest - 2
            self.list.setFixedHeight(max(0, min(wanted + 10, most, free)))
        listed = self.list.height() if self.list.isVisibleTo(self) else 0
        height = self.edit.sizeHint().height() + listed + tall + rest + 2
        self.setFixedHeight(min(height, room))
        self.move((parent.width() - width) // 2, top)

    def rest_height(self, width: int) -> int:
        """Pixels that further parts take."""
        del width
        return 0

    # -- keys ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        if watched in (self.edit, self.list) and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # Keys of the window wait while one types here.
                return True
            if event.type() is QEvent.Type.KeyPress and self._press(event):
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif key in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._step(_STEPS[key])
        else:
            return False
        return True

    def _step(self, steps: int) -> None:
        """Go to another row; past the ends one comes out at the other end, but by pages."""
        places = [number for number, row in enumerate(self.model.rows) if not row.is_heading]
        if not places:
            return
        current = self.list.currentIndex().row()
        at = places.index(current) if current in places else -1
        at = (at + steps) % len(places) if abs(steps) == 1 else max(0, min(at + steps, len(places) - 1))
        self.list.setCurrentIndex(self.model.index(places[at], 0))
        if at == 0:
            self.list.scrollToTop()  # With the heading above it.
        row = self.model.rows[places[at]]
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, row.said))

    def _choose(self, number: int) -> None:
        """Do what a row offers: the card goes first, so that the keyboard is back where it was."""
        if not 0 <= number < len(self.model.rows):
            return
        row = self.model.rows[number]
        if row.deed is None:
            return
        if not row.is_possible:
            self.tell(self.not_possible(row), "error")
            return
        self.hide()
        row.deed()

    def not_possible(self, row: PaletteRow) -> str:
        """Why a row cannot be done now."""
        return row.reason or self.tr("“{what}” cannot be done just now.").format(what=row.text)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes from the line to the list and back."""
        del is_next
        to_list = self.edit.hasFocus() and self.list.isVisible()
        (self.list if to_list else self.edit).setFocus(Qt.FocusReason.TabFocusReason)
        return True
