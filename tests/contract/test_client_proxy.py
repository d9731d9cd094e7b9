"""The proxy that the user chose: a real one, which writes down what it is asked for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from tests.helpers.manual_clock import ManualClock

from triluna_desktop.account import proxy_of
from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.api.limits import SYSTEM_PROXY
from triluna_desktop.domain.remote import RemoteError, Trouble
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess


@asynccontextmanager
async def proxy() -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that refuses everything; its address, and the first lines of what it was asked."""
    asked: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_requests_go_through_the_proxy_that_was_chosen_from_the_next_one_on() -> None:
    clock, chosen = ManualClock(), ""
    async with proxy() as (address, asked):
        client = TriLunaClient(
            "https://api.invalid/public",
            lambda: "token",
            clock=clock,
            budget=RequestBudget(clock),
            proxy=lambda: chosen,
        )
        with pytest.raises(RemoteError) as direct:
            await client.read_patterns()
        assert direct.value.trouble is Trouble.NO_CONNECTION
        assert asked == [], "none was chosen"

        chosen = address
        client.proxy_changed()
        with pytest.raises(RemoteError) as refused:
            await client.read_patterns()

        assert asked == ["CONNECT api.invalid:443 HTTP/1.1"]
        assert refused.value.trouble is Trouble.PROXY
        await client.aclose()


async def test_a_server_on_this_computer_is_reached_without_any(sandbox: SandboxProcess) -> None:
    clock = ManualClock()
    async with proxy() as (address, asked):
        client = TriLunaClient(
            sandbox.url, lambda: sandbox.token, clock=clock, budget=RequestBudget(clock), proxy=lambda: address
        )
        assert (await client.read_patterns()).patterns == ()
        assert asked == []
        await client.aclose()


def test_the_settings_name_the_proxy(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(table.NETWORK_PROXY_ADDRESS, "http://proxy.example.org:8080")
    assert proxy_of(settings) == SYSTEM_PROXY
    settings.set(table.NETWORK_PROXY, "none")
    assert proxy_of(settings) == ""
    settings.set(table.NETWORK_PROXY, "address")
    assert proxy_of(settings) == "http://proxy.example.org:8080"
