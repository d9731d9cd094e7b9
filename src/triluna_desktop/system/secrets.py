"""The API token, in the system's keyring and nowhere else.

A keyring that keeps passwords in a plain file, or forgets them, is refused (`keyring_backends`): then the token
lives for this session only, and the caller says so to the user. The keyring's library is not loaded here: the
window asks the keyring through a process of its own (`keyring_process`).

TokenStoreError
├── InvalidTokenError        what was pasted cannot be a token
├── KeyringUnusableError     no safe keyring here: the token can live for this session only
│   ├── KeyringAbsentError   none is installed or running
│   └── KeyringRefusedError  the one that is there is not safe, or does not give back what it was given
├── KeyringLockedError       it is locked, and was not unlocked
├── KeyringDismissedError    the user closed its prompt
├── KeyringHangingError      it did not answer in time (`AsyncTokenStore` only)
└── KeyringFailedError       it failed in a way of its own
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)

SERVICE = "TriLuna Desktop"
ENVIRONMENT_VARIABLE = "TRILUNA_TOKEN"
TOKEN_LIMIT = 4096
"""Characters. Longer ones would not fit the header that carries them."""


class TokenStoreError(Exception):
    """The message is a sentence for the user and never holds the token."""


class InvalidTokenError(TokenStoreError):
    """What was given cannot be a token."""


class KeyringUnusableError(TokenStoreError):
    """There is no keyring here that may hold the token."""


class KeyringAbsentError(KeyringUnusableError):
    """No keyring is installed or running."""


class KeyringRefusedError(KeyringUnusableError):
    """The keyring that is there is not safe, or loses what it is given."""


class KeyringLockedError(TokenStoreError):
    """The keyring is locked."""


class KeyringDismissedError(TokenStoreError):
    """The user closed the keyring's prompt."""


class KeyringHangingError(TokenStoreError):
    """The keyring did not answer in time; its prompt may be open behind another window."""


class KeyringFailedError(TokenStoreError):
    """The keyring failed in a way of its own."""


class Keyring(Protocol):
    """The keyring, for one password a username. All methods block, and may from any thread.

    Raises (all but `give_up`): one of the `TokenStoreError` tree, and nothing else of what the keyring does wrong.
    """

    def read(self, username: str) -> str | None:
        """The password, None where there is none."""
        ...

    def write(self, username: str, password: str) -> None:
        """Keep the password. It was read back and is the same."""
        ...

    def erase(self, username: str) -> None:
        """Remove the password, if there is one. It was looked for afterwards and is gone."""
        ...

    def give_up(self) -> bool:
        """End the call that another thread is at, and say whether that can be done. Does not block."""
        ...


class TokenSource(Enum):
    """Where a loaded token comes from."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    SESSION = "session"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LoadedToken:
    """A token, where it comes from, and what kept the keyring from giving one (None where nothing did)."""

    token: str | None = field(repr=False)
    source: TokenSource
    trouble: TokenStoreError | None = None


class SaveOutcome(Enum):
    """How long a saved token lives."""

    SAVED = "saved"
    """In the keyring: until it is forgotten."""
    SESSION_ONLY = "session_only"
    """No keyring may hold it: until the app is closed."""


class TokenStore:
    """The token of one profile at one server. Its methods block, for as long as a prompt is open: not for the
    GUI thread (see `AsyncTokenStore`).

    The server's address is part of the name under which the token is kept, so another address asks for a token
    again and never gets this one. ``on_token`` is told each token before it is used, so that logs leave it out.
    """

    def __init__(
        self,
        profile: str,
        base_url: str,
        keyring: Keyring,
        *,
        on_token: Callable[[str], None] = lambda _: None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._username = f"{profile} {base_url.rstrip('/')}"
        self._keyring = keyring
        self._on_token = on_token
        self._environ = environ
        self._session: str | None = None

    def load(self) -> LoadedToken:
        """The token: one saved in this session, else the keyring's, else the environment's.

        Never raises a `TokenStoreError`: why the keyring gave none is in ``trouble``.
        """
        if self._session is not None:
            return LoadedToken(self._session, TokenSource.SESSION)
        try:
            token = self._keyring.read(self._username)
            if token:
                self._on_token(token)
                return LoadedToken(token, TokenSource.KEYRING)
        except TokenStoreError as error:
            return self.load_without_keyring(error)
        return self.load_without_keyring(None)

    def read_again(self) -> LoadedToken:
        """As `load`, but of what the keyring holds now: a token of this session stays only where that fails."""
        kept, self._session = self._session, None
        loaded = self.load()
        if loaded.trouble is not None and self._session is None:
            self._session = kept
        return loaded

    def load_without_keyring(self, trouble: TokenStoreError | None) -> LoadedToken:
        """What is known without asking the keyring, and why it was not asked. Does not block."""
        if self._session is not None:
            return LoadedToken(self._session, TokenSource.SESSION, trouble)
        given = self._environ.get(ENVIRONMENT_VARIABLE, "")
        if not given.strip():
            return LoadedToken(None, TokenSource.NONE, trouble)
        self._on_token(given)
        try:
            return LoadedToken(check_token(given), TokenSource.ENVIRONMENT, trouble)
        except InvalidTokenError as error:
            return LoadedToken(None, TokenSource.NONE, error)

    def save(self, token: str) -> SaveOutcome:
        """Keep the token: in the keyring, written and read back, or for this session where none may hold it.

        Raises:
            InvalidTokenError: it cannot be a token; what was kept before is still kept.
            TokenStoreError: the keyring is locked, was dismissed or failed: the user can do something about
                that and save again. Until then the token is kept for this session.
        """
        return self.move_to_keyring(self.keep_for_session(token))

    def keep_for_session(self, token: str) -> str:
        """Keep the token in memory and return it as it is used. Does not block.

        Raises:
            InvalidTokenError: it cannot be a token.
        """
        self._on_token(token)
        self._session = check_token(token)
        return self._session

    def move_to_keyring(self, token: str) -> SaveOutcome:
        """The second half of `save`, the one that blocks: what `keep_for_session` returned goes to the keyring."""
        try:
            self._keyring.write(self._username, token)
        except KeyringUnusableError as error:
            _log.warning("The token is kept for this session only: %s", error)
            return SaveOutcome.SESSION_ONLY
        if self._session == token:  # Else a newer one waits for its turn.
            self._session = None
        return SaveOutcome.SAVED

    def forget(self) -> None:
        """Remove the token from the session and the keyring. One in the environment is not ours to remove.

        Raises:
            TokenStoreError: it may still be in the keyring.
        """
        self.end_session()
        with suppress(KeyringUnusableError):  # What may not hold the token never got it.
            self._keyring.erase(self._username)

    def end_session(self) -> None:
        """The first half of `forget`: what is kept in memory. Does not block."""
        self._session = None

    def give_up(self) -> bool:
        """End the call that another thread is at, and say whether this keyring can do that. Does not block."""
        return self._keyring.give_up()


def check_token(text: str) -> str:
    """The token without blanks around it.

    Raises:
        InvalidTokenError: it cannot be a token. The message does not repeat it.
    """
    token = text.strip()
    if not token:
        raise InvalidTokenError("The token is empty.")
    if len(token) > TOKEN_LIMIT:
        raise InvalidTokenError(f"A token has at most {TOKEN_LIMIT} characters.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidTokenError("A token holds no blanks, line breaks or accented letters. Copy it once more.")
    return token


def token_hint(token: str) -> str:
    """The last four characters, to be shown; nothing of a token so short that four say too much."""
    return token[-4:] if len(token) >= 12 else ""
