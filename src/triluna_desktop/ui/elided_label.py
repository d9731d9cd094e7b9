"""A label that ends in "…" where there is no room for all of it, and says it all in its tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """One line. It asks for the room of its whole text, and gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show a text; nothing takes no room."""
        if text != self.text():
            self.setText(text)
            self.setVisible(bool(text))
            self._tell_in_full()

    @property
    def shown_text(self) -> str:
        """What can be read, with "…" where that is not all."""
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def minimumSizeHint(self) -> QSize:
        """It can do with nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_in_full()

    def _tell_in_full(self) -> None:
        self.setToolTip("" if self.shown_text == self.text() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        flags = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            flags | Qt.AlignmentFlag.AlignVCenter,
            option.palette,
            self.isEnabled(),
            self.shown_text,
            self.foregroundRole(),
        )
        painter.end()
