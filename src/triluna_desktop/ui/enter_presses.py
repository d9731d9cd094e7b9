"""Enter presses the button that has the keyboard, as the space bar does.

Qt lets it on some desktops only; elsewhere only in dialogs, where Enter in a text field presses one as well, which
would apply what nobody has looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


def enter_pressed(focused: QWidget | None, event: QKeyEvent) -> bool:
    """Press the button if the key is Enter; ``focused`` is what has the keyboard. Whether it was pressed."""
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not is_enter or event.isAutoRepeat() or not isinstance(focused, QPushButton | QToolButton):
        return False
    focused.click()
    return True


class EnterDialog(QDialog):
    """A dialog in which Enter presses the button that has the keyboard, and no other."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it."""
        if not enter_pressed(self.focusWidget(), event):
            super().keyPressEvent(event)
