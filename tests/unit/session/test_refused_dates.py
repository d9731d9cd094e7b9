"""Dates that the server does not want to list hold up nothing but themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.remote import Trouble

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

FAR = date(2999, 1, 1)


@pytest.fixture
def refusing(desk: Desk) -> Desk:
    desk.api.last_listed = date(2100, 1, 1)
    return desk


async def test_an_edit_whose_date_cannot_be_read_does_not_keep_the_others_from_being_sent(refusing: Desk) -> None:
    await refusing.session.apply(edits.create(slot("far", day=FAR)))
    await refusing.run_for(1)
    await refusing.session.apply(edits.create(slot("near")))
    await refusing.run_for(120)
    assert [entry.date for entry in refusing.api.entries.values()] == [THURSDAY]
    assert [op.key for op in refusing.ops()] == ["far"]


async def test_nor_does_it_where_one_read_would_serve_both(refusing: Desk) -> None:
    near, far = THURSDAY + timedelta(days=150), THURSDAY + timedelta(days=320)
    refusing.api.last_listed = THURSDAY + timedelta(days=250)
    await refusing.session.apply(edits.create(slot("near", day=near), slot("far", day=far)))
    await refusing.run_for(1500)
    assert [entry.date for entry in refusing.api.entries.values()] == [near]


async def test_it_is_sent_once_the_server_lists_its_date(refusing: Desk) -> None:
    await refusing.session.apply(edits.create(slot("far", day=FAR)))
    await refusing.run_for(60)
    refusing.api.last_listed = None
    await refusing.run_for(700)
    assert [entry.date for entry in refusing.api.entries.values()] == [FAR]
    assert refusing.ops() == []


async def test_looking_at_such_dates_does_not_stop_the_sync(
    refusing: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    refusing.session.look_at(FAR, FAR)
    await refusing.run_for(1)
    refusing.api.add(THURSDAY, 540, 600)
    await refusing.run_for(65)
    assert len(refusing.shown()) == 1
    assert refusing.session.status.trouble is None
    assert not refusing.session.days(FAR, 1).loaded
    assert Trouble.INVALID.value in caplog.text


async def test_nor_does_one_that_nobody_answered_on_dates_that_are_listed_no_more(desk: Desk) -> None:
    far, near = slot("far", day=date(2200, 1, 1)), slot("near")
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(far))
    await desk.run_for(0)
    desk.api.last_listed = date(2100, 1, 1)
    await desk.run_for(100)  # It is looked for, and the list is refused.
    await desk.session.apply(edits.create(near))
    await desk.run_for(120)
    assert desk.api.contents() == [near.content()]
    desk.api.last_listed = None
    await desk.run_for(700)
    assert desk.api.contents() == [near.content(), far.content()]
    assert desk.ops() == []
