"""The token store for code that must not wait, on a keyring in this process: there a call that hangs goes on.

With one that can: test_keyring_process.py.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import keyring.errors
import pytest
from tests.helpers.keyring_vault import TOKEN, URL, store_on

from triluna_desktop.system.secrets import (
    SERVICE,
    InvalidTokenError,
    KeyringHangingError,
    KeyringLockedError,
    SaveOutcome,
    TokenSource,
)
from triluna_desktop.system.secrets_async import AsyncTokenStore

if TYPE_CHECKING:
    from tests.helpers.keyring_vault import Vault

pytestmark = pytest.mark.usefixtures("allowed_names")

HANGS = """
import asyncio, threading
from triluna_desktop.system.keyring_backends import LibraryKeyring
from triluna_desktop.system.secrets import TokenStore
from triluna_desktop.system.secrets_async import AsyncTokenStore

store = AsyncTokenStore(
    TokenStore("default", "https://example.org", LibraryKeyring(threading.Event().wait), environ={}),
    answer_within=0.02,
)
print(type(asyncio.run(store.load()).trouble).__name__)
"""


async def test_the_async_store_saves_loads_and_forgets_off_the_loops_thread(vault: Vault) -> None:
    threads: set[str] = set()
    store = AsyncTokenStore(store_on(vault, on_token=lambda _: threads.add(threading.current_thread().name)))
    assert await store.save(TOKEN) is SaveOutcome.SAVED
    threads.clear()
    assert (await store.load()).token == TOKEN
    assert threads == {"keyring"}
    await store.forget()
    assert (await store.load()).token is None
    store.close()
    store.close()


async def test_a_hanging_keyring_is_given_up_after_the_time_and_the_environment_helps(vault: Vault) -> None:
    vault.gate = threading.Event()
    store = AsyncTokenStore(store_on(vault, environ={"TRILUNA_TOKEN": "given"}), answer_within=0.02)
    loaded = await store.load()
    assert (loaded.token, loaded.source) == ("given", TokenSource.ENVIRONMENT)
    assert isinstance(loaded.trouble, KeyringHangingError)
    with pytest.raises(KeyringHangingError):
        await store.save(TOKEN)
    assert (await store.load()).token == TOKEN, "it lives for the session"
    with pytest.raises(KeyringHangingError):
        await store.forget()
    assert (await store.load()).token == "given", "forgotten means no longer used, at once"
    vault.gate.set()
    store.close()


async def test_what_was_given_up_before_its_turn_is_never_done(vault: Vault) -> None:
    vault.gate = threading.Event()
    store = AsyncTokenStore(store_on(vault), answer_within=0.02)
    await store.load()  # Hangs, and holds up what follows.
    with pytest.raises(KeyringHangingError):
        await store.save(TOKEN)
    vault.gate.set()
    patient = AsyncTokenStore(store_on(vault))
    assert (await patient.load()).token is None
    store.close()
    patient.close()


async def test_after_the_prompt_is_answered_the_next_call_works(vault: Vault) -> None:
    vault.kept[SERVICE, f"default {URL}"] = TOKEN
    vault.gate = threading.Event()
    store = AsyncTokenStore(store_on(vault), answer_within=0.02)
    assert isinstance((await store.load()).trouble, KeyringHangingError)
    vault.gate.set()
    async with asyncio.timeout(10):
        while (await store.load()).token != TOKEN:
            pass
    store.close()


async def test_an_error_reaches_whoever_awaits_it(vault: Vault) -> None:
    vault.error = keyring.errors.KeyringLocked("locked")
    store = AsyncTokenStore(store_on(vault))
    with pytest.raises(KeyringLockedError):
        await store.save(TOKEN)
    with pytest.raises(InvalidTokenError):
        await store.save("")
    store.close()


def test_a_keyring_that_hangs_does_not_hold_up_the_exit() -> None:
    done = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, text=True, timeout=30, check=True)
    assert (done.stdout, done.stderr) == ("KeyringHangingError\n", "")
