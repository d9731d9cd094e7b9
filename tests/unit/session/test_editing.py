"""Edits, undo and redo on the queue; crashes; what is bookable."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import Changes, EditRefusedError, RefusalReason, SendState
from triluna_desktop.sync.ports import OpState

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session.undo import Undone


def go_offline(desk: Desk) -> None:
    fault: Fault = "unsent"
    desk.api.write_faults.extend([fault] * 40)


def told(undone: Undone | None) -> Edit | None:
    return None if undone is None else undone.edit


async def test_create_move_and_delete_that_were_never_sent_are_nothing(desk: Desk) -> None:
    go_offline(desk)
    moved = slot("a", 660, 720)
    for edit in (edits.create(slot("a")), edits.change(slot("a"), moved), edits.delete(moved)):
        await desk.session.apply(edit)
    assert desk.ops() == []
    desk.api.write_faults.clear()
    await desk.run_for(60)
    assert desk.api.writes == []


async def test_undo_takes_edits_back_one_by_one_and_redo_does_them_again(desk: Desk) -> None:
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.apply(edits.change(slot("a"), moved))
    assert told(await desk.session.undo()) == edits.change(moved, slot("a"))
    assert desk.shown() == [slot("a")]
    assert told(await desk.session.undo()) == edits.delete(slot("a"))
    assert desk.shown() == []
    assert await desk.session.undo() is None
    assert (desk.session.can_undo, desk.session.can_redo) == (False, True)
    assert told(await desk.session.redo()) == edits.create(slot("a"))
    assert told(await desk.session.redo()) == edits.change(slot("a"), moved)
    assert await desk.session.redo() is None
    await desk.run_for(0)
    assert desk.api.contents() == [moved.content()]


async def test_undo_of_what_was_sent_sends_the_inverse(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.session.undo()
    await desk.run_for(0)
    assert desk.api.entries == {}
    await desk.session.redo()
    await desk.run_for(0)
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(0)
    await desk.session.undo()
    await desk.run_for(0)
    assert desk.api.contents() == [slot("a").content()]


async def test_a_new_edit_forgets_what_could_be_redone(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.undo()
    await desk.session.apply(edits.create(slot("b")))
    assert not desk.session.can_redo


async def test_undo_of_what_was_changed_elsewhere_is_refused_and_forgotten(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    ((server_id, entry),) = desk.api.entries.items()
    desk.api.entries[server_id] = replace(entry, title="changed")
    await desk.session.sync_now()
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.undo()
    assert refusal.value.reason is RefusalReason.CHANGED_SINCE
    assert not desk.session.can_undo


async def test_an_edit_of_something_that_is_no_longer_so_is_refused_whole(desk: Desk) -> None:
    edit = edits.Edit((edits.Change(None, slot("b")), edits.Change(slot("a"), slot("a", 660, 720))))
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.apply(edit)
    assert (refusal.value.reason, refusal.value.detail) == (RefusalReason.STALE, "a")
    assert desk.ops() == []


async def test_a_pattern_that_was_never_sent_is_changed(desk: Desk) -> None:
    go_offline(desk)
    pattern = Pattern("p", 1, 540, 600)
    await desk.session.apply(edits.create(pattern))
    later = replace(pattern, weekday=2)
    await desk.session.apply(edits.change(pattern, later))
    views = desk.session.days(THURSDAY).patterns
    assert [(view.item, view.state) for view in views] == [(later, SendState.PENDING)]
    view = desk.session.item("p")
    assert view is not None
    assert view.item == later


async def test_what_is_being_sent_cannot_be_dropped(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    desk.api.entries.clear()
    await desk.session.apply(edits.create(slot("a")))
    desk.api.held.set()
    desk.api.held = None
    await asyncio.sleep(0)
    create = desk.api.create_entry
    gate = asyncio.Event()

    async def slow_create(entry: object) -> object:
        await gate.wait()
        return await create(entry)  # type: ignore[arg-type]

    desk.api.create_entry = slow_create  # type: ignore[method-assign, assignment]
    await desk.run_for(0)
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.discard("a")
    assert refusal.value.reason is RefusalReason.STALE
    gate.set()
    await desk.run_for(0)
    assert desk.ops() == []


async def test_a_failed_delete_stands_there_again_and_can_be_retried(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.REJECTED
    assert desk.session.dates_with_entries(THURSDAY, THURSDAY) == {THURSDAY}
    await desk.session.retry("a")
    assert desk.session.dates_with_entries(THURSDAY, THURSDAY) == frozenset()
    await desk.run_for(0)
    assert desk.api.entries == {}


async def test_a_failed_delete_can_be_edited_instead(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(0)
    await desk.session.apply(edits.change(slot("a"), slot("a", 660, 720)))
    await desk.run_for(0)
    assert desk.api.contents() == [slot("a", 660, 720).content()]


async def test_retrying_what_has_not_failed_does_nothing(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    requests = len(desk.api.log)
    await desk.session.retry("a")
    await desk.session.retry("nobody")
    await desk.run_for(0)
    assert len(desk.api.log) == requests


async def test_later_edits_of_what_is_gone_elsewhere_wait_for_the_same_decision(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    desk.api.entries.clear()
    desk.api.write_faults.extend(["before", "before"])
    both = edits.Edit(
        (
            edits.Change(slot("a"), slot("a", 0, 60)),
            edits.Change(slot("b", 660, 720), slot("b", 700, 720)),
        )
    )
    await desk.session.apply(both)
    await desk.run_for(1)
    await desk.session.apply(edits.change(slot("a", 0, 60), slot("a", 60, 120)))
    await desk.session.apply(edits.delete(slot("b", 700, 720)))
    await desk.run_for(40)
    view = desk.session.item("a")
    assert view is not None
    assert (view.item, view.state) == (slot("a", 60, 120), SendState.CONFLICT)
    assert desk.session.item("b") is None
    assert len(desk.ops()) == 1


@pytest.mark.parametrize("fault", ["before", "after", "zombie"])
async def test_killed_in_the_middle_of_a_request_it_ends_exactly_once(desk: Desk, fault: Fault) -> None:
    desk.api.write_faults.append(fault)
    create = desk.api.create_entry

    async def create_and_hang(entry: object) -> object:
        try:
            return await create(entry)  # type: ignore[arg-type]
        finally:
            await asyncio.Event().wait()

    desk.api.create_entry = create_and_hang  # type: ignore[method-assign, assignment]
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert [op.state for op in desk.ops()] == [OpState.SENDING]
    desk.api.create_entry = create  # type: ignore[method-assign]
    await desk.restart()
    assert desk.shown() == [slot("a")]
    await desk.run_for(120)
    assert desk.api.contents() == [slot("a").content()]
    assert desk.ops() == []


async def test_queued_edits_survive_a_restart_and_are_sent(desk: Desk) -> None:
    go_offline(desk)
    pattern = Pattern("p", 1, 540, 600)
    await desk.session.apply(edits.create(slot("a"), pattern))
    await desk.run_for(5)
    await desk.kill()
    desk.api.write_faults.clear()
    await desk.restart()
    await desk.run_for(0)
    assert desk.api.contents() == [slot("a").content()]
    assert len(desk.api.patterns) == 1


async def test_blocked_edits_are_tried_again_after_a_restart(desk: Desk) -> None:
    desk.api.write_faults.append("unauthorized")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.restart()
    assert len(desk.api.entries) == 1


async def test_what_waited_for_another_edit_waits_no_more_when_that_is_dropped(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    desk.api.write_faults.extend(["before"])
    away = edits.Edit(
        (
            edits.Change(slot("a"), slot("a", 800, 860)),
            edits.Change(slot("b", 660, 720), slot("b", 540, 600)),
        )
    )
    await desk.session.apply(away)
    await desk.run_for(10)
    assert [op.waits_for is not None for op in desk.ops()] == [False, True]
    await desk.restart()
    await desk.session.discard("a")
    await desk.run_for(1)
    view = desk.session.item("b")
    assert view is not None
    assert view.state is SendState.CONFLICT


async def test_availability_counts_unsent_edits_and_patterns_in(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a"), Pattern("p", 5, 600, 660)))
    days = desk.session.availability(THURSDAY, 3)
    assert [day.date for day in days] == [THURSDAY + timedelta(days=number) for number in range(3)]
    assert [day.minutes for day in days] == [60, 60, 0]


async def test_changing_the_mode_is_announced_as_a_change_of_every_date(desk: Desk) -> None:
    settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
    desk.session.mode_settings = settings
    assert desk.session.mode_settings == settings
    assert desk.seen[-1] == Changes(dates=None)
    assert desk.session.availability(THURSDAY, 1)[0].minutes == 720


async def test_an_edit_is_announced_with_its_dates_and_only_to_those_who_still_listen(desk: Desk) -> None:
    heard: list[Changes] = []
    unsubscribe = desk.session.subscribe(heard.append)
    friday = THURSDAY + timedelta(days=1)
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.apply(edits.change(slot("a"), slot("a", day=friday)))
    dates = [changes.dates for changes in heard if changes.dates]
    assert dates[-1] == {THURSDAY, friday}
    unsubscribe()
    unsubscribe()
    count = len(heard)
    await desk.session.undo()
    assert len(heard) == count


async def test_stopped_in_the_middle_of_a_request_and_started_again_it_ends_exactly_once(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    create, gate = desk.api.create_entry, asyncio.Event()

    async def create_and_hang(entry: object) -> object:
        try:
            return await create(entry)  # type: ignore[arg-type]
        finally:
            await gate.wait()

    desk.api.create_entry = create_and_hang  # type: ignore[method-assign, assignment]
    await desk.run_for(0)
    await desk.session.stop()
    assert [op.state for op in desk.ops()] == [OpState.SENDING]
    desk.api.create_entry = create  # type: ignore[method-assign]
    await desk.session.start()
    await desk.run_for(120)
    assert desk.api.contents() == [slot("a").content()]
    assert desk.ops() == []


async def test_a_pattern_changed_behind_its_own_refused_deletion_is_changed(desk: Desk) -> None:
    pattern = Pattern("p", 1, 540, 600)
    later = replace(pattern, weekday=2)
    await desk.session.apply(edits.create(pattern))
    await desk.run_for(0)
    delete_pattern, gate = desk.api.delete_pattern, asyncio.Event()

    async def slow_delete(server_id: int) -> None:
        await gate.wait()
        await delete_pattern(server_id)

    desk.api.delete_pattern = slow_delete  # type: ignore[method-assign]
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.delete(pattern))
    await desk.run_for(0)
    await desk.session.undo()
    await desk.session.apply(edits.change(pattern, later))
    gate.set()
    await desk.run_for(0)
    assert [shown.item for shown in desk.session.days(THURSDAY).patterns] == [later]
    assert [each.content() for each in desk.api.patterns.values()] == [later.content()]


async def test_a_repeated_opening_takes_up_the_last_run_once(desk: Desk) -> None:
    await desk.session.open()
    assert desk.session.status.ever_synced
