"""A page object for the tray: its icon, menu and popover beside a window on a real session and store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.window_page import NOW, THURSDAY, WindowPage

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.time import instant_of, parse_time
from triluna_desktop.ui.tray.tray import Tray, TrayCalls
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QAction

    from triluna_desktop.domain.models import Item
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.tray.popover import Popover


class TrayPage:
    """The tray as a person uses it. The window stays hidden, and what would be shown there is written down."""

    def __init__(self, folder: Path, theme: Theme, items: Iterable[Item], *, is_loaded: bool = True) -> None:
        self.page = WindowPage(folder, theme, items, shown=False, furnished=False)
        if is_loaded:
            # As after a first read of the dates: else nothing is known of them.
            first, last = THURSDAY, THURSDAY.replace(day=THURSDAY.day + 7)
            self.page.store.read(lambda tx: tx.add_loaded(first, last))
        self.told: list[str] = []
        self.dates: list[date] = []
        self.items: list[Item] = []
        self.asked: list[str] = []
        calls = TrayCalls(
            show_window=lambda: self.asked.append("window"),
            show_date=self.dates.append,
            show_item=self.items.append,
            tell=self._tell,
            quit=lambda: self.asked.append("quit"),
        )
        self.tray = Tray(
            self.page.session,
            self.page.settings,
            Words(self.page.window.locale()),
            theme,
            self.page.clock,
            self.page._spawn,
            calls,
        )
        self.settle()

    def _tell(self, sentence: str, can_undo: bool) -> bool:
        del can_undo
        self.told.append(sentence)
        return True

    def change(self, key: str, after: Item | None) -> None:
        """Change or delete an entry behind the tray's back."""
        view = self.page.session.item(key)
        assert view is not None
        self.page.runner.run(self.page.session.apply(Edit((Change(view.item, after),))))
        self.settle()

    def settle(self) -> None:
        """Let the event loop show what waits for it."""
        QApplication.processEvents()

    @property
    def tooltip(self) -> str:
        """What the icon says."""
        return self.tray.icon.toolTip()

    @property
    def popover(self) -> Popover:
        """The popover, which was opened."""
        assert self.tray.popover is not None
        return self.tray.popover

    def texts(self, submenu: str = "") -> list[str]:
        """The lines of the menu."""
        return [action.text() for action in self._menu(submenu).actions() if not action.isSeparator()]

    def action(self, text: str, submenu: str = "") -> QAction:
        """A line of the menu."""
        return next(action for action in self._menu(submenu).actions() if action.text() == text)

    def choose(self, text: str, submenu: str = "") -> None:
        """Click a line of the menu, or of a menu in it."""
        action = self.action(text, submenu)
        assert action.isEnabled()
        action.trigger()
        self.settle()

    def _menu(self, submenu: str) -> QMenu:
        menu = self.tray.menu.menu
        if not submenu:
            return menu
        found = self.action(submenu).menu()
        assert isinstance(found, QMenu)
        return found

    def type_until(self, text: str) -> None:
        """Replace what stands in the field of the dialog, as a person would."""
        assert self.tray.until_dialog is not None
        edit = self.tray.until_dialog.edit
        edit.selectAll()
        edit.insert(text)
        edit.textEdited.emit(text)

    def pass_time_to(self, time: str) -> None:
        """Let it be that time of the same day; nothing rings yet, but what is told is told anew."""
        assert NOW.tzinfo is not None
        instant = instant_of(THURSDAY, parse_time(time), NOW.tzinfo)
        self.page.clock.advance((instant - self.page.clock.now()).total_seconds())
        self.tray.refresh()

    def ring(self) -> None:
        """The timer is due."""
        assert self.tray.timer.isActive()
        self.tray.timer.timeout.emit()

    def end(self) -> None:
        """Put everything away."""
        self.tray.end()
        self.page.end()
        self.tray.deleteLater()
        self.settle()
