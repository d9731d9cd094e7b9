"""What became of a create that nobody answered: found at once where it landed, sent again only once it cannot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.sync.plan import SETTLE_SECONDS

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk


async def test_a_start_looks_at_once_for_a_create_that_landed_unseen(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert len(desk.ops()) == 1
    await desk.restart()
    assert desk.ops() == []
    assert len(desk.api.entries) == 1


async def test_a_start_does_not_send_again_before_an_old_request_can_have_landed(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.restart()
    await desk.run_for(SETTLE_SECONDS - 1)
    assert len(desk.api.writes) == 1
    await desk.run_for(5)
    assert desk.ops() == []
    assert len(desk.api.entries) == 1


async def test_a_sync_can_wait_until_what_is_uncertain_has_settled(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.restart()
    syncing = asyncio.create_task(desk.session.sync_now(until_settled=True))
    await desk.run_for(SETTLE_SECONDS - 1)
    assert not syncing.done()
    await desk.run_for(5)
    assert syncing.done()
    assert desk.session.status.unsent == 0


async def test_a_sync_does_not_wait_for_a_server_that_is_away(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.kill()
    desk.api.read_faults.extend(["unsent"] * 20)
    await desk.restart()
    syncing = asyncio.create_task(desk.session.sync_now(until_settled=True))
    await desk.run_for(0)
    assert syncing.done()
    assert desk.session.status.unsent == 1


async def test_reads_that_fail_in_between_do_not_make_a_question_of_what_is_absent(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(SETTLE_SECONDS - 1)
    desk.api.read_faults.extend([None, "before"] * 12)
    await desk.run_for(3000)
    assert desk.ops() == []
    assert len(desk.api.entries) == 1
