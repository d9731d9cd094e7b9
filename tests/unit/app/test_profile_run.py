"""A profile as it runs in the window's process: its end at any moment, and whose edits are told of."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from triluna_desktop import profile_run
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.options import Options
from triluna_desktop.profile import open_profile, prepare
from triluna_desktop.profile_run import ProfileRun
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.secrets import LoadedToken, TokenSource

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.account import Account

NO_TOKEN = LoadedToken(None, TokenSource.NONE)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[ProfileRun]:
    options = Options(data_dir=tmp_path / "data", api_url="http://127.0.0.1:1/api/public")
    ground = prepare(options)
    lock = ProfileLock(ground.paths.lock_file)
    assert lock.acquire()
    run = ProfileRun(ground.paths, lock, open_profile(ground, options, takes_environment=False))
    run.load_token = no_token
    yield run
    await run.close()
    ground.close_log()


async def no_token(_: Account) -> LoadedToken:
    return NO_TOKEN


async def test_a_profile_that_is_removed_while_the_keyring_asks_is_not_started(run: ProfileRun) -> None:
    answered = asyncio.Event()

    async def waiting(_: Account) -> LoadedToken:
        await answered.wait()
        return NO_TOKEN

    run.load_token = waiting
    starting = asyncio.create_task(run.start())
    await asyncio.sleep(0)
    await run.close()
    answered.set()
    await starting
    assert not run.lock.is_held
    with pytest.raises(StoreError):
        run.profile.store.counts()


async def test_whatever_fails_at_the_end_the_calendar_is_closed_and_the_lock_given_back(run: ProfileRun) -> None:
    def fail() -> None:
        raise RuntimeError("a bug of ours")

    run.at_end(fail)
    with pytest.raises(RuntimeError):
        await run.close()
    assert not run.lock.is_held
    with pytest.raises(StoreError):
        run.profile.store.counts()


async def test_what_the_user_does_while_a_command_reads_is_not_told_as_done_by_it(run: ProfileRun) -> None:
    await run.start()
    session = run.profile.session
    told: list[None] = []
    session.notices.noticed.append(lambda: told.append(None))
    run.profile.account.use("a-token-that-nobody-listens-to")
    listing = asyncio.create_task(run._on_command({"command": "list"}))
    await session.apply(edits.create(Entry("mine", date(2026, 11, 23), 540, 600)))
    assert not listing.done(), "it tries to reach the server"
    await listing
    assert told == []
    await run._on_command({"command": "block", "when": "fri 9:00-10:00"})
    assert told == [None]


async def test_a_command_waits_for_the_keyring_of_an_app_that_starts_just_now(run: ProfileRun) -> None:
    answered = asyncio.Event()

    async def gives_one(account: Account) -> LoadedToken:
        await answered.wait()
        account.use("a-token-that-nobody-listens-to")
        return LoadedToken("a-token-that-nobody-listens-to", TokenSource.KEYRING)

    run.load_token = gives_one
    starting = asyncio.create_task(run.start())
    await asyncio.sleep(0)
    blocking = asyncio.create_task(run._on_command({"command": "block", "when": "fri 9:00-10:00"}))
    await asyncio.sleep(0)
    answered.set()
    answer = await blocking
    await starting
    assert (answer["exit_code"], answer["error_code"]) == (3, "queued"), "it was sent, to nobody"


async def test_a_keyring_that_asks_for_long_is_named_and_the_edit_is_kept(
    run: ProfileRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = asyncio.Event()

    async def waiting(_: Account) -> LoadedToken:
        await answered.wait()
        return NO_TOKEN

    monkeypatch.setattr(profile_run, "STARTED_WITHIN", 0.01)
    run.load_token = waiting
    starting = asyncio.create_task(run.start())
    await asyncio.sleep(0)
    assert (await run._on_command({"command": "status"}))["exit_code"] == 0
    answer = await run._on_command({"command": "block", "when": "fri 9:00-10:00"})
    assert answer["exit_code"] == 5
    assert answer["message"].startswith("The keyring has not answered yet; perhaps it asks for its password. ")
    assert answer["message"].endswith(" The change is kept and sent then.")
    answered.set()
    await starting
