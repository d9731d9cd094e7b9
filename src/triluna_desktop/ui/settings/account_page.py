"""Settings, Account: the token, and what it may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from triluna_desktop.system.settings import Page
from triluna_desktop.ui.settings.account_actions import ENVIRONMENT_VARIABLE, TokenPlace
from triluna_desktop.ui.settings.guide import Guide
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.settings.token_form import TokenForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.page import Ground


class AccountPage(SettingsPage):
    """The token is pasted here and never shown again but for its last four characters."""

    def __init__(
        self,
        ground: Ground,
        account: AccountActions,
        spawn: Spawn,
        *,
        is_demo: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, parent)
        self._account = account
        self._spawn = spawn
        self._is_demo = is_demo
        self.set_title(Page.ACCOUNT)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.test_button = QPushButton(self.tr("Test the token"))
        self.forget_button = QPushButton(self.tr("Forget the token"))
        self.form = TokenForm(self._account, self._spawn)
        if self._is_demo:
            self.add_note(
                self.tr(
                    "This is the demo: a sample calendar on a server of its own, on this computer. "
                    "It needs no account and changes none. To connect yours, start the app without the demo."
                )
            )
        else:
            self._build()
            yield
            self.add_section(self.tr("How to get a token"))
            self.column.addWidget(Guide())
        self.close_column()
        self.show_state()
        known = self._account.known_scopes
        if known is not None and self.test_button.isEnabled():
            self.form.tell_known(known)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.test_button)
        row.addWidget(self.forget_button)
        row.addStretch(1)
        self.column.addWidget(self.state)
        self.column.addLayout(row)
        self.column.addWidget(self.form)
        self.form.saved.connect(self.show_state)
        self.test_button.clicked.connect(self.form.test)
        self.forget_button.clicked.connect(lambda: self._spawn(self._forget(), "forget the token"))
        self.add_place(self.tr("API token"), self.form.edit, self.tr("account, connect, log in, password, key"))
        self.add_place(self.tr("Test the token"), self.test_button, self.tr("scopes, permission, rights"))
        self.add_place(self.tr("Forget the token"), self.forget_button, self.tr("log out, disconnect, remove"))

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self.show_state()

    def show_state(self) -> None:
        """Say whether there is a token, and its last four characters."""
        place = self._account.token_place
        is_there = place is not TokenPlace.NOWHERE
        self.test_button.setEnabled(is_there)
        self.forget_button.setEnabled(is_there)
        self.state.setText(self._state(place, self._account.token_hint))

    def _state(self, place: TokenPlace, hint: str) -> str:
        match place:
            case TokenPlace.NOWHERE:
                return self.tr("No account is connected yet.")
            case TokenPlace.ENVIRONMENT if hint:
                return self.tr(
                    "A token that ends in …{hint} is in use. It comes from the environment variable {variable}."
                ).format(hint=hint, variable=ENVIRONMENT_VARIABLE)
            case TokenPlace.ENVIRONMENT:
                return self.tr("The token of the environment variable {variable} is in use.").format(
                    variable=ENVIRONMENT_VARIABLE
                )
            case TokenPlace.SESSION if hint:
                return self.tr("A token that ends in …{hint} is in use until you quit the app.").format(hint=hint)
            case TokenPlace.SESSION:
                return self.tr("A token is in use until you quit the app.")
            case _ if hint:
                return self.tr("A token that ends in …{hint} is in use.").format(hint=hint)
            case _:
                return self.tr("A token is in use.")

    async def _forget(self) -> None:
        was_given = self._account.token_place is TokenPlace.ENVIRONMENT
        trouble = await self._account.forget_token()
        if was_given and trouble is None:
            self.form.tell_set_aside()
        else:
            self.form.tell_forgotten(trouble)
        self.show_state()
        if trouble is not None:
            self.forget_button.setEnabled(True)  # To try again: the keyring may still hold the token.
