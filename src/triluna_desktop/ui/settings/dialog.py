"""The settings dialog: a list of pages on one side, the page on the other. Opened, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.settings.account_page import AccountPage
from triluna_desktop.ui.settings.calendar_page import CalendarPage
from triluna_desktop.ui.settings.look_pages import AppearancePage, KeyboardPage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.words import Words

_NAME_HEIGHT = 34


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
        is_demo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(760, 560)
        self.account = AccountPage(settings, account, spawn, is_demo=is_demo)
        self.calendar = CalendarPage(settings, words)
        self.appearance = AppearancePage(settings)
        self.keyboard = KeyboardPage(settings)
        self.keyboard.shortcuts_requested.connect(self.shortcuts_requested)
        self.calendar.history_requested.connect(self._leave_for_history)
        self.calendar.mode_requested.connect(self._leave_for_mode)
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages"))
        self.names.setFixedWidth(160)
        self.pages = QStackedWidget()
        for name, page in (
            (self.tr("Account"), self.account),
            (self.tr("Calendar"), self.calendar),
            (self.tr("Appearance"), self.appearance),
            (self.tr("Keyboard"), self.keyboard),
        ):
            item = QListWidgetItem(name, self.names)
            # The list asks for sizes before the style sheet has told it of the padding.
            item.setSizeHint(QSize(0, _NAME_HEIGHT))
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(page)
            self.pages.addWidget(scroll)
        self.names.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.names.setCurrentRow(0)
        self._build()

    def _build(self) -> None:
        rule = QFrame()
        rule.setProperty("look", "rule")
        rule.setFixedWidth(1)
        close = QPushButton(self.tr("Close"))
        close.setDefault(False)
        close.setAutoDefault(False)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(rule)
        row.addLayout(side, 1)
        # Enter in a text field must not press a button somewhere else.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _leave_for_history(self) -> None:
        self.accept()
        self.history_requested.emit()

    def _leave_for_mode(self, mode: str) -> None:
        self.accept()
        self.mode_requested.emit(mode)

    def show_account(self) -> None:
        """Turn to the account page, ready for a token."""
        self.names.setCurrentRow(0)
        self.account.form.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_calendar(self) -> None:
        """Turn to the page of the calendar mode and its default hours."""
        self.names.setCurrentRow(1)
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_settings(self) -> None:
        """Show what holds now; something outside may have changed it."""
        self.account.show_state()
        self.calendar.show_settings()
        self.appearance.show_settings()
        self.keyboard.show_settings()
