"""What became of a create that nobody answered: found at once where it landed, sent again only once it cannot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.sync.plan import PATIENCE_CAP_SECONDS, SETTLE_SECONDS
from triluna_desktop.sync.ports import OpState

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


@pytest.mark.parametrize(
    ("what", "strict"), [("create", False), ("create", True), ("change", False), ("delete", True)]
)
async def test_a_server_that_answers_no_write_is_asked_ever_more_seldom(
    desk: Desk, what: str, strict: bool
) -> None:
    desk.api.refuses_overlaps = desk.session._link.refuses_overlaps = strict
    a = slot("a")
    if what != "create":
        await desk.session.apply(edits.create(a))
        await desk.run_for(10)
    desk.api.write_faults.extend(["before"] * 1000)
    desk.api.log.clear()
    wanted = {
        "create": edits.create(a),
        "change": edits.change(a, slot("a", title="x")),
        "delete": edits.delete(a),
    }
    await desk.session.apply(wanted[what])
    await desk.run_for(3600)
    polls = 60
    assert 10 <= len(desk.api.writes) <= 25
    assert len(desk.api.log) <= polls + 3 * len(desk.api.writes) + 1
    desk.api.write_faults.clear()
    await desk.run_for(PATIENCE_CAP_SECONDS + 70)
    assert desk.ops() == []
    assert len(desk.api.entries) == (0 if what == "delete" else 1)


async def test_what_nobody_answers_holds_up_no_later_edit(desk: Desk) -> None:
    desk.session._link.refuses_overlaps = True
    desk.api.write_faults.extend(["before"] * 8)
    await desk.session.apply(edits.create(slot("a")))
    while desk.api.write_faults:
        await desk.run_for(1)
    await desk.run_for(5)
    await desk.session.apply(edits.create(slot("b", 720, 780)))
    await desk.run_for(1)
    assert [op.key for op in desk.ops()] == ["a"]
    await desk.run_for(PATIENCE_CAP_SECONDS)
    assert desk.ops() == []
    assert len(desk.api.entries) == 2


@pytest.mark.parametrize("what", ["create", "delete"])
async def test_the_user_need_not_wait_for_what_has_not_been_answered_for_long(desk: Desk, what: str) -> None:
    a = slot("a")
    if what == "delete":
        await desk.session.apply(edits.create(a))
        await desk.run_for(10)
    desk.api.write_faults.extend(["before"] * 1000)
    await desk.session.apply(edits.create(a) if what == "create" else edits.delete(a))
    await desk.run_for(3000)
    desk.api.write_faults.clear()
    while desk.session.item("a") is not None and desk.ops()[0].state is OpState.UNCERTAIN:
        await desk.run_for(1)  # What may still land is waited for all the same.
    asked = asyncio.create_task(desk.session.sync_now())
    await desk.run_for(1)
    await asked
    assert desk.ops() == []
    assert len(desk.api.entries) == (1 if what == "create" else 0)


async def test_a_new_run_waits_no_longer_than_for_a_first_request(desk: Desk) -> None:
    desk.api.write_faults.extend(["before"] * 1000)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(3000)
    desk.api.write_faults.clear()
    await desk.restart()
    syncing = asyncio.create_task(desk.session.sync_now(until_settled=True))
    await desk.run_for(SETTLE_SECONDS + 5)
    assert syncing.done()
    assert desk.ops() == []
