"""A page object for what opens over the top of the window: the palette, the search, the quick add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.palette.popup import PalettePopup
    from triluna_desktop.ui.palette.search_popup import SearchPopup

_CONTROL = Qt.KeyboardModifier.ControlModifier


class PalettePage:
    """Types and reads, in whichever of the three is open."""

    def __init__(self, page: WindowPage) -> None:
        self.page = page
        self.flow = page.window.profile.palettes

    @property
    def popup(self) -> PalettePopup:
        """The one that is open."""
        shown = [each for each in (self.flow.palette, self.flow.search, self.flow.quick_add) if each is not None]
        (popup,) = [each for each in shown if each.isVisible()]
        return popup

    @property
    def is_open(self) -> bool:
        shown = (self.flow.palette, self.flow.search, self.flow.quick_add)
        return any(each is not None and each.isVisible() for each in shown)

    def open_palette(self) -> None:
        self.page.press(Qt.Key.Key_K, _CONTROL)

    def open_search(self) -> None:
        self.page.press(Qt.Key.Key_Slash)

    def open_quick_add(self) -> None:
        self.page.press(Qt.Key.Key_Q)

    def type(self, text: str) -> None:
        """Replace what is typed, and let the typing rest."""
        self.popup.edit.selectAll()
        if text:
            QTest.keyClicks(self.popup.edit, text)
        else:
            QTest.keyClick(self.popup.edit, Qt.Key.Key_Delete)
        search: SearchPopup | None = self.flow.search
        if search is not None and search.typing.isActive():
            search.look()

    def press(self, key: Qt.Key) -> None:
        self.page.press(key)
        QApplication.processEvents()

    @property
    def rows(self) -> list[str]:
        """What is offered: "# To come" for a heading, "Dentist | Fri 20 Nov, 14:00 – 15:30"."""
        return [
            f"# {row.text}" if row.is_heading else f"{row.text} | {row.detail}".removesuffix(" | ")
            for row in self.popup.model.rows
        ]

    @property
    def chosen(self) -> str:
        """The row that Enter would do."""
        row = self.popup.list.currentIndex().row()
        return self.popup.model.rows[row].text if row >= 0 else ""

    @property
    def says(self) -> str:
        """All sentences under the line."""
        return " ".join(self.page.sentences(self.popup))
