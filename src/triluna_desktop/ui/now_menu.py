"""*Block now* in the toolbar: the menu under it, made as it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget


class NowMenu(QMenu):
    """How long to block from now on, or to give the rest back. ``deeds`` are those of the palette's commands."""

    def __init__(self, deeds: Mapping[str, Callable[[], object]], *, can_release: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Block now"))
        for minutes in (15, 30, 60):
            self._add(self.tr("%n minutes", "", minutes), deeds[f"block_now_{minutes}"])
        self._add(self.tr("Until the next entry"), deeds["block_now_next"])
        self._add(self.tr("Rest of the day"), deeds["block_now_day"])
        self.addSeparator()
        self._add(self.tr("Release early"), deeds["release_early"], is_enabled=can_release)

    def _add(self, text: str, deed: Callable[[], object], *, is_enabled: bool = True) -> None:
        action = self.addAction(text)
        action.setEnabled(is_enabled)
        action.triggered.connect(lambda _=False: deed())

    def open_under(self, button: QWidget) -> None:
        """Open it below a button, from where that begins."""
        x = button.width() - self.sizeHint().width() if button.isRightToLeft() else 0
        # A button is not told that the pointer left it for its menu: it would look as if it were still there.
        self.aboutToHide.connect(lambda: _see_pointer(button))
        self.popup(button.mapToGlobal(QPoint(x, button.height() + 2)))


def _see_pointer(button: QWidget) -> None:
    is_over = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_over)
    button.update()
