"""Edits: done, taken back, and put in a word."""

from dataclasses import replace
from datetime import date

import pytest

from triluna_desktop.domain.edits import Change, Edit, EditError, Verb, change, create, delete
from triluna_desktop.domain.models import Entry, Item, Pattern

ENTRY = Entry("e", date(2026, 11, 26), 840, 930, False, "Client meeting", "Bring the plan")
OTHER = Entry("f", date(2026, 11, 27), 540, 600)
PATTERN = Pattern("p", 4, 540, 1020)


def test_a_created_item_is_there_and_undone_it_is_gone() -> None:
    edit = create(ENTRY, PATTERN)
    after = edit.apply({"f": OTHER})
    assert after == {"f": OTHER, "e": ENTRY, "p": PATTERN}
    assert edit.invert().apply(after) == {"f": OTHER}


def test_a_deleted_item_is_gone_and_undone_it_is_back() -> None:
    edit = delete(ENTRY, OTHER)
    assert edit.apply({"e": ENTRY, "f": OTHER}) == {}
    assert edit.invert().apply({}) == {"e": ENTRY, "f": OTHER}


def test_an_edit_does_all_or_nothing() -> None:
    state: dict[str, Item] = {"e": ENTRY}
    with pytest.raises(EditError, match="f: is not as the edit expects it") as caught:
        delete(ENTRY, OTHER).apply(state)
    assert caught.value.key == "f"
    assert state == {"e": ENTRY}


def test_what_is_there_already_is_not_created_over() -> None:
    with pytest.raises(EditError):
        create(ENTRY).apply({"e": replace(ENTRY, title="Another")})


def test_an_id_that_the_server_gave_in_the_meantime_does_not_stop_an_undo() -> None:
    edit = create(ENTRY)
    state: dict[str, Item] = {"e": replace(ENTRY, server_id=456)}
    assert edit.invert().apply(state) == {}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (None, None, "needs a before or an after"),
        (ENTRY, OTHER, "the keys differ"),
        (ENTRY, Pattern("e", 4, 540, 600), "an entry cannot become a pattern"),
    ],
)
def test_a_change_is_about_one_item(before: Item | None, after: Item | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Change(before, after)


def test_an_edit_has_at_least_one_change_and_each_item_once() -> None:
    with pytest.raises(ValueError, match="at least one change"):
        Edit(())
    with pytest.raises(ValueError, match="changes an item once"):
        create(ENTRY, ENTRY)


@pytest.mark.parametrize(
    ("edit", "verb"),
    [
        (create(ENTRY), Verb.CREATE),
        (delete(ENTRY), Verb.DELETE),
        (change(ENTRY, replace(ENTRY, start=855, end=945)), Verb.MOVE),
        (change(ENTRY, replace(ENTRY, date=OTHER.date)), Verb.MOVE),
        (change(ENTRY, replace(ENTRY, end=960)), Verb.RESIZE),
        (change(ENTRY, replace(ENTRY, date=OTHER.date, end=960)), Verb.EDIT),
        (change(ENTRY, replace(ENTRY, title="Lunch")), Verb.EDIT),
        (change(ENTRY, replace(ENTRY, notes="", end=960)), Verb.EDIT),
        (change(ENTRY, ENTRY), Verb.EDIT),
        (change(ENTRY, replace(ENTRY, is_available=True)), Verb.FLIP),
        (change(ENTRY, replace(ENTRY, is_available=True, title="", end=960)), Verb.FLIP),
        (change(PATTERN, replace(PATTERN, weekday=5)), Verb.MOVE),
        (change(PATTERN, replace(PATTERN, end=960)), Verb.RESIZE),
        (change(PATTERN, replace(PATTERN, title="Office")), Verb.EDIT),
        (Edit((Change(None, ENTRY), Change(OTHER, None))), Verb.MIXED),
    ],
)
def test_an_edit_is_described_in_one_word(edit: Edit, verb: Verb) -> None:
    description = edit.describe()
    assert description.verb is verb
    assert description.count == len(edit.changes)
    assert description.first == edit.changes[0].item


def test_a_drag_across_three_days_is_one_step_of_three_creations() -> None:
    description = create(*(ENTRY.with_key(f"k{day}") for day in range(3))).describe()
    assert (description.verb, description.count, description.first.key) == (Verb.CREATE, 3, "k0")
