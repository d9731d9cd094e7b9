"""The account in the words of the pages that ask for a token: `ui` may know neither the keyring nor the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.system.secrets import (
    KeyringAbsentError,
    KeyringDismissedError,
    KeyringHangingError,
    KeyringLockedError,
    KeyringRefusedError,
    TokenStoreError,
)
from triluna_desktop.ui.settings.account_actions import (
    Kept,
    KeyringTrouble,
    SaveOutcome,
    ScopeReport,
    TokenPlace,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.account import Account
    from triluna_desktop.ui.settings.local_actions import LocalActions


_TROUBLES: dict[type[TokenStoreError], KeyringTrouble] = {
    KeyringLockedError: KeyringTrouble.LOCKED,
    KeyringDismissedError: KeyringTrouble.DISMISSED,
    KeyringHangingError: KeyringTrouble.HANGING,
    KeyringAbsentError: KeyringTrouble.ABSENT,
    KeyringRefusedError: KeyringTrouble.UNSAFE,
}


def keyring_trouble(error: TokenStoreError) -> KeyringTrouble:
    """What the window says of an error of the keyring."""
    return _TROUBLES.get(type(error), KeyringTrouble.FAILED)


class WindowAccount:
    """What `ui.settings.account_actions.AccountActions` asks for."""

    def __init__(self, account: Account, change_server: Callable[[str], None], local: LocalActions) -> None:
        self._account = account
        self._change_server = change_server
        self._local = local

    @property
    def local(self) -> LocalActions:
        """The account's files on this computer."""
        return self._local

    @property
    def token_hint(self) -> str:
        """The last four characters of the token, empty where there is none."""
        return self._account.token_hint

    @property
    def token_place(self) -> TokenPlace:
        """Where the token comes from."""
        if self._account.has_token:
            return TokenPlace(self._account.source.value)
        return TokenPlace.KEYRING if self._account.token_hint else TokenPlace.NOWHERE

    @property
    def given_url(self) -> str:
        """The server's address of this run, where it is not that of the settings."""
        return self._account.given_url

    @property
    def known_scopes(self) -> ScopeReport | None:
        """What the last test of the token found."""
        known = self._account.known_scopes
        return None if known is None else ScopeReport(*known)

    async def save_token(self, token: str) -> SaveOutcome:
        """Keep the token and use it from now on."""
        saved = await self._account.save(token)
        kept = Kept.KEYRING if saved.is_in_keyring else Kept.SESSION_ONLY if saved.is_used else Kept.REFUSED
        if saved.trouble is None:
            return SaveOutcome(kept, saved.problem)
        return SaveOutcome(kept, saved.problem, keyring_trouble(saved.trouble))

    async def forget_token(self) -> KeyringTrouble | None:
        """Remove it from the keyring and from memory."""
        trouble = await self._account.forget()
        return None if trouble is None else keyring_trouble(trouble)

    async def read_again(self) -> KeyringTrouble | None:
        """Use what the keyring holds now."""
        loaded = await self._account.read_again()
        return None if loaded.trouble is None or loaded.token else keyring_trouble(loaded.trouble)

    async def test(self) -> ScopeReport:
        """Read, and find out the write scope without writing anything."""
        if not self._account.has_token:
            return ScopeReport(can_read=False, can_write=False, trouble=Trouble.AUTHENTICATION)
        result = await self._account.test()
        if result.error is None:
            return ScopeReport(result.read, result.write)
        return ScopeReport(result.read, result.write, result.error.trouble, result.error.message)

    async def change_base_url(self, url: str) -> None:
        """Use another server (a checked address), with another token."""
        self._change_server(url)
