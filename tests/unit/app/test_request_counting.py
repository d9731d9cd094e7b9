"""One count of requests for the window, the commands, the tests of the token, and each restart."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain.remote import RateLimitedError
from triluna_desktop.options import Options
from triluna_desktop.profile import database_of, open_profile, prepare
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.store.request_book import RequestBook, is_set_up
from triluna_desktop.sync.ledger import RequestLedger
from triluna_desktop.system.clock import SystemClock, uptime
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"


def database(triluna: CommandLine) -> Path:
    paths = app_paths("default", triluna.data_dir)
    return database_of(paths, triluna.api_url)


def kinds_on_disk(triluna: CommandLine) -> list[str]:
    """The kinds of all requests on disk, in the order in which they left."""
    connection = sqlite3.connect(database(triluna))
    try:
        return [kind for (kind,) in connection.execute("SELECT kind FROM request ORDER BY at")]
    finally:
        connection.close()


def spend(triluna: CommandLine, requests: int) -> None:
    """So many requests have just left."""
    now = SystemClock().now().timestamp()
    with RequestBook(database(triluna)) as book:
        for _ in range(requests):
            asyncio.run(book.run(lambda tx: tx.record_request(now, "read")))


def test_each_request_that_leaves_is_on_disk_once_with_its_kind(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("block", DAY, "9:00-10:00").code == 0
    assert triluna("token", "test").code == 0
    methods = {"read": "GET", "create": "POST", "update": "PUT", "delete": "DELETE"}
    kinds = kinds_on_disk(triluna)
    assert kinds[-2:] == ["test", "test"]
    assert [methods[kind] for kind in kinds[:-2]] == [request["method"] for request in sandbox.log()[:-2]]
    assert kinds.count("create") == 1


def test_the_test_of_the_token_is_counted_while_the_window_is_open(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("sync").code == 0
    before = len(sandbox.log())
    ground = prepare(Options(data_dir=triluna.data_dir, api_url=triluna.api_url))
    lock = ProfileLock(ground.paths.lock_file)
    assert lock.acquire()
    profile = open_profile(ground, Options(data_dir=triluna.data_dir, api_url=triluna.api_url))
    profile.account.use(sandbox.token)

    async def poll_while_the_command_runs() -> int:
        await profile.account.client.read_patterns()
        done = await asyncio.to_thread(triluna, "token", "test")
        assert done.code == 0
        await profile.account.client.read_patterns()
        used = profile.session.status.requests_this_hour
        await profile.close()
        return used

    assert asyncio.run(poll_while_the_command_runs()) == before + 4
    assert kinds_on_disk(triluna)[-4:] == ["read", "test", "test", "read"]
    lock.release()
    ground.close_log()


def test_what_another_process_has_used_up_holds_the_window_too(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("sync").code == 0
    store = SqliteStore(database(triluna))
    store.open()
    clock = SystemClock()
    budget = RequestBudget(clock, ledger=RequestLedger(store, clock, uptime))
    assert budget.used < 10
    spend(triluna, 1000 - budget.used)
    sent = len(sandbox.log())
    with pytest.raises(RateLimitedError) as refused:
        asyncio.run(_read_once(triluna, sandbox, budget))
    assert 3500 < (refused.value.retry_after or 0) <= 3601
    assert len(sandbox.log()) == sent
    assert budget.used == 1000
    store.close()


async def _read_once(triluna: CommandLine, sandbox: SandboxProcess, budget: RequestBudget) -> None:
    from triluna_desktop.api.client import TriLunaClient

    client = TriLunaClient(triluna.api_url, lambda: sandbox.token, clock=SystemClock(), budget=budget)
    try:
        await client.read_patterns()
    finally:
        await client.aclose()


def test_the_reserve_lets_an_edit_out_and_no_reading(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    assert triluna("sync").code == 0
    spend(triluna, 950)
    sent = len(sandbox.log())

    done = triluna("sync")

    assert done.code == 3
    assert "kept for edits" in done.stderr
    assert len(sandbox.log()) == sent
    assert triluna("block", DAY, "9:00-10:00").code == 0
    assert [entry["date"] for entry in sandbox.entries()] == [DAY]


def test_what_the_server_asked_to_wait_holds_the_next_command_too(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("list").code == 0
    sandbox.faults({"kind": "status_before", "status": 429, "headers": {"Retry-After": "1800"}})
    assert triluna("sync").code == 3
    sent = len(sandbox.log())

    done = triluna("sync")
    assert done.code == 3
    assert "No more requests are allowed" in done.stderr
    assert triluna("token", "test").code == 3
    assert len(sandbox.log()) == sent


def test_a_database_that_is_missing_empty_or_of_another_version_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "calendar.sqlite3"
    assert not is_set_up(path)
    path.write_bytes(b"")
    assert not is_set_up(path)
    path.write_bytes(b"no database at all, whatever its name says" * 200)
    assert not is_set_up(path)
    path.unlink()
    store = SqliteStore(path)
    store.open()
    assert is_set_up(path)
    store.close()
