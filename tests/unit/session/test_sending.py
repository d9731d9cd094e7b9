"""Edits reach the server, each exactly once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import ConflictError, ConflictingSlot
from triluna_desktop.session import ConnectionState, SendState

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk


async def test_a_create_lands_with_two_requests(desk: Desk) -> None:
    before = len(desk.api.log)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert [request.method for request in desk.api.log[before:]] == ["GET", "POST"]
    assert desk.api.contents() == [slot("a").content()]
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.SENT
    assert view.item.server_id == next(iter(desk.api.entries))
    assert desk.session.status.unsent == 0


async def test_an_edit_is_shown_before_it_is_sent(desk: Desk) -> None:
    desk.api.write_faults.append("unsent")
    await desk.session.apply(edits.create(slot("a")))
    assert desk.shown() == [slot("a")]
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.PENDING
    assert view.confirmed is None


async def test_a_move_and_a_delete_take_two_requests_each(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    before = len(desk.api.log)
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(0)
    assert desk.api.contents() == [moved.content()]
    await desk.session.apply(edits.delete(moved))
    await desk.run_for(0)
    assert [request.method for request in desk.api.log[before:]] == ["GET", "PUT", "GET", "DELETE"]
    assert desk.api.entries == {}
    assert desk.shown() == []


async def test_five_hundred_creates_take_one_baseline(desk: Desk) -> None:
    before = len(desk.api.log)
    new = [
        slot(f"k{n}", 10 * (n % 100), 10 * (n % 100) + 10, day=THURSDAY + timedelta(n // 100)) for n in range(500)
    ]
    await desk.session.apply(edits.create(*new))
    await desk.run_for(0)
    assert len(desk.api.entries) == 500
    assert len(desk.api.log) - before == 501


@pytest.mark.parametrize("fault", ["before", "after", "zombie", "no_body"])
@pytest.mark.parametrize("strict", [True, False])
async def test_an_uncertain_create_ends_exactly_once(desk: Desk, fault: Fault, strict: bool) -> None:
    desk.api.refuses_overlaps = strict
    desk.api.write_faults.append(fault)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    if fault != "no_body":
        view = desk.session.item("a")
        assert view is not None
        assert view.state is SendState.CONFIRMING
    await desk.run_for(120)
    assert desk.api.contents() == [slot("a").content()]
    assert desk.ops() == []


async def test_nothing_is_posted_twice_within_the_settling_time(desk: Desk) -> None:
    desk.api.write_faults.extend(["before", "before", "before"])
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(300)
    posts = [request.at for request in desk.api.writes]
    assert len(posts) == 4
    assert all(later - earlier >= 30 for earlier, later in itertools.pairwise(posts))


async def test_after_a_refused_overlap_the_settling_time_is_short(desk: Desk) -> None:
    desk.api.add(THURSDAY, 0, 60)
    await desk.session.apply(edits.create(slot("clash", 30, 90)))
    await desk.run_for(0)
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(10)
    assert slot("a").content() in desk.api.contents()


async def test_a_late_zombie_is_adopted_where_overlaps_are_refused(desk: Desk) -> None:
    """The first request lands after two looks, the second is refused by it: it is ours."""
    desk.api.add(THURSDAY, 0, 60)
    await desk.session.apply(edits.create(slot("clash", 30, 90)))
    await desk.run_for(0)
    await desk.session.discard("clash")
    desk.api.write_faults.extend(["zombie", "before"])
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(120)
    assert desk.api.contents().count(slot("a").content()) == 1
    assert desk.ops() == []


async def test_an_equal_entry_that_stood_there_before_is_not_claimed(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    old = desk.api.add(THURSDAY, 540, 600)
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(120)
    assert len(desk.api.entries) == 2
    view = desk.session.item("a")
    assert view is not None
    assert view.item.server_id != old.id


async def test_two_equal_uncertain_creates_do_not_claim_the_same_entry(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    desk.api.write_faults.extend(["after", "before"])
    await desk.session.apply(edits.create(slot("a"), slot("b")))
    await desk.run_for(200)
    assert len(desk.api.entries) == 2
    views = [desk.session.item(key) for key in "ab"]
    assert len({view.item.server_id for view in views if view is not None}) == 2


async def test_a_poll_does_not_show_an_uncertain_create_twice(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.session.sync_now()
    assert desk.shown() == [slot("a")]


async def test_an_uncertain_update_is_sent_again_after_the_settling_time(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.write_faults.append("before")
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(29)
    assert desk.api.contents() == [slot("a").content()]
    await desk.run_for(2)
    assert desk.api.contents() == [moved.content()]


async def test_a_delete_of_what_is_gone_is_done(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.entries.clear()
    await desk.session.apply(edits.delete(slot("a")))
    await desk.run_for(0)
    assert desk.ops() == []


async def test_an_update_of_what_is_gone_waits_for_a_decision(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.entries.clear()
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert (view.state, view.item, view.confirmed) == (SendState.CONFLICT, moved, None)
    assert desk.session.status.needs_decision == 1
    await desk.session.retry("a")
    await desk.run_for(0)
    assert desk.api.contents() == [moved.content()]


async def test_discarding_what_is_gone_elsewhere_removes_it(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.entries.clear()
    await desk.session.apply(edits.change(slot("a"), slot("a", 660, 720)))
    await desk.run_for(0)
    await desk.session.discard("a")
    assert desk.session.item("a") is None


async def test_a_refused_edit_says_why_and_can_be_dropped(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert (view.state, view.message) == (SendState.REJECTED, "no such slot")
    await desk.session.discard("a")
    assert desk.shown() == []
    assert desk.session.status.unsent == 0


async def test_a_refused_edit_holds_up_nobody_else(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    assert desk.api.contents() == [slot("b", 660, 720).content()]


async def test_a_conflict_is_shown_and_goes_when_the_slot_is_moved_away(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    await desk.session.apply(edits.create(slot("a", 570, 630)))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.CONFLICT
    assert desk.session.days(THURSDAY, 1).conflicts["a"]
    await desk.session.apply(edits.change(slot("a", 570, 630), slot("a", 600, 660)))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.SENT


@pytest.mark.parametrize("names_ids", [True, False])
async def test_two_slots_that_change_places_wait_for_each_other_only_as_long_as_it_helps(
    desk: Desk, names_ids: bool
) -> None:
    desk.api.conflict_ids = names_ids
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    away = edits.Edit(
        (edits.Change(slot("a"), slot("a", 660, 720)), edits.Change(slot("b", 660, 720), slot("b", 800, 860)))
    )
    await desk.session.apply(away)
    await desk.run_for(0)
    assert desk.ops() == []
    swap = edits.Edit(
        (
            edits.Change(slot("a", 660, 720), slot("a", 800, 860)),
            edits.Change(slot("b", 800, 860), slot("b", 660, 720)),
        )
    )
    await desk.session.apply(swap)
    await desk.run_for(0)
    assert {view.state for view in desk.session.days(THURSDAY, 1).entries} == {SendState.CONFLICT}


async def test_an_edit_made_while_its_create_is_on_the_way_follows_it(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.change(slot("a"), moved))
    assert desk.shown() == [moved]
    await desk.run_for(120)
    assert desk.api.contents() == [moved.content()]


async def test_a_delete_made_while_its_create_is_uncertain_follows_it(desk: Desk) -> None:
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    await desk.session.apply(edits.delete(slot("a")))
    assert desk.shown() == []
    await desk.run_for(120)
    assert desk.api.entries == {}
    assert desk.ops() == []


async def test_edits_behind_a_refused_one_are_tried_in_its_place(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("wall", 540, 600)))
    await desk.run_for(0)
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(slot("a", 570, 630)))
    await desk.run_for(0)
    await desk.session.apply(edits.change(slot("a", 570, 630), slot("a", 600, 660)))
    await desk.run_for(200)
    assert slot("a", 600, 660).content() in desk.api.contents()
    assert desk.ops() == []


async def test_patterns_are_created_and_deleted(desk: Desk) -> None:
    pattern = Pattern("p", 1, 540, 600)
    await desk.session.apply(edits.create(pattern))
    await desk.run_for(0)
    assert [each.content() for each in desk.api.patterns.values()] == [pattern.content()]
    await desk.session.apply(edits.delete(pattern))
    await desk.run_for(0)
    assert desk.api.patterns == {}
    assert desk.session.days(THURSDAY).patterns == ()


@pytest.mark.parametrize("fault", ["after", "before", "no_body"])
async def test_an_uncertain_pattern_ends_exactly_once(desk: Desk, fault: Fault) -> None:
    pattern = Pattern("p", 1, 540, 600)
    desk.api.write_faults.append(fault)
    await desk.session.apply(edits.create(pattern))
    await desk.run_for(120)
    assert [each.content() for each in desk.api.patterns.values()] == [pattern.content()]
    assert desk.ops() == []


async def test_the_servers_version_of_what_was_sent_is_kept(desk: Desk) -> None:
    async def create_entry(entry: Entry) -> object:
        return desk.api._create(replace(entry, title=entry.title.strip()))

    desk.api.create_entry = create_entry  # type: ignore[method-assign, assignment]
    await desk.session.apply(edits.create(slot("a", title=" trimmed ")))
    await desk.run_for(0)
    assert desk.shown() == [slot("a", title="trimmed")]


async def test_a_second_sync_writes_nothing(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a"), slot("b", 660, 720)))
    await desk.run_for(0)
    before = len(desk.api.writes)
    await desk.session.sync_now()
    await desk.run_for(120)
    assert len(desk.api.writes) == before
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_a_pattern_that_the_server_refuses_as_overlapping_is_a_conflict(desk: Desk) -> None:
    async def refuse(_: Pattern) -> None:
        raise ConflictError("overlap")

    desk.api.create_pattern = refuse  # type: ignore[method-assign, assignment]
    await desk.session.apply(edits.create(Pattern("p", 1, 540, 600)))
    await desk.run_for(0)
    view = desk.session.item("p")
    assert view is not None
    assert view.state is SendState.CONFLICT


async def test_an_empty_reply_to_an_update_is_believed(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    desk.api.write_faults.append("no_body")
    await desk.session.apply(edits.change(slot("a"), slot("a", 660, 720)))
    await desk.run_for(0)
    assert desk.ops() == []
    assert desk.shown() == [slot("a", 660, 720)]


async def test_an_accepted_create_that_is_not_to_be_seen_at_first_is_looked_for_again(desk: Desk) -> None:
    desk.api.write_faults.append("no_body")
    desk.api.read_faults.extend([None, "empty_list"])
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    assert len(desk.ops()) == 1
    await desk.run_for(40)
    assert desk.ops() == []
    assert len(desk.api.entries) == 1


async def test_a_create_that_something_on_the_way_sent_twice_is_adopted(desk: Desk) -> None:
    async def twice(entry: Entry) -> None:
        made = desk.api._create(entry)
        raise ConflictError("overlap", conflicts=(ConflictingSlot(made.id, made.start, made.end),))

    desk.api.create_entry = twice  # type: ignore[method-assign]
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert (view.state, view.item.server_id) == (SendState.SENT, next(iter(desk.api.entries)))
