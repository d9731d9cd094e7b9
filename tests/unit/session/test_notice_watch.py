"""What there is to tell who looks elsewhere, found out from a real store and a server in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.helpers.manual_clock import START
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteEntry
from triluna_desktop.session.notices import Kind, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from tests.helpers.offline_session import Desk

TODAY = START.date()
OPEN_MODE = ModeSettings(Mode.UNAVAILABLE_TIMES)


def block(key: str = "b", start: int = 840, end: int = 870, title: str = "") -> Entry:
    return Entry(key, TODAY, start, end, False, title)


async def look(desk: Desk) -> list[Kind]:
    return [notice.kind for notice in await desk.session.notices.look()]


async def tell(desk: Desk) -> list[Notice]:
    """Look, and settle what there is."""
    found = await desk.session.notices.look()
    await desk.session.notices.settle(found)
    return list(found)


async def read(desk: Desk) -> None:
    await desk.session.sync_now()
    await desk.run_for(0)


def go_offline(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 100)
    desk.api.read_faults.extend(["unsent"] * 100)


async def come_back(desk: Desk) -> None:
    desk.api.write_faults.clear()
    desk.api.read_faults.clear()
    await desk.session.sync_now()
    await desk.run_for(5)


def book(desk: Desk, number: int, start: int = 900, title: str = "Booked") -> None:
    """Somebody else makes an entry."""
    desk.api.entries[number] = RemoteEntry(number, THURSDAY, start, start + 30, False, title)


# -- refusals -----------------------------------------------------------------------------------------------------


async def test_a_refused_edit_is_told_once_with_the_servers_words(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    (notice,) = await tell(desk)
    view = desk.session.item("a")
    assert view is not None
    assert (notice.kind, notice.item, notice.message) == (Kind.REFUSED, view.item, view.message)
    assert notice.message
    assert await look(desk) == []


async def test_a_refused_edit_of_one_item_can_be_taken_back_but_a_part_of_many_cannot(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    alone = edits.create(slot("a"))
    await desk.session.apply(alone)
    await desk.run_for(1)
    (notice,) = await tell(desk)
    assert notice.edit is alone
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("b", 700, 720), slot("c", 800, 820)))
    await desk.run_for(1)
    (notice,) = await tell(desk)
    assert notice.edit is None


async def test_a_restart_tells_nothing_twice_and_forgets_nothing(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    assert await look(desk) == [Kind.REFUSED]
    await desk.restart()
    assert await look(desk) == [Kind.REFUSED]
    await tell(desk)
    await desk.restart()
    assert await look(desk) == []


async def test_an_edit_that_is_refused_again_is_told_again(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    await tell(desk)
    desk.api.write_faults.append("invalid")
    await desk.session.retry("a")
    await desk.run_for(1)
    assert await look(desk) == [Kind.REFUSED]


async def test_a_refused_edit_that_was_dropped_before_it_was_told_is_not_told(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    assert await look(desk) == [Kind.REFUSED]
    await desk.session.undo()
    assert await look(desk) == []


async def test_an_overlap_is_a_conflict(desk: Desk) -> None:
    book(desk, 7, 540)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(5)
    assert Kind.CONFLICT in await look(desk)


# -- the token ----------------------------------------------------------------------------------------------------


async def test_a_refused_token_is_told_once_and_again_after_another_one_worked(desk: Desk) -> None:
    desk.api.read_faults.append("unauthorized")
    await read(desk)
    assert [notice.kind for notice in await tell(desk)] == [Kind.TOKEN]
    assert await look(desk) == []
    desk.session.token_changed()
    await desk.run_for(5)
    assert await look(desk) == []
    desk.api.read_faults.append("unauthorized")
    await read(desk)
    assert await look(desk) == [Kind.TOKEN]


# -- elsewhere ----------------------------------------------------------------------------------------------------


async def test_what_somebody_else_booked_is_told_once_and_our_own_edits_are_not(desk: Desk) -> None:
    assert await look(desk) == []
    await desk.session.apply(edits.create(slot("mine")))
    await desk.run_for(1)
    await read(desk)
    assert await look(desk) == []
    book(desk, 7)
    await read(desk)
    (notice,) = await tell(desk)
    assert isinstance(notice.item, Entry)
    assert (notice.kind, notice.item.title, notice.before, notice.day) == (
        Kind.ELSEWHERE,
        "Booked",
        None,
        THURSDAY,
    )
    assert await look(desk) == []
    await desk.restart()
    assert await look(desk) == []


async def test_many_changes_of_one_entry_are_one_and_what_came_to_nothing_is_none(desk: Desk) -> None:
    book(desk, 6, 1000)
    await read(desk)
    await tell(desk)
    book(desk, 7)
    await read(desk)
    desk.api.entries[7] = replace(desk.api.entries[7], title="Booked again")
    await read(desk)
    (notice,) = await desk.session.notices.look()
    assert (notice.before, len(notice.idents)) == (None, 2)
    del desk.api.entries[7]
    await read(desk)
    assert await look(desk) == []


async def test_of_several_changes_elsewhere_those_that_were_seen_are_settled_alone(desk: Desk) -> None:
    await look(desk)
    book(desk, 7)
    book(desk, 8, 960, "Other")
    await read(desk)
    first, second = await desk.session.notices.look()
    await desk.session.notices.settle([first])
    assert await desk.session.notices.look() == (second,)
    await desk.restart()
    (left,) = await desk.session.notices.look()
    assert left.item == second.item
    await desk.session.notices.settle([left])
    assert await look(desk) == []


async def test_changes_elsewhere_in_the_past_are_not_told(desk: Desk) -> None:
    book(desk, 7)
    await read(desk)
    await tell(desk)
    desk.clock.advance(10 * 86_400)
    desk.api.entries[7] = replace(desk.api.entries[7], title="Late")
    await read(desk)
    assert await look(desk) == []


async def test_at_the_first_start_there_is_nothing_to_tell_of_what_was_before(desk: Desk) -> None:
    book(desk, 7)
    await read(desk)
    desk.clock.advance(60)
    await desk.restart()
    assert await look(desk) == []


async def test_at_the_first_start_what_came_before_the_first_look_is_told(desk: Desk) -> None:
    book(desk, 7)
    await read(desk)
    desk.clock.set_wall(desk.clock.now() - timedelta(hours=1))  # It had been ahead.
    await desk.restart()
    for number in range(10, 70):  # More than a page of the history.
        book(desk, number, 300 + 15 * number)
    await read(desk)
    assert await look(desk) == [Kind.ELSEWHERE] * 60


# -- offline and back ---------------------------------------------------------------------------------------------


async def test_what_waited_for_the_server_is_told_when_it_is_sent(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a"), slot("b", 700, 720)))
    await desk.run_for(1)
    assert await look(desk) == []
    await desk.run_for(90)
    await come_back(desk)
    (notice,) = await tell(desk)
    assert (notice.kind, notice.count) == (Kind.SENT, 2)
    assert await look(desk) == []


async def test_an_outage_of_a_moment_is_not_worth_telling(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(5)
    await look(desk)
    await come_back(desk)
    assert await look(desk) == []


async def test_what_was_dropped_while_offline_is_not_counted_as_sent(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.apply(edits.create(slot("b", 700, 720)))
    await desk.run_for(1)
    await look(desk)
    await desk.run_for(90)
    await desk.session.undo()
    await look(desk)
    await come_back(desk)
    (notice,) = await tell(desk)
    assert notice.count == 1


async def test_what_waited_over_a_restart_is_told_when_it_is_sent(desk: Desk) -> None:
    go_offline(desk)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(90)
    await look(desk)
    await desk.kill()
    desk.api.write_faults.clear()
    desk.api.read_faults.clear()
    await desk.restart()
    await desk.run_for(5)
    (notice,) = await tell(desk)
    assert (notice.kind, notice.count) == (Kind.SENT, 1)


# -- outside of the window ----------------------------------------------------------------------------------------


async def test_a_block_made_outside_that_the_server_has_is_told_with_its_edit(desk: Desk) -> None:
    edit = edits.create(block())
    await desk.session.apply(edit)
    desk.session.notices.made_outside(edit)
    await desk.run_for(1)
    (notice,) = await tell(desk)
    assert (notice.kind, notice.edit, notice.day) == (Kind.DONE, edit, TODAY)
    assert await look(desk) == []


async def told_of_a_block_made_outside(desk: Desk) -> Notice:
    """What is told, offline, of a block that is made beside the window."""
    desk.session.mode_settings = OPEN_MODE
    go_offline(desk)
    edit = edits.create(block())
    await desk.session.apply(edit)
    await desk.run_for(1)
    desk.session.notices.made_outside(edit)
    (notice,) = await tell(desk)
    return notice


async def test_a_block_made_outside_while_offline_names_the_first_minute_that_callers_can_still_book(
    desk: Desk,
) -> None:
    notice = await told_of_a_block_made_outside(desk)
    assert (notice.kind, notice.minute, notice.is_offered) == (Kind.NOT_LIVE, 840, True)
    assert await look(desk) == []
    await come_back(desk)
    (notice,) = await tell(desk)
    assert notice.kind is Kind.SENT  # Also after a moment, as the user was told that it waits.


async def test_a_block_that_is_sent_while_it_is_looked_at_is_told_as_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = await told_of_a_block_made_outside(desk)
    assert notice.kind is Kind.NOT_LIVE
    has_unsent = desk.session.has_unsent

    async def sent_meanwhile(keys: Iterable[str]) -> bool:
        monkeypatch.undo()
        await come_back(desk)
        return await has_unsent(keys)

    monkeypatch.setattr(desk.session, "has_unsent", sent_meanwhile)
    assert await look(desk) == []  # The session tells of what was sent, and then there is another look.
    (notice,) = await tell(desk)
    assert notice.kind is Kind.SENT


async def test_a_block_made_outside_that_the_server_refuses_is_told_once(desk: Desk) -> None:
    desk.session.mode_settings = OPEN_MODE
    desk.api.write_faults.append("invalid")
    edit = edits.create(block())
    await desk.session.apply(edit)
    desk.session.notices.made_outside(edit)
    await desk.run_for(10)
    (notice,) = await tell(desk)
    assert notice.kind is Kind.REFUSED
    assert await look(desk) == []


async def test_a_block_where_callers_cannot_book_anyway_is_not_said_to_be_bookable(desk: Desk) -> None:
    go_offline(desk)
    edit = edits.create(block())
    await desk.session.apply(edit)
    await desk.run_for(1)
    desk.session.notices.made_outside(edit)
    assert await look(desk) == []


async def test_a_block_that_is_taken_back_before_it_was_told_is_not_told(desk: Desk) -> None:
    edit = edits.create(block())
    await desk.session.apply(edit)
    desk.session.notices.made_outside(edit)
    await desk.run_for(1)
    assert await look(desk) == [Kind.DONE]
    await desk.session.undo(edit)
    await desk.run_for(1)
    assert await look(desk) == []


async def test_a_slow_server_is_waited_for_five_seconds_then_it_is_not_live(desk: Desk) -> None:
    import asyncio

    desk.session.mode_settings = OPEN_MODE
    desk.api.held = asyncio.Event()
    edit = edits.create(block())
    await desk.session.apply(edit)
    desk.session.notices.made_outside(edit)
    await desk.run_for(1)
    assert await look(desk) == []
    assert desk.session.notices.until_next() == 4
    desk.clock.advance(4)
    assert [notice.kind for notice in await tell(desk)] == [Kind.NOT_LIVE]
    desk.api.held.set()
    desk.api.held = None
    await desk.run_for(1)
    assert await look(desk) == [Kind.DONE]


async def test_that_it_is_done_is_worth_telling_for_a_while_only(desk: Desk) -> None:
    edit = edits.create(block())
    await desk.session.apply(edit)
    desk.session.notices.made_outside(edit)
    await desk.run_for(1)
    assert await look(desk) == [Kind.DONE]
    desk.clock.advance(120)
    assert await look(desk) == []


# -- a block ends -------------------------------------------------------------------------------------------------


async def test_the_end_of_a_block_is_told_once_in_its_last_five_minutes(desk: Desk) -> None:
    await desk.session.apply(edits.create(block("b", 595, 660, "Client")))  # 9:55 to 11:00; it is 10:00.
    await desk.run_for(0)
    assert await look(desk) == []
    assert desk.session.notices.until_next() == 55 * 60
    desk.clock.advance(55 * 60)
    (notice,) = await tell(desk)
    assert (notice.kind, notice.minute) == (Kind.ENDING, 660)
    assert await look(desk) == []


# -- undo ---------------------------------------------------------------------------------------------------------


async def test_an_edit_below_another_one_can_be_taken_back_alone(desk: Desk) -> None:
    first, second = edits.create(slot("a")), edits.create(slot("b", 700, 720))
    await desk.session.apply(first)
    await desk.session.apply(second)
    undone = await desk.session.undo(first)
    assert undone is not None
    assert [entry.key for entry in desk.shown()] == ["b"]
    assert desk.session.last_edit is second
    assert await desk.session.undo(first) is None
