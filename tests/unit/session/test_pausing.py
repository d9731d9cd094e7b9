"""A pause: nothing is sent or read by itself, and what the user asks for goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.offline_session import slot

from triluna_desktop import commands
from triluna_desktop.domain import edits
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk


async def test_nothing_is_read_or_sent_while_syncing_is_paused(desk: Desk) -> None:
    asked = len(desk.api.log)
    desk.session.pause(is_on=True)
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.send_now()
    await desk.run_for(3600)
    assert len(desk.api.log) == asked
    status = desk.session.status
    assert (status.state, status.unsent, desk.session.is_paused) == (ConnectionState.PAUSED, 1, True)


async def test_what_was_queued_during_a_pause_is_sent_when_it_ends(desk: Desk) -> None:
    desk.session.pause(is_on=True)
    await desk.session.apply(edits.create(slot("a")))
    desk.session.pause(is_on=False)
    await desk.run_for(0)
    assert desk.api.contents() == [slot("a").content()]
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_f5_asks_the_server_in_a_pause_and_the_pause_goes_on(desk: Desk) -> None:
    desk.session.pause(is_on=True)
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.sync_now()
    assert desk.api.contents() == [slot("a").content()]
    asked = len(desk.api.log)
    await desk.run_for(3600)
    assert (len(desk.api.log), desk.session.status.state) == (asked, ConnectionState.PAUSED)


async def test_a_new_start_of_the_app_is_not_paused(desk: Desk) -> None:
    desk.session.pause(is_on=True)
    await desk.session.apply(edits.create(slot("a")))
    await desk.restart()
    await desk.run_for(0)
    assert desk.api.contents() == [slot("a").content()]


async def test_who_subscribes_is_told_of_the_pause(desk: Desk) -> None:
    desk.seen.clear()
    desk.session.pause(is_on=True)
    assert [changes.status for changes in desk.seen] == [True]


async def test_a_command_reads_the_server_in_a_pause_and_says_that_an_edit_waits(desk: Desk) -> None:
    desk.session.pause(is_on=True)
    listed = await commands.run(desk.session, desk.clock, {"command": "list", "from": None, "to": None})
    assert listed.exit_code == commands.DONE
    blocked = await commands.run(desk.session, desk.clock, {"command": "open", "when": "30m"})
    assert (blocked.exit_code, "paused" in blocked.message) == (commands.QUEUED, True)
    assert (await commands.run(desk.session, desk.clock, {"command": "sync"})).exit_code == commands.DONE
