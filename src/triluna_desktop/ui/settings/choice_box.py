"""A box to choose from a list, with an arrow drawn in the theme's colours; and one for a number.

The wheel goes past both: whoever scrolls a page with it must not change what happens to lie under the pointer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QSpinBox

from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

_ARROW = 12.0
_INSET = 9.0


class ChoiceBox(QComboBox):
    """The style sheet takes the arrow away with the frame that Qt draws around it; this puts it back."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own, and the arrow at the end of the line."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = _INSET if self.isRightToLeft() else self.width() - _INSET - _ARROW
        area = QRectF(left, (self.height() - _ARROW) / 2, _ARROW, _ARROW)
        paint_shape(painter, Shape.DOWN, area, self.palette().placeholderText().color())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class NumberBox(QSpinBox):
    """A number to type, or to step through with the arrow keys."""

    def show_with(self, sentence: str) -> None:
        """Let the number stand in what the language says of it: "{number} min"."""
        before, _, after = sentence.partition("{number}")
        self.setPrefix(before)
        self.setSuffix(after)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()
