"""The Qt application, and a watcher of its window: what the composition root has to know of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class Application(QApplication):
    """Qt's application, which is asked to quit instead of quitting: Qt would end before anything is stopped."""

    quit_asked = Signal()

    def __init__(self, arguments: Sequence[str], version: str) -> None:
        # As an argument: `setStyle` returns the style, and PySide's class of it, with all its enums, takes long.
        super().__init__([*arguments, "-style", "Fusion"])
        self.setApplicationName("triluna-desktop")
        self.setApplicationDisplayName("TriLuna")
        self.setApplicationVersion(version)
        self.setDesktopFileName("triluna-desktop")
        self.setQuitOnLastWindowClosed(False)

    def dress(self) -> None:
        """Give the windows their icon, which the first paint can do without."""
        from importlib import resources

        from PySide6.QtGui import QIcon, QPixmap

        picture = QPixmap()
        picture.loadFromData(resources.files("triluna_desktop").joinpath("assets", "icon.png").read_bytes())
        self.setWindowIcon(QIcon(picture))

    def event(self, event: QEvent) -> bool:
        """Qt's name for: something happened to the application itself."""
        if event.type() is QEvent.Type.Quit:
            self.quit_asked.emit()
            return True
        return super().event(event)


class WindowWatcher(QObject):
    """Sees the window's first paint, and the window come, go, and get the focus."""

    painted = Signal()
    """The first time."""
    visible_changed = Signal(bool)
    focused = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_painted = False
        window.installEventFilter(self)

    def stop(self) -> None:
        """See nothing more."""
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look, and let everything pass."""
        kind = event.type()
        if kind is QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            # The paint itself comes after this look at it.
            QTimer.singleShot(0, self.painted.emit)
        elif kind in (QEvent.Type.WindowStateChange, QEvent.Type.Show, QEvent.Type.Hide):
            self.visible_changed.emit(self._window.isVisible() and not self._window.isMinimized())
        elif kind is QEvent.Type.WindowActivate:
            self.focused.emit()
        return super().eventFilter(watched, event)
