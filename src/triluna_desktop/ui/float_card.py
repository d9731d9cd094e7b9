"""A card that floats over the window beside what it is about, takes the keyboard and gives it back.

A part of the window and not a window of type *popup*: Qt leaves those out of what it tells to screen readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GAP = 8
"""Pixels between a card and what it is about."""


class FloatCard(QFrame):
    """Closes with Esc, and when the keyboard or a click goes elsewhere. Tab stays inside."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._gave: QWidget | None = None
        """Who had the keyboard before, as long as that is there."""
        self._beside = QRect()
        """What it stands beside, on the screen."""
        self.setProperty("look", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(False)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def open_beside(self, place: QRect) -> None:
        """Open beside a rectangle of the screen, inside of the window."""
        self.take_keyboard()
        self.place_beside(place)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def take_keyboard(self) -> None:
        """Remember who has the keyboard, unless it is open already. A button may be gone when it closes."""
        if self.isVisible():
            return
        self._forget_giver()
        giver = self._gave = QApplication.focusWidget()
        if giver is not None:
            giver.destroyed.connect(self._forget_giver)

    def _forget_giver(self) -> None:
        if self._gave is not None:
            self._gave.destroyed.disconnect(self._forget_giver)
            self._gave = None

    def place_beside(self, place: QRect) -> None:
        """Go beside a rectangle of the screen."""
        self._beside = place
        parent = self.parentWidget()
        if parent is not None:
            there = QRect(parent.mapFromGlobal(place.topLeft()), place.size())
            self.move(beside(there, self, parent.rect().adjusted(GAP, GAP, -GAP, -GAP)))

    def place_again(self) -> None:
        """Go beside the same, in another size."""
        if self.isVisible():
            self.place_beside(self._beside)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes around inside."""
        stops: list[QWidget] = [self]
        stops += [each for each in self.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        focused: QWidget | None = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else 0
        stop = stops[(at + (1 if is_next else -1)) % len(stops)]
        stop.setFocus(Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason)
        self.reached(stop)
        return True

    def reached(self, stop: QWidget) -> None:
        """Tab came to this widget; for a card that scrolls."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in _ENTER and isinstance(button, QAbstractButton):
            button.click()  # As in a dialog.
        # No key goes on to the week below.
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def setVisible(self, visible: bool) -> None:
        """The keyboard goes back to who had it, where it is in here; to what lies below, if that one is gone."""
        focused: QWidget | None = QApplication.focusWidget()
        is_inside = focused is self or (focused is not None and self.isAncestorOf(focused))
        if not visible and self.isVisible() and is_inside:
            taker = self._gave if self._gave is not None and self._gave.isVisible() else self.parentWidget()
            if taker is not None:
                taker.setFocus()
        super().setVisible(visible)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Of another window's focus it keeps silent: one may look something up there."""
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.hide()


def beside(place: QRect, card: QWidget, room: QRect) -> QPoint:
    """Where a card stands beside a rectangle: after it as one reads, else before it; inside of the room."""
    after, before = place.right() + 1 + GAP, place.left() - GAP - card.width()
    first, second = (before, after) if card.isRightToLeft() else (after, before)

    def fits(x: int) -> bool:
        return room.left() <= x and x + card.width() <= room.right() + 1

    x = first if fits(first) else second if fits(second) else first
    x = max(room.left(), min(x, room.right() + 1 - card.width()))
    y = max(room.top(), min(place.top(), room.bottom() + 1 - card.height()))
    return QPoint(x, y)
