"""A bulk edit that is taken back while it is under way is a bulk edit no more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.models import Entry


def days(name: str, count: int = 10) -> list[Entry]:
    return [slot(f"{name}{number}", title=name, day=THURSDAY + timedelta(number)) for number in range(count)]


async def test_no_end_is_told_of_what_was_taken_back_unsent(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 40)
    await desk.session.apply(edits.create(*days("a")))
    running = desk.session.bulk.progress
    assert running is not None
    await desk.session.undo()
    assert desk.session.bulk.progress is None
    assert desk.session.bulk.state(running.id) is None, "nothing of it is on the server"


async def test_what_was_partly_sent_is_one_bulk_edit_backwards(desk: Desk) -> None:
    entries = days("a")
    await desk.session.apply(edits.create(*entries))
    running = desk.session.bulk.progress
    assert running is not None
    desk.api.write_faults.extend([None] * 3)
    desk.api.write_faults.extend(["unsent"] * 40)
    await desk.run_for(0)
    undone = await desk.session.undo()
    assert undone is not None
    assert undone.was_sent
    assert desk.session.bulk.state(running.id) is None
    desk.api.write_faults.clear()
    await desk.run_for(120)
    assert desk.api.contents() == []
    assert desk.ops() == []


async def test_after_a_restart_undo_is_not_about_what_was_taken_back(desk: Desk) -> None:
    desk.api.write_faults.extend(["before"] * 40)
    await desk.session.apply(edits.create(*days("a")))
    await desk.run_for(0)
    await desk.session.undo()
    await desk.restart()
    await desk.session.bulk.take_up()
    back = await desk.session.undo()
    assert back is None or all(change.before is None for change in back.edit.changes), "it is done again"
    assert not desk.session.can_undo


async def test_the_last_bulk_edit_is_told_from_another_as_large(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 40)
    await desk.session.apply(edits.create(*days("a")))
    first = desk.session.bulk.progress
    assert first is not None
    assert desk.session.bulk.is_last(first)
    await desk.session.apply(edits.create(*(each.with_key(f"b{each.key}") for each in days("b"))))
    assert not desk.session.bulk.is_last(first)
    await desk.session.undo()
    assert desk.session.bulk.is_last(first)
