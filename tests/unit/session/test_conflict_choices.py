"""The ways out of a refused overlap, carried out: one undo step each, and the server ends as the screen shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.choices import Choice, ChoiceKind, ways_out
from triluna_desktop.domain.choices_alike import alike
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState
from triluna_desktop.session.clashes import Clashes

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk


def clashes_of(desk: Desk) -> Clashes:
    return Clashes(desk.session, lambda: (THURSDAY, 7))


def choices(desk: Desk, key: str) -> dict[ChoiceKind, Choice]:
    view = desk.session.item(key)
    assert view is not None
    assert isinstance(view.item, Entry)
    clashes = clashes_of(desk)
    clash = clashes.of(view.item, view.item)
    return {each.kind: each for each in ways_out(clash, new_key, allows_overlaps=clashes.allows_overlaps)}


def on_server(desk: Desk) -> list[tuple[object, ...]]:
    return [(start, end, title) for _, start, end, _, title, _ in desk.api.contents()]


def on_screen(desk: Desk) -> list[tuple[object, ...]]:
    return sorted((each.start, each.end, each.title) for each in desk.shown())


async def refused(desk: Desk, mine: Entry, *others: tuple[int, int, str]) -> None:
    """The server has the others, and refused mine."""
    for start, end, title in others:
        desk.api.add(mine.date, start, end, title)
    await desk.session.sync_now()
    await desk.session.apply(edits.create(mine))
    await desk.run_for(5)
    view = desk.session.item(mine.key)
    assert view is not None
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.CONFLICT)


ENDS = {
    ChoiceKind.TRIM_MINE: [(540, 600, "mine"), (600, 660, "theirs")],
    ChoiceKind.TRIM_OTHER: [(540, 630, "mine"), (630, 660, "theirs")],
    ChoiceKind.REPLACE_OTHER: [(540, 630, "mine")],
    ChoiceKind.UPDATE_OTHER: [(540, 630, "mine")],
    ChoiceKind.DISCARD_MINE: [(600, 660, "theirs")],
}


@pytest.mark.parametrize("kind", ENDS)
async def test_after_a_choice_the_server_holds_what_the_screen_shows(desk: Desk, kind: ChoiceKind) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))

    await desk.session.apply(choices(desk, "mine")[kind].edit)
    assert on_screen(desk) == ENDS[kind]
    await desk.run_for(60)

    assert on_server(desk) == on_screen(desk) == ENDS[kind]
    assert desk.ops() == []


async def test_mine_is_split_around_what_is_inside_of_it(desk: Desk) -> None:
    await refused(desk, slot("mine", 540, 720, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[ChoiceKind.SPLIT_MINE].edit)
    await desk.run_for(60)
    assert on_server(desk) == on_screen(desk) == [(540, 600, "mine"), (600, 660, "theirs"), (660, 720, "mine")]


async def test_changing_the_other_instead_is_one_put_as_the_guide_advises(desk: Desk) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    (before,) = desk.api.entries
    asked = len(desk.api.writes)
    await desk.session.apply(choices(desk, "mine")[ChoiceKind.UPDATE_OTHER].edit)
    await desk.run_for(60)
    assert [request.method for request in desk.api.writes[asked:]] == ["PUT"]
    assert list(desk.api.entries) == [before]


@pytest.mark.parametrize("kind", ENDS)
async def test_a_choice_is_one_undo_step(desk: Desk, kind: ChoiceKind) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[kind].edit)
    await desk.session.undo()
    assert on_screen(desk) == [(540, 630, "mine"), (600, 660, "theirs")]


@pytest.mark.parametrize("kind", ENDS)
async def test_a_choice_that_was_sent_can_be_taken_back_too(desk: Desk, kind: ChoiceKind) -> None:
    await refused(desk, slot("mine", 540, 630, "mine"), (600, 660, "theirs"))
    await desk.session.apply(choices(desk, "mine")[kind].edit)
    await desk.run_for(60)
    await desk.session.undo()
    await desk.run_for(60)
    assert on_screen(desk) == [(540, 630, "mine"), (600, 660, "theirs")]
    refused_now = [view for view in desk.session.days(THURSDAY, 1).entries if view.state is SendState.CONFLICT]
    kept = [(view.item.start, view.item.end) for view in refused_now]
    assert len(kept) == 1, "the server still keeps only one of the two, and the other stands as refused"


async def test_a_move_that_is_refused_can_be_discarded_and_stands_where_it_was(desk: Desk) -> None:
    await desk.session.apply(edits.create(slot("mine", 300, 360, "mine")))
    await desk.run_for(5)
    desk.api.add(THURSDAY, 600, 660, "theirs")
    (shown,) = desk.shown()
    await desk.session.apply(edits.change(shown, replace(shown, start=570, end=630)))
    await desk.run_for(5)

    await desk.session.apply(choices(desk, "mine")[ChoiceKind.DISCARD_MINE].edit)
    await desk.run_for(60)

    assert on_server(desk) == on_screen(desk) == [(300, 360, "mine"), (600, 660, "theirs")]
    assert desk.ops() == []


async def test_both_may_be_kept_until_the_server_refuses_an_overlap(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    await desk.session.apply(edits.create(slot("one", 540, 630), slot("other", 600, 660)))
    await desk.run_for(5)
    both = choices(desk, "one")[ChoiceKind.KEEP_BOTH]
    assert not both.writes, "they are on the server already"

    desk.api.refuses_overlaps = True
    await desk.session.apply(edits.create(slot("third", 570, 580)))
    await desk.run_for(5)
    assert ChoiceKind.KEEP_BOTH not in choices(desk, "one")


async def test_the_same_for_all_settles_every_refused_entry_in_one_step(desk: Desk) -> None:
    for hour in range(8, 14):
        desk.api.add(THURSDAY, hour * 60 + 30, hour * 60 + 45, "theirs")
    await desk.session.sync_now()
    await desk.session.apply(
        edits.create(*(slot(f"mine {hour}", hour * 60, hour * 60 + 40, "mine") for hour in range(8, 14)))
    )
    await desk.run_for(30)
    clashes = clashes_of(desk)
    mine = slot("mine 8", 480, 520, "mine")
    all_of_them = clashes.like(clashes.of(mine, mine))
    assert len(all_of_them) == 6

    settled = alike(ChoiceKind.TRIM_MINE, all_of_them, new_key, allows_overlaps=False)
    assert settled is not None
    await desk.session.apply(settled.edit)
    await desk.run_for(60)

    assert settled.count == 6
    assert desk.ops() == []
    assert [each for each in on_server(desk) if each[2] == "mine"] == [
        (hour * 60, hour * 60 + 30, "mine") for hour in range(8, 14)
    ]
    await desk.session.undo()
    assert [each for each in on_screen(desk) if each[2] == "mine"] == [
        (hour * 60, hour * 60 + 40, "mine") for hour in range(8, 14)
    ]
