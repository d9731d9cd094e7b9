"""When a command waits for the server, and when it need not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import Desk, desk_at

from triluna_desktop import commands
from triluna_desktop.session.quick import ForMinutes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path / "data" / "calendar.db") as desk:
        yield desk


async def test_a_release_of_what_was_never_sent_waits_for_no_server(desk: Desk) -> None:
    desk.api.add(desk.clock.now().date(), 540, 720, "Open")
    await desk.session.sync_now()
    await desk.run_for(120)  # What was read is too old to send anything on.
    desk.api.held = asyncio.Event()
    blocking = asyncio.ensure_future(
        commands.run(desk.session, desk.clock, {"command": "block", "when": "14:00-15:00"})
    )
    quick = await desk.session.quick.block(ForMinutes(30))
    assert quick.edit is not None
    await desk.run_for(0)
    releasing = asyncio.ensure_future(commands.run(desk.session, desk.clock, {"command": "release"}))
    await desk.run_for(0)
    assert (releasing.done(), blocking.done()) == (True, False), "nothing of it is to be sent"
    assert (releasing.result().exit_code, desk.api.writes) == (commands.DONE, [])
    desk.api.held.set()
    desk.api.held = None
    assert (await blocking).exit_code == commands.DONE
