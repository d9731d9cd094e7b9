"""Settings, Account: the token, what it may do, and under Advanced the server's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from triluna_desktop.system.settings import ACCOUNT_BASE_URL, SettingError
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.settings.guide import Guide
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.settings.token_form import TokenForm

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.settings.account_actions import AccountActions

    Spawn = Callable[[Coroutine[object, object, object], str], object]


class AccountPage(SettingsPage):
    """The token is pasted here and never shown again but for its last four characters."""

    def __init__(
        self,
        settings: Settings,
        account: AccountActions,
        spawn: Spawn,
        *,
        is_demo: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(settings, parent)
        self._account = account
        self._spawn = spawn
        self.heading.setText(self.tr("Account"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.test_button = QPushButton(self.tr("Test the token"))
        self.forget_button = QPushButton(self.tr("Forget the token"))
        self.form = TokenForm(account, spawn)
        self.advanced = AdvancedAccount(settings, account, spawn)
        if is_demo:
            self.add_note(
                self.tr(
                    "This is the demo: a sample calendar on a server of its own, on this computer. "
                    "It needs no account and changes none. To connect yours, start the app without the demo."
                )
            )
        else:
            self._build()
        self.close_column()
        self.show_state()
        known = account.known_scopes
        if known is not None and self.test_button.isEnabled():
            self.form.tell_known(known)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        row.addWidget(self.test_button)
        row.addWidget(self.forget_button)
        self.column.addLayout(row)
        self.column.addWidget(self.form)
        self.add_section(self.tr("How to get a token"))
        self.column.addWidget(Guide())
        self.column.addWidget(self.advanced)
        self.form.saved.connect(self.show_state)
        self.test_button.clicked.connect(self.form.test)
        self.forget_button.clicked.connect(lambda: self._spawn(self._forget(), "forget the token"))
        self.advanced.token_forgotten.connect(self.show_state)

    def show_state(self) -> None:
        """Say whether there is a token, and its last four characters."""
        hint = self._account.token_hint
        is_there = bool(hint) or self.form.is_for_this_session
        self.test_button.setEnabled(is_there)
        self.forget_button.setEnabled(is_there)
        if hint:
            self.state.setText(self.tr("A token that ends in …{hint} is in use.").format(hint=hint))
        elif is_there:
            self.state.setText(self.tr("A token is in use until you quit the app."))
        else:
            self.state.setText(self.tr("No account is connected yet."))

    async def _forget(self) -> None:
        trouble = await self._account.forget_token()
        self.form.is_for_this_session = False
        self.form.tell_forgotten(trouble)
        self.show_state()
        if trouble is not None:
            self.forget_button.setEnabled(True)  # To try again: the keyring may still hold the token.


class AdvancedAccount(QWidget):
    """The server's address, out of the way until it is asked for."""

    token_forgotten = Signal()

    def __init__(
        self, settings: Settings, account: AccountActions, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._account = account
        self._spawn = spawn
        self.toggle = QToolButton()
        self.toggle.setText(self.tr("Advanced"))
        self.toggle.setProperty("look", "disclosure")
        self.toggle.setCheckable(True)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.edit = QLineEdit(settings.get(ACCOUNT_BASE_URL))
        self.field = Field(self.tr("Address of the API"), self.edit)
        self.use_button = QPushButton(self.tr("Use this address"))
        self.default_button = QPushButton(self.tr("Back to the default"))
        note = QLabel(
            self.tr(
                "The token was given for this address alone: with another one the app forgets it and asks again."
            )
        )
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.use_button)
        row.addWidget(self.default_button)
        row.addStretch(1)
        self.inside = QWidget()
        inner = QVBoxLayout(self.inside)
        inner.setContentsMargins(20, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.field)
        inner.addWidget(note)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.inside)
        self.inside.hide()
        self.toggle.toggled.connect(self._disclose)
        self.field.edited.connect(self._check)
        self.edit.returnPressed.connect(self.use)
        self.use_button.clicked.connect(self.use)
        self.default_button.clicked.connect(self._use_default)
        self._check()

    def use(self) -> None:
        """Use what was typed, if it is an address the token may be sent to."""
        url = self._check()
        if url is not None and url != self._settings.get(ACCOUNT_BASE_URL):
            self._spawn(self._change(url), "change the server's address")

    def _use_default(self) -> None:
        self.field.show_text(ACCOUNT_BASE_URL.default)
        self.use()

    async def _change(self, url: str) -> None:
        await self._account.change_base_url(url)
        self._check()
        self.token_forgotten.emit()

    def _check(self) -> str | None:
        kept = self._settings.get(ACCOUNT_BASE_URL)
        self.default_button.setEnabled(kept != ACCOUNT_BASE_URL.default)
        try:
            url = ACCOUNT_BASE_URL.checked(self.field.text)
        except SettingError as error:
            self.field.show_problem(error.problem)
            self.use_button.setEnabled(False)
            return None
        self.field.show_problem("")
        self.use_button.setEnabled(url != kept)
        return url

    def _disclose(self, is_open: bool) -> None:
        self.inside.setVisible(is_open)
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
