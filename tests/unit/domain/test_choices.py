"""The ways out of a clash, by example; the laws that hold for all are in `tests/property/test_choice_laws.py`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from triluna_desktop.domain.choices import Choice, ChoiceKind, Clash, find_clash, ways_out
from triluna_desktop.domain.choices_alike import alike
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import ConflictingSlot

DAY = date(2026, 11, 19)


def slot(key: str, start: int, end: int, server_id: int | None = None) -> Entry:
    return Entry(key, DAY, start, end, title=key, server_id=server_id)


MINE = slot("mine", 600, 720)


def offered(clash: Clash, *, allows_overlaps: bool = False) -> dict[ChoiceKind, Choice]:
    numbers = count(1)
    found = ways_out(clash, lambda: f"new {next(numbers)}", allows_overlaps=allows_overlaps)
    return {choice.kind: choice for choice in found}


def left(choice: Choice) -> list[tuple[str, int, int]]:
    """What stands afterwards, as (key, start, end)."""
    entries = [*choice.mine, *(piece for pieces in choice.others for piece in pieces)]
    return sorted((each.key, each.start, each.end) for each in entries)


def test_trimming_keeps_the_longest_free_stretch_and_of_two_the_first() -> None:
    middle = find_clash(MINE, MINE, [slot("other", 640, 680)])
    late = find_clash(MINE, MINE, [slot("other", 630, 660)])
    assert left(offered(middle)[ChoiceKind.TRIM_MINE]) == [("mine", 600, 640), ("other", 640, 680)]
    assert left(offered(late)[ChoiceKind.TRIM_MINE]) == [("mine", 660, 720), ("other", 630, 660)]


def test_splitting_is_offered_only_where_there_is_something_on_both_sides() -> None:
    inside = find_clash(MINE, MINE, [slot("other", 640, 680)])
    at_the_end = find_clash(MINE, MINE, [slot("other", 680, 760)])
    assert left(offered(inside)[ChoiceKind.SPLIT_MINE]) == [
        ("mine", 600, 640),
        ("new 1", 680, 720),
        ("other", 640, 680),
    ]
    assert ChoiceKind.SPLIT_MINE not in offered(at_the_end)


def test_an_other_around_mine_is_cut_in_two_and_loses_nothing_else() -> None:
    clash = find_clash(MINE, MINE, [slot("other", 540, 780)])
    kinds = offered(clash)
    assert left(kinds[ChoiceKind.TRIM_OTHER]) == [("mine", 600, 720), ("new 1", 720, 780), ("other", 540, 600)]
    assert ChoiceKind.TRIM_MINE not in kinds, "nothing of mine would be left"


def test_the_others_are_trimmed_all_or_none() -> None:
    clash = find_clash(MINE, MINE, [slot("one", 540, 630), slot("inside", 640, 660)])
    assert ChoiceKind.TRIM_OTHER not in offered(clash)
    assert left(offered(clash)[ChoiceKind.REPLACE_OTHER]) == [("mine", 600, 720)]


@pytest.mark.parametrize(
    ("others", "is_offered"),
    [
        ([slot("other", 690, 780, 7)], True),
        ([slot("other", 690, 780)], False),
        ([slot("one", 540, 630, 6), slot("other", 690, 780, 7)], False),
    ],
    ids=["on the server", "not there yet", "several"],
)
def test_one_other_that_the_server_has_can_take_my_content(others: list[Entry], is_offered: bool) -> None:
    choice = offered(find_clash(MINE, MINE, others)).get(ChoiceKind.UPDATE_OTHER)
    assert (choice is not None) is is_offered
    if choice is not None:
        removed, changed = choice.edit.changes
        assert (removed.key, removed.after) == ("mine", None), "first, so that the two do not meet"
        assert isinstance(changed.after, Entry)
        assert changed.after.content() == MINE.content()
        assert (changed.after.key, changed.after.server_id) == ("other", 7)


def test_what_was_refused_is_sent_again_after_what_was_in_its_way() -> None:
    clash = find_clash(MINE, MINE, [slot("other", 690, 780)], is_refused=True)
    keys = [change.key for change in offered(clash)[ChoiceKind.REPLACE_OTHER].edit.changes]
    assert keys == ["other", "mine"]
    settled = find_clash(MINE, MINE, [slot("other", 690, 780)])
    assert [change.key for change in offered(settled)[ChoiceKind.REPLACE_OTHER].edit.changes] == ["other"]


def test_discarding_goes_back_to_what_the_server_holds_but_not_into_another_overlap() -> None:
    other = slot("other", 690, 780)
    early, late = replace(MINE, start=300, end=400), replace(MINE, start=700, end=720)
    back = find_clash(MINE, MINE, [other], confirmed=early, is_refused=True)
    assert offered(back)[ChoiceKind.DISCARD_MINE].mine == (early,)
    assert ChoiceKind.DISCARD_MINE not in offered(find_clash(MINE, MINE, [other], confirmed=late, is_refused=True))
    created = find_clash(MINE, MINE, [other], is_refused=True)
    assert offered(created)[ChoiceKind.DISCARD_MINE].mine == ()
    typed = find_clash(MINE, early, [other])
    assert ChoiceKind.DISCARD_MINE not in offered(typed)


def test_keeping_both_of_what_stands_on_the_server_writes_nothing() -> None:
    other = slot("other", 690, 780)
    assert not offered(find_clash(MINE, MINE, [other]), allows_overlaps=True)[ChoiceKind.KEEP_BOTH].writes
    typed = find_clash(MINE, None, [other])
    assert offered(typed, allows_overlaps=True)[ChoiceKind.KEEP_BOTH].writes


def test_a_slot_that_is_unknown_here_is_trimmed_around_and_its_owner_left_alone() -> None:
    named = [ConflictingSlot(99, 690, 780), ConflictingSlot(None, 900, 960), ConflictingSlot(98, 700, 700)]
    clash = find_clash(MINE, MINE, [], slots=named, is_refused=True)
    assert [(each.start, each.end) for each in clash.unknown] == [(690, 780)], "the others are not in the way"
    kinds = offered(clash)
    assert left(kinds[ChoiceKind.TRIM_MINE]) == [("mine", 600, 690)]
    assert set(kinds) == {ChoiceKind.TRIM_MINE, ChoiceKind.DISCARD_MINE}


def test_of_several_each_is_settled_on_top_of_those_before() -> None:
    # The second is freed by what is done about the first.
    theirs = slot("theirs", 700, 760, 7)
    second = slot("second", 740, 800)
    held = [MINE, second, theirs]
    clashes = [find_clash(each, each, held, is_refused=True) for each in (MINE, second)]

    settled = alike(ChoiceKind.REPLACE_OTHER, clashes, lambda: "new", allows_overlaps=False)

    assert settled is not None
    assert settled.count == 2
    assert [(change.key, change.after) for change in settled.edit.changes] == [
        ("theirs", None),
        ("mine", MINE),
        ("second", second),
    ]


def test_there_is_no_same_for_all_where_nobody_has_that_way_out() -> None:
    inside = find_clash(MINE, MINE, [slot("around", 500, 800)], is_refused=True)
    assert alike(ChoiceKind.TRIM_MINE, [inside], lambda: "new", allows_overlaps=False) is None
