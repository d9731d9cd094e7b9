"""The requests on disk: there before they leave, moved along where the clock is set, kept for later runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.inline_store import InlineStore
from tests.helpers.manual_clock import START, ManualClock
from tests.helpers.offline_session import Desk

from triluna_desktop.domain.remote import SurelyUnsentError, Trouble
from triluna_desktop.domain.requests import COUNTED_SECONDS
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ledger import RequestLedger
from triluna_desktop.sync.ports import DiskFullError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[InlineStore]:
    store = InlineStore(tmp_path / "calendar.db")
    store.open()
    yield store
    store.close()


def ledger_on(store: InlineStore, clock: ManualClock) -> RequestLedger:
    return RequestLedger(store, clock, clock.monotonic)


async def test_what_was_taken_is_known_to_a_ledger_made_later(store: InlineStore) -> None:
    clock = ManualClock()
    for _ in range(3):
        assert (await ledger_on(store, clock).take("read", 5))[0] == 0
        clock.advance(10)
    record = ledger_on(store, clock).read()
    assert record.times == tuple(START.timestamp() + seconds for seconds in (0, 10, 20))
    wait, record = await ledger_on(store, clock).take("read", 3)
    assert wait == COUNTED_SECONDS - 30
    assert len(record.times) == 3


async def test_a_request_that_cannot_be_written_down_does_not_leave(store: InlineStore) -> None:
    store.failures = [DiskFullError("full")]
    with pytest.raises(SurelyUnsentError) as refused:
        await ledger_on(store, ManualClock()).take("create", 10)
    assert (refused.value.trouble, refused.value.message) == (Trouble.NOT_WRITTEN, "full")
    assert store.requests_since(0.0) == ()


async def test_a_full_disk_stops_reading_and_the_screen_says_why(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    await desk.start()
    sent = len(desk.api.log)
    desk.store.failures = [DiskFullError("full")]
    await desk.run_for(60)
    assert len(desk.api.log) == sent
    status = desk.session.status
    assert (status.state, status.trouble) == (ConnectionState.ERROR, Trouble.NOT_WRITTEN)
    await desk.run_for(10)
    assert len(desk.api.log) == sent + 1
    assert desk.session.status.trouble is None
    await desk.kill()


async def test_a_wait_is_kept_until_it_has_passed_and_a_shorter_one_does_not_end_it(store: InlineStore) -> None:
    clock = ManualClock()
    await ledger_on(store, clock).hold(600)
    await ledger_on(store, clock).hold(5)
    clock.advance(100)
    assert (await ledger_on(store, clock).take("read", 10))[0] == pytest.approx(500)
    clock.advance(500)
    assert (await ledger_on(store, clock).take("read", 10))[0] == 0


async def test_a_wait_that_cannot_be_written_down_is_no_error(store: InlineStore) -> None:
    store.failures = [DiskFullError("full")]
    await ledger_on(store, ManualClock()).hold(600)
    assert ledger_on(store, ManualClock()).read().held_until == 0.0


@pytest.mark.parametrize("step", [timedelta(days=2), timedelta(days=-2)])
async def test_a_clock_set_between_two_runs_moves_requests_and_waits_with_it(
    store: InlineStore, step: timedelta
) -> None:
    clock = ManualClock()
    await ledger_on(store, clock).take("read", 1)
    await ledger_on(store, clock).hold(60)
    clock.advance(30)
    clock.set_wall(clock.now() + step)
    record = ledger_on(store, clock).read()
    assert record.times == pytest.approx([clock.now().timestamp() - 30])
    assert record.held_until - clock.now().timestamp() == pytest.approx(30)
    assert (await ledger_on(store, clock).take("read", 1))[0] == pytest.approx(COUNTED_SECONDS - 30)
    assert store.requests_since(0.0) == pytest.approx([clock.now().timestamp() - 30])
    clock.advance(COUNTED_SECONDS - 29.9)
    assert (await ledger_on(store, clock).take("read", 1))[0] == 0


async def test_after_a_start_of_the_computer_a_clock_set_back_holds_for_an_hour_at_most(
    store: InlineStore,
) -> None:
    before = ManualClock()
    before.advance(5000)
    await ledger_on(store, before).take("read", 1)
    await ledger_on(store, before).hold(60)
    after = ManualClock(before.now() - timedelta(days=30))  # Its uptime begins anew.
    wait, record = await ledger_on(store, after).take("read", 1)
    assert wait == COUNTED_SECONDS
    assert record.times == (after.now().timestamp(),)
    assert store.requests_since(0.0) == record.times


async def test_after_a_start_of_the_computer_the_wall_clock_is_believed(store: InlineStore) -> None:
    before = ManualClock()
    before.advance(5000)
    await ledger_on(store, before).take("read", 1)
    after = ManualClock(before.now() + timedelta(hours=9))
    assert (await ledger_on(store, after).take("read", 1))[0] == 0
    assert len(store.requests_since(0.0)) == 2
