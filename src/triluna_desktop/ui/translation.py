"""The translations that ship with the app: today English alone, which has one form for one and one for many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTranslator

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

# Not by importlib.resources, which takes longer to import than the file to read: it comes before the first paint.
_FILE = Path(__file__).parents[1] / "assets" / "translations" / "triluna_en.qm"


class ShippedTranslation(QTranslator):
    """Holds the file's bytes: Qt reads them where they lie and keeps no copy.

    Raises:
        ValueError: the file that ships with the app is damaged.
    """

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._data = _FILE.read_bytes()
        if not self.load(self._data):
            raise ValueError(f"{_FILE.name} is no translation")


def choose_language(language: str) -> None:
    """Let dates and names of days be in another language, in the way of the country; "system" as it is."""
    if language != "system":
        QLocale.setDefault(QLocale(QLocale(language).language(), QLocale.system().territory()))


def install(app: QCoreApplication) -> ShippedTranslation:
    """Have the application speak in whole sentences, before any widget is made."""
    translation = ShippedTranslation(app)
    app.installTranslator(translation)
    return translation
