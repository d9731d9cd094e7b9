"""The floor: the least that a window of this toolkit costs, an empty one that paints one pixmap.

Told are ``painted``, when the event loop has its turn again after the first paint, as the app's own start-up does,
and ``settled`` some seconds later, both with the memory held.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.marks import say_memory

WIDTH, HEIGHT = 1280, 820
"""The size at which the app's window opens the first time."""
SETTLED_AFTER_MS = 1000


class Floor(QWidget):
    """The window."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(WIDTH, HEIGHT)
        self._pixmap = QPixmap(WIDTH, HEIGHT)
        self._pixmap.fill(QColor("white"))
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pixmap."""
        painter = QPainter(self)
        painter.drawPixmap(event.rect(), self._pixmap, event.rect())
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, lambda: say_memory("painted"))
            QTimer.singleShot(SETTLED_AFTER_MS, lambda: say_memory("settled"))


def main() -> int:
    """Show the window until the process is ended."""
    app = QApplication(sys.argv[:1])
    window = Floor()
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
