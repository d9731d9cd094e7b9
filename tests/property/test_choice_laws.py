"""The ways out of a clash, for all entries: nothing overlaps afterwards, and nobody else loses a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.helpers.strategies import BOOLEANS, entries, entry_lists, intervals

from triluna_desktop.domain.choices import Choice, ChoiceKind, Clash, find_clash, ways_out
from triluna_desktop.domain.choices_alike import alike
from triluna_desktop.domain.conflicts import conflicts_among, conflicts_with
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import ConflictingSlot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item

DAY = date(2026, 11, 19)
ONE_DAY = st.just(DAY)
TWO_DAYS = st.sampled_from([DAY, date(2026, 11, 20)])


def keys() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new {next(numbers)}"


def _slot(server_id: int | None, interval: Interval) -> ConflictingSlot:
    return ConflictingSlot(server_id, interval.start, interval.end)


SLOTS = st.lists(st.builds(_slot, st.none() | st.integers(1, 999), intervals()), max_size=2)
NONE_SAME_OR_OTHER = st.integers(0, 2)


@st.composite
def versions(draw: st.DrawFn, mine: Entry) -> Entry | None:
    """What the screen or the server has of an entry: nothing, the same, or another version."""
    which = draw(NONE_SAME_OR_OTHER)
    return None if which == 0 else mine if which == 1 else draw(entries("mine", ONE_DAY))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, Entry], Clash]:
    """What is on screen of a day, and a clash of one of its entries, or of a draft, with the others."""
    others = draw(entry_lists(max_size=6, days=ONE_DAY))
    mine = draw(entries("mine", ONE_DAY))
    shown, confirmed = draw(versions(mine)), draw(versions(mine))
    slots = draw(SLOTS)
    clash = find_clash(
        mine, shown, others, slots=slots, confirmed=confirmed, is_refused=shown is not None and draw(BOOLEANS)
    )
    assume(clash)
    state = {entry.key: entry for entry in others}
    return (state if shown is None else {**state, "mine": shown}), clash


def choices_of(clash: Clash, *, allows_overlaps: bool = True) -> tuple[Choice, ...]:
    return ways_out(clash, keys(), allows_overlaps=allows_overlaps)


def done(state: Mapping[str, Item], edit: Edit) -> dict[str, Entry]:
    return {key: item for key, item in edit.apply(state).items() if isinstance(item, Entry)}


def overlapping(pieces: Iterable[Entry], others: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    theirs = tuple(others)
    return [(piece, other) for piece in pieces for other in conflicts_with(piece, theirs)]


def claims(at: Entry, among: Iterable[Entry]) -> int:
    """How many entries claim the minute at which one starts."""
    return sum(each.date == at.date and each.interval.contains(at.start) for each in among)


def covered(entries_: Iterable[Entry]) -> IntervalSet:
    return IntervalSet.of(entry.interval for entry in entries_)


@given(worlds())
def test_after_any_choice_but_keeping_both_mine_and_what_was_in_its_way_share_no_minute(
    world: tuple[dict[str, Entry], Clash],
) -> None:
    state, clash = world
    for choice in choices_of(clash):
        after = done(state, choice.edit)
        in_question = [piece for pieces in choice.others for piece in pieces]
        if choice.kind is not ChoiceKind.KEEP_BOTH:
            assert overlapping(choice.mine, in_question) == []
            for piece in choice.mine:
                back = choice.kind is ChoiceKind.DISCARD_MINE and piece.date != clash.mine.date
                assert back or not any(piece.interval.overlaps(each) for each in clash.unknown)
        assert all(after[piece.key] == piece for piece in (*choice.mine, *in_question)), "it tells what is there"


@given(worlds())
def test_a_choice_leaves_nothing_behind_that_it_does_not_tell_of(world: tuple[dict[str, Entry], Clash]) -> None:
    state, clash = world
    named = {clash.mine.key, *(other.key for other in clash.others)}
    for choice in choices_of(clash):
        after = done(state, choice.edit)
        told = {piece.key for piece in (*choice.mine, *(each for pieces in choice.others for each in pieces))}
        assert {key: each for key, each in after.items() if key not in told} == {
            key: each for key, each in state.items() if key not in named
        }


@given(worlds())
def test_no_choice_claims_a_minute_that_nobody_had(world: tuple[dict[str, Entry], Clash]) -> None:
    _, clash = world
    before = covered((clash.mine, *clash.others))
    for choice in choices_of(clash):
        if choice.kind is not ChoiceKind.DISCARD_MINE:
            after = covered((*choice.mine, *(each for pieces in choice.others for each in pieces)))
            assert not after.difference(before)


@given(worlds())
def test_splitting_and_trimming_the_other_lose_only_what_is_in_the_way(
    world: tuple[dict[str, Entry], Clash],
) -> None:
    _, clash = world
    for choice in choices_of(clash):
        if choice.kind is ChoiceKind.SPLIT_MINE:
            assert covered(choice.mine) == IntervalSet((clash.mine.interval,)).difference(clash.taken)
        if choice.kind is ChoiceKind.TRIM_OTHER:
            for other, pieces in zip(clash.others, choice.others, strict=True):
                mine = IntervalSet((clash.mine.interval,))
                assert covered(pieces) == IntervalSet((other.interval,)).difference(mine)


@given(worlds())
def test_every_choice_is_one_edit_that_can_be_taken_back(world: tuple[dict[str, Entry], Clash]) -> None:
    state, clash = world
    for choice in choices_of(clash):
        assert done(done(state, choice.edit), choice.edit.invert()) == state


@given(worlds())
def test_what_was_refused_or_typed_is_part_of_every_choice(world: tuple[dict[str, Entry], Clash]) -> None:
    _, clash = world
    for choice in choices_of(clash):
        touched = {change.key for change in choice.edit.changes}
        taken_over = choice.kind is ChoiceKind.UPDATE_OTHER and clash.shown is None
        if clash.is_refused or clash.is_draft:
            assert "mine" in touched or taken_over


@given(worlds())
def test_both_are_kept_only_where_the_server_allows_it(world: tuple[dict[str, Entry], Clash]) -> None:
    _, clash = world
    kinds = {choice.kind for choice in choices_of(clash)}
    assert kinds - {choice.kind for choice in choices_of(clash, allows_overlaps=False)} == {ChoiceKind.KEEP_BOTH}


@given(entry_lists(max_size=10, days=TWO_DAYS), st.sampled_from(ChoiceKind), st.data())
def test_the_same_for_all_is_one_edit_after_which_none_of_them_is_in_the_way_of_another(
    held: list[Entry], kind: ChoiceKind, data: st.DataObject
) -> None:
    state = {entry.key: entry for entry in held}
    clashing = sorted(conflicts_among(held))
    assume(clashing)
    refused = data.draw(st.lists(st.sampled_from(clashing), unique=True, min_size=1))
    clashes = [find_clash(state[key], state[key], held, is_refused=True) for key in refused]

    settled = alike(kind, clashes, keys(), allows_overlaps=False)

    assume(settled is not None)
    assert settled is not None
    after = done(state, settled.edit)
    assert done(after, settled.edit.invert()) == state
    still = conflicts_among(after.values())
    for each in after.values():
        assert claims(each, after.values()) <= claims(each, held), "no minute is claimed more often than before"
    if settled.count == len(clashes):
        assert not set(refused) & set(still), "all that were refused are free"
    in_question = {*refused, *(other.key for clash in clashes for other in clash.others)}
    untouched = {key: each for key, each in state.items() if key not in in_question}
    assert untouched.items() <= after.items(), "nobody else is touched"


@given(entry_lists(max_size=8, days=ONE_DAY), st.sampled_from(ChoiceKind))
def test_for_a_single_clash_the_same_for_all_is_the_choice_itself(held: list[Entry], kind: ChoiceKind) -> None:
    found = conflicts_among(held)
    assume(found)
    mine = next(entry for entry in held if entry.key in found)
    clash = find_clash(mine, mine, held, is_refused=True)
    choice = next((each for each in choices_of(clash) if each.kind is kind), None)

    settled = alike(kind, [clash], keys(), allows_overlaps=True)

    assert (settled is None) is (choice is None)
    if settled is not None and choice is not None:
        state = {entry.key: entry for entry in held}
        assert done(state, settled.edit) == done(state, choice.edit)
        assert settled.count == 1


@given(entries("mine", ONE_DAY), entries("other", ONE_DAY), st.booleans())
def test_what_is_known_here_outweighs_what_the_server_named(mine: Entry, other: Entry, by_id: bool) -> None:
    other = replace(other, server_id=7)
    named = ConflictingSlot(7, mine.start, mine.end) if by_id else ConflictingSlot(None, other.start, other.end)

    clash = find_clash(mine, mine, [other], slots=[named])

    assert clash.unknown == ()
    assert bool(clash) is mine.interval.overlaps(other.interval)
