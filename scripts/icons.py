"""Renders the app's icon, which ships as package data, from its master in resources/.

python -m scripts.icons
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
MASTER = ROOT / "resources" / "icon.svg"
SHIPPED = ROOT / "src" / "triluna_desktop" / "assets" / "icon.png"
SIZE = 256


def main() -> int:
    """Write the picture; 1 where that fails."""
    app = QGuiApplication([])
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(MASTER)).render(painter)
    painter.end()
    del app
    return 0 if image.save(str(SHIPPED)) else 1


if __name__ == "__main__":
    sys.exit(main())
