"""A list that hides rows that could not be read proves the absence of nothing: of weekly hours neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

WEEKLY = Pattern("weekly", 1, 540, 600, True)


async def test_weekly_hours_that_a_list_may_hide_are_not_created_twice(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    desk.api.unreadable_patterns = True
    await desk.session.apply(edits.create(WEEKLY))
    await desk.run_for(600)
    assert len(desk.api.patterns) == 1
    (op,) = desk.ops()
    view = desk.session.item("weekly")
    assert view is not None
    assert (view.state, op.trouble) == (SendState.REJECTED, Trouble.UNREADABLE)


async def test_a_row_that_was_hidden_before_it_was_sent_does_not_stop_it(desk: Desk) -> None:
    desk.api.add_pattern(3, 60, 120)
    desk.api.unreadable_patterns = True
    await desk.session.sync_now()
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(WEEKLY))
    await desk.run_for(60)
    assert len(desk.api.patterns) == 2
