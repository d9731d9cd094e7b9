"""The judge of the sweeps: what it lets pass, and what it calls wrong."""

from __future__ import annotations

import pytest
from tests.torture.case import Case, parse
from tests.torture.player import Shown
from tests.torture.scenarios import LANDMARK, SCENARIOS, A, Alter, B, Make, P, Q, Remove
from tests.torture.verdict import Played, Wrong, judge

CREATE = parse("create/strict/none/k7")
MOVED = A._replace(start=720, end=780)


def sent(*slots: tuple[object, ...]) -> list[Shown]:
    return [Shown(slot, "sent", "", None) for slot in slots]  # type: ignore[arg-type]  # only contents are given


def wrongs(case: Case, played: Played) -> set[Wrong]:
    played.is_at_rest = True
    return {problem.wrong for problem in judge(case, played)}


def test_what_was_made_and_is_there_once_and_shown_is_right() -> None:
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK, A], shown=sent(LANDMARK, A))) == set()


def test_what_was_being_made_when_it_was_killed_may_be_there_or_not() -> None:
    assert wrongs(CREATE, Played(maybe=(Make(A),), rows=[LANDMARK], shown=sent(LANDMARK))) == set()
    assert wrongs(CREATE, Played(maybe=(Make(A),), rows=[LANDMARK, A], shown=sent(LANDMARK, A))) == set()


def test_what_was_made_and_is_nowhere_is_lost() -> None:
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK], shown=sent(LANDMARK))) == {Wrong.LOST}


def test_what_is_shown_but_not_there_is_lost() -> None:
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK], shown=sent(LANDMARK, A))) == {Wrong.LOST}


def test_what_is_there_but_not_shown_is_lost() -> None:
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK, A], shown=sent(LANDMARK))) == {Wrong.LOST}


def test_what_somebody_else_had_and_is_gone_is_lost() -> None:
    assert wrongs(CREATE, Played([Make(A)], rows=[A], shown=sent(A))) == {Wrong.LOST}


def test_what_is_still_on_its_way_at_rest_is_lost() -> None:
    pending = [*sent(LANDMARK), Shown(A, "pending", "", None)]
    assert Wrong.LOST in wrongs(CREATE, Played([Make(A)], rows=[LANDMARK], shown=pending))


def test_what_is_there_twice_is_doubled() -> None:
    played = Played([Make(A)], rows=[LANDMARK, A, A], shown=sent(LANDMARK, A, A))
    assert wrongs(CREATE, played) == {Wrong.DOUBLED}


def test_what_was_deleted_and_is_there_is_resurrected() -> None:
    delete = parse("delete/strict/none/k7")
    played = Played([Remove("A")], rows=[LANDMARK, A, B], shown=sent(LANDMARK, A, B))
    assert wrongs(delete, played) == {Wrong.RESURRECTED}


def test_what_landed_and_is_called_a_conflict_is_a_false_one() -> None:
    shown = [*sent(LANDMARK), Shown(A, "failed", "overlaps", A)]
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK, A], shown=shown)) == {Wrong.FALSE_CONFLICT}


def test_an_edit_that_the_server_refused_for_good_may_stand_as_such() -> None:
    refused = parse("create/strict/422@2/k7")
    shown = [*sent(LANDMARK), Shown(A, "failed", "no such slot", None)]
    assert wrongs(refused, Played([Make(A)], rows=[LANDMARK], shown=shown)) == set()
    assert wrongs(CREATE, Played([Make(A)], rows=[LANDMARK], shown=shown)) == {Wrong.FALSE_CONFLICT}


def test_a_failed_edit_without_a_reason_is_lost() -> None:
    refused = parse("create/strict/422@2/k7")
    shown = [*sent(LANDMARK), Shown(A, "failed", "", None)]
    assert Wrong.LOST in wrongs(refused, Played([Make(A)], rows=[LANDMARK], shown=shown))


def test_a_failed_edit_that_shows_something_else_than_was_wanted_is_lost() -> None:
    refused = parse("move/strict/422@2/k7")
    shown = [*sent(LANDMARK), Shown(A, "failed", "no such slot", A)]
    acts = [Alter("A", {"start": 720, "end": 780})]
    assert Wrong.LOST in wrongs(refused, Played(list(acts), rows=[LANDMARK, A], shown=shown))
    right = [*sent(LANDMARK), Shown(MOVED, "failed", "no such slot", A)]
    assert wrongs(refused, Played(list(acts), rows=[LANDMARK, A], shown=right)) == set()


def test_a_twin_of_somebody_else_is_no_double_and_no_stand_in() -> None:
    twin = parse("their-twin/lenient/none/k7")
    assert wrongs(twin, Played([Make(A)], rows=[LANDMARK, A, A], shown=sent(LANDMARK, A, A))) == set()
    assert wrongs(twin, Played([Make(A)], rows=[LANDMARK, A], shown=sent(LANDMARK, A))) == {Wrong.LOST}


def test_weekly_hours_whose_old_version_the_server_refused_to_delete_may_stand_twice_if_told() -> None:
    refused = parse("pattern-change/strict/422@4/end")
    acts = [Alter("P", {"start": 660, "end": 720})]
    new = P._replace(start=660, end=720)
    told = [*sent(Q), Shown(new, "failed", "no such slot", P)]
    assert wrongs(refused, Played(list(acts), rows=[Q, P, new], shown=told)) == set()
    untold = sent(Q, new)
    assert Wrong.DOUBLED in wrongs(refused, Played(list(acts), rows=[Q, P, new], shown=untold))
    smooth = parse("pattern-change/strict/none/end")
    assert Wrong.DOUBLED in wrongs(smooth, Played(list(acts), rows=[Q, P, new], shown=told))


def test_a_client_that_finds_no_rest_is_told_of() -> None:
    played = Played([Make(A)], rows=[LANDMARK, A], shown=sent(LANDMARK, A))
    assert [problem.wrong for problem in judge(CREATE, played)] == [Wrong.RESTLESS]
    played.late_writes = 1
    assert wrongs(CREATE, played) == {Wrong.RESTLESS}


@pytest.mark.parametrize(
    "name",
    [
        "create/strict/none/end",
        "create-move/lenient/drop-after@3/k12",
        "replace/strict/late-zombie@2+empty-list@3/k1",
        "delete/strict/hang-before@2/hanging",
        "create/strict/db-locked@17/end",
    ],
)
def test_a_case_is_found_by_its_name(name: str) -> None:
    assert str(parse(name)) == name


@pytest.mark.parametrize(
    "name", ["", "create", "creat/strict/none/end", "create/loose/none/end", "create/strict/flood@2/end"]
)
def test_a_wrong_name_is_said_to_be_one(name: str) -> None:
    with pytest.raises(ValueError, match="there is no case"):
        parse(name)


def test_each_scenario_has_a_name_of_its_own() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)
