"""The history as a session writes it: what this app changed, what came from elsewhere, and what is no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.session import EditRefusedError
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern

OWN, ELSEWHERE, SYNC = Actor.THIS_APP, Actor.ELSEWHERE, Actor.SYNC
Content = tuple[object, ...]


def told(desk: Desk) -> list[tuple[Actor, Content | None, Content | None]]:
    """What the history holds, oldest first."""
    return [(row.actor, _content(row.before), _content(row.after)) for row in reversed(desk.store.history())]


def _content(item: Item | RemoteEntry | RemotePattern | None) -> Content | None:
    return None if item is None else item.content()


async def test_an_edit_is_kept_when_it_is_made_and_not_again_when_it_is_sent(desk: Desk) -> None:
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(5)
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(120)
    assert desk.api.contents() == [moved.content()]
    a = slot("a").content()
    assert told(desk) == [(OWN, None, a), (OWN, a, moved.content())]
    newest, oldest = desk.store.history(key="a")
    assert newest.at - oldest.at == 5


async def test_a_refused_edit_leaves_no_trace(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    stale = Edit((Change(None, slot("b")), Change(slot("a", 0, 60), None)))
    with pytest.raises(EditRefusedError):
        await desk.session.apply(stale)
    assert told(desk) == [(OWN, None, slot("a").content())]


async def test_what_an_edit_sends_again_as_it_stands_is_no_change(desk: Desk) -> None:
    desk.api.write_faults.append("invalid")
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)  # Refused by now.
    await desk.session.apply(Edit((Change(slot("a"), slot("a")), Change(None, slot("b", 660, 720)))))
    await desk.run_for(5)
    assert desk.api.contents() == [slot("a").content(), slot("b", 660, 720).content()]
    assert told(desk) == [(OWN, None, slot("a").content()), (OWN, None, slot("b", 660, 720).content())]


async def test_undo_and_discard_are_changes_too(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 9)
    a, b = slot("a").content(), slot("b").content()
    await desk.session.apply(edits.create(slot("a")))
    await desk.session.undo()
    await desk.session.apply(edits.create(slot("b")))
    await desk.session.discard("b")
    assert told(desk) == [(OWN, None, a), (OWN, a, None), (OWN, None, b), (OWN, b, None)]


async def test_what_the_first_read_of_a_date_brings_is_no_change(desk: Desk) -> None:
    far = THURSDAY + timedelta(days=900)
    desk.api.add(far, 540, 600, "far away")
    desk.session.look_at(far, far)
    await desk.session.sync_now()
    assert desk.session.item("entry:101") is not None
    assert told(desk) == []


async def test_what_appears_changes_and_goes_elsewhere_is_kept(desk: Desk) -> None:
    there = desk.api.add(THURSDAY, 540, 600, "theirs")
    other = desk.api.add(THURSDAY, 0, 60, "stays")
    await desk.session.sync_now()
    moved = replace(there, start=660, end=720)
    desk.api.entries[there.id] = moved
    await desk.session.sync_now()
    del desk.api.entries[there.id]
    await desk.session.sync_now()
    assert told(desk) == [
        (ELSEWHERE, None, there.content()),
        (ELSEWHERE, None, other.content()),
        (ELSEWHERE, there.content(), moved.content()),
        (ELSEWHERE, moved.content(), None),
    ]


async def test_weekly_hours_that_change_elsewhere_are_kept(desk: Desk) -> None:
    first = desk.api.add_pattern(1, 540, 1020)
    second = desk.api.add_pattern(2, 540, 1020)
    await desk.session.sync_now()
    del desk.api.patterns[first.id]
    await desk.session.sync_now()
    assert told(desk) == [
        (ELSEWHERE, None, first.content()),
        (ELSEWHERE, None, second.content()),
        (ELSEWHERE, first.content(), None),
    ]


async def test_an_edit_of_ours_whose_answer_was_lost_is_not_taken_for_somebody_elses(desk: Desk) -> None:
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    desk.api.write_faults.append("after")
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(1)
    assert desk.ops() != []
    await desk.session.sync_now()
    await desk.run_for(60)
    assert desk.ops() == []
    assert told(desk) == [(OWN, None, slot("a").content()), (OWN, slot("a").content(), moved.content())]


async def test_what_was_found_gone_while_sending_is_kept_as_gone_elsewhere(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(1)
    desk.api.entries.clear()
    moved = slot("a", 660, 720)
    await desk.session.apply(edits.change(slot("a"), moved))
    await desk.run_for(1)
    a = slot("a").content()
    assert told(desk) == [(OWN, None, a), (OWN, a, moved.content()), (ELSEWHERE, a, None)]
