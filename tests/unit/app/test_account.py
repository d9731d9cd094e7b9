"""What is remembered of a token: never the token, and what it may do only for as long as that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from keyring.backends.null import Keyring as NullKeyring
from tests.helpers.local_files import TestLocal

from triluna_desktop.account import Account
from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.system.clock import SystemClock
from triluna_desktop.system.keyring_backends import LibraryKeyring
from triluna_desktop.system.secrets import TokenStore
from triluna_desktop.system.secrets_async import AsyncTokenStore
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.settings.account_actions import TokenPlace
from triluna_desktop.window_account import WindowAccount

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

READS_ONLY = "tok_reads_only_4711"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def account_of(sandbox: SandboxProcess, settings: Settings) -> Account:
    clock = SystemClock()
    tokens = AsyncTokenStore(TokenStore("default", sandbox.url, LibraryKeyring(), environ={}))
    return Account(sandbox.url, tokens, settings, clock=clock, budget=RequestBudget(clock))


async def test_a_test_is_remembered_in_the_settings_until_the_server_refuses_the_token(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    account = account_of(sandbox, settings)
    assert account.known_scopes is None
    account.use(sandbox.token)
    await account.test()
    assert account.known_scopes == (True, True)
    assert account_of(sandbox, settings).known_scopes == (True, True)
    account.scopes_refused()
    assert account.known_scopes is None
    await account.close()


async def test_a_test_that_found_nothing_out_is_not_remembered(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    account = account_of(sandbox, settings)
    account.use(sandbox.token)
    sandbox.faults({"kind": "status_before", "status": 500, "times": 0})
    await account.test()
    assert account.known_scopes is None
    await account.close()


async def test_a_token_without_the_write_scope_is_remembered_as_one_that_reads(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    sandbox.configure(tokens=[sandbox.token, f"{READS_ONLY},read:calendar"])
    account = account_of(sandbox, settings)
    account.use(READS_ONLY)
    await account.test()
    assert account.known_scopes == (True, False)
    await account.close()


@pytest.mark.parametrize("token", ["tok_of_the_environment_1234", "short"])
async def test_it_is_known_where_the_token_comes_from_however_short_it_is(settings: Settings, token: str) -> None:
    clock, url = SystemClock(), "http://127.0.0.1:1/api/public"
    tokens = AsyncTokenStore(
        TokenStore("default", url, LibraryKeyring(NullKeyring), environ={"TRILUNA_TOKEN": token})
    )
    account = Account(url, tokens, settings, clock=clock, budget=RequestBudget(clock))
    shown = WindowAccount(account, lambda _: None, TestLocal())
    places = [shown.token_place]
    await account.load()
    places.append(shown.token_place)
    await account.save("tok_that_was_pasted_5678")
    places.append(shown.token_place)
    await account.forget()
    places.append(shown.token_place)
    assert places == [TokenPlace.NOWHERE, TokenPlace.ENVIRONMENT, TokenPlace.SESSION, TokenPlace.NOWHERE]
    await account.close()
