"""A way out that made room for mine is taken back after it was sent: mine goes, and is asked about again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot
from tests.unit.session.test_conflict_choices import ENDS, choices, on_screen, on_server, refused

from triluna_desktop.domain import edits
from triluna_desktop.domain.choices import ChoiceKind
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk


ROOM = [ChoiceKind.TRIM_OTHER, ChoiceKind.REPLACE_OTHER]


@pytest.mark.parametrize("kind", ROOM)
async def test_taken_back_after_it_was_sent_the_others_get_their_room_and_mine_is_asked_about_again(
    desk: Desk, kind: ChoiceKind
) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[kind].edit)
    await desk.run_for(5)
    assert on_server(desk) == ENDS[kind]
    await desk.session.undo()
    assert on_screen(desk) == [(540, 630, "mine"), (600, 660, "theirs")]
    await desk.run_for(60)
    assert on_server(desk) == [(600, 660, "theirs")]
    assert on_screen(desk) == [(540, 630, "mine"), (600, 660, "theirs")]
    view = desk.session.item("mine")
    assert view is not None
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.CONFLICT)
    assert [op.key for op in desk.ops()] == ["mine"]


@pytest.mark.parametrize("seconds", [0, 60])
@pytest.mark.parametrize("kind", ROOM)
async def test_and_doing_it_again_does_it_again(desk: Desk, kind: ChoiceKind, seconds: float) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[kind].edit)
    await desk.run_for(5)
    await desk.session.undo()
    await desk.run_for(seconds)
    await desk.session.redo()
    assert on_screen(desk) == ENDS[kind]
    await desk.run_for(60)
    assert on_server(desk) == ENDS[kind]
    assert desk.ops() == []


async def test_a_move_that_was_pushed_through_goes_back_and_is_asked_about_again(desk: Desk) -> None:
    mine = slot("mine", 480, 540, "mine")
    await desk.session.apply(edits.create(mine))
    desk.api.add(THURSDAY, 600, 660, "theirs")
    await desk.session.sync_now()
    await desk.session.apply(edits.change(mine, replace(mine, start=570, end=630)))
    await desk.run_for(5)
    await desk.session.apply(choices(desk, "mine")[ChoiceKind.TRIM_OTHER].edit)
    await desk.run_for(5)
    assert on_server(desk) == [(570, 630, "mine"), (630, 660, "theirs")]
    await desk.session.undo()
    await desk.run_for(60)
    assert on_server(desk) == [(480, 540, "mine"), (600, 660, "theirs")]
    assert on_screen(desk) == [(570, 630, "mine"), (600, 660, "theirs")]
    view = desk.session.item("mine")
    assert view is not None
    assert view.state is SendState.CONFLICT


@pytest.mark.parametrize("fault", ["before", "after", "zombie", "unsent", "limited"])
@pytest.mark.parametrize("which", [0, 1])
async def test_whatever_request_of_it_fails_it_ends_the_same(desk: Desk, fault: Fault, which: int) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[ChoiceKind.TRIM_OTHER].edit)
    await desk.run_for(5)
    desk.api.write_faults.extend([None] * which + [fault])
    await desk.session.undo()
    await desk.run_for(1)
    await desk.restart()
    await desk.run_for(200)
    assert on_server(desk) == [(600, 660, "theirs")]
    assert on_screen(desk) == [(540, 630, "mine"), (600, 660, "theirs")]
    assert [op.key for op in desk.ops()] == ["mine"]


async def test_what_was_taken_back_can_be_decided_otherwise_before_it_has_left_the_server(desk: Desk) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[ChoiceKind.TRIM_OTHER].edit)
    await desk.run_for(5)
    desk.api.write_faults.append("limited")
    await desk.session.undo()
    await desk.run_for(1)
    view = desk.session.item("mine")
    assert view is not None
    assert isinstance(view.item, Entry)
    await desk.session.apply(edits.change(view.item, replace(view.item, end=600)))
    await desk.run_for(300)
    assert on_server(desk) == [(540, 600, "mine"), (600, 660, "theirs")]
    assert desk.ops() == []
