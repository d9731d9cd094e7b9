"""A check box with its tick drawn in the theme's colours, and words beside a button that need several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QLabel, QStyle, QStyleOptionButton

from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QAbstractButton


class TickBox(QCheckBox):
    """The style sheet colours the box, which takes the tick away; colour alone says too little: here is one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own, and the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        paint_shape(
            painter, Shape.CHECK, QRectF(box).adjusted(1, 1, -1, -1), self.palette().highlightedText().color()
        )
        painter.end()


class ButtonLabel(QLabel):
    """The words beside a tick box or a radio button, in as many lines as they need; a click on them presses it."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__()
        self._button = button
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As a button, it is pressed where the mouse is let go over it."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._button.click()
