"""The settings: a search and a list of pages on one side, the page on the other. Opened, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from triluna_desktop.ui.settings.account_page import AccountPage
from triluna_desktop.ui.settings.advanced_page import AdvancedPage
from triluna_desktop.ui.settings.calendar_page import CalendarPage
from triluna_desktop.ui.settings.page import Ground
from triluna_desktop.ui.settings.plain_pages import AppearancePage, NotificationsPage, SyncPage, TrayPage
from triluna_desktop.ui.settings.privacy_page import PrivacyPage
from triluna_desktop.ui.settings.row_words import RowWords
from triluna_desktop.ui.settings.search import Hits
from triluna_desktop.ui.settings.shortcuts_page import ShortcutsPage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.keymap import Keymap
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.local_actions import LocalActions
    from triluna_desktop.ui.settings.page import Place, SettingsPage
    from triluna_desktop.ui.settings.plain_pages import Syncing
    from triluna_desktop.ui.words import Words

_SIZE = QSize(900, 640)
_LEAST = QSize(520, 320)
_NAME_HEIGHT = 34
_NAMES_WIDTH = 176


class SettingsDialog(QDialog):
    """What is changed here holds at once; there is nothing to confirm."""

    shortcuts_requested = Signal()
    history_requested = Signal()
    """Open the history; the settings are closed already, or they would lie over it."""
    mode_requested = Signal(str)
    """Show what another calendar mode would do; the settings are closed already."""

    def __init__(
        self,
        settings: Settings,
        words: Words,
        account: AccountActions,
        spawn: Callable[[Coroutine[object, object, object], str], object],
        *,
        syncing: Syncing,
        keymap: Keymap,
        local: LocalActions,
        is_demo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        room = self.screen().availableSize()
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(room))
        ground = Ground(settings, words, RowWords(words))
        self.account = AccountPage(ground, account, spawn, is_demo=is_demo)
        self.calendar = CalendarPage(ground)
        self.sync = SyncPage(ground, syncing)
        self.notifications = NotificationsPage(ground)
        self.tray = TrayPage(ground)
        self.shortcuts = ShortcutsPage(ground, keymap)
        self.appearance = AppearancePage(ground)
        self.privacy = PrivacyPage(ground, local, spawn)
        self.advanced = AdvancedPage(ground, account, local, spawn, is_demo=is_demo)
        self.each_page: tuple[SettingsPage, ...] = (
            self.account,
            self.calendar,
            self.sync,
            self.notifications,
            self.tray,
            self.shortcuts,
            self.appearance,
            self.privacy,
            self.advanced,
        )
        self.shortcuts.list_requested.connect(self.shortcuts_requested)
        self.privacy.history_requested.connect(self._leave_for_history)
        self.calendar.mode_requested.connect(self._leave_for_mode)
        self._fill()
        self._build()

    def _fill(self) -> None:
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages"))
        self.names.setFixedWidth(_NAMES_WIDTH)
        self.pages = QStackedWidget()
        for page in self.each_page:
            item = QListWidgetItem(page.title, self.names)
            # The list asks for sizes before the style sheet has told it of the padding.
            item.setSizeHint(QSize(0, _NAME_HEIGHT))
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(page)
            self.pages.addWidget(scroll)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setFixedWidth(_NAMES_WIDTH - 20)
        self.search.textChanged.connect(self._search)
        self.hits = Hits(self.each_page)
        self.hits.chosen.connect(self._go_to)
        self.pages.addWidget(self.hits)
        self.names.currentRowChanged.connect(self._turn_to)
        self.names.itemClicked.connect(lambda item: self._turn_to(self.names.row(item)))
        self.names.setCurrentRow(0)

    def _build(self) -> None:
        rule = QFrame()
        rule.setProperty("look", "rule")
        rule.setFixedWidth(1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 20, 16)
        foot.addStretch(1)
        foot.addWidget(close)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.pages, 1)
        side.addLayout(foot)
        finder = QVBoxLayout()
        finder.setContentsMargins(10, 12, 10, 2)
        finder.addWidget(self.search)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(finder)
        left.addWidget(self.names, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(rule)
        row.addLayout(side, 1)
        # Enter in a text field must not press a button somewhere else.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            button.setDefault(False)

    # -- searching -----------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        if text.strip():
            self.hits.show_hits(text)
            self.pages.setCurrentWidget(self.hits)
        else:
            self.pages.setCurrentIndex(self.names.currentRow())

    def _turn_to(self, row: int) -> None:
        """A page was asked for by its name, which ends a search."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.pages.setCurrentIndex(row)

    def _go_to(self, page: int, place: Place) -> None:
        """Show a page at a place, and give that the keyboard."""
        self._turn_to(page)
        self.names.setCurrentRow(page)
        if place.before is not None:
            place.before()
        scroll = self.pages.widget(page)
        assert isinstance(scroll, QScrollArea)  # noqa: S101 - made above; this tells the type checker.
        scroll.ensureWidgetVisible(place.widget, 0, 80)
        place.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes into what was found, Enter to its first; Esc ends the search, then the dialog."""
        key = event.key()
        is_searching = bool(self.search.text().strip())
        if is_searching and key == Qt.Key.Key_Escape:
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif is_searching and self.search.hasFocus() and key == Qt.Key.Key_Down:
            self.hits.enter()
        elif is_searching and self.search.hasFocus() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hits.choose_first()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_F:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)

    # -- from outside --------------------------------------------------------------------------------------------

    def _leave_for_history(self) -> None:
        self.accept()
        self.history_requested.emit()

    def _leave_for_mode(self, mode: str) -> None:
        self.accept()
        self.mode_requested.emit(mode)

    def show_page(self, page: SettingsPage) -> None:
        """Turn to a page; the keyboard is on its name."""
        self.names.setCurrentRow(self.each_page.index(page))
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_account(self) -> None:
        """Turn to the account page, ready for a token."""
        self.show_page(self.account)
        self.account.form.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_calendar(self) -> None:
        """Turn to the page of the calendar mode and its default hours."""
        self.show_page(self.calendar)

    def show_settings(self) -> None:
        """Show what holds now; something outside may have changed it."""
        self.search.clear()
        for page in self.each_page:
            page.show_settings()
