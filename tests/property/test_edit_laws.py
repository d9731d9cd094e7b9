"""Edits: what is done can be taken back, and each can be put in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.strategies import edits_of, states

from triluna_desktop.domain.edits import EditError, Verb

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Item


def exactly(state: dict[str, Item]) -> dict[str, tuple[Item, int | None]]:
    """A state in which the server's ids count, which two equal items may differ in."""
    return {key: (item, item.server_id) for key, item in state.items()}


@given(st.data())
def test_an_edit_and_its_inverse_leave_everything_as_it_was(data: st.DataObject) -> None:
    state = data.draw(states())
    before = exactly(state)
    edit = data.draw(edits_of(state))
    after = edit.apply(state)
    assert exactly(state) == before, "the given state is left alone"
    assert exactly(edit.invert().apply(after)) == before
    assert edit.invert().invert() == edit
    assert exactly(edit.invert().invert().apply(state)) == exactly(after), "redo is undo of undo"


@given(st.data())
def test_an_edit_changes_what_it_names_and_nothing_else(data: st.DataObject) -> None:
    state = data.draw(states())
    edit = data.draw(edits_of(state))
    after = edit.apply(state)
    named = {change.key: change.after for change in edit.changes}
    for key in state.keys() | after.keys() | named.keys():
        assert after.get(key) == (named[key] if key in named else state.get(key))


@given(st.data())
def test_every_edit_can_be_described(data: st.DataObject) -> None:
    state = data.draw(states())
    edit = data.draw(edits_of(state))
    for each in (edit, edit.invert()):
        description = each.describe()
        assert isinstance(description.verb, Verb)
        assert description.count == len(each.changes)
        assert description.first == each.changes[0].item
    created = all(change.before is None for change in edit.changes)
    assert (edit.describe().verb is Verb.CREATE) is created
    assert (edit.invert().describe().verb is Verb.DELETE) is created


@given(st.data())
def test_an_edit_of_another_state_is_refused_whole(data: st.DataObject) -> None:
    state = data.draw(states())
    edit = data.draw(edits_of(state))
    after = edit.apply(state)
    if all(change.before == change.after for change in edit.changes):
        assert edit.apply(after) == after
        return
    with pytest.raises(EditError) as caught:
        edit.apply(after)
    assert caught.value.key in {change.key for change in edit.changes}
