"""Bulk edits through a session: weighed before, one undo step after, called back meanwhile, resumed at a start."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.bulk import Filter, Kind
from triluna_desktop.domain.bulk_dates import WHOLE_DAY, Existing, Overlap
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.sync.journal import BULK_FROM
from triluna_desktop.sync.ports import DiskFullError

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.bulk import BulkPlan

NEXT_MONDAY = THURSDAY + timedelta(days=4)


def vacation(desk: Desk, days: int = 21, first: date = NEXT_MONDAY) -> BulkPlan:
    last = first + timedelta(days=days - 1)
    return desk.session.bulk.block_dates(
        first, last, hours=WHOLE_DAY, existing=Existing.KEEP_BLOCKS, title="Vacation"
    )


def titles(desk: Desk) -> list[str]:
    return sorted(entry.title for entry in desk.api.entries.values())


async def test_three_weeks_of_vacation_are_one_edit_one_read_and_21_writes(desk: Desk) -> None:
    desk.api.log.clear()
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    assert titles(desk) == ["Vacation"] * 21
    assert len(desk.api.writes) == 21
    assert len(desk.api.log) <= 1.5 * 21
    await desk.session.undo()
    await desk.run_for(0)
    assert titles(desk) == []
    assert not desk.session.can_undo


async def test_a_preview_tells_rows_requests_and_the_hours_that_callers_lose(desk: Desk) -> None:
    desk.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
    there = Entry("there", NEXT_MONDAY, 1200, 1260, is_available=True, title="Evening")
    await desk.session.apply(edits.create(there))
    await desk.run_for(0)
    preview = desk.session.bulk.preview(vacation(desk, days=2))
    assert [(row.before is None, row.item.start, row.item.end) for row in preview.rows] == [
        (False, 0, 1440),
        (True, 0, 1440),
    ]
    assert preview.forecast.requests == 3
    assert (preview.bookable_before, preview.bookable_after) == (13 * 60 + 12 * 60, 0)
    assert preview.is_loaded
    assert desk.session.bulk.progress is None, "a preview writes nothing"


async def test_a_preview_counts_weekly_hours(desk: Desk) -> None:
    await desk.session.apply(edits.create(Pattern("p", 1, 540, 1020)))
    preview = desk.session.bulk.preview(vacation(desk, days=7))
    assert (preview.bookable_before, preview.bookable_after) == (480, 0)


async def test_dates_that_were_never_read_are_told_of(desk: Desk) -> None:
    far = THURSDAY + timedelta(days=3000)
    assert not desk.session.bulk.preview(vacation(desk, first=far)).is_loaded


async def test_what_waits_to_be_sent_anyway_costs_no_further_request(desk: Desk) -> None:
    desk.api.write_faults.append("limited")
    entry = slot("a")
    await desk.session.apply(edits.create(entry))
    await desk.run_for(0)
    bulk = desk.session.bulk
    plan = bulk.move(bulk.chosen(["a", "unknown"]), days=1)
    assert len(plan.changes) == 1
    assert bulk.preview(plan).forecast.requests == 0


async def test_the_dates_that_are_moved_to_are_looked_at(desk: Desk) -> None:
    there = slot("there", day=THURSDAY + timedelta(days=14))
    await desk.session.apply(edits.create(slot("a"), there))
    bulk = desk.session.bulk
    plan = bulk.move(bulk.chosen(["a"]), days=14)
    assert plan.edit is None
    assert [each.by for each in plan.skipped] == [there]


async def test_entries_are_chosen_by_dates_and_filter(desk: Desk) -> None:
    blocked = Entry("b", THURSDAY, 600, 660, is_available=False)
    await desk.session.apply(edits.create(slot("a"), blocked, slot("later", day=NEXT_MONDAY)))
    between = desk.session.bulk.chosen_between
    assert [each.key for each in between(THURSDAY, THURSDAY)] == ["a", "b"]
    assert [each.key for each in between(THURSDAY, NEXT_MONDAY, Filter(Kind.AVAILABLE))] == ["a", "later"]
    assert between(NEXT_MONDAY, THURSDAY) == ()


async def test_a_week_is_copied_around_what_stands_in_the_others(desk: Desk) -> None:
    sunday = THURSDAY - timedelta(days=4)
    there = slot("there", 570, 630, day=THURSDAY + timedelta(days=7))
    await desk.session.apply(edits.create(slot("a", title="A"), there))
    weeks = [sunday + timedelta(weeks=number) for number in (1, 2)]
    plan = desk.session.bulk.copy_week(sunday, weeks, overlap=Overlap.SKIP)
    await desk.session.bulk.apply(plan)
    assert [each.title for each in desk.shown(THURSDAY + timedelta(days=14))] == ["A"]
    assert [each.key for each in desk.shown(THURSDAY + timedelta(days=7))] == ["there"]
    assert [each.by for each in plan.skipped] == [there]


async def test_a_plan_with_nothing_to_do_writes_nothing(desk: Desk) -> None:
    await desk.session.bulk.apply(desk.session.bulk.move((), days=1))
    assert not desk.session.can_undo


async def test_a_plan_that_the_calendar_has_left_behind_is_refused_whole(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    bulk = desk.session.bulk
    plan = bulk.move(bulk.chosen(["a"]), days=1)
    await desk.session.apply(edits.delete(slot("a")))
    with pytest.raises(EditRefusedError) as refusal:
        await bulk.apply(plan)
    assert refusal.value.reason is RefusalReason.STALE


def hold(desk: Desk, after: int) -> None:
    """Let the server take some writes, and then say that it has had enough for now."""
    desk.api.write_faults.extend([None] * after)
    desk.api.write_faults.append("limited")


async def test_progress_is_counted_from_the_outbox_and_the_same_after_a_restart(desk: Desk) -> None:
    hold(desk, after=5)
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    before = desk.session.bulk.progress
    assert before is not None
    assert (before.total, before.done, before.failed) == (21, 5, 0)
    await desk.kill()
    desk.store.open()
    assert desk.store.batches() == (before,)
    desk.store.close()
    await desk.restart()
    assert titles(desk) == ["Vacation"] * 21, "it goes on by itself"
    assert desk.session.bulk.progress is None
    assert desk.session.bulk.state(before.id) == before._replace(left=0)


async def test_what_the_server_refuses_is_counted_and_holds_up_nobody(desk: Desk) -> None:
    desk.api.write_faults.extend([None, "invalid"])
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    assert desk.session.bulk.progress is None
    (state,) = desk.store.batches()
    assert (state.total, state.done, state.failed) == (21, 20, 1)


async def test_cancel_takes_back_what_was_not_sent_and_undo_the_rest(desk: Desk) -> None:
    hold(desk, after=5)
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert (outcome.taken_back, outcome.sent, outcome.in_flight, outcome.refused) == (16, 5, 0, 0)
    assert desk.ops() == []
    assert desk.session.bulk.progress is None
    assert len(desk.session.days(NEXT_MONDAY, 21).entries) == 5
    await desk.session.undo()
    await desk.run_for(200)
    assert titles(desk) == []
    assert not desk.session.can_undo


async def test_calling_back_leaves_what_a_later_edit_has_changed(desk: Desk) -> None:
    hold(desk, after=5)
    plan = vacation(desk)
    await desk.session.bulk.apply(plan)
    await desk.run_for(0)
    last = plan.changes[-1].after
    assert last is not None
    await desk.session.apply(edits.change(last, replace(last, title="Conference")))
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert (outcome.taken_back, outcome.sent, outcome.edited_since) == (15, 5, 1)
    await desk.run_for(200)
    assert titles(desk) == ["Conference", *["Vacation"] * 5]


async def test_what_is_in_flight_is_finished_when_the_rest_is_called_back(desk: Desk) -> None:
    gate = desk.api.held = asyncio.Event()
    await desk.session.bulk.apply(vacation(desk))
    while not desk.api.writes:  # The reads that come first are let through.
        gate.set()
        gate.clear()
        await desk.run_for(0)
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert (outcome.taken_back, outcome.sent, outcome.in_flight) == (20, 0, 1)
    desk.api.held = None
    gate.set()
    await desk.run_for(0)
    assert titles(desk) == ["Vacation"]
    assert desk.ops() == []


async def test_a_bulk_edit_can_be_called_back_after_a_restart_and_undone(desk: Desk) -> None:
    hold(desk, after=5)
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    desk.api.write_faults.extend(["unsent"] * 3)
    await desk.restart()
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert (outcome.taken_back, outcome.sent) == (16, 5)
    await desk.session.undo()
    await desk.run_for(200)
    assert titles(desk) == []


async def test_calling_back_leaves_an_earlier_unsent_edit_of_the_same_entry(desk: Desk) -> None:
    desk.api.write_faults.append("limited")
    entries = [slot(f"e{number}", number * 60, number * 60 + 30) for number in range(BULK_FROM)]
    await desk.session.apply(edits.create(entries[0]))
    await desk.session.apply(edits.create(*entries[1:]))
    bulk = desk.session.bulk
    await bulk.apply(bulk.move(bulk.chosen([each.key for each in entries]), days=1))
    running = bulk.progress
    assert running is not None
    outcome = await bulk.cancel(running.id)
    assert outcome.taken_back == BULK_FROM
    assert bulk.progress is None
    assert desk.shown() == entries
    await desk.run_for(200)
    assert sorted(each.start for each in desk.api.entries.values()) == [each.start for each in entries]


async def test_calling_back_what_is_finished_says_that_there_was_nothing(desk: Desk) -> None:
    outcome = await desk.session.bulk.cancel(77)
    assert outcome.whole is None
    assert outcome.taken_back == 0


async def test_a_full_disk_refuses_the_cancel_and_the_bulk_edit_goes_on(desk: Desk) -> None:
    hold(desk, after=2)
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    running = desk.session.bulk.progress
    assert running is not None
    desk.store.failures = [DiskFullError("full")]
    with pytest.raises(EditRefusedError):
        await desk.session.bulk.cancel(running.id)
    assert desk.session.bulk.progress == running


async def test_a_few_changes_are_no_batch(desk: Desk) -> None:
    desk.api.write_faults.append("limited")
    await desk.session.bulk.apply(vacation(desk, days=BULK_FROM - 1))
    assert desk.session.bulk.progress is None
    assert desk.session.status.unsent == BULK_FROM - 1


async def test_finished_batches_go_when_the_next_one_comes(desk: Desk) -> None:
    await desk.session.bulk.apply(vacation(desk, days=10))
    await desk.run_for(0)
    await desk.session.bulk.apply(vacation(desk, days=20))
    assert [state.total for state in desk.store.batches()] == [10]


async def test_after_a_restart_undo_takes_back_what_was_under_way(desk: Desk) -> None:
    hold(desk, after=5)
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "limited"])
    await desk.restart()
    await desk.session.bulk.take_up()
    await desk.session.bulk.take_up()
    running = desk.session.bulk.progress
    assert running is not None
    assert desk.session.bulk.is_last(running)
    await desk.session.undo()
    assert not desk.session.can_undo, "it is there once"
    await desk.run_for(200)
    assert titles(desk) == []
    assert desk.ops() == []


def busy_week(desk: Desk) -> None:
    """Entries of which blocking the dates has to create, change and delete."""
    for day in range(4):
        for start in (480, 600, 720):
            desk.api.add(
                NEXT_MONDAY + timedelta(days=day), start, start + 60, f"{day} {start}", is_available=start < 700
            )


@pytest.mark.parametrize("after", range(14))
async def test_called_back_after_any_request_and_undone_all_is_as_before(desk: Desk, after: int) -> None:
    busy_week(desk)
    await desk.session.sync_now()
    before = desk.api.contents()
    hold(desk, after)
    last = NEXT_MONDAY + timedelta(days=5)
    plan = desk.session.bulk.block_dates(
        NEXT_MONDAY, last, hours=WHOLE_DAY, existing=Existing.REPLACE, title="Vacation"
    )
    assert len(plan.changes) == 14, "four dates with two deletions and a change, two with a new one"
    await desk.session.bulk.apply(plan)
    await desk.run_for(0)
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert outcome.taken_back + outcome.sent == 14
    if outcome.sent:
        await desk.session.undo()
    await desk.run_for(200)
    assert desk.ops() == []
    assert desk.api.contents() == before


async def test_an_undo_that_is_called_back_can_be_undone_in_turn(desk: Desk) -> None:
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    hold(desk, after=6)
    await desk.session.undo()
    await desk.run_for(0)
    running = desk.session.bulk.progress
    assert running is not None
    outcome = await desk.session.bulk.cancel(running.id)
    assert (outcome.taken_back, outcome.sent) == (15, 6)
    assert len(titles(desk)) == 15
    await desk.session.undo()
    await desk.run_for(200)
    assert titles(desk) == ["Vacation"] * 21


async def test_what_a_later_edit_takes_in_is_not_counted_as_done(desk: Desk) -> None:
    desk.api.write_faults.append("limited")
    await desk.session.bulk.apply(vacation(desk))
    await desk.run_for(0)
    first = desk.shown(NEXT_MONDAY)[0]
    await desk.session.apply(edits.change(first, replace(first, title="Elsewhere")))
    batch = desk.session.bulk.progress
    assert batch is not None
    assert (batch.total, batch.left) == (21, 21)
    await desk.session.undo()
    assert desk.session.bulk.progress == batch, "taking back the one change leaves the others"
    await desk.session.redo()
    await desk.run_for(100)
    assert titles(desk) == ["Elsewhere", *["Vacation"] * 20]
    assert desk.session.bulk.progress is None
