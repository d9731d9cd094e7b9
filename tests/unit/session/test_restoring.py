"""Bringing a version back from the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.store.history import KEPT_SECONDS
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

A, B = slot("a", title="Lunch"), slot("a", 660, 720, "Lunch")


async def test_a_version_that_was_replaced_here_comes_back_and_can_be_undone(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.session.apply(edits.change(A, B))
    await desk.run_for(1)
    moved, created = desk.session.history.list("a")
    assert desk.session.history.is_restorable(moved)
    assert await desk.session.history.restore(moved.id) == edits.change(B, A)
    await desk.run_for(1)
    assert desk.api.contents() == [A.content()]
    assert not desk.session.history.is_restorable(moved)
    assert await desk.session.history.restore(created.id) is None
    await desk.session.undo()
    await desk.run_for(1)
    assert desk.api.contents() == [B.content()]
    assert desk.session.history.count("a") == 4


async def test_a_version_that_was_replaced_elsewhere_comes_back(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    ((server_id, there),) = desk.api.entries.items()
    desk.api.entries[server_id] = replace(there, title="theirs")
    await desk.session.sync_now()
    (row,) = desk.session.history.list(actor=Actor.ELSEWHERE)
    await desk.session.history.restore(row.id)
    await desk.run_for(1)
    assert desk.api.entries[server_id].title == "Lunch"


@pytest.mark.parametrize("where", ["here", "elsewhere"])
async def test_what_is_gone_is_created_again(desk: Desk, where: str) -> None:
    await desk.session.apply(edits.create(A, slot("b", 0, 60)))
    await desk.run_for(1)
    if where == "here":
        view = desk.session.item("a")
        assert view is not None
        await desk.session.apply(edits.delete(view.item))
        await desk.run_for(1)
    else:
        gone = next(each.id for each in desk.api.entries.values() if each.title == "Lunch")
        del desk.api.entries[gone]
        await desk.session.sync_now()
    assert desk.session.item("a") is None
    await desk.session.history.restore(desk.session.history.list("a")[0].id)
    await desk.run_for(1)
    view = desk.session.item("a")
    assert view is not None
    assert view.item == A
    assert A.content() in desk.api.contents()


async def test_what_is_too_old_is_refused_with_a_reason(desk: Desk) -> None:
    await desk.session.apply(edits.create(A))
    await desk.session.apply(edits.change(A, B))
    row = desk.session.history.list("a")[0]
    await desk.run_for(0)
    later = desk.clock.now().timestamp() + KEPT_SECONDS * 2
    desk.store.read(lambda tx: tx.upkeep.keep_history(90, later))
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.history.restore(row.id)
    assert refusal.value.reason is RefusalReason.NOT_KEPT
    view = desk.session.item("a")
    assert view is not None
    assert isinstance(view.item, Entry)
    assert view.item == B
