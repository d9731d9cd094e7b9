"""*Block now*, *Open now* and *Release early* on a session: on disk, through a restart, undone, refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import slot

from triluna_desktop.domain.edits import Change, Edit, create, delete
from triluna_desktop.domain.now import Standing
from triluna_desktop.domain.quick import Nothing
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.session.quick import ForMinutes, RestOfDay, What
from triluna_desktop.sync.ports import DiskFullError

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

TODAY = date(2025, 9, 1)
"""It is 10:00 on this date at the desk's start."""
NOON, HALF = 720, 30


async def open_from_nine_to_noon(desk: Desk) -> None:
    desk.api.add(TODAY, 540, NOON, "Open")
    await desk.session.sync_now()


def spans(desk: Desk) -> list[tuple[int, int, bool]]:
    """What the screen shows of today."""
    return sorted((each.start, each.end, each.is_available) for each in desk.shown(TODAY))


def on_server(desk: Desk) -> list[tuple[int, int]]:
    return sorted((each.start, each.end) for each in desk.api.entries.values())


async def test_a_block_is_sent_as_one_step_that_can_be_undone(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    assert desk.session.quick.now().standing is Standing.BOOKABLE
    await desk.session.quick.block(ForMinutes(30))
    await desk.run_for(0)
    assert spans(desk) == [(540, 600, True), (630, 720, True)]
    assert on_server(desk) == [(540, 600), (630, 720)]
    assert desk.session.quick.now().standing is Standing.BLOCKED
    await desk.session.undo()
    await desk.run_for(0)
    assert on_server(desk) == [(540, NOON)]
    assert not desk.session.quick.can_release


async def test_it_is_released_after_a_restart_and_once_the_server_has_given_it_an_id(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(RestOfDay())
    await desk.run_for(10 * 60)
    await desk.restart()
    assert desk.session.quick.can_release
    done = await desk.session.quick.release()
    assert [(part.interval.start, part.interval.end) for part in done.opened] == [(610, NOON)]
    assert spans(desk) == [(540, 600, True), (610, NOON, True)]
    assert not desk.session.quick.can_release
    assert (await desk.session.quick.release()).edit is None


async def test_a_block_that_was_never_sent_and_is_released_leaves_nothing_to_send(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    desk.api.write_faults.extend(["unsent"] * 10)
    done = await desk.session.quick.block(ForMinutes(30))
    (gap,) = desk.session.quick.not_live(done)
    assert [(each.start, each.end) for each in gap.still_offered] == [(600, 630)]
    release = await desk.session.quick.release()
    assert desk.session.status.unsent == 0
    assert desk.session.quick.not_live(release) == ()
    assert spans(desk) == [(540, NOON, True)]


async def test_two_at_once_make_one_block_as_long_as_both(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    quick = desk.session.quick
    await asyncio.gather(quick.block(ForMinutes(30)), quick.block(ForMinutes(45)), quick.block(ForMinutes(15)))
    assert spans(desk) == [(540, 600, True), (645, NOON, True)]


async def test_a_preview_writes_nothing(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    assert desk.session.quick.preview(What.BLOCK, ForMinutes(30)).edit is not None
    assert desk.session.quick.preview(What.OPEN, ForMinutes(30)).nothing is Nothing.ALREADY_SO
    assert spans(desk) == [(540, NOON, True)]
    assert not desk.session.quick.can_release


async def test_a_token_that_only_reads_refuses_it_and_a_release_is_still_possible_later(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(ForMinutes(30))
    await desk.run_for(0)
    desk.api.write_faults.append("forbidden")
    await desk.session.quick.open(ForMinutes(15))
    await desk.run_for(0)
    assert desk.session.is_read_only
    with pytest.raises(EditRefusedError) as refused:
        await desk.session.quick.release()
    assert refused.value.reason is RefusalReason.READ_ONLY
    assert desk.session.quick.can_release
    desk.session.token_changed()
    await desk.run_for(0)
    await desk.session.quick.release()
    await desk.run_for(0)
    assert on_server(desk) == [(540, NOON)]


async def test_what_was_made_yesterday_is_not_remembered_any_more(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(ForMinutes(30))
    await desk.run_for(24 * 3600)
    assert not desk.session.quick.can_release
    assert desk.session.quick.now().quick_until is None


async def test_an_opening_that_an_undo_made_whole_and_the_user_removed_does_not_come_back(desk: Desk) -> None:
    desk.api.add(TODAY, 600, 630, "Open")
    await desk.session.sync_now()
    await desk.session.quick.block(ForMinutes(30))
    await desk.run_for(0)
    await desk.session.undo()
    (opening,) = desk.shown(TODAY)
    await desk.session.apply(delete(opening))
    await desk.run_for(0)
    assert not desk.session.quick.can_release
    assert desk.session.quick.now().standing is Standing.OUTSIDE_HOURS


async def test_an_opening_that_an_undo_made_whole_and_the_user_shortened_stays_short(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(ForMinutes(30))
    await desk.session.quick.block(ForMinutes(60))
    await desk.run_for(0)
    await desk.session.undo()
    assert spans(desk) == [(540, 600, True), (630, NOON, True)]
    (left,) = (each for each in desk.shown(TODAY) if each.start == 630)
    await desk.session.apply(Edit((Change(left, replace(left, start=660)),)))
    await desk.session.quick.release()
    assert spans(desk) == [(540, 630, True), (660, NOON, True)]


async def test_a_block_that_is_done_again_and_a_release_that_is_undone_can_be_released(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(ForMinutes(30))
    await desk.session.undo()
    await desk.session.redo()
    assert desk.session.quick.can_release
    await desk.session.quick.release()
    assert spans(desk) == [(540, NOON, True)]
    await desk.session.undo()
    assert spans(desk) == [(540, 600, True), (630, NOON, True)]
    await desk.session.quick.release()
    assert spans(desk) == [(540, NOON, True)]


async def test_an_opening_that_was_kept_whole_at_a_conflict_and_is_removed_later_does_not_come_back(
    desk: Desk,
) -> None:
    desk.api.add(TODAY, 600, 630, "Open")
    await desk.session.sync_now()
    (opening,) = desk.shown(TODAY)
    desk.api.write_faults.extend(["unsent"] * 10)
    await desk.session.quick.block(ForMinutes(30))
    assert spans(desk) == []
    await desk.session.discard(opening.key)
    assert spans(desk) == [(600, 630, True)]
    await desk.session.apply(delete(opening))
    assert not desk.session.quick.can_release


async def test_what_is_dropped_of_one_cut_leaves_the_other_to_be_released(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    await desk.session.quick.block(ForMinutes(30))
    await desk.run_for(0)
    stranger = slot("mine", 840, 900, day=TODAY)
    desk.api.write_faults.extend(["unsent"] * 10)
    await desk.session.apply(create(stranger))
    await desk.session.discard(stranger.key)
    done = await desk.session.quick.release()
    assert [(part.interval.start, part.interval.end) for part in done.opened] == [(600, 630)]


async def test_a_disk_that_takes_nothing_leaves_neither_the_block_nor_its_memory(desk: Desk) -> None:
    await open_from_nine_to_noon(desk)
    desk.store.failures = [DiskFullError("full")]
    with pytest.raises(EditRefusedError):
        await desk.session.quick.block(ForMinutes(30))
    assert spans(desk) == [(540, NOON, True)]
    assert not desk.session.quick.can_release
