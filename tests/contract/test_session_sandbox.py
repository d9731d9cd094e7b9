"""The session, the client and the sandbox together, over a real socket, some of it in killed processes."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.api_client import open_client
from tests.helpers.clock import FakeClock
from tests.helpers.sandbox import FULL_TOKEN, SandboxProcess

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session import ConnectionState, SendState, Session
from triluna_desktop.store.calendar import SqliteStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from triluna_desktop.session import Changes

DAY = date(2026, 11, 26)
ROOT = Path(__file__).resolve().parents[2]


def slot(key: str, start: int = 540, end: int = 600) -> Entry:
    return Entry(key, DAY, start, end, title=key)


class Running:
    """A running session on a real store and a real client, with a clock that the test moves."""

    def __init__(self, session: Session, clock: FakeClock) -> None:
        self.session = session
        self.clock = clock
        self._changed = asyncio.Event()
        session.subscribe(self._note)

    def _note(self, _: Changes) -> None:
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition on the session, looked at after each change that it announces."""
        async with asyncio.timeout(20):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def settle(self, key: str) -> None:
        """Let the time pass in which an old request may land, step by step, until the item is settled."""
        for _ in range(100):
            view = self.session.item(key)
            if view is None or view.state is not SendState.CONFIRMING:
                return
            await self.clock.run_for(5)
            await self.session.send_now()
        raise AssertionError(f"{key} is still being confirmed")

    def state(self, key: str) -> SendState | None:
        view = self.session.item(key)
        return None if view is None else view.state


@asynccontextmanager
async def running(path: Path, url: str) -> AsyncIterator[Running]:
    clock = FakeClock()
    clock.set_wall(datetime(2026, 11, 23, 10, tzinfo=UTC))
    store = SqliteStore(path)
    store.open()
    async with open_client(url, FULL_TOKEN, clock=clock) as client:
        session = Session(store, client, clock, mode_settings=ModeSettings(), rng=lambda: 0.5, sleep=clock.sleep)
        await session.start()
        try:
            yield Running(session, clock)
        finally:
            await session.stop()
            store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "calendar.db"


def titles(sandbox: SandboxProcess) -> list[str]:
    return sorted(entry["title"] for entry in sandbox.entries())


async def test_what_is_made_moved_and_deleted_lands(sandbox: SandboxProcess, path: Path) -> None:
    async with running(path, sandbox.url) as app:
        pattern = Pattern("p", 1, 540, 1440)
        await app.session.apply(edits.create(slot("a"), slot("b", 600, 1440), pattern))
        await app.session.sync_now()
        assert titles(sandbox) == ["a", "b"]
        assert len(sandbox.patterns()) == 1
        await app.session.apply(edits.change(slot("a"), slot("a", 480, 540)))
        await app.session.apply(edits.delete(slot("b", 600, 1440), pattern))
        await app.session.sync_now()
        (entry,) = sandbox.entries()
        assert (entry["start_time"], entry["end_time"]) == ("08:00:00", "09:00:00")
        assert sandbox.patterns() == []
        assert app.session.status.state is ConnectionState.SYNCED


async def test_the_whole_calendar_comes_with_one_request(sandbox: SandboxProcess, path: Path) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00", title="there")
    sandbox.add_pattern(1, "09:00", "17:00")
    async with running(path, sandbox.url) as app:
        await app.until(lambda: app.session.status.ever_synced)
        view = app.session.days(DAY, 1)
        assert view.loaded
        assert [each.item.title for each in view.entries] == ["there"]
        assert len(view.patterns) == 1
        assert len(sandbox.log()) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_before"},
        {"kind": "drop_after"},
        {"kind": "status_before", "status": 500},
        {"kind": "status_after", "status": 500},
        {"kind": "truncate"},
        {"kind": "no_content"},
        {"kind": "captive_portal"},
        {"kind": "captive_portal", "apply": True},
        {"kind": "zombie", "seconds": 0.05},
    ],
    ids=lambda fault: " ".join(map(str, fault.values())),
)
@pytest.mark.parametrize("overlaps", [False, True], ids=["strict", "lenient"])
async def test_an_uncertain_create_ends_exactly_once(
    sandbox: SandboxProcess, path: Path, fault: dict[str, object], overlaps: bool
) -> None:
    sandbox.configure(allow_overlaps=overlaps)
    async with running(path, sandbox.url) as app:
        await app.until(lambda: app.session.status.ever_synced)
        sandbox.faults({**fault, "method": "POST", "times": 1})
        await app.session.apply(edits.create(slot("a")))
        await app.session.send_now()
        if fault["kind"] == "zombie":
            await asyncio.to_thread(sandbox.wait_until, lambda: titles(sandbox) == ["a"])
        await app.settle("a")
        assert titles(sandbox) == ["a"]
        assert app.state("a") is SendState.SENT


