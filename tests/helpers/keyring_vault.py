"""Keyrings in memory for the token store, and one that writes what it should not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import keyring.errors
from keyring.backend import KeyringBackend

from triluna_desktop.system.keyring_backends import LibraryKeyring
from triluna_desktop.system.secrets import TokenStore

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

TOKEN = "tl_canary_4f9b2c7d8e1a"
URL = "https://api.triluna.app/api/public"


class Vault(KeyringBackend):
    """A working keyring. It carries the name of an allowed one, see `allowed_names`."""

    priority: ClassVar[float] = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructor has no types.
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.gate: threading.Event | None = None

    def _enter(self) -> None:
        if self.gate is not None:
            self.gate.wait()
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._enter()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter()
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("Password not found")


class PlainFile(Vault):
    """What a merely installed package of file backends does: it keeps the token readable."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def set_password(self, service: str, username: str, password: str) -> None:
        self.path.write_text(f"{service} {username} {password}")


class Chain(KeyringBackend):
    """Several backends behind one another; named as the library's own, see `allowed_names`."""

    priority: ClassVar[float] = 10

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructor has no types.
        self.backends = backends

    def get_password(self, service: str, username: str) -> str | None:
        raise NotImplementedError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def store_on(
    backend: KeyringBackend,
    *,
    profile: str = "default",
    url: str = URL,
    environ: dict[str, str] | None = None,
    on_token: Callable[[str], None] = lambda _: None,
) -> TokenStore:
    """A token store on this backend, as after a start of the app."""
    return TokenStore(profile, url, LibraryKeyring(lambda: backend), environ=environ or {}, on_token=on_token)
