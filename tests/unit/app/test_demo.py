"""The demo's server: a process of its own, found again after it ended, gone with its owner."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.demo import DemoAddress, DemoServer, DemoServerError, demo_url, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    started = DemoServer(tmp_path / "demo.sqlite3", free_port())
    yield started
    started.stop()


def entries(address: DemoAddress) -> bytes:
    """What a GET of the calendar says."""
    request = urllib.request.Request(
        f"{address.url}/calendar/availability", headers={"Authorization": f"Bearer {address.token}"}
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        body: bytes = reply.read()
    return body


def pid_of(server: DemoServer) -> int:
    assert server._process is not None
    return server._process.pid


def environ_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_it_listens_where_it_was_told_with_a_sample_calendar(server: DemoServer) -> None:
    address = await server.start()
    assert address.url == demo_url(server._port)
    assert b"Lunch" in entries(address)


async def test_it_is_started_again_on_the_same_port_when_it_ends_by_itself(server: DemoServer) -> None:
    first = await server.start()
    again: asyncio.Future[DemoAddress] = asyncio.get_running_loop().create_future()
    keeping = asyncio.create_task(server.keep_running(again.set_result))
    os.kill(pid_of(server), signal.SIGKILL)
    second = await asyncio.wait_for(again, 20)
    assert second.url == first.url
    assert b"Lunch" in entries(second)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    server.stop()  # A thread of the loop waits for the process, and the loop for that thread.


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the environment of a process so")
async def test_it_gets_no_token_of_the_environment_and_its_own_is_not_shown(
    server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", "tl_live_9f3c7d1e5b2a")
    address = await server.start()
    environ = environ_of(pid_of(server))
    assert b"PATH=" in environ
    assert b"TRILUNA_TOKEN" not in environ
    assert address.url in repr(address)
    assert address.token not in repr(address)


async def test_a_stop_ends_it_and_may_be_repeated(server: DemoServer) -> None:
    await server.start()
    pid = pid_of(server)
    server.stop()
    server.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_database_that_is_none_is_said_and_leaves_no_process(tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite3"
    file.write_bytes(b"something else entirely" * 100)
    server = DemoServer(file, free_port())
    with pytest.raises(DemoServerError):
        await server.start()
    server.stop()
    assert file.read_bytes().startswith(b"something else")
