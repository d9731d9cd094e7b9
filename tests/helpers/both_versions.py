"""Weekly hours of which both versions stand: the server took the new one, and refused to delete the old one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.session import ItemView

OLD = Pattern("p", 1, 540, 600, True, "old")
NEW = replace(OLD, end=660, title="new")


def view_of(desk: Desk) -> ItemView:
    """The weekly hours, as they are shown."""
    view = desk.session.item("p")
    assert view is not None
    return view


async def both_standing(desk: Desk, *, others: int = 0) -> tuple[int, int]:
    """Make the change beside so many other weekly hours; the server's ids of the old version and the new one."""
    for number in range(others):
        desk.api.add_pattern(3, 60 * number, 60 * number + 30)
    await desk.session.sync_now()
    there = set(desk.api.patterns)
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "invalid"])
    await desk.session.apply(edits.change(OLD, NEW))
    await desk.run_for(0)
    old_id, new_id = sorted(set(desk.api.patterns) - there)
    assert view_of(desk).both_stand
    assert desk.session.status.needs_decision == 1
    return old_id, new_id
