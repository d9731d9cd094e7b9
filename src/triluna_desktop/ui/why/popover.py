"""What opens at a slot that is asked about, and what floats beside a pointer that rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.why.chain import Chain

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

    from triluna_desktop.ui.theme import Theme

_WIDTH = 320
_GAP = 8
"""Pixels between the slot and what tells about it."""
_UNDER_POINTER = 18


class WhyPopover(QFrame):
    """Opens at a slot and takes the keyboard: Tab goes through the fixes, Esc closes."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "popup")
        self.setFixedWidth(_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.chain = Chain(theme)
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Close"), theme)
        self.close_button.clicked.connect(lambda: self.hide())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 8, 14)
        row.setSpacing(4)
        row.addWidget(self.chain, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def open_at(self, slot: QRect) -> None:
        """Open beside a rectangle of the screen."""
        self.fit()
        self.move(_beside(slot, self))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Take the height that the sentences need, and the name by which a screen reader tells them."""
        self.setAccessibleName(self.chain.spoken)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()


class WhyHover(QFrame):
    """Beside the pointer. It takes neither focus nor clicks, and goes with the next move."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setProperty("look", "popup")
        self.setFixedWidth(_WIDTH - 32)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.block = QLabel()
        self.block.setProperty("look", "small")
        self.block.setTextFormat(Qt.TextFormat.PlainText)
        self.block.setWordWrap(True)
        self.chain = Chain(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(7)
        column.addWidget(self.block)
        column.addWidget(self.chain)

    def show_at(self, pointer: QPoint) -> None:
        """Show beside a point of the screen."""
        self.block.setVisible(bool(self.block.text()))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        around = QRect(pointer.x() - _GAP, pointer.y(), 2 * _GAP, _UNDER_POINTER)
        self.move(_beside(around, self))
        self.show()


def _beside(slot: QRect, card: QWidget) -> QPoint:
    """Where a card stands beside a rectangle of the screen: after it as one reads, else before it."""
    parent = card.parentWidget()
    screen = parent.screen() if parent is not None else card.screen()
    room = screen.availableGeometry()
    after, before = slot.right() + 1 + _GAP, slot.left() - _GAP - card.width()
    first, second = (before, after) if card.isRightToLeft() else (after, before)

    def fits(x: int) -> bool:
        return room.left() <= x and x + card.width() <= room.right() + 1

    x = first if fits(first) else second if fits(second) else first
    x = max(room.left(), min(x, room.right() + 1 - card.width()))
    y = max(room.top(), min(slot.top(), room.bottom() + 1 - card.height()))
    return QPoint(x, y)