async def test_an_edit_made_offline_lands_when_the_server_is_back(path: Path, tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "server.db") as server:
        async with running(path, server.url) as app:
            await app.until(lambda: app.session.status.ever_synced)
            server.kill()
            await app.session.apply(edits.create(slot("a")))
            await app.session.sync_now()
            assert app.session.status.state is ConnectionState.OFFLINE
            assert app.state("a") is SendState.PENDING
            server.start()
            await app.session.sync_now()
            await app.settle("a")
            assert titles(server) == ["a"]


async def test_the_last_seen_week_opens_without_a_server(path: Path) -> None:
    with SandboxProcess() as server:
        server.add_entry(DAY, "09:00", "10:00", title="there")
        async with running(path, server.url) as app:
            await app.until(lambda: app.session.status.ever_synced)
        url = server.url
    async with running(path, url) as app:
        assert [each.item.title for each in app.session.days(DAY, 1).entries] == ["there"]
        await app.session.sync_now()
        assert app.session.status.state is ConnectionState.OFFLINE
        assert app.session.status.ever_synced


async def test_an_empty_list_over_a_full_cache_deletes_nothing(sandbox: SandboxProcess, path: Path) -> None:
    for hour in range(8, 14):
        sandbox.add_entry(DAY, f"{hour:02}:00", f"{hour:02}:30")
    async with running(path, sandbox.url) as app:
        await app.session.sync_now()  # The first read has ended, and not just written all it has.
        sandbox.faults({"kind": "empty_list", "method": "GET", "times": 3})
        await app.session.sync_now()
        assert len(app.session.days(DAY, 1).entries) == 6
        assert app.session.status.shrink is not None
        await app.session.sync_now()
        assert app.session.status.shrink is None


@pytest.mark.parametrize("kind", ["hold", "hold_after"])
async def test_killed_in_the_middle_of_a_post_the_edit_ends_exactly_once(
    sandbox: SandboxProcess, path: Path, kind: str
) -> None:
    """SIGKILL while the server holds the POST, not yet or already carried out; then a new start."""
    sandbox.faults({"kind": kind, "method": "POST", "times": 1})
    process = await start_killable(path, sandbox)
    await asyncio.to_thread(sandbox.wait_until, lambda: any(each["method"] == "POST" for each in sandbox.log()))
    process.kill()
    process.wait()
    sandbox.release()
    await asyncio.to_thread(sandbox.wait_until, lambda: titles(sandbox) == ["killed"])
    check_integrity(path)
    async with running(path, sandbox.url) as app:
        assert app.state("killed") is SendState.CONFIRMING
        await app.until(lambda: app.session.status.ever_synced)
        await app.settle("killed")
        assert titles(sandbox) == ["killed"]
        assert app.state("killed") is SendState.SENT
        assert len(app.session.days(DAY, 1).entries) == 1


async def test_killed_right_after_the_edit_it_is_on_disk_and_sent_at_the_next_start(path: Path) -> None:
    with SandboxProcess() as server:
        server.faults({"kind": "hold", "method": "GET", "times": 1})
        process = await start_killable(path, server)
        await asyncio.to_thread(server.wait_until, lambda: len(server.log()) > 0)
        process.kill()
        process.wait()
        check_integrity(path)
        server.release()
        async with running(path, server.url) as app:
            assert app.state("killed") is SendState.PENDING
            await app.session.sync_now()
            assert titles(server) == ["killed"]


async def start_killable(path: Path, server: SandboxProcess) -> subprocess.Popen[str]:
    """A session in another process, whose edit is on disk when this returns."""

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.killed_session", str(path), server.url, FULL_TOKEN, "killed"],
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin", "HOME": str(path.parent.parent)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "applied\n"
        process.stdout.close()
        return process

    return await asyncio.to_thread(start)


def check_integrity(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
