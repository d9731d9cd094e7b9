"""A decision about refused weekly hours is taken back: what was not to open callers' time still does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import SendState

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

OLD = Pattern("old", 1, 540, 600, False)
NEW = Pattern("new", 1, 540, 660, False)
MENDED = Pattern("new", 1, 540, 720, False)


@pytest.fixture
async def refused(desk: Desk) -> Desk:
    """The server has refused the block that was to take the place of another one."""
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.write_faults.append("invalid")
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    await desk.run_for(10)
    assert desk.api.pattern_contents() == [OLD.content()]
    return desk


async def test_a_block_stays_where_the_decision_about_its_refused_successor_is_taken_back(refused: Desk) -> None:
    refused.api.write_faults.append("limited")
    await refused.session.apply(edits.change(NEW, MENDED))
    await refused.run_for(1)
    await refused.session.undo()
    await refused.run_for(300)
    assert refused.api.pattern_contents() == [OLD.content()]
    (shown,) = refused.session.days(THURSDAY).patterns
    assert (shown.item.key, shown.state) == ("new", SendState.REJECTED)


async def test_deciding_once_more_lets_the_old_block_go_after_the_new_one_stands(refused: Desk) -> None:
    refused.api.write_faults.append("limited")
    await refused.session.apply(edits.change(NEW, MENDED))
    await refused.run_for(1)
    await refused.session.undo()
    await refused.run_for(300)
    before = len(refused.api.writes)
    await refused.session.retry("new")
    await refused.run_for(60)
    assert [request.method for request in refused.api.writes[before:]] == ["POST", "DELETE"]
    assert refused.api.pattern_contents() == [NEW.content()]
    assert refused.ops() == []
