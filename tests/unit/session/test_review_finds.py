"""What a review of the outbox found, as tests of their own."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.fake_api import ZOMBIE_SECONDS
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import ConflictError, RemoteCalendar, Trouble, UncertainError
from triluna_desktop.session import SendState
from triluna_desktop.store.outbox import Outbox
from triluna_desktop.store.schema import MIGRATIONS
from triluna_desktop.sync.plan import SETTLE_SECONDS, choose
from triluna_desktop.sync.ports import Op, OpKind, OpState, Phase

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import RemoteEntry

FAR = THURSDAY + timedelta(days=400)
"""A date beyond the polled window."""


async def standing(desk: Desk) -> None:
    """Entry "a" that both sides know, 09:00 to 10:00, and others, so that a list without it is believed."""
    await desk.session.apply(edits.create(slot("a", title="seen")))
    for number in range(4):
        desk.api.add(THURSDAY, 60 * number, 60 * number + 30)
    await desk.session.sync_now()


async def teach_that_overlaps_are_refused(desk: Desk) -> None:
    desk.api.add(THURSDAY, 900, 960)
    await desk.session.apply(edits.create(slot("refused", 900, 930)))
    await desk.session.sync_now()
    await desk.session.discard("refused")


async def test_what_moved_beyond_the_polled_window_unanswered_is_found_where_it_went(desk: Desk) -> None:
    """It was said to be deleted elsewhere, and “create it again” made a second one."""
    await standing(desk)
    desk.api.write_faults.append("after")
    moved = slot("a", title="seen", day=FAR)
    await desk.session.apply(edits.change(slot("a", title="seen"), moved))
    await desk.run_for(SETTLE_SECONDS + 30)
    view = desk.session.item("a")
    assert view is not None
    assert (view.item, view.state) == (moved, SendState.SENT)
    assert desk.ops() == []


@pytest.mark.parametrize("change", ["delete", "move", "undo"])
async def test_a_create_that_may_still_land_is_not_made_undone_while_it_waits_to_be_sent_again(
    desk: Desk, change: str
) -> None:
    """Sent again after 2 s, but the network was gone: taken back meanwhile, the first request landed after all."""
    await teach_that_overlaps_are_refused(desk)
    desk.api.write_faults.extend(["zombie", "unsent", "unsent", "unsent", "unsent"])
    entry, moved = slot("a"), slot("a", 660, 720)
    await desk.session.apply(edits.create(entry))
    while len(desk.api.writes) < 3:
        await desk.run_for(0.2)
    (op,) = desk.ops()
    assert (op.state, op.attempt) == (OpState.PENDING, 1)
    if change == "undo":
        undone = await desk.session.undo()
        assert undone is not None
        assert undone.was_sent
    else:
        edit: Edit = edits.change(entry, moved) if change == "move" else edits.delete(entry)
        await desk.session.apply(edit)
    await desk.run_for(ZOMBIE_SECONDS + SETTLE_SECONDS)
    await desk.session.sync_now()
    assert desk.ops() == []
    mine = [content for content in desk.api.contents() if content[1] != 900]
    assert mine == ([moved.content()] if change == "move" else [])


async def test_an_edit_on_top_of_a_create_that_lists_may_hide_is_not_sent_in_its_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The create had landed, in a row that could not be read: with the edit it came twice."""
    desk.api.refuses_overlaps = False
    real = desk.api.read_calendar

    async def hides_it(
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        page = await real(first, last, include_recurring=include_recurring, in_background=in_background)
        shown = tuple(entry for entry in page.entries if entry.title != "mine")
        return RemoteCalendar(shown, page.patterns, len(page.entries) - len(shown))

    monkeypatch.setattr(desk.api, "read_calendar", hides_it)
    desk.api.write_faults.append("after")
    entry = slot("a", title="mine")
    await desk.session.apply(edits.create(entry))
    await desk.run_for(1)
    later = replace(entry, start=660, end=720)
    await desk.session.apply(edits.change(entry, later))
    await desk.run_for(SETTLE_SECONDS + 60)
    view = desk.session.item("a")
    assert view is not None
    assert (view.item, view.state) == (later, SendState.REJECTED)
    assert len(desk.api.entries) == 1


async def test_what_is_read_of_other_dates_does_not_hide_what_is_deleted_in_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of the window can never be read, and all can on other dates: each read of them made it news again."""
    await standing(desk)
    real = desk.api.read_calendar

    async def hides_one(
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        page = await real(first, last, include_recurring=include_recurring, in_background=in_background)
        return replace(page, skipped=int(include_recurring))

    monkeypatch.setattr(desk.api, "read_calendar", hides_one)
    desk.session.look_at(FAR, FAR)
    await desk.run_for(200)
    gone = next(entry.id for entry in desk.api.entries.values() if entry.start == 60)
    del desk.api.entries[gone]
    await desk.run_for(200)
    assert 60 not in {entry.start for entry in desk.shown()}
    assert len(desk.shown()) == 4


async def test_a_block_whose_deletion_was_not_answered_is_told_to_be_open(desk: Desk) -> None:
    """Weekly hours that had to make room first: until it is known whether they are gone, callers may book them."""
    desk.api.refuses_pattern_overlaps = True
    block = Pattern("block", 1, 540, 600, False)
    await desk.session.apply(edits.create(block))
    await desk.run_for(1)
    desk.api.write_faults.extend([None, "after"])
    await desk.session.apply(edits.change(block, replace(block, end=630)))
    await desk.run_for(0.5)
    (op,) = desk.ops()
    assert (op.phase, op.state) == (Phase.CLEARING, OpState.UNCERTAIN)
    assert desk.api.pattern_contents() == []
    view = desk.session.item("block")
    assert view is not None
    assert view.exposed


async def test_what_was_read_before_the_computer_slept_is_read_again(desk: Desk) -> None:
    """The clock that tells how old a read is stands still in sleep: what others did meanwhile was overwritten."""
    await standing(desk)
    desk.api.write_faults.extend(["unsent"])
    mine = slot("a", title="mine")
    await desk.session.apply(edits.change(slot("a", title="seen"), mine))
    await desk.run_for(0)
    assert desk.ops()
    entry = next(each for each in desk.api.entries.values() if each.title == "seen")
    desk.api.entries[entry.id] = replace(entry, notes="theirs")
    desk.clock.set_wall(desk.clock.now() + timedelta(hours=8))
    await desk.run_for(10)
    assert desk.ops() == []
    assert replace(mine, notes="theirs").content() in desk.api.contents()


def test_what_is_sent_next_is_found_as_fast_among_thousands_as_among_few() -> None:
    """Each step looked at all that was queued: 5,000 creates took 25 million looks."""

    def instructions(queued: int) -> int:
        connection = sqlite3.connect(":memory:")
        for script in MIGRATIONS:
            connection.executescript(script)
        outbox = Outbox(connection)
        for number in range(queued):
            outbox.put_op(Op(0, OpKind.CREATE, slot(f"key {number}"), None, 1))
        spent = 0

        def count() -> int:
            nonlocal spent
            spent += 1
            return 0

        connection.set_progress_handler(count, 1)
        head = choose(outbox.heads(), {1: 2.0}, 1.0)
        connection.set_progress_handler(None, 0)
        connection.close()
        assert head is not None
        assert head.key == "key 1"
        return spent

    assert 0 < instructions(3000) <= 2 * instructions(10)


async def test_of_a_refused_change_it_is_said_when_the_entry_is_gone(desk: Desk) -> None:
    """It still asked to be sent again only, and that brought back what somebody else had deleted."""
    await standing(desk)
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.change(slot("a", title="seen"), slot("a", title="mine")))
    await desk.run_for(0)
    (op,) = desk.ops()
    assert op.state is OpState.REJECTED
    del desk.api.entries[next(each.id for each in desk.api.entries.values() if each.title == "seen")]
    await desk.session.sync_now()
    view = desk.session.item("a")
    assert view is not None
    assert (view.state, view.trouble, view.confirmed) == (SendState.CONFLICT, Trouble.NOT_FOUND, None)


@pytest.mark.parametrize("is_moved", [False, True], ids=["changed", "moved to another day"])
async def test_what_a_deletion_asks_about_is_shown_as_it_is_by_now(desk: Desk, is_moved: bool) -> None:
    """The version of the first question stayed on the screen, and “delete it” deleted one that nobody had seen."""
    await standing(desk)
    entry = next(each for each in desk.api.entries.values() if each.title == "seen")
    desk.api.entries[entry.id] = replace(entry, title="theirs")
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(0)
    day = THURSDAY + timedelta(days=int(is_moved))
    desk.api.entries[entry.id] = replace(entry, title="theirs again", date=day)
    await desk.session.sync_now()
    assert slot("a", title="theirs again", day=day) in desk.shown(day)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.CONFLICT
    await desk.session.apply(edits.delete(view.item))
    await desk.run_for(0)
    assert entry.id not in desk.api.entries


async def test_only_an_overlap_that_is_refused_shows_that_overlaps_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 409 that names nothing may mean anything: creates then settled after 2 s, where a late one comes twice."""

    async def refuse(entry: Entry) -> RemoteEntry | None:
        raise ConflictError(f"try again later: {entry.title}")

    with monkeypatch.context() as patch:
        patch.setattr(desk.api, "create_entry", refuse)
        await desk.session.apply(edits.create(slot("a")))
        await desk.run_for(1)
    assert not desk.session.refuses_overlaps
    desk.api.add(THURSDAY, 570, 630)
    await desk.session.retry("a")
    await desk.run_for(1)
    assert desk.session.refuses_overlaps


async def test_entries_on_the_first_and_the_last_of_all_dates_are_sent(desk: Desk) -> None:
    for day in (date.min, date.max):
        desk.session.look_at(day, day)
        await desk.session.apply(edits.create(slot(f"{day}", day=day)))
        await desk.run_for(70)
        moved = slot(f"{day}", 660, 720, day=day)
        await desk.session.apply(edits.change(slot(f"{day}", day=day), moved))
        await desk.run_for(70)
        assert desk.shown(day) == [moved]
    assert desk.ops() == []
    assert [content[0] for content in desk.api.contents()] == [date.min, date.max]


@pytest.mark.parametrize("is_huge", [False, True], ids=["found there", "too large to be searched"])
async def test_what_was_moved_beyond_the_polled_window_is_not_taken_for_deleted(
    desk: Desk, is_huge: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted here, it was said to be done, and stood on the server for ever."""
    await standing(desk)
    real = desk.api.read_calendar

    async def too_large(
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        if is_huge and first is not None and last is not None and (last - first).days > 1000:
            raise UncertainError(Trouble.TOO_LARGE)
        return await real(first, last, include_recurring=include_recurring, in_background=in_background)

    monkeypatch.setattr(desk.api, "read_calendar", too_large)
    entry = next(each for each in desk.api.entries.values() if each.title == "seen")
    desk.api.entries[entry.id] = replace(entry, date=FAR)
    await desk.session.apply(edits.delete(slot("a", title="seen")))
    await desk.run_for(60)
    if is_huge:
        assert desk.ops() == []
        return
    view = desk.session.item("a")
    assert view is not None
    assert (view.item, view.state, view.trouble) == (
        slot("a", title="seen", day=FAR),
        SendState.CONFLICT,
        Trouble.CHANGED,
    )
