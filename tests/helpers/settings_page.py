"""A page object for the settings: searches, turns to pages, changes rows as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from triluna_desktop.system.settings import Page
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.system.settings import Setting
    from triluna_desktop.ui.settings.page import SettingsPage
    from triluna_desktop.ui.settings.row import SettingRow


class SettingsOnScreen:
    """The dialog of a window."""

    def __init__(self, page: WindowPage) -> None:
        self.window = page
        page.window.run_command("settings")
        dialog = page.window.profile.choosing.dialog
        assert dialog is not None
        self.dialog = dialog
        QApplication.processEvents()  # Now it has the keyboard.

    @property
    def shown(self) -> SettingsPage:
        """The page that is on screen."""
        made = self.dialog.making.made.values()
        return next(each for each in made if each.isVisibleTo(self.dialog))

    def row(self, setting: Setting[Any]) -> SettingRow:
        """The row of a setting, on its page, which is turned to."""
        page = next(each for each in self.dialog.each_page if setting.key in each.rows)
        self.dialog.show_page(page)
        return page.rows[setting.key]

    def choose(self, setting: Setting[Any], value: object) -> None:
        """Give a row another value by its control."""
        control = self.row(setting).control
        control.setFocus()
        if isinstance(control, TickBox):
            if control.isChecked() is not value:
                QTest.keyClick(control, Qt.Key.Key_Space)
        elif isinstance(control, QComboBox):
            wanted = control.findData(value)
            while control.currentIndex() != wanted:
                below = control.currentIndex() < wanted
                QTest.keyClick(control, Qt.Key.Key_Down if below else Qt.Key.Key_Up)
        elif isinstance(control, QSpinBox):
            control.selectAll()
            QTest.keyClicks(control, str(value))
            QTest.keyClick(control, Qt.Key.Key_Return)
        else:
            assert isinstance(control, QLineEdit)
            control.selectAll()
            QTest.keyClicks(control, str(value))
            QTest.keyClick(control, Qt.Key.Key_Return)

    def search(self, text: str) -> list[str]:
        """Type into the search; what was found, as "label – page"."""
        self.dialog.search.setFocus()
        self.dialog.search.selectAll()
        QTest.keyClicks(self.dialog.search, text)
        self.let_it_make()
        QApplication.processEvents()
        hits = self.dialog.hits.list
        return [hits.item(row).text().replace("\n", " – ") for row in range(hits.count())]

    def turn_to(self, page: Page) -> None:
        """Choose a page by its name; it comes as soon as it is whole."""
        self.dialog.names.setCurrentRow(list(Page).index(page))
        self.dialog.names.setFocus()
        while self.dialog.pages.currentIndex() != list(Page).index(page):
            self.dialog.make_some()
        QApplication.processEvents()

    def let_it_make(self) -> None:
        """Have all pages made, as happens by itself a moment after the dialog opens."""
        while not self.dialog.making.is_done:
            self.dialog.make_some()

    def press(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        target = self.dialog.focusWidget()
        assert target is not None
        QTest.keyClick(target, key)
