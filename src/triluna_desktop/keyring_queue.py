"""Several profiles at one keyring: one asks at a time, and a keyring that wants the user is asked for one alone.

A locked keyring puts up a prompt at each question. Whoever closes it, or lets it wait, shall not find another one
for each of ten calendars. So the others are not asked until somebody gets a token out of it, or brings one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from triluna_desktop.system.secrets import (
    KeyringDismissedError,
    KeyringHangingError,
    KeyringLockedError,
    LoadedToken,
    TokenSource,
)

if TYPE_CHECKING:
    from triluna_desktop.account import Account
    from triluna_desktop.system.secrets import TokenStoreError

_WANTS_THE_USER = (KeyringLockedError, KeyringDismissedError, KeyringHangingError)


class KeyringQueue:
    """Asks the keyring for the tokens of the accounts of one process."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._trouble: TokenStoreError | None = None
        """Why the keyring is not asked any more."""

    async def load(self, account: Account) -> LoadedToken:
        """As `Account.load`, in its turn; where the one before had trouble, that trouble, and nobody is asked."""
        async with self._turn:
            if self._trouble is not None:
                return LoadedToken(None, TokenSource.NONE, self._trouble)
            loaded = await account.load()
            if isinstance(loaded.trouble, _WANTS_THE_USER):
                self._trouble = loaded.trouble
            return loaded

    async def read_again(self, account: Account) -> LoadedToken:
        """As `Account.read_again`, in its turn and under the same condition."""
        async with self._turn:
            if self._trouble is not None:
                return LoadedToken(None, TokenSource.NONE, self._trouble)
            loaded = await account.read_again()
            if isinstance(loaded.trouble, _WANTS_THE_USER):
                self._trouble = loaded.trouble
            return loaded

    def token_came(self) -> bool:
        """An account has a token: the keyring may be asked again. Whether it was let be until now."""
        was_let_be, self._trouble = self._trouble is not None, None
        return was_let_be
