"""An edit of what was changed elsewhere meanwhile: merged where that is possible, else the user is asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState
from triluna_desktop.sync.ports import Actor, StoreError

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import RemoteCalendar, RemoteEntry
    from triluna_desktop.session import ItemView


async def standing(desk: Desk) -> RemoteEntry:
    """An entry "a" that both sides know, 09:00 to 10:00, and another one far from it."""
    await desk.session.apply(edits.create(slot("a", title="seen"), slot("b", 1200, 1260)))
    await desk.run_for(0)
    return next(entry for entry in desk.api.entries.values() if entry.title == "seen")


def change_elsewhere(desk: Desk, entry: RemoteEntry, **values: object) -> None:
    desk.api.entries[entry.id] = replace(entry, **values)  # type: ignore[arg-type]


async def change_here(desk: Desk, **values: object) -> Entry:
    mine = replace(slot("a", title="seen"), **values)  # type: ignore[arg-type]
    await desk.session.apply(edits.change(slot("a", title="seen"), mine))
    await desk.run_for(0)
    return mine


def view_of(desk: Desk, key: str = "a") -> ItemView:
    view = desk.session.item(key)
    assert view is not None
    return view


async def test_changes_of_different_fields_are_merged_and_sent_whole(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs", notes="their note")
    before = len(desk.api.log)
    await change_here(desk, start=600, end=660)
    merged = replace(slot("a", 600, 660, "theirs"), notes="their note")
    assert merged.content() in desk.api.contents()
    assert (view_of(desk).item, view_of(desk).state) == (merged, SendState.SENT)
    assert [request.method for request in desk.api.log[before:]] == ["GET", "PUT"]


async def test_what_a_merge_overwrites_stays_in_the_history(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    await change_here(desk, start=600, end=660)
    (kept,) = desk.store.history(key="a", actor=Actor.SYNC)
    assert (kept.before, kept.after) == (slot("a", title="theirs"), slot("a", 600, 660, "theirs"))


async def test_what_is_wanted_and_there_already_needs_no_request(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="same", notes="and more")
    writes = len(desk.api.writes)
    await change_here(desk, title="same")
    assert len(desk.api.writes) == writes
    assert desk.ops() == []
    assert view_of(desk).item == replace(slot("a", title="same"), notes="and more")


async def test_changes_of_the_same_field_are_asked_about_with_all_three_versions(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    writes = len(desk.api.writes)
    mine = await change_here(desk, title="mine")
    view = view_of(desk)
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.CHANGED)
    assert (view.item, view.confirmed, view.base) == (mine, slot("a", title="theirs"), slot("a", title="seen"))
    await desk.run_for(200)
    assert len(desk.api.writes) == writes


async def test_a_start_from_one_side_and_an_end_from_the_other_that_make_no_slot_are_asked_about(
    desk: Desk,
) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, end=560)
    await change_here(desk, start=580)
    assert view_of(desk).trouble is Trouble.CHANGED


async def test_using_mine_sends_it(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    mine = await change_here(desk, title="mine")
    await desk.session.retry("a")
    await desk.run_for(0)
    assert mine.content() in desk.api.contents()
    assert desk.ops() == []


async def test_using_mine_asks_again_where_it_changed_once_more(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    await change_here(desk, title="mine")
    change_elsewhere(desk, entry, title="theirs again")
    await desk.session.retry("a")
    await desk.run_for(0)
    assert (view_of(desk).trouble, view_of(desk).confirmed) == (Trouble.CHANGED, slot("a", title="theirs again"))


async def test_using_theirs_drops_mine(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    await change_here(desk, title="mine")
    await desk.session.discard("a")
    assert (view_of(desk).item, view_of(desk).state) == (slot("a", title="theirs"), SendState.SENT)


async def test_editing_on_top_of_an_unsent_edit_does_not_hide_a_change_elsewhere(desk: Desk) -> None:
    entry = await standing(desk)
    desk.api.write_faults.extend(["unsent"] * 3)
    mine = await change_here(desk, start=600, end=660)
    change_elsewhere(desk, entry, title="theirs")
    await desk.session.sync_now()
    await desk.session.apply(edits.change(mine, replace(mine, notes="my note")))
    await desk.run_for(60)
    assert replace(slot("a", 600, 660, "theirs"), notes="my note").content() in desk.api.contents()


async def test_what_was_moved_elsewhere_is_found_there_and_merged(desk: Desk) -> None:
    entry = await standing(desk)
    friday = THURSDAY + timedelta(days=1)
    change_elsewhere(desk, entry, date=friday)
    await change_here(desk, title="mine")
    assert slot("a", title="mine", day=friday).content() in desk.api.contents()
    assert desk.ops() == []


async def test_what_was_moved_far_away_and_deleted_elsewhere_is_asked_about_only_after_two_lists(
    desk: Desk,
) -> None:
    entry = await standing(desk)
    for number in range(4):
        desk.api.add(THURSDAY, 60 * number, 60 * number + 30)
    await desk.session.sync_now()
    del desk.api.entries[entry.id]
    before, writes = len(desk.api.reads), len(desk.api.writes)
    mine = await change_here(desk, title="mine")
    view = view_of(desk)
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.NOT_FOUND)
    assert (view.item, view.confirmed, view.base) == (mine, None, slot("a", title="seen"))
    assert (len(desk.api.reads) - before, len(desk.api.writes) - writes) == (2, 0)
    await desk.session.retry("a")
    await desk.run_for(0)
    assert mine.content() in desk.api.contents()


async def test_a_list_that_lies_once_makes_no_conflict(desk: Desk) -> None:
    await standing(desk)
    desk.api.read_faults.append("empty_list")
    mine = await change_here(desk, title="mine")
    assert mine.content() in desk.api.contents()
    assert desk.ops() == []


async def test_lists_that_lack_everything_are_not_believed_but_the_server_is_asked(desk: Desk) -> None:
    await standing(desk)
    desk.api.read_faults.extend(["empty_list", "empty_list"])
    mine = await change_here(desk, title="mine")
    assert mine.content() in desk.api.contents()


async def test_a_deletion_of_what_two_lists_lack_takes_no_request(desk: Desk) -> None:
    entry = await standing(desk)
    for number in range(4):
        desk.api.add(THURSDAY, 60 * number, 60 * number + 30)
    await desk.session.sync_now()
    del desk.api.entries[entry.id]
    writes = len(desk.api.writes)
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(0)
    assert (desk.ops(), len(desk.api.writes)) == ([], writes)
    assert desk.session.item("a") is None


async def test_a_deletion_is_asked_about_where_it_changed_after_the_last_poll(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(0)
    view = view_of(desk)
    assert (view.state, view.trouble, view.item.title) == (SendState.CONFLICT, Trouble.CHANGED, "theirs")
    assert view.base == slot("a", title="seen")
    await desk.session.retry("a")
    await desk.run_for(0)
    assert entry.id not in desk.api.entries


async def test_an_update_that_landed_unanswered_is_not_sent_twice(desk: Desk) -> None:
    await standing(desk)
    writes = len(desk.api.writes)
    desk.api.write_faults.append("after")
    await change_here(desk, title="mine")
    await desk.run_for(60)
    assert (desk.ops(), len(desk.api.writes) - writes) == ([], 1)


async def test_an_update_that_landed_unanswered_does_not_undo_what_came_after_it(desk: Desk) -> None:
    entry = await standing(desk)
    desk.api.write_faults.append("after")
    await change_here(desk, title="mine")
    change_elsewhere(desk, entry, title="theirs, later")
    await desk.run_for(60)
    assert [each.title for each in desk.api.entries.values()] == ["theirs, later", ""]
    assert view_of(desk).trouble is Trouble.CHANGED


async def test_a_deletion_that_got_no_answer_is_not_repeated_on_what_changed_since(desk: Desk) -> None:
    entry = await standing(desk)
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(0)
    change_elsewhere(desk, entry, title="theirs")
    await desk.run_for(10)
    assert entry.id in desk.api.entries
    assert view_of(desk).trouble is Trouble.CHANGED


@pytest.mark.parametrize("edit", ["title", "moved"])
async def test_a_create_that_landed_and_was_changed_elsewhere_before_it_was_seen_is_not_made_twice(
    desk: Desk, edit: str
) -> None:
    desk.api.refuses_overlaps = False
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a", title="mine")))
    await desk.run_for(0)
    (entry,) = desk.api.entries.values()
    changed = {"title": "theirs"} if edit == "title" else {"start": 700, "end": 730}
    change_elsewhere(desk, entry, **changed)
    await desk.run_for(60)
    assert len(desk.api.entries) == 1
    view = view_of(desk)
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.CHANGED)
    assert [each.id for each in view.conflicts] == [entry.id]
    await desk.session.retry("a")
    await desk.run_for(0)
    assert len(desk.api.entries) == 2


async def test_other_entries_of_ours_are_not_taken_for_a_changed_create(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    desk.api.write_faults.extend(["before", None])
    await desk.session.apply(edits.create(slot("a", title="one"), slot("b", title="two")))
    await desk.run_for(100)
    assert [each.title for each in desk.api.entries.values()] == ["two", "one"]
    assert desk.ops() == []


async def test_what_is_in_the_way_is_read_so_that_it_can_be_seen(desk: Desk) -> None:
    create = desk.api.create_entry

    async def create_after_somebody_else(entry: Entry) -> object:
        desk.api.add(THURSDAY, 570, 630, "somebody's")
        return await create(entry)

    desk.api.create_entry = create_after_somebody_else  # type: ignore[method-assign, assignment]
    before = len(desk.api.reads)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert [entry.title for entry in desk.shown()] == ["", "somebody's"]
    assert len(desk.api.reads) - before == 2
    assert [(each.start, each.end) for each in view_of(desk).conflicts] == [(570, 630)]


async def test_a_far_off_date_does_not_stretch_the_read_that_serves_the_others(desk: Desk) -> None:
    far = date(2031, 1, 6)
    new = [slot(f"k{n}", day=THURSDAY + timedelta(n)) for n in range(20)]
    before = len(desk.api.reads)
    await desk.session.apply(edits.create(*new, slot("far", day=far)))
    await desk.run_for(0)
    assert len(desk.api.entries) == 21
    spans = [request.what for request in desk.api.reads[before:]]
    assert spans == [(THURSDAY, THURSDAY + timedelta(19)), (far, far)]


async def test_five_hundred_updates_take_one_read(desk: Desk) -> None:
    for number in range(500):
        start = 10 * (number % 100)
        desk.api.add(THURSDAY + timedelta(number // 100), start, start + 10)
    await desk.session.sync_now()
    shown = [each for number in range(5) for each in desk.shown(THURSDAY + timedelta(number))]
    before = len(desk.api.log)
    titled = edits.Edit(tuple(edits.Change(each, replace(each, title="x")) for each in shown))
    await desk.session.apply(titled)
    await desk.run_for(0)
    assert {entry.title for entry in desk.api.entries.values()} == {"x"}
    assert len(desk.api.log) - before == 501


async def test_a_read_that_began_before_an_edit_was_queued_does_not_serve_it(desk: Desk) -> None:
    entry = await standing(desk)
    desk.api.held = asyncio.Event()
    reading = asyncio.ensure_future(desk.session.sync_now())
    await desk.run_for(0)
    held, desk.api.held = desk.api.held, None
    await desk.session.apply(edits.change(slot("a", title="seen"), slot("a", title="mine")))
    change_elsewhere(desk, entry, notes="theirs")
    held.set()
    await reading
    await desk.run_for(0)
    assert replace(slot("a", title="mine"), notes="theirs").content() in desk.api.contents()


async def test_what_is_asked_about_and_then_deleted_elsewhere_is_said_to_be_gone(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    mine = await change_here(desk, title="mine")
    del desk.api.entries[entry.id]
    await desk.run_for(60)
    view = view_of(desk)
    assert (view.item, view.state, view.trouble) == (mine, SendState.CONFLICT, Trouble.NOT_FOUND)
    assert view.confirmed is None
    await desk.session.retry("a")
    await desk.run_for(0)
    assert mine.content() in desk.api.contents()


async def test_a_deletion_that_is_asked_about_is_done_once_it_is_deleted_elsewhere(desk: Desk) -> None:
    entry = await standing(desk)
    change_elsewhere(desk, entry, title="theirs")
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(0)
    del desk.api.entries[entry.id]
    await desk.run_for(60)
    assert (desk.session.item("a"), desk.ops()) == (None, [])


@pytest.mark.parametrize("deletes", [True, False])
async def test_edits_on_top_of_a_create_that_may_be_there_are_not_sent_in_its_place(
    desk: Desk, deletes: bool
) -> None:
    desk.api.refuses_overlaps = False
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a", title="mine")))
    await desk.run_for(0)
    (entry,) = desk.api.entries.values()
    change_elsewhere(desk, entry, notes="theirs")
    moved = slot("a", 800, 860, "mine")
    await desk.session.apply(edits.change(slot("a", title="mine"), moved))
    if deletes:
        await desk.session.apply(edits.delete(moved))
    await desk.run_for(100)
    assert list(desk.api.entries) == [entry.id]
    view = desk.session.item("a")
    assert (None if view is None else (view.item, view.trouble)) == (None if deletes else (moved, Trouble.CHANGED))


@pytest.mark.parametrize("start", [540, 570])
async def test_a_disk_that_fails_while_a_conflict_is_looked_into_leaves_nothing_half_sent(
    desk: Desk, start: int
) -> None:
    create, read = desk.api.create_entry, desk.api.read_calendar

    async def create_after_somebody_else(entry: Entry) -> object:
        if not desk.api.entries:
            desk.api.add(THURSDAY, start, start + 60, "theirs")
            desk.api.read_calendar = read_and_fill_the_disk  # type: ignore[method-assign]
        return await create(entry)

    async def read_and_fill_the_disk(*what: Any, **more: Any) -> RemoteCalendar:
        desk.api.read_calendar = read  # type: ignore[method-assign]
        desk.store.failures = [StoreError("no room")]
        return await read(*what, **more)

    desk.api.create_entry = create_after_somebody_else  # type: ignore[method-assign, assignment]
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(120)
    assert (view_of(desk).state, view_of(desk).trouble) == (SendState.CONFLICT, Trouble.CONFLICT)
    assert len(desk.api.entries) == 1


@pytest.mark.parametrize(("start", "end", "trouble"), [(540, 580, Trouble.CONFLICT), (700, 760, Trouble.CHANGED)])
async def test_a_server_that_refuses_overlaps_is_asked_where_it_can_tell(
    desk: Desk, start: int, end: int, trouble: Trouble
) -> None:
    desk.api.add(THURSDAY, 0, 60)
    await desk.session.apply(edits.create(slot("clash", 30, 90)))
    await desk.run_for(0)
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a", title="mine")))
    await desk.run_for(0)
    entry = next(each for each in desk.api.entries.values() if each.title == "mine")
    change_elsewhere(desk, entry, start=start, end=end)
    await desk.run_for(100)
    assert len(desk.api.entries) == 2
    assert (view_of(desk).state, view_of(desk).trouble) == (SendState.CONFLICT, trouble)
    assert [each.id for each in view_of(desk).conflicts] == [entry.id]
