"""A list that hides rows that could not be read proves the absence of nothing: of weekly hours neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState, ShrinkWarning

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


async def test_more_missing_rows_than_it_can_hide_are_asked_about(desk: Desk) -> None:
    kept, *gone = [desk.api.add(THURSDAY, 60 * n, 60 * n + 60) for n in range(4)]
    desk.api.add_pattern(3, 60, 120)
    desk.api.unreadable_patterns = True
    await desk.session.sync_now()
    desk.api.entries = {kept.id: kept}
    await desk.session.sync_now()
    assert (len(desk.shown()), desk.session.status.shrink) == (1, None), "no more than a few are gone: as ever"
    desk.api.entries = {}
    await desk.session.sync_now()
    status = desk.session.status
    assert (status.skipped_rows, status.shrink) == (1, None), "it may be the one that is hidden"
    desk.api.entries = {each.id: each for each in (kept, *gone)}
    await desk.session.sync_now()
    desk.api.entries = {}
    await desk.session.sync_now()
    status = desk.session.status
    assert (status.skipped_rows, status.shrink, len(desk.shown())) == (1, ShrinkWarning(4, 4), 4)
    await desk.session.accept_shrink()
    assert desk.shown() == []
