"""A check box with its tick drawn in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


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
