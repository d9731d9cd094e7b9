"""The API token, in the system's keyring and nowhere else.

Allowed are the Secret Service, KWallet, the macOS Keychain and the Windows Credential Locker. A backend that
keeps passwords in a plain file, or forgets them, is refused: then the token lives for this session only, and
the caller says so to the user.

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
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

SERVICE = "TriLuna Desktop"
ENVIRONMENT_VARIABLE = "TRILUNA_TOKEN"
TOKEN_LIMIT = 4096
"""Characters. Longer ones would not fit the header that carries them."""

ALLOWED_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_NONE_THERE = frozenset({"keyring.backends.fail.Keyring"})


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
        *,
        on_token: Callable[[str], None] = lambda _: None,
        environ: Mapping[str, str] = os.environ,
        find_backend: Callable[[], KeyringBackend] | None = None,
    ) -> None:
        self._username = f"{profile} {base_url.rstrip('/')}"
        self._on_token = on_token
        self._environ = environ
        self._find_backend = find_backend or _preferred_backend
        self._session: str | None = None

    def load(self) -> LoadedToken:
        """The token: one saved in this session, else the keyring's, else the environment's.

        Never raises a `TokenStoreError`: why the keyring gave none is in ``trouble``.
        """
        if self._session is not None:
            return LoadedToken(self._session, TokenSource.SESSION)
        try:
            token = self._call(lambda backend: backend.get_password(SERVICE, self._username))
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
            self._call(lambda backend: self._write(backend, token))
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
            self._call(self._delete)

    def end_session(self) -> None:
        """The first half of `forget`: what is kept in memory. Does not block."""
        self._session = None

    def _write(self, backend: KeyringBackend, token: str) -> None:
        backend.set_password(SERVICE, self._username, token)
        if backend.get_password(SERVICE, self._username) != token:
            raise KeyringRefusedError("The keyring does not give back what it was given.")

    def _delete(self, backend: KeyringBackend) -> None:
        if backend.get_password(SERVICE, self._username) is None:
            return
        backend.delete_password(SERVICE, self._username)
        if backend.get_password(SERVICE, self._username) is not None:
            raise KeyringFailedError("The keyring still holds the token.")

    def _call(self, action: Callable[[KeyringBackend], _T]) -> _T:
        """Do something with the keyring; this is the edge at which its errors become ours."""
        try:
            return action(allowed_backend(self._find_backend()))
        except TokenStoreError:
            raise
        except Exception as error:
            # Backends let through whatever D-Bus, GLib or the system raise.
            raise _translated(error) from error


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


def allowed_backend(backend: KeyringBackend) -> KeyringBackend:
    """The backend that may hold the token; of several chained ones, the first that may.

    Raises:
        KeyringAbsentError: there is none.
        KeyringRefusedError: what there is would keep the token in plain text, or not at all.
    """
    name = _name_of(backend)
    candidates: list[KeyringBackend] = list(getattr(backend, "backends", ())) if name == _CHAINER else [backend]
    for candidate in candidates:
        # By its exact class: a subclass may do anything with what it is given.
        if _name_of(candidate) in ALLOWED_BACKENDS:
            return candidate
    if not candidates or name in _NONE_THERE:
        raise KeyringAbsentError("No keyring is running on this system.")
    raise KeyringRefusedError(f"The keyring “{name}” does not keep passwords safe.")


def _preferred_backend() -> KeyringBackend:
    # Not at the top of the file: the import and the search take a quarter of a second.
    import keyring

    return keyring.get_keyring()


def _name_of(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _translated(error: Exception) -> TokenStoreError:
    """Our error for one of the keyring's. Their texts are left out: nobody promises what they hold."""
    import keyring.errors as theirs

    names = {type(each).__name__ for each in _chain(error)}
    if "PromptDismissedException" in names or "Cancelled by user" in str(error):
        return KeyringDismissedError("The keyring's prompt was closed.")
    if isinstance(error, theirs.KeyringLocked) or "LockedException" in names:
        return KeyringLockedError("The keyring is locked.")
    if (
        isinstance(error, (theirs.NoKeyringError, theirs.InitError))
        or "SecretServiceNotAvailableException" in names
    ):
        return KeyringAbsentError("No keyring is running on this system.")
    return KeyringFailedError(f"The keyring failed ({type(error).__name__}).")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
