"""The page on which the app opens without a token: connect your account, or try the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from triluna_desktop.ui.settings.guide import Guide
from triluna_desktop.ui.settings.token_form import TokenForm

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.ui.settings.account_actions import AccountActions

_WIDTH = 560


class FirstRunPage(QScrollArea):
    """The four steps to a token with the field for it right there, and the way around."""

    demo_requested = Signal()
    settings_requested = Signal()

    def __init__(
        self,
        account: AccountActions,
        spawn: Callable[[Coroutine[object, object, object], str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = TokenForm(account, spawn)
        self.demo_button = QPushButton(self.tr("Try the demo"))
        self.settings_button = QPushButton(self.tr("Settings…"))
        self.settings_button.setProperty("look", "flat")
        welcome = QLabel(self.tr("Your TriLuna calendar, on the desktop"))
        welcome.setProperty("look", "welcome")
        welcome.setWordWrap(True)
        purpose = QLabel(self.tr("See the week, drag to open or block time, and callers are offered just that."))
        purpose.setProperty("look", "muted")
        purpose.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(16)
        self.back_button = QPushButton()
        self.back_button.setProperty("look", "link")
        self.back_button.hide()
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(2)
        column.addWidget(welcome)
        column.addWidget(purpose)
        column.addSpacing(6)
        column.addWidget(self._connect_card())
        column.addWidget(self._demo_card())
        column.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignTrailing)
        column.addStretch(3)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 16, 24, 16)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self.setWidget(inside)
        self.demo_button.clicked.connect(lambda: self.demo_requested.emit())
        self.settings_button.clicked.connect(lambda: self.settings_requested.emit())

    def offer_way_back(self, way: tuple[str, Callable[[], None]] | None) -> None:
        """Offer to show another calendar, by its title, while this one has no account; None: there is no other."""
        self.back_button.setVisible(way is not None)
        if way is not None:
            title, show = way
            self.back_button.setText(self.tr("Back to “{title}”").format(title=title))
            self.back_button.clicked.connect(show)

    def _connect_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        heading = QLabel(self.tr("Connect your account"))
        heading.setProperty("look", "heading")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addWidget(Guide())
        column.addWidget(self.form)
        return card

    def _demo_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        text = QLabel(self.tr("No account at hand? The demo shows a sample calendar and sends nothing anywhere."))
        text.setWordWrap(True)
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(14)
        row.addWidget(text, 1)
        row.addWidget(self.demo_button)
        return card
