"""A page object for the overview of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from datetime import date

    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.looks.dialog import OverviewDialog
    from triluna_desktop.ui.looks.table import FigureTable


class OverviewPage:
    """The overview of a window, as a person uses it."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window

    @property
    def dialog(self) -> OverviewDialog:
        """The overview, which must be open."""
        dialog = self.window.window.profile.calendar.overview.dialog
        assert dialog is not None
        assert dialog.isVisible(), "the overview is closed"
        return dialog

    def open(self) -> OverviewPage:
        """Open it as the keyboard does."""
        self.window.window.run_command("overview")
        QTest.qWaitForWindowActive(self.dialog)
        return self

    def click(self, day: date) -> None:
        """Click a date of the map."""
        QTest.mouseClick(self.dialog.map, Qt.MouseButton.LeftButton, pos=self.dialog.map.point_of(day))

    def press(self, *keys: Qt.Key) -> None:
        """Press keys in the map."""
        self.dialog.map.setFocus()
        for key in keys:
            QTest.keyClick(self.dialog.map, key)

    def rows(self, table: FigureTable) -> list[str]:
        """The rows of a table, which must be on screen: "Monday: 8 h"."""
        assert table.isVisibleTo(self.dialog), "the table is not on screen"
        model = table.figures
        return [f"{model.index(row, 0).data()}: {model.index(row, 1).data()}" for row in range(model.rowCount())]

    def settle(self) -> None:
        """Let the time pass after which a change is shown."""
        QApplication.processEvents()
        refreshing = self.window.window.profile.calendar.overview.refreshing
        if refreshing.isActive():
            refreshing.timeout.emit()
