"""The hour's requests in a session: polling slows down, edits go on, and what is queued is forecast."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import Desk, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.requests import RequestKind
from triluna_desktop.session import ConnectionState
from triluna_desktop.session.requests import Polling, Work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "calendar.db")
    await desk.start()
    yield desk
    await desk.kill()


def state(desk: Desk) -> ConnectionState:
    return desk.session.status.state


def spend(desk: Desk, requests: int, *, kind: str = "create", ago: float = 0.0) -> None:
    """So many requests have left; the window learns of it with its next request."""
    at = desk.clock.now().timestamp() - ago
    for _ in range(requests):
        desk.store.read(lambda tx: tx.record_request(at, kind))


async def test_polling_slows_down_as_the_hour_is_used_up_and_says_so(desk: Desk) -> None:
    assert desk.session.requests.polling == Polling(60.0, is_slowed=False)
    spend(desk, 799)
    await desk.run_for(60)
    polling = desk.session.requests.polling
    assert polling is not None
    assert polling.is_slowed
    assert 270 <= polling.seconds < 300
    before = len(desk.api.reads)
    await desk.run_for(polling.seconds - 1)
    assert len(desk.api.reads) == before
    await desk.run_for(10)
    assert len(desk.api.reads) == before + 1


async def test_a_window_that_gets_the_focus_polls_more_seldom_too(desk: Desk) -> None:
    spend(desk, 799)
    await desk.run_for(60)
    reads = len(desk.api.reads)
    await desk.run_for(30)
    desk.session.window_focused()
    await desk.run_for(1)
    assert len(desk.api.reads) == reads
    await desk.run_for(20)
    desk.session.window_focused()
    await desk.run_for(1)
    assert len(desk.api.reads) == reads + 1


async def test_with_the_reserve_reached_nothing_is_read_but_edits_are_sent(desk: Desk) -> None:
    spend(desk, 950)
    desk.session.window_focused()
    await desk.run_for(60)
    status = desk.session.status
    assert status.state is ConnectionState.KEEPING
    assert status.retry_at is not None
    assert 3500 < (status.retry_at - desk.clock.now()).total_seconds() <= 3601
    reads = len(desk.api.reads)

    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)

    assert [entry.content() for entry in desk.api.entries.values()] == [slot("a").content()]
    assert len(desk.api.reads) == reads + 1, "the baseline of the create, which is for the edit"
    assert desk.session.status.unsent == 0
    assert state(desk) is ConnectionState.KEEPING


async def test_reading_goes_on_by_itself_when_the_hour_has_room_again(desk: Desk) -> None:
    spend(desk, 950, ago=1800)
    await desk.run_for(60)
    assert state(desk) is ConnectionState.KEEPING
    reads = len(desk.api.reads)
    await desk.run_for(1800)
    assert len(desk.api.reads) > reads
    assert state(desk) is ConnectionState.SYNCED


async def test_an_edit_after_a_start_in_the_reserve_gets_its_first_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.store.open()
    spend(desk, 950)
    await desk.session.start()
    await desk.run_for(0)
    assert desk.api.log == []
    assert state(desk) is ConnectionState.KEEPING
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    assert len(desk.api.entries) == 1
    await desk.kill()


async def test_other_dates_on_screen_do_not_keep_an_edit_from_its_first_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.store.open()
    spend(desk, 950)
    far = desk.clock.now().date() + timedelta(weeks=80)
    desk.session.look_at(far, far + timedelta(days=6))
    await desk.session.start()
    await desk.run_for(0)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    assert len(desk.api.entries) == 1
    await desk.kill()


async def test_with_all_requests_used_up_edits_wait_and_then_go(desk: Desk) -> None:
    spend(desk, 999, ago=3000)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    assert state(desk) is ConnectionState.WAITING
    assert desk.api.entries == {}
    await desk.run_for(602)
    assert len(desk.api.entries) == 1


async def test_no_hour_has_more_than_a_thousand_requests_however_much_is_queued(desk: Desk) -> None:
    spend(desk, 990)
    items = [slot(f"s{number}", start=number, end=number + 1) for number in range(30)]
    await desk.session.apply(edits.create(*items))
    await desk.run_for(3000)
    assert len(desk.api.log) <= 10
    assert desk.session.status.requests_this_hour == 1000
    await desk.restart()
    await desk.run_for(500)
    assert len(desk.api.log) <= 10
    await desk.run_for(300)
    assert len(desk.api.entries) == 30


async def test_a_429_is_kept_across_a_restart_until_it_has_passed(desk: Desk) -> None:
    await desk.budget.hold(900)
    await desk.restart()
    before = len(desk.api.log)
    await desk.run_for(890)
    assert state(desk) is ConnectionState.WAITING
    assert len(desk.api.log) == before
    await desk.run_for(11)
    assert state(desk) is ConnectionState.SYNCED


async def test_what_is_queued_is_forecast(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    assert desk.session.requests.forecast().requests == 0
    pattern = Pattern("p", 1, 540, 600, True, "")
    await desk.session.apply(edits.create(slot("a"), slot("b", 600, 660), pattern))
    assert desk.session.requests.queued() == Work(creates=2, pattern_creates=1)
    told = desk.session.requests.forecast()
    assert (told.requests, told.minutes) == (5, 1)
    assert desk.session.requests.forecast(Work(deletes=7)).requests == 12
    spend(desk, 997, ago=1800)
    assert desk.session.requests.forecast().minutes == 31


async def test_requests_are_told_by_hour_and_kind(desk: Desk) -> None:
    spend(desk, 30, kind="update", ago=3 * 3600 + 10)
    spend(desk, 4, kind="test", ago=20)
    requests = desk.session.requests
    stretches = requests.hours()
    assert len(stretches) == 72
    assert stretches[-1].end - stretches[0].end == 71 * 300
    assert sum(each.total for each in stretches) == len(desk.api.log) + 34
    hours = requests.by_hour()
    assert [hour.counts.get(RequestKind.UPDATE, 0) for hour in hours] == [0, 30, 0, 0, 0, 0], (
        "from six to seven o'clock"
    )
    course = requests.course()
    assert len(course) == 72
    assert sum(each.counts.get(RequestKind.UPDATE, 0) == 30 for each in course) == 12, "an hour long"
    assert course[-1].counts[RequestKind.TEST] == 4


async def test_requests_that_other_devices_made_are_told_apart(desk: Desk) -> None:
    headers = {"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "700"}
    await desk.budget.note_reply(headers, None, 0.3)
    assert desk.session.requests.used == 300
    assert desk.session.requests.elsewhere == 300 - len(desk.api.log)
