"""Undo: whether what it takes back was sent, and when it refuses because of a change elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.session import EditRefusedError, RefusalReason, SendState
from triluna_desktop.sync.ports import EntryRow

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.edits import Edit

A, B = slot("a"), slot("a", 660, 720)


async def undo(desk: Desk) -> bool:
    """Undo, and whether that had been sent."""
    undone = await desk.session.undo()
    assert undone is not None
    return undone.was_sent


def go_offline(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 40)


async def apply(desk: Desk, edit: Edit) -> None:
    """Edit, and let what can be sent be sent."""
    await desk.session.apply(edit)
    await desk.run_for(0)


def change_elsewhere(desk: Desk) -> tuple[object, ...]:
    """Somebody gives the one entry another title, and it is read. Returns what the server now has."""
    ((server_id, there),) = desk.api.entries.items()
    theirs = desk.api.entries[server_id] = replace(there, title="theirs")
    desk.store.read(lambda tx: tx.put_entries([EntryRow("a", server_id, 0, *theirs.content())]))
    return theirs.content()


async def test_what_the_server_has_was_sent(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    await desk.session.apply(edits.change(A, B))
    await desk.run_for(1)
    shown = desk.session.item("a")
    assert shown is not None
    await desk.session.apply(edits.delete(shown.item))
    await desk.run_for(1)
    assert desk.api.contents() == []
    for expected in ([B.content()], [A.content()], []):
        assert await undo(desk)
        await desk.run_for(1)
        assert desk.api.contents() == expected


async def test_what_never_left_was_not_sent_and_makes_no_request(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    go_offline(desk)
    for edit in (edits.change(A, B), edits.change(B, A), edits.change(A, B)):
        await apply(desk, edit)
    for _ in range(3):
        assert not await undo(desk)
        await desk.run_for(0)
    assert desk.ops() == []
    carried_out = [each for each in desk.api.writes if each.fault is None]
    desk.api.write_faults.clear()
    await desk.run_for(60)
    assert [each for each in desk.api.writes if each.fault is None] == carried_out


async def test_what_is_on_its_way_counts_as_sent(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    desk.api.held.set()
    desk.api.held = asyncio.Event()
    await desk.run_for(1)
    assert await undo(desk)
    desk.api.held.set()
    desk.api.held = None
    await desk.run_for(60)
    assert desk.api.contents() == []
    assert desk.ops() == []


@pytest.mark.parametrize("is_there", [False, True])
async def test_an_edit_on_top_of_what_is_on_its_way_can_be_taken_back(desk: Desk, is_there: bool) -> None:
    if is_there:
        await apply(desk, edits.create(A))
    desk.api.write_faults.append("after")
    await apply(desk, edits.change(A, B) if is_there else edits.create(B))
    later = replace(B, title="later")
    await desk.session.apply(edits.change(B, later))
    assert not await undo(desk)
    await desk.run_for(120)
    assert desk.api.contents() == [B.content()]
    assert desk.ops() == []


async def test_moved_there_and_back_before_it_was_sent_was_not_sent(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    go_offline(desk)
    await apply(desk, edits.change(A, B))
    await apply(desk, edits.change(B, A))
    assert not await undo(desk)


async def test_what_the_server_refused_was_not_carried_out(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.REJECTED
    assert not await undo(desk)
    assert desk.ops() == []


async def test_what_was_deleted_before_it_was_ever_sent_was_not_sent(desk: Desk) -> None:
    go_offline(desk)
    await apply(desk, edits.create(A))
    await apply(desk, edits.delete(A))
    assert not await undo(desk)
    assert desk.shown() == [A]


@pytest.mark.parametrize("how", ["changed", "deleted", "recreated"])
async def test_it_is_refused_where_the_entry_changed_elsewhere_since(desk: Desk, how: str) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    await desk.session.apply(edits.change(A, B))
    await desk.run_for(1)
    ((server_id, there),) = desk.api.entries.items()
    if how == "changed":
        desk.api.entries[server_id] = replace(there, title="theirs")
    else:
        del desk.api.entries[server_id]
    if how == "recreated":
        desk.api.add(B.date, B.start, B.end)
    desk.api.add(B.date, 0, 60)  # So that the one that is missing is not all there was.
    await desk.session.sync_now()
    before = desk.api.contents()
    if how == "deleted":
        await desk.session.accept_shrink()
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.undo()
    assert refusal.value.reason is RefusalReason.CHANGED_SINCE
    await desk.run_for(60)
    assert desk.api.contents() == before


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_it_is_refused_where_the_entry_changed_elsewhere_under_an_unsent_change(
    desk: Desk, *, is_deleted: bool
) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    go_offline(desk)
    await apply(desk, edits.change(A, B))
    if is_deleted:
        desk.store.read(lambda tx: tx.drop_rows(["a"]))
    else:
        change_elsewhere(desk)
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.undo()
    assert refusal.value.reason is RefusalReason.CHANGED_SINCE
    assert desk.shown() == [B]  # What was typed here is not lost: it waits for a decision.


async def test_a_change_elsewhere_that_shows_only_while_the_opposite_is_sent_is_not_overwritten(
    desk: Desk,
) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    go_offline(desk)
    assert await undo(desk)  # Nobody here knows of the change yet.
    await desk.run_for(0)
    theirs = change_elsewhere(desk)
    desk.api.write_faults.clear()
    await desk.run_for(120)
    assert desk.api.contents() == [theirs]
    view = desk.session.item("a")
    assert view is not None
    assert isinstance(view.item, Entry)
    assert (view.item.title, view.state) == ("theirs", SendState.CONFLICT)


async def test_a_long_run_keeps_no_more_than_the_last_two_hundred_edits(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(A))
    versions = [replace(A, title=f"{number}") for number in range(201)]
    for before, after in zip([A, *versions], versions, strict=False):
        await desk.session.apply(edits.change(before, after))
    for version in reversed(versions[:-1]):
        await undo(desk)
        assert desk.shown(A.date) == [version]
    assert not desk.session.can_undo
    for _ in versions[:-1]:
        await desk.session.redo()
    assert desk.shown(A.date) == [versions[-1]]
