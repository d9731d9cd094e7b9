"""A deletion: of what the user saw, not of what somebody made of it meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import SendState

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.models import Entry


async def deleted_here_and_changed_elsewhere(desk: Desk) -> None:
    """The user deletes an entry with no network; before the next read it is changed elsewhere."""
    await desk.session.apply(edits.create(slot("a", title="seen")))
    await desk.run_for(0)
    (server_id,) = desk.api.entries
    desk.api.write_faults.append("unsent")
    await desk.session.apply(edits.delete(*desk.shown()))
    await desk.run_for(0)
    await desk.kill()
    desk.api.entries[server_id] = replace(desk.api.entries[server_id], title="changed elsewhere")
    await desk.restart()


async def test_what_was_changed_elsewhere_is_not_deleted_unasked(desk: Desk) -> None:
    await deleted_here_and_changed_elsewhere(desk)
    assert [each.title for each in desk.api.entries.values()] == ["changed elsewhere"]
    (view,) = desk.session.days(THURSDAY, 1).entries
    assert (view.state, view.item.title) == (SendState.CONFLICT, "changed elsewhere")
    assert desk.session.status.needs_decision == 1


async def test_deleting_it_all_the_same_deletes_it(desk: Desk) -> None:
    await deleted_here_and_changed_elsewhere(desk)
    await desk.session.retry("a")
    await desk.run_for(0)
    assert desk.api.entries == {}
    assert desk.ops() == []


async def test_keeping_it_keeps_the_version_from_elsewhere(desk: Desk) -> None:
    await deleted_here_and_changed_elsewhere(desk)
    await desk.session.discard("a")
    await desk.run_for(0)
    assert [each.title for each in desk.shown()] == ["changed elsewhere"]
    assert desk.session.status.unsent == 0


async def test_what_the_server_puts_in_another_form_is_no_change_from_elsewhere(desk: Desk) -> None:
    arrived = asyncio.Event()

    async def create_entry(entry: Entry) -> object:
        await arrived.wait()
        return desk.api._create(replace(entry, title=entry.title.strip()))

    desk.api.create_entry = create_entry  # type: ignore[method-assign, assignment]
    await desk.session.apply(edits.create(slot("a", title=" trimmed ")))
    await desk.run_for(0)
    await desk.session.apply(edits.delete(*desk.shown()))
    arrived.set()
    await desk.run_for(0)
    assert desk.api.entries == {}
    assert desk.ops() == []


@pytest.mark.parametrize("is_weekly", [False, True])
async def test_what_was_deleted_unseen_and_taken_back_is_made_again_whatever_a_second_deletion_is_told(
    desk: Desk, is_weekly: bool
) -> None:
    item = Pattern("a", 4, 540, 600) if is_weekly else slot("a")
    await desk.session.apply(edits.create(item))
    await desk.run_for(10)
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.delete(item))
    await desk.run_for(0)
    desk.api.write_faults.append("invalid")  # As of a server that says 422 of what is gone.
    await desk.session.undo()
    await desk.run_for(120)
    assert [*desk.api.contents(), *desk.api.pattern_contents()] == [item.content()]
    assert desk.ops() == []
    view = desk.session.item("a")
    assert view is not None
    assert view.item.content() == item.content()


async def test_a_deletion_that_is_refused_of_what_is_gone_is_done(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(10)
    desk.api.write_faults.extend(["after", "invalid"])
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(120)
    assert desk.ops() == []
    assert desk.session.item("a") is None
