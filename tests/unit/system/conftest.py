"""A keyring in memory that counts as a safe one."""

from __future__ import annotations

import pytest
from tests.helpers.keyring_vault import Chain, Vault

from triluna_desktop.system import keyring_backends


@pytest.fixture
def allowed_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's vault counts as a safe one, and its chain as the library's."""
    monkeypatch.setattr(keyring_backends, "ALLOWED_BACKENDS", {f"{Vault.__module__}.Vault"})
    monkeypatch.setattr(keyring_backends, "_CHAINER", f"{Chain.__module__}.Chain")


@pytest.fixture
def vault() -> Vault:
    """An empty one."""
    return Vault()
