"""A deletion: of what the user saw, not of what somebody made of it meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
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
