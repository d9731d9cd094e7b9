"""Undo of a decision: unsent, it is to be made again; sent, the server gets back what it held before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.session.history import version_of

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

SEEN, MINE = slot("a", title="seen"), slot("a", title="mine")


async def asked_about(desk: Desk, *, theirs: str | None) -> Entry:
    """An entry was given a title here, and another one, or none any more, elsewhere. Returns what is shown."""
    await desk.session.apply(edits.create(SEEN, slot("far", 1200, 1260)))
    await desk.run_for(0)
    number = next(number for number, entry in desk.api.entries.items() if entry.title == "seen")
    if theirs is None:
        del desk.api.entries[number]
    else:
        desk.api.entries[number] = replace(desk.api.entries[number], title=theirs)
    await desk.session.apply(edits.change(SEEN, MINE))
    await desk.run_for(60)
    view = desk.session.item("a")
    assert view is not None
    assert view.trouble is (Trouble.NOT_FOUND if theirs is None else Trouble.CHANGED)
    assert isinstance(view.item, Entry)
    return view.item


def titles(desk: Desk) -> set[str]:
    return {entry.title for entry in desk.api.entries.values() if entry.start == SEEN.start}


def what_is_asked(desk: Desk) -> tuple[object, ...]:
    view = desk.session.item("a")
    assert view is not None
    return (view.item, view.state, view.trouble, view.confirmed, view.base, view.conflicts)


@pytest.mark.parametrize("theirs", ["theirs", None])
@pytest.mark.parametrize("wanted", ["mine", "theirs", "both"])
async def test_before_it_was_sent_the_question_stands_again(desk: Desk, theirs: str | None, wanted: str) -> None:
    shown = await asked_about(desk, theirs=theirs)
    before, held = what_is_asked(desk), titles(desk)
    desk.api.write_faults.extend(["unsent"] * 40)
    wished = {"mine": shown, "both": replace(shown, title="both"), "theirs": None}[wanted]
    if wanted == "theirs" and theirs is not None:
        wished = replace(shown, title=theirs)
    await desk.session.apply(Edit((Change(shown, wished),)))
    await desk.run_for(0)

    undone = await desk.session.undo()
    desk.api.write_faults.clear()
    await desk.run_for(60)

    assert undone is not None
    assert not undone.was_sent
    assert what_is_asked(desk) == before
    assert titles(desk) == held, "nobody has decided, so nothing is overwritten"

    await desk.session.redo()
    await desk.run_for(60)
    assert titles(desk) == ({wished.title} if wished is not None else set())
    assert desk.ops() == []


@pytest.mark.parametrize("theirs", ["theirs", None])
@pytest.mark.parametrize("wanted", ["mine", "both"])
async def test_after_it_was_sent_the_server_gets_theirs_back(desk: Desk, theirs: str | None, wanted: str) -> None:
    shown = await asked_about(desk, theirs=theirs)
    held = titles(desk)
    await desk.session.apply(Edit((Change(shown, replace(shown, title=wanted)),)))
    await desk.run_for(0)
    assert titles(desk) == {wanted}

    undone = await desk.session.undo()
    await desk.run_for(60)

    assert undone is not None
    assert undone.was_sent
    assert titles(desk) == held
    assert {entry.title for entry in desk.shown() if entry.key == "a"} == held
    assert desk.ops() == []

    await desk.session.redo()
    await desk.run_for(60)
    assert titles(desk) == {wanted}


async def test_a_question_that_stands_again_is_not_decided_anew_over_another_change_elsewhere(desk: Desk) -> None:
    shown = await asked_about(desk, theirs="theirs")
    await desk.session.apply(Edit((Change(shown, replace(shown, title="theirs")),)))
    await desk.session.undo()
    (number,) = (number for number, entry in desk.api.entries.items() if entry.title == "theirs")
    desk.api.entries[number] = replace(desk.api.entries[number], title="theirs again")
    await desk.session.sync_now()
    with pytest.raises(EditRefusedError) as refused:
        await desk.session.redo()
    assert refused.value.reason is RefusalReason.CHANGED_SINCE
    assert titles(desk) == {"theirs again"}


async def test_an_overlap_that_was_refused_is_asked_about_again(desk: Desk) -> None:
    desk.api.add(SEEN.date, 570, 630, "theirs")
    await desk.session.sync_now()
    await desk.session.apply(edits.create(SEEN))
    await desk.run_for(5)
    before = what_is_asked(desk)
    desk.api.write_faults.extend(["unsent"] * 40)
    await desk.session.apply(edits.change(SEEN, replace(SEEN, end=570)))
    await desk.run_for(0)
    await desk.session.undo()
    assert what_is_asked(desk) == before


async def test_what_a_decision_replaces_stays_in_the_history_and_can_be_brought_back(desk: Desk) -> None:
    shown = await asked_about(desk, theirs="theirs")
    await desk.session.apply(Edit((Change(shown, shown),)))
    await desk.run_for(0)
    assert titles(desk) == {"mine"}
    rows = desk.session.history.list("a")
    versions = [version_of(row).title for row in rows]
    assert versions.count("theirs") == 1
    await desk.session.history.restore(rows[versions.index("theirs")].id)
    await desk.run_for(0)
    assert titles(desk) == {"theirs"}
