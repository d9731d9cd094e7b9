"""A session between opening and starting: what the first paint asks of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.helpers.offline_session import Desk

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.session import ConnectionState, Session

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_session_that_synced_before_says_so_before_it_starts(tmp_path: Path) -> None:
    first = Desk(tmp_path / "calendar.db")
    await first.start()
    synced = first.session.status.last_synced
    await first.kill()
    again = Desk(tmp_path / "calendar.db")
    again.store.open()
    assert synced is not None
    assert again.session.status.last_synced == synced
    assert again.session.status.ever_synced
    assert again.session.status.state is ConnectionState.SYNCING
    await again.kill()


async def test_a_session_says_that_no_account_is_there_only_once_it_started(tmp_path: Path) -> None:
    first = Desk(tmp_path / "calendar.db")
    await first.start()
    await first.kill()
    again = Desk(tmp_path / "calendar.db")
    again.store.open()
    session = Session(again.store, None, again.clock, mode_settings=ModeSettings())
    session.poll_every(60.0, 300.0)  # A setting is no start.
    before = session.status.state
    await session.open()
    assert before is ConnectionState.SYNCING, "the keyring may still bring a token"
    assert session.status.state is ConnectionState.NO_TOKEN
    await session.stop()
    await again.kill()


async def test_dates_looked_at_before_the_start_are_read_after_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    far = desk.clock.now().date() + timedelta(days=700)
    desk.session.look_at(far, far + timedelta(days=6))
    await desk.start()
    await desk.run_for(0)
    assert desk.session.days(far).loaded
    await desk.kill()


async def test_a_window_hidden_before_the_start_polls_every_five_minutes(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.session.set_visible(visible=False)
    await desk.start()
    await desk.run_for(0)
    desk.api.log.clear()
    await desk.run_for(290)
    assert desk.api.log == []
    await desk.run_for(20)
    assert len(desk.api.log) == 1
    await desk.kill()


def test_a_session_that_only_reads_loads_no_asyncio() -> None:
    program = "import sys; import triluna_desktop.session; sys.exit('asyncio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
