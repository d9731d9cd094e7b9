"""The three-way merge of an entry, for all versions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.strategies import entries, versions_of

from triluna_desktop.domain.merging import FIELDS, Merged, Side, chosen, merge
from triluna_desktop.domain.models import Entry, InvalidSlotError


@st.composite
def forks(draw: st.DrawFn) -> tuple[Entry, Entry, Entry]:
    """A base and two versions of it."""
    base = draw(entries())
    mine, theirs = draw(versions_of(base)), draw(versions_of(base))
    assert isinstance(mine, Entry)
    assert isinstance(theirs, Entry)
    return base, mine, replace(theirs, server_id=7)


def unlike(one: Entry, other: Entry) -> set[str]:
    return {name for name in FIELDS if getattr(one, name) != getattr(other, name)}


def content_of(merged: Merged) -> object:
    return None if merged.entry is None else merged.entry.content()


@given(forks())
def test_what_only_one_side_changed_is_taken(fork: tuple[Entry, Entry, Entry]) -> None:
    base, mine, theirs = fork
    merged = merge(base, mine, theirs)
    if merged.entry is not None:
        for name in FIELDS:
            changed_by = theirs if name in unlike(base, theirs) else mine
            assert getattr(merged.entry, name) == getattr(changed_by, name)
        assert (merged.entry.key, merged.entry.server_id) == (mine.key, 7)


@given(forks())
def test_the_user_is_asked_only_for_what_both_changed_or_what_makes_no_slot(
    fork: tuple[Entry, Entry, Entry],
) -> None:
    base, mine, theirs = fork
    merged = merge(base, mine, theirs)
    both = {name for name in unlike(base, mine) & unlike(base, theirs) if name in unlike(mine, theirs)}
    asked = {field.name for field in merged.clashes}
    assert both <= asked
    assert asked - both <= {"start", "end"}
    assert (merged.entry is None) is bool(asked)
    assert {field.name for field in merged.fields} == unlike(mine, theirs)


@given(forks())
def test_a_merge_is_the_same_from_the_other_side(fork: tuple[Entry, Entry, Entry]) -> None:
    base, mine, theirs = fork
    assert content_of(merge(base, mine, theirs)) == content_of(merge(base, theirs, mine))


@given(forks())
def test_a_side_that_changed_nothing_gives_way(fork: tuple[Entry, Entry, Entry]) -> None:
    base, mine, _ = fork
    assert content_of(merge(base, mine, base)) == mine.content()
    assert content_of(merge(base, base, mine)) == mine.content()


@given(forks(), st.booleans())
def test_picking_one_side_for_all_gives_that_version(fork: tuple[Entry, Entry, Entry], takes_mine: bool) -> None:
    base, mine, theirs = fork
    fields = merge(base, mine, theirs).fields
    side = Side.MINE if takes_mine else Side.THEIRS
    result = chosen(mine, theirs, fields, {field.name: side for field in fields})
    assert result.same_content(mine if takes_mine else theirs)


@given(forks())
def test_without_a_base_every_difference_is_asked_about(fork: tuple[Entry, Entry, Entry]) -> None:
    _, mine, theirs = fork
    assert {field.name for field in merge(None, mine, theirs).clashes} == unlike(mine, theirs)


@given(forks(), st.lists(st.sampled_from(Side), min_size=6, max_size=6))
def test_any_picks_make_a_slot_or_are_called_none(fork: tuple[Entry, Entry, Entry], sides: list[Side]) -> None:
    base, mine, theirs = fork
    fields = merge(base, mine, theirs).fields
    picks = dict(zip(FIELDS, sides, strict=True))
    try:
        result = chosen(mine, theirs, fields, picks)
    except InvalidSlotError:
        return
    for field in fields:
        expected = field.mine if picks[field.name] is Side.MINE else field.theirs
        assert getattr(result, field.name) == expected
