"""What a review found of the order in which weekly hours are sent: no block goes before its successor stands."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk

OLD_BLOCK, NEW_BLOCK = Pattern("old", 1, 540, 600, False), Pattern("new", 1, 540, 660, False)


async def replaced_block(desk: Desk, fault: Fault) -> None:
    """Weekly hours that are blocked, and an edit that puts others in their place; its first request fails."""
    await desk.session.apply(edits.create(OLD_BLOCK))
    await desk.run_for(0)
    desk.api.write_faults.append(fault)
    await desk.session.apply(Edit((Change(None, NEW_BLOCK), Change(OLD_BLOCK, None))))


async def test_a_block_waits_for_its_successor_also_when_that_is_edited_again_unsent(
    desk: Desk,
) -> None:
    """The edit took the place of what the block waited for: it went first, and callers were offered its time."""
    await replaced_block(desk, "limited")
    await desk.run_for(1)
    before = len(desk.api.writes)
    await desk.session.apply(edits.change(NEW_BLOCK, replace(NEW_BLOCK, title="later")))
    await desk.session.apply(edits.change(replace(NEW_BLOCK, title="later"), replace(NEW_BLOCK, title="last")))
    await desk.run_for(200)
    assert [request.method for request in desk.api.writes[before:]] == ["POST", "DELETE"]
    assert desk.api.pattern_contents() == [replace(NEW_BLOCK, title="last").content()]
    assert desk.ops() == []


async def test_a_block_waits_for_its_successor_also_when_that_is_refused_but_edited_meanwhile(
    desk: Desk,
) -> None:
    await desk.session.apply(edits.create(OLD_BLOCK))
    await desk.run_for(0)
    before = len(desk.api.writes)
    desk.api.write_faults.append("invalid")
    held = desk.api.held = asyncio.Event()
    await desk.session.apply(Edit((Change(None, NEW_BLOCK), Change(OLD_BLOCK, None))))
    await desk.run_for(0)
    while len(desk.api.writes) == before:  # What it reads first is held up, too.
        held.set()
        held = desk.api.held = asyncio.Event()
        await desk.run_for(0)
    await desk.session.apply(edits.change(NEW_BLOCK, replace(NEW_BLOCK, title="later")))
    held.set()
    desk.api.held = None
    await desk.run_for(100)
    assert [request.method for request in desk.api.writes[before:]] == ["POST", "POST", "DELETE"]
    assert desk.api.pattern_contents() == [replace(NEW_BLOCK, title="later").content()]
    assert desk.ops() == []


async def test_edits_in_different_orders_do_not_wait_for_each_other(desk: Desk) -> None:
    """X before A, then A before X, none of them sent yet."""
    first, second = Pattern("x", 1, 540, 600, False), Pattern("y", 1, 660, 720, False)
    await desk.session.apply(edits.create(first, second))
    await desk.run_for(0)
    desk.api.write_faults.extend(["limited"])
    later = [replace(each, title="later") for each in (first, second)]
    last = [replace(each, title="last") for each in (first, second)]
    await desk.session.apply(Edit((Change(first, later[0]), Change(second, later[1]))))
    await desk.run_for(1)
    await desk.session.apply(Edit((Change(later[1], last[1]), Change(later[0], last[0]))))
    await desk.session.apply(edits.change(last[1], replace(last[1], title="end")))
    await desk.run_for(300)
    assert desk.ops() == []
    assert {content[4] for content in desk.api.pattern_contents()} == {"last", "end"}


async def test_a_block_stays_while_the_user_has_not_decided_about_its_refused_successor(desk: Desk) -> None:
    """What was refused let go of all that waited for it: the block went, and callers were offered its time."""
    other = Pattern("other", 1, 900, 960, True)
    between = Pattern("between", 1, 780, 840, True)
    await desk.session.apply(edits.create(OLD_BLOCK))
    await desk.run_for(0)
    desk.api.write_faults.append("invalid")
    changes = (Change(None, NEW_BLOCK), Change(None, between), Change(OLD_BLOCK, None), Change(None, other))
    await desk.session.apply(Edit(changes))
    await desk.run_for(60)
    there = sorted((each.content() for each in (OLD_BLOCK, between, other)), key=repr)
    assert desk.api.pattern_contents() == there
    await desk.restart()
    await desk.run_for(60)
    assert desk.api.pattern_contents() == there
    await desk.session.retry("new")
    await desk.run_for(60)
    assert desk.api.pattern_contents() == sorted(
        (each.content() for each in (NEW_BLOCK, between, other)), key=repr
    )
    assert desk.ops() == []


async def test_a_block_goes_when_the_user_gives_its_refused_successor_up(desk: Desk) -> None:
    await replaced_block(desk, "invalid")
    await desk.run_for(60)
    assert desk.api.pattern_contents() == [OLD_BLOCK.content()]
    await desk.session.discard("new")
    await desk.run_for(60)
    assert desk.api.pattern_contents() == []
    assert desk.ops() == []
