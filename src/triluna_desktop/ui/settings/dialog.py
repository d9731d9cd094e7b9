"""The settings: a search and a list of pages on one side, the page on the other. Opened, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.system.settings import Page
from triluna_desktop.ui.settings.account_page import AccountPage
from triluna_desktop.ui.settings.advanced_page import AdvancedPage
from triluna_desktop.ui.settings.calendar_page import CalendarPage
from triluna_desktop.ui.settings.making import PageMaking
from triluna_desktop.ui.settings.page import Ground, SettingsPage
from triluna_desktop.ui.settings.page_scroll import PageScroll
from triluna_desktop.ui.settings.plain_pages import AppearancePage, NotificationsPage, SyncPage, TrayPage
from triluna_desktop.ui.settings.privacy_page import PrivacyPage
from triluna_desktop.ui.settings.row_words import RowWords
from triluna_desktop.ui.settings.search import Hits
from triluna_desktop.ui.settings.shortcuts_page import ShortcutsPage
from triluna_desktop.ui.settings.titles import titles
from triluna_desktop.ui.styled import rule, take_room

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.keymap import Keymap
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.local_actions import LocalActions
    from triluna_desktop.ui.settings.page import Place
    from triluna_desktop.ui.settings.plain_pages import Syncing
    from triluna_desktop.ui.words import Words

P = TypeVar("P", bound=SettingsPage)

_SIZE = QSize(900, 640)
_LEAST = QSize(600, 320)
"""As wide as the widest page needs; there is as much on a small screen at 200 %, too."""
_NAME_HEIGHT = 34
_STEP_MS = 15
"""Between two steps of pages that are made before they are asked for: each takes some 2 ms."""
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
        spawn: Spawn,
        *,
        syncing: Syncing,
        keymap: Keymap,
        local: LocalActions,
        is_demo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(_LEAST)
        take_room(self, _SIZE.width(), _SIZE.height())
        ground = Ground(settings, words, RowWords(words))
        self._makers: dict[Page, Callable[[], SettingsPage]] = {
            Page.ACCOUNT: lambda: AccountPage(ground, account, spawn, is_demo=is_demo),
            Page.CALENDAR: lambda: CalendarPage(ground),
            Page.SYNC: lambda: SyncPage(ground, syncing),
            Page.NOTIFICATIONS: lambda: NotificationsPage(ground),
            Page.TRAY: lambda: TrayPage(ground),
            Page.SHORTCUTS: lambda: ShortcutsPage(ground, keymap),
            Page.APPEARANCE: lambda: AppearancePage(ground),
            Page.PRIVACY: lambda: PrivacyPage(ground, local, spawn),
            Page.ADVANCED: lambda: AdvancedPage(ground, account, local, spawn, is_demo=is_demo),
        }
        self.making = PageMaking(self._makers, self._place, self._finish)
        self._wanted: Page | None = None
        """The page that is turned to once it is whole; until then the one before stays on the screen."""
        self._steps = QTimer(self)
        """Makes pages a step a turn: the one that is asked for, then all others, as the search looks at them."""
        self._steps.setInterval(_STEP_MS)
        self._steps.timeout.connect(self.make_some)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        self._fill()
        self._build()
        self.when_made(Page.SHORTCUTS, lambda: self.shortcuts.list_requested.connect(self.shortcuts_requested))
        self.when_made(Page.PRIVACY, lambda: self.privacy.history_requested.connect(self._leave_for_history))
        self.when_made(Page.CALENDAR, lambda: self.calendar.mode_requested.connect(self._leave_for_mode))

    # -- the pages, each made when it is first shown, searched or asked for --------------------------------------

    @property
    def account(self) -> AccountPage:
        """The page."""
        return self._page(Page.ACCOUNT, AccountPage)

    @property
    def calendar(self) -> CalendarPage:
        """The page."""
        return self._page(Page.CALENDAR, CalendarPage)

    @property
    def sync(self) -> SyncPage:
        """The page."""
        return self._page(Page.SYNC, SyncPage)

    @property
    def notifications(self) -> NotificationsPage:
        """The page."""
        return self._page(Page.NOTIFICATIONS, NotificationsPage)

    @property
    def tray(self) -> TrayPage:
        """The page."""
        return self._page(Page.TRAY, TrayPage)

    @property
    def shortcuts(self) -> ShortcutsPage:
        """The page."""
        return self._page(Page.SHORTCUTS, ShortcutsPage)

    @property
    def appearance(self) -> AppearancePage:
        """The page."""
        return self._page(Page.APPEARANCE, AppearancePage)

    @property
    def privacy(self) -> PrivacyPage:
        """The page."""
        return self._page(Page.PRIVACY, PrivacyPage)

    @property
    def advanced(self) -> AdvancedPage:
        """The page."""
        return self._page(Page.ADVANCED, AdvancedPage)

    @property
    def each_page(self) -> tuple[SettingsPage, ...]:
        """All of them, in the order of the list."""
        return tuple(self._page(page, SettingsPage) for page in self._makers)

    def page(self, page: Page) -> SettingsPage:
        """One of them."""
        return self._page(page, SettingsPage)

    def when_made(self, page: Page, then: Callable[[], object]) -> None:
        """Do something once a page is there, which may be now."""
        self.making.when_made(page, then)

    def _page(self, page: Page, kind: type[P]) -> P:
        made = self.making.whole(page)
        assert isinstance(made, kind)  # noqa: S101 - made by its own maker; this tells the type checker.
        return made

    def _place(self, page: Page, empty: SettingsPage) -> None:
        self._scrolls[page].setWidget(empty)

    def _finish(self, made: SettingsPage) -> None:
        # Enter in a text field must not press a button somewhere else.
        for button in made.findChildren(QPushButton):
            button.setAutoDefault(False)
        if self.isAncestorOf(self.close_button):
            self._move_to_end(self.close_button)

    def _move_to_end(self, button: QPushButton) -> None:
        """Let Tab reach it after all else: what is made later would come behind it."""
        last = self.previousInFocusChain()
        while last is not None and last is not button and last.focusPolicy() is Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()
        if last is not None and last is not button:
            self.setTabOrder(last, button)

    def make_some(self) -> None:
        """A step of making what is not whole yet; what waited for it follows."""
        self.making.step(self._wanted)
        if self.making.is_done:
            self._steps.stop()
            self._search_if_asked()
        if self._wanted in self.making.made:
            self._show_wanted()

    def _fill(self) -> None:
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages"))
        self.names.setFixedWidth(_NAMES_WIDTH)
        self.pages = QStackedWidget()
        self._scrolls: dict[Page, PageScroll] = {}
        for page, title in titles().items():
            item = QListWidgetItem(title, self.names)
            # The list asks for sizes before the style sheet has told it of the padding.
            item.setSizeHint(QSize(0, _NAME_HEIGHT))
            scroll = self._scrolls[page] = PageScroll(title)
            self.pages.addWidget(scroll)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setFixedWidth(_NAMES_WIDTH - 20)
        self.search.textChanged.connect(self._search)
        self.hits = Hits(lambda: self.each_page)
        self.hits.chosen.connect(self._go_to)
        self.pages.addWidget(self.hits)
        self.names.currentRowChanged.connect(self._turn_to)
        self.names.itemClicked.connect(lambda item: self._turn_to(self.names.row(item)))
        self.names.setCurrentRow(0)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 20, 16)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
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
        row.addWidget(rule(is_vertical=True))
        row.addLayout(side, 1)
        # Enter in a text field must not press a button somewhere else.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            button.setDefault(False)

    # -- searching -----------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        if not text.strip():
            self._turn(self.names.currentRow())
        elif self.making.is_done:
            self._wanted = None
            self.hits.show_hits(text)
            self.pages.setCurrentWidget(self.hits)
        else:
            self._steps.start(0)  # Then it is searched.

    def _look_everywhere(self) -> None:
        """Whoever presses Enter does not wait for more steps."""
        if not self.making.is_done:
            for page in self._makers:
                self.making.whole(page)
            self._search_if_asked()

    def _search_if_asked(self) -> None:
        if self.search.text().strip():
            self._search(self.search.text())

    def _turn(self, row: int) -> None:
        self._wanted = tuple(self._makers)[row]
        if self._wanted in self.making.made or not self.isVisible():
            self.making.whole(self._wanted)
            self._show_wanted()
        else:
            self._steps.start(0)

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            self.pages.setCurrentWidget(self._scrolls[self._wanted])
            self._wanted = None
            self._steps.setInterval(_STEP_MS)

    def _turn_to(self, row: int) -> None:
        """A page was asked for by its name, which ends a search."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._turn(row)

    def _go_to(self, page: int, place: Place) -> None:
        """Show a page at a place, and give that the keyboard."""
        self._turn_to(page)
        self.names.setCurrentRow(page)
        if place.before is not None:
            place.before()
        scroll = self._scrolls[tuple(self._makers)[page]]
        scroll.ensureWidgetVisible(place.widget, 0, 80)
        place.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes into what was found, Enter to its first; Esc ends the search, then the dialog.

        Enter presses the button that has the keyboard. Qt does so for buttons that a field's Enter presses, too.
        """
        key = event.key()
        focused = self.focusWidget()
        is_searching = bool(self.search.text().strip())
        if is_searching and key == Qt.Key.Key_Escape:
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif is_searching and self.search.hasFocus() and key == Qt.Key.Key_Down:
            self._look_everywhere()
            self.hits.enter()
        elif is_searching and self.search.hasFocus() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look_everywhere()
            self.hits.choose_first()
        elif isinstance(focused, QPushButton) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
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
        self.names.setCurrentRow(
            list(self._makers).index(next(k for k, v in self.making.made.items() if v is page))
        )
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
        for page in self.making.made.values():
            page.show_settings()
        self._steps.start(_STEP_MS)
