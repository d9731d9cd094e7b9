"""A button that opens a menu, with the sign of that behind its words, in whatever direction one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from triluna_desktop.ui.shapes import Shape, paint_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SIGN, _ROOM = 12, 16
"""Pixels: how wide the sign is, and how much wider it makes the button."""


class MenuButton(QPushButton):
    """Qt's own sign is lost from right to left, and where a button has a menu that is made as it opens."""

    def sizeHint(self) -> QSize:
        option = QStyleOptionButton()
        self._describe(option)
        words = self.fontMetrics().size(0, self.text())
        kind = QStyle.ContentsType.CT_PushButton
        return self.style().sizeFromContents(kind, option, words, self) + QSize(_ROOM, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self._describe(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        words = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        is_mirrored = self.isRightToLeft()
        sign = QRectF(words.left() if is_mirrored else words.right() + 1 - _SIGN, 0, _SIGN, self.height() + 1)
        option.rect = words.adjusted(_ROOM, 0, 0, 0) if is_mirrored else words.adjusted(0, 0, -_ROOM, 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        paint_shape(painter, Shape.DOWN, sign, self.palette().placeholderText().color())
        painter.end()

    def _describe(self, option: QStyleOptionButton) -> None:
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
