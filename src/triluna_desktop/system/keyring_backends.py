"""The system's keyring, asked in this process through the library `keyring`: 13 MB and a quarter of a second.

Allowed are the Secret Service, KWallet, the macOS Keychain and the Windows Credential Locker. A backend that keeps
passwords in a plain file, or forgets them, is refused.

The library has the default keyring made where there is none, also to read: the desktop then asks for a password
for it. Who never saved a token shall not be asked, so it is looked for first; only a token to save has it made.

Commands in a terminal ask in this way, and so does the helper process that the window asks (`keyring_process`).
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.system.secrets import (
    SERVICE,
    KeyringAbsentError,
    KeyringDismissedError,
    KeyringFailedError,
    KeyringLockedError,
    KeyringRefusedError,
    TokenStoreError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keyring.backend import KeyringBackend

_T = TypeVar("_T")

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
_ON_LINUX = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
_SECRET_SERVICE = "keyring.backends.SecretService.Keyring"  # noqa: S105 - the name of a class.
_DEFAULT_KEYRING = "/org/freedesktop/secrets/aliases/default"
_NO_SUCH_KEYRING = frozenset(
    {
        "org.freedesktop.DBus.Error.UnknownMethod",
        "org.freedesktop.DBus.Error.UnknownObject",
        "org.freedesktop.Secret.Error.NoSuchObject",
    }
)
"""What a Secret Service answers where it has no default keyring: the answers upon which the library makes one."""
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_NONE_THERE = frozenset({"keyring.backends.fail.Keyring"})


class LibraryKeyring:
    """A `secrets.Keyring` on the library's backend, looked for anew with each call."""

    def __init__(self, find_backend: Callable[[], KeyringBackend] | None = None) -> None:
        self._find_backend = find_backend or preferred_backend

    def read(self, username: str) -> str | None:
        """The password, None where there is none."""
        return self._call(lambda backend: _read(backend, username))

    def write(self, username: str, password: str) -> None:
        """Keep the password, and read it back."""
        self._call(lambda backend: _write(backend, username, password))

    def erase(self, username: str) -> None:
        """Remove the password, and look whether it is gone."""
        self._call(lambda backend: _erase(backend, username))

    def give_up(self) -> bool:
        """Say no: nothing ends a call in this process, it goes on behind the scenes."""
        return False

    def _call(self, action: Callable[[KeyringBackend], _T]) -> _T:
        """Do something with the keyring; this is the edge at which its errors become ours."""
        try:
            return action(allowed_backend(self._find_backend()))
        except TokenStoreError:
            raise
        except Exception as error:
            # Backends let through whatever D-Bus, GLib or the system raise.
            raise _translated(error) from error


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


def _read(backend: KeyringBackend, username: str) -> str | None:
    return None if _would_be_made(backend) else backend.get_password(SERVICE, username)


def _would_be_made(backend: KeyringBackend) -> bool:
    """Whether a question would have the default keyring made first: then there is nothing in it."""
    # Who names a keyring in the library's own settings is asked about that one, and it is never made.
    if _name_of(backend) != _SECRET_SERVICE or hasattr(backend, "preferred_collection"):
        return False
    from jeepney import DBusAddress, HeaderFields, MessageType, Properties
    from jeepney.io.blocking import open_dbus_connection

    keyring = DBusAddress(_DEFAULT_KEYRING, "org.freedesktop.secrets", "org.freedesktop.Secret.Collection")
    try:
        connection = open_dbus_connection()
    except (KeyError, OSError):
        return False  # No bus: the library says so in its own way.
    with connection as bus:
        header = bus.send_and_get_reply(Properties(keyring).get("Label")).header
    return (
        header.message_type is MessageType.error and header.fields.get(HeaderFields.error_name) in _NO_SUCH_KEYRING
    )


def _write(backend: KeyringBackend, username: str, password: str) -> None:
    backend.set_password(SERVICE, username, password)
    if backend.get_password(SERVICE, username) != password:
        raise KeyringRefusedError("The keyring does not give back what it was given.")


def _erase(backend: KeyringBackend, username: str) -> None:
    if _read(backend, username) is None:
        return
    backend.delete_password(SERVICE, username)
    if backend.get_password(SERVICE, username) is not None:
        raise KeyringFailedError("The keyring still holds the token.")


def preferred_backend() -> KeyringBackend:
    """The one that the user names in the library's own settings, else the best that works here."""
    # Not at the top of the file: the import takes a tenth of a second.
    import keyring
    import keyring.core

    if sys.platform != "linux":
        return keyring.get_keyring()
    # The library's own search loads the backends of all systems, and that of macOS has gcc and ldconfig run for
    # its frameworks: a fifth of a second, for each command.
    return keyring.core.load_env() or keyring.core.load_config() or _best_on_linux()


def _best_on_linux() -> KeyringBackend:
    from keyring.backends import fail

    found: list[tuple[float, type[KeyringBackend]]] = []
    for name in _ON_LINUX:
        module, _, kind = name.rpartition(".")
        backend: type[KeyringBackend] = getattr(importlib.import_module(module), kind)
        with suppress(RuntimeError, OSError):  # It does not work here; or the session bus it is on is gone.
            found.append((float(backend.priority), backend))
    # The first of those that are alike, as the library has it.
    best = max(found, key=lambda each: each[0])[1] if found else fail.Keyring
    return best()


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
