"""What happens when the server, the token or the disk says no, and how the status bar tells it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.clock import FakeClock
from tests.helpers.inline_store import InlineStore
from tests.helpers.offline_session import THURSDAY, Desk, desk_at, slot

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.domain.requests import RequestKind
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason, SendState, Session
from triluna_desktop.sync.ports import DiskFullError, OpState, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from triluna_desktop.domain.models import Entry


async def test_offline_edits_are_sent_when_the_server_is_back(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 3)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    status = desk.session.status
    assert (status.state, status.trouble, status.unsent) == (ConnectionState.OFFLINE, Trouble.NO_CONNECTION, 1)
    await desk.run_for(60)
    assert desk.api.contents() == [slot("a").content()]
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_a_read_that_ends_well_does_not_say_that_changes_are_confirmed(desk: Desk) -> None:
    desk.api.write_faults.extend(["before"] * 100)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(120)
    status = desk.session.status
    assert (status.state, status.unsent, status.confirms_writes) == (ConnectionState.SYNCED, 1, False)
    assert not status.is_sending
    desk.api.write_faults.clear()
    await desk.run_for(360)
    status = desk.session.status
    assert (status.state, status.unsent, status.confirms_writes) == (ConnectionState.SYNCED, 0, True)
    assert status.is_sending


async def test_a_change_that_is_found_on_the_server_is_confirmed(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(60)
    status = desk.session.status
    assert (status.unsent, status.confirms_writes) == (0, True)


async def test_f5_tries_at_once_instead_of_waiting_out_the_backoff(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 8)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(30)
    desk.api.write_faults.clear()
    await desk.session.sync_now()
    assert desk.api.contents() == [slot("a").content()]


async def test_nothing_is_sent_before_the_server_has_answered_a_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.api.read_faults.extend(["unsent", "unsent"])
    await desk.start()
    assert desk.session.status.state is ConnectionState.OFFLINE
    assert not desk.session.status.ever_synced
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert desk.api.writes == []
    await desk.session.sync_now()
    assert desk.api.writes == []
    await desk.session.sync_now()
    assert [request.method for request in desk.api.log] == ["GET", "GET", "GET", "POST", "GET"]
    await desk.kill()


async def test_what_was_queued_before_the_first_read_needs_no_other_baseline(desk: Desk) -> None:
    desk.api.write_faults.append("unsent")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.log.clear()
    desk.api.write_faults.clear()
    await desk.restart()
    assert [request.method for request in desk.api.log] == ["GET", "POST"]


async def test_a_refused_token_stops_all_requests_until_there_is_another(desk: Desk) -> None:
    desk.api.write_faults.append("unauthorized")
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    requests = len(desk.api.log)
    await desk.run_for(3600)
    await desk.session.sync_now()
    assert len(desk.api.log) == requests
    status = desk.session.status
    assert (status.state, status.message, status.unsent) == (ConnectionState.NEEDS_TOKEN, "expired", 2)
    assert {view.state for view in desk.session.days(THURSDAY, 1).entries} == {SendState.BLOCKED_AUTH}
    await desk.session.apply(edits.create(slot("c", 800, 860)))
    await desk.run_for(0)
    view = desk.session.item("c")
    assert view is not None
    assert view.state is SendState.BLOCKED_AUTH
    desk.session.token_changed()
    await desk.run_for(0)
    assert len(desk.api.entries) == 3
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_a_token_refused_while_reading_blocks_the_queue_too(desk: Desk) -> None:
    desk.api.write_faults.append("unsent")
    await desk.session.apply(edits.create(slot("a")))
    desk.api.read_faults.extend(["unauthorized"])
    await desk.run_for(0)
    assert desk.session.status.state is ConnectionState.NEEDS_TOKEN
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.BLOCKED_AUTH


async def test_what_a_token_may_not_send_can_be_taken_back_all_the_same(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.write_faults.append("forbidden")
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(0)
    assert desk.session.is_read_only
    assert desk.shown() == []
    await desk.session.undo()
    assert [entry.key for entry in desk.shown()] == ["a"]
    assert desk.ops() == []
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.undo()
    assert refusal.value.reason is RefusalReason.READ_ONLY
    assert desk.session.can_undo
    assert desk.ops() == []


async def test_a_token_that_may_not_write_makes_the_app_read_only(desk: Desk) -> None:
    desk.api.write_faults.append("forbidden")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert desk.session.is_read_only
    status = desk.session.status
    assert (status.state, status.message) == (ConnectionState.READ_ONLY, "needs write:calendar")
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.apply(edits.create(slot("b")))
    assert refusal.value.reason is RefusalReason.READ_ONLY
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.PENDING
    before = len(desk.api.reads)
    await desk.run_for(60)
    assert len(desk.api.reads) > before
    desk.session.token_changed()
    await desk.run_for(0)
    assert len(desk.api.entries) == 1


async def test_a_token_that_may_not_read_is_asked_again_only_after_a_minute(desk: Desk) -> None:
    desk.api.read_faults.append("forbidden")
    await desk.session.sync_now()
    status = desk.session.status
    assert (status.state, status.trouble) == (ConnectionState.ERROR, Trouble.PERMISSION)
    assert not desk.session.is_read_only
    requests = len(desk.api.log)
    await desk.run_for(59)
    assert len(desk.api.log) == requests


async def test_when_told_to_wait_it_waits_as_long_as_told(desk: Desk) -> None:
    desk.api.write_faults.append("limited")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    status = desk.session.status
    assert status.state is ConnectionState.WAITING
    assert status.retry_at == desk.clock.now() + timedelta(seconds=90)
    requests = len(desk.api.log)
    await desk.session.sync_now()
    await desk.run_for(89)
    assert len(desk.api.log) == requests
    await desk.run_for(2)
    assert len(desk.api.entries) == 1
    assert desk.session.status.retry_at is None


async def test_a_limit_that_names_no_time_backs_off(desk: Desk) -> None:
    desk.api.read_faults.append("limited_silent")
    await desk.session.sync_now()
    assert desk.session.status.retry_at == desk.clock.now() + timedelta(seconds=0.25)


async def test_a_baseline_that_cannot_be_read_is_read_again(desk: Desk) -> None:
    desk.api.read_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(10)
    assert len(desk.api.entries) == 1


async def test_a_look_that_cannot_be_had_is_had_later(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(29)
    desk.api.read_faults.append("before")
    await desk.run_for(60)
    assert len(desk.api.entries) == 1


async def test_lists_that_hide_rows_say_nothing_about_an_uncertain_create(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.session.set_visible(False)
    desk.api.read_faults.extend(["hidden_rows"] * 6)
    await desk.run_for(60)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.REJECTED
    assert desk.api.entries == {}


async def test_a_conflict_that_cannot_be_looked_into_is_looked_into_later(desk: Desk) -> None:
    create = desk.api.create_entry

    async def create_after_somebody_else(entry: Entry) -> object:
        if not desk.api.entries:
            desk.api.add(THURSDAY, 540, 600, "somebody's")
        return await create(entry)

    desk.api.create_entry = create_after_somebody_else  # type: ignore[method-assign, assignment]
    desk.api.read_faults.extend([None, "before"])
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.CONFIRMING
    await desk.run_for(20)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.CONFLICT


async def test_without_an_account_edits_stay_queued(tmp_path: Path) -> None:
    clock, store = FakeClock(), InlineStore(tmp_path / "calendar.db")
    store.open()
    session = Session(store, None, clock, mode_settings=ModeSettings(), sleep=clock.sleep)
    await session.start()
    await session.apply(edits.create(slot("a")))
    await clock.run_for(100)
    status = session.status
    assert (status.state, status.unsent) == (ConnectionState.NO_TOKEN, 1)
    await session.stop()
    store.close()


async def test_a_token_that_comes_later_starts_the_sync(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    has_token = False
    desk.session = Session(
        desk.store,
        desk.api,
        desk.clock,
        mode_settings=ModeSettings(),
        sleep=desk.clock.sleep,
        has_token=lambda: has_token,
    )
    await desk.start()
    before = desk.session.status
    assert before.state is ConnectionState.NO_TOKEN
    assert desk.api.log == []
    has_token = True
    desk.session.token_changed()
    await desk.run_for(0)
    assert desk.session.status.state is ConnectionState.SYNCED
    await desk.kill()


async def test_before_anything_was_loaded_it_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.store.open()
    assert desk.session.status.state is ConnectionState.LOADING
    desk.store.close()


async def test_the_last_sync_is_remembered_across_restarts(desk: Desk) -> None:
    synced = desk.session.status.last_synced
    assert synced == desk.clock.now()
    await desk.run_for(30)
    desk.api.read_faults.append("unsent")
    await desk.restart()
    assert desk.session.status.last_synced == synced
    assert desk.session.status.ever_synced


async def test_requests_are_counted_across_restarts(desk: Desk) -> None:
    await desk.restart()
    assert desk.session.status.requests_this_hour == 2
    assert desk.session.status.request_limit == 1000


async def test_a_meter_of_the_whole_app_is_believed(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    budget = RequestBudget(desk.clock, limit=500)
    for _ in range(7):
        assert await budget.take(RequestKind.TEST) == 0
    desk.session = Session(desk.store, desk.api, desk.clock, mode_settings=ModeSettings(), meter=budget)
    desk.store.open()
    assert (desk.session.status.requests_this_hour, desk.session.status.request_limit) == (7, 500)
    desk.store.close()


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(DiskFullError("full"), RefusalReason.DISK_FULL), (StoreError("odd"), RefusalReason.STORE_FAILED)],
)
async def test_an_edit_that_the_disk_does_not_take_is_refused(
    desk: Desk, failure: StoreError, reason: RefusalReason
) -> None:
    desk.store.failures = [failure]
    with pytest.raises(EditRefusedError) as refusal:
        await desk.session.apply(edits.create(slot("a")))
    assert refusal.value.reason is reason
    assert desk.shown() == []
    assert not desk.session.can_undo


async def test_nothing_is_sent_that_could_not_be_written_down(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    desk.store.failures = [DiskFullError("full"), DiskFullError("full")]
    await desk.run_for(0)
    assert desk.api.writes == []
    status = desk.session.status
    assert (status.state, status.message) == (ConnectionState.ERROR, "full")
    await desk.run_for(10)
    assert len(desk.api.entries) == 1
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_what_the_server_did_is_written_down_as_soon_as_the_disk_allows(desk: Desk) -> None:
    create_entry = desk.api.create_entry

    async def create_and_fill_the_disk(entry: Any) -> Any:
        made = await create_entry(entry)
        desk.store.failures = [DiskFullError("full"), DiskFullError("full")]
        return made

    desk.api.create_entry = create_and_fill_the_disk  # type: ignore[method-assign]
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(20)
    assert desk.ops() == []
    assert len(desk.api.writes) == 1


async def test_who_waits_for_the_sending_does_not_wait_for_the_disk(desk: Desk) -> None:
    create_entry = desk.api.create_entry

    async def create_and_fill_the_disk(entry: Any) -> Any:
        made = await create_entry(entry)
        desk.store.failures = [DiskFullError("full")] * 100
        return made

    desk.api.create_entry = create_and_fill_the_disk  # type: ignore[method-assign]
    await desk.session.apply(edits.create(slot("a")))
    for _ in range(2):
        waiting = asyncio.ensure_future(desk.session.send_now())
        await desk.run_for(6)
        assert waiting.done(), "it waits until there is room on the disk"
    assert desk.session.status.state is ConnectionState.ERROR
    desk.store.failures = []
    assert [op.state for op in desk.ops()] == [OpState.SENDING]
    await desk.restart()
    await desk.run_for(60)
    assert (desk.ops(), len(desk.api.writes)) == ([], 1)


async def test_a_read_that_the_disk_does_not_take_is_an_error_and_tried_again(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    read_calendar = desk.api.read_calendar

    async def read_and_fill_the_disk(*span: Any, **options: Any) -> Any:
        desk.store.failures = [DiskFullError("full")]
        desk.api.read_calendar = read_calendar  # type: ignore[method-assign]
        return await read_calendar(*span, **options)

    desk.api.read_calendar = read_and_fill_the_disk  # type: ignore[method-assign]
    await desk.session.sync_now()
    assert desk.session.status.state is ConnectionState.ERROR
    await desk.run_for(70)
    assert len(desk.shown()) == 1


async def test_what_cannot_be_marked_as_blocked_is_marked_later(desk: Desk) -> None:
    desk.api.read_faults.append("unauthorized")
    desk.store.failures = []
    await desk.session.sync_now()
    desk.store.failures = []
    await desk.session.apply(edits.create(slot("a")))
    desk.store.failures = [DiskFullError("full")]
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.PENDING
    desk.session._engine.edits_queued()
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.BLOCKED_AUTH


async def test_a_bug_in_a_loop_reaches_the_funnel(tmp_path: Path) -> None:

    told: list[dict[str, Any]] = []

    def funnel(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        told.append(context)

    asyncio.get_running_loop().set_exception_handler(funnel)
    async with desk_at(tmp_path / "calendar.db") as desk:
        desk.api.write_faults.append("bug")
        await desk.session.apply(edits.create(slot("a")))
        await desk.run_for(0)
        assert isinstance(told[0]["exception"], RuntimeError)
        await desk.session.sync_now()


async def test_starting_twice_starts_once(desk: Desk) -> None:
    await desk.session.start()
    await desk.run_for(0)
    assert len(desk.api.log) == 1


async def test_syncing_before_the_start_does_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "calendar.db")
    desk.store.open()
    await desk.session.sync_now()
    assert desk.api.log == []
    desk.store.close()


async def test_a_refusal_of_the_old_token_says_nothing_about_the_new_one(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    desk.api.read_faults.append("unauthorized")
    desk.session.window_focused()
    await desk.run_for(61)
    desk.session.token_changed()
    desk.api.held.set()
    desk.api.held = None
    await desk.run_for(5)
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_a_new_token_right_after_the_refusal_frees_what_was_refused(desk: Desk) -> None:
    desk.api.write_faults.append("unauthorized")
    renew = desk.session.subscribe(
        lambda _: desk.session.token_changed() if desk.session._engine.link.is_blocked else None
    )
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(5)
    renew()
    assert len(desk.api.entries) == 1
