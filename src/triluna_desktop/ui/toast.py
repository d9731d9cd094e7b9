"""A short word at the foot of the window on what was just done, with the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from triluna_desktop.ui.shapes import Shape, ShapeButton

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPaintEvent

    from triluna_desktop.ui.theme import Theme

SHOWN_MS = 10_000
_MARGIN = 16
_SPACING = 10
_PADDING = 24
"""Before the sentence and after the last button."""
_NARROW = 120


class Toast(QWidget):
    """Lies over its parent's lower edge for ten seconds; it stays while the pointer is on it."""

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self.said = ""
        """What it says, whole."""
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)  # Titles are in it, whatever is in those.
        self.sentence.setWordWrap(True)
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo_button.setProperty("look", "toast")
        self.undo_button.clicked.connect(self._undo)
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Put this message away"), theme)
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, _PADDING - 16, 8)
        row.setSpacing(_SPACING)
        row.addWidget(self.sentence)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self.hide)
        theme.changed.connect(self._colour)
        parent.installEventFilter(self)
        self._colour()
        self.hide()

    def show_sentence(self, sentence: str, *, can_undo: bool) -> None:
        """Say what was done, for ten seconds from now."""
        from triluna_desktop.ui.inspector_cards import breakable  # Not needed for the first paint.

        self.said = sentence
        self.sentence.setText(breakable(sentence))
        self.setAccessibleName(sentence)
        self.undo_button.setVisible(can_undo)
        self.show()
        self._place()
        self.raise_()
        self.timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def withdraw_undo(self) -> None:
        """Something else was done since: what was said stays, but undo is not about it any more."""
        self.undo_button.hide()
        if self.isVisible():
            self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self.timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _undo(self) -> None:
        self.hide()
        self.undo_requested.emit()

    def _place(self) -> None:
        """All of the sentence is read: what does not fit in one line goes on in the next."""
        buttons = (self.undo_button,) if self.undo_button.isVisibleTo(self) else ()
        taken = sum(each.sizeHint().width() + _SPACING for each in (*buttons, self.close_button))
        room = max(_NARROW, self._over.width() - 2 * _MARGIN - _PADDING - taken)
        # As it is laid out: its pieces between the places where it may break end on whole pixels.
        shown = self.sentence.fontMetrics().boundingRect(QRect(), Qt.TextFlag.TextSingleLine, self.sentence.text())
        wanted = shown.width() + 1
        width = min(wanted, room)
        self.sentence.setFixedWidth(width)  # First: the height is worked out within the limits that are set.
        self.sentence.setFixedHeight(self.sentence.heightForWidth(width))
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - _MARGIN)

    def _colour(self) -> None:
        self.sentence.setStyleSheet(f"color: {self._theme.palette.bg.name()};")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.palette.text)
        painter.drawRoundedRect(self.rect(), 9, 9)
        painter.end()
