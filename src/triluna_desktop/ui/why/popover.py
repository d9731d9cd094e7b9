"""What opens at a slot that is asked about, and what floats beside a pointer that rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.float_card import GAP, FloatCard, beside
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.why.chain import Chain

if TYPE_CHECKING:
    from triluna_desktop.ui.theme import Theme

_WIDTH = 320
_CLOSE = 30
_UNDER_POINTER = 18


class WhyPopover(FloatCard):
    """Opens at a slot and takes the keyboard: Tab goes through the fixes, Esc closes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.chain = Chain(theme, beside=_CLOSE)
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Close"), theme)
        self.close_button.clicked.connect(lambda: self.hide())
        # In the corner of the heading, which leaves it room: all that follows takes the whole width.
        whole = QGridLayout(self)
        whole.setContentsMargins(14, 12, 14, 14)
        whole.addWidget(self.chain, 0, 0)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing
        whole.addWidget(self.close_button, 0, 0, corner)

    def open_at(self, slot: QRect) -> None:
        """Open beside a rectangle of the screen."""
        self.fit()
        self.open_beside(slot)

    def fit(self) -> None:
        """Take the height that the sentences need, and the name by which a screen reader tells them."""
        self.setAccessibleName(self.chain.spoken)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))


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
        around = QRect(pointer.x() - GAP, pointer.y(), 2 * GAP, _UNDER_POINTER)
        parent = self.parentWidget()
        screen = parent.screen() if parent is not None else self.screen()
        self.move(beside(around, self, screen.availableGeometry()))
        self.show()
