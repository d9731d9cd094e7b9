"""Nothing that somebody else has changed is overwritten unseen, in whatever way the server's list shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Pattern
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState
from triluna_desktop.session.notices import Kind

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

A = slot("a")
LONG_NOTES = "n" * (NOTES_LIMIT + 1)


@pytest.fixture
async def known(desk: Desk) -> int:
    """The id of an entry that the server and the screen have."""
    await desk.session.apply(edits.create(A))
    await desk.run_for(1)
    (server_id,) = desk.api.entries
    return server_id


async def test_a_text_that_is_too_long_for_us_is_not_overwritten_by_what_was_here(desk: Desk, known: int) -> None:
    desk.api.entries[known] = replace(desk.api.entries[known], notes=LONG_NOTES)
    await desk.session.sync_now()
    (shown,) = desk.shown()
    await desk.session.apply(edits.change(shown, replace(shown, start=480)))
    await desk.run_for(120)
    assert desk.api.entries[known].notes == LONG_NOTES
    view = desk.session.item("a")
    assert view is not None
    assert (view.state, view.trouble) == (SendState.REJECTED, Trouble.UNREADABLE)


async def test_a_block_with_such_notes_is_seen_and_closes_its_time(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 1020)
    block = desk.api.add(THURSDAY, 600, 660, "Meeting", is_available=False)
    desk.api.entries[block.id] = replace(block, notes=LONG_NOTES)
    await desk.session.sync_now()
    (day,) = desk.session.availability(THURSDAY, 1)
    assert [(each.start, each.end) for each in day.bookable] == [(540, 600), (660, 1020)]
    assert desk.session.status.skipped_rows == 0
    shown = next(each for each in desk.shown() if not each.is_available)
    assert (len(shown.notes), shown.notes[-1]) == (NOTES_LIMIT, "…")
    await desk.session.apply(edits.change(shown, replace(shown, end=720)))
    await desk.run_for(120)
    assert (desk.api.entries[block.id].end, desk.api.entries[block.id].notes) == (660, LONG_NOTES)
    view = desk.session.item(shown.key)
    assert view is not None
    assert (view.state, view.trouble) == (SendState.REJECTED, Trouble.UNREADABLE)


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_lists_that_lack_such_a_block_without_proof_let_nothing_overwrite_it(
    desk: Desk, is_deleted: bool
) -> None:
    block = desk.api.add(THURSDAY, 600, 660, "Meeting", is_available=False)
    there = desk.api.entries[block.id] = replace(block, notes=LONG_NOTES)
    await desk.session.sync_now()
    (shown,) = desk.shown()
    desk.api.read_faults.extend(["empty_list"] * 20)
    await desk.session.apply(edits.delete(shown) if is_deleted else edits.change(shown, replace(shown, end=720)))
    await desk.run_for(30)
    assert (desk.api.entries, desk.api.writes) == ({block.id: there}, [])
    view = desk.session.item(shown.key)
    assert view is not None
    assert (view.state, view.trouble) == (SendState.REJECTED, Trouble.UNREADABLE)


async def test_it_is_not_notified_that_the_server_refused_what_was_never_sent(desk: Desk, known: int) -> None:
    desk.api.entries[known] = replace(desk.api.entries[known], notes=LONG_NOTES)
    (shown,) = desk.shown()
    await desk.session.notices.settle(await desk.session.notices.look())
    await desk.session.apply(edits.delete(shown))
    await desk.run_for(0)
    # That somebody made the texts long is another thing, and true.
    assert [notice.kind for notice in await desk.session.notices.look()] == [Kind.CONFLICT, Kind.ELSEWHERE]


async def test_nor_is_it_deleted_unseen(desk: Desk, known: int) -> None:
    desk.api.entries[known] = replace(desk.api.entries[known], notes=LONG_NOTES)
    (shown,) = desk.shown()
    await desk.session.apply(edits.delete(shown))
    await desk.run_for(120)
    assert list(desk.api.entries) == [known]
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.REJECTED


async def test_it_is_sent_once_the_text_was_made_shorter(desk: Desk, known: int) -> None:
    desk.api.entries[known] = replace(desk.api.entries[known], notes=LONG_NOTES)
    (shown,) = desk.shown()
    await desk.session.apply(edits.change(shown, replace(shown, start=480)))
    await desk.run_for(120)
    desk.api.entries[known] = replace(desk.api.entries[known], notes="short")
    await desk.session.retry("a")
    await desk.run_for(120)
    found = desk.api.entries[known]
    assert (found.start, found.notes) == (480, "short")
    assert desk.ops() == []


async def test_weekly_hours_with_such_a_title_are_not_replaced_unseen(desk: Desk) -> None:
    weekly = Pattern("w", 1, 540, 600, True)
    await desk.session.apply(edits.create(weekly))
    await desk.run_for(1)
    (server_id,) = desk.api.patterns
    long_title = "t" * (TITLE_LIMIT + 1)
    desk.api.patterns[server_id] = replace(desk.api.patterns[server_id], title=long_title)
    await desk.session.apply(edits.change(weekly, replace(weekly, end=660)))
    await desk.run_for(120)
    assert [pattern.title for pattern in desk.api.patterns.values()] == [long_title]


async def test_a_list_of_all_dates_does_not_hide_that_an_entry_was_moved(desk: Desk, known: int) -> None:
    desk.api.lists_all_dates = True
    moved = THURSDAY + timedelta(days=5)
    desk.api.entries[known] = replace(desk.api.entries[known], date=moved)
    await desk.session.apply(edits.change(A, replace(A, title="mine")))
    await desk.run_for(120)
    found = desk.api.entries[known]
    assert (found.date, found.title) == (moved, "mine")
