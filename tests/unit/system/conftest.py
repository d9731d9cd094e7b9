"""A keyring in memory that counts as a safe one, and a D-Bus session of a test's own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.keyring_vault import Chain, Vault
from tests.helpers.private_bus import private_bus

from triluna_desktop.system import keyring_backends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.private_bus import PrivateBus


@pytest.fixture
def allowed_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's vault counts as a safe one, and its chain as the library's."""
    monkeypatch.setattr(keyring_backends, "ALLOWED_BACKENDS", {f"{Vault.__module__}.Vault"})
    monkeypatch.setattr(keyring_backends, "_CHAINER", f"{Chain.__module__}.Chain")


@pytest.fixture
def vault() -> Vault:
    """An empty one."""
    return Vault()


@pytest.fixture
def bus() -> Iterator[PrivateBus]:
    """A running bus, on which nothing can be started."""
    with tempfile.TemporaryDirectory(prefix="triluna-bus-") as folder, private_bus(Path(folder)) as running:
        yield running
