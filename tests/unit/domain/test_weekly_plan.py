"""The difference between two weeks of weekly hours as rows for a person and as calls in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.weekly import OverlapError, WeekDraft
from triluna_desktop.domain.weekly_plan import WeekPlan, overriding, plan_week

OFFICE = Pattern("office", 1, 540, 1020, True)
LUNCH = Pattern("lunch", 2, 720, 780, False)


def plan(before: list[Pattern], after: list[Pattern]) -> WeekPlan:
    numbers = count()
    return plan_week({each.key: each for each in before}, WeekDraft.of(after), lambda: f"moved {next(numbers)}")


def calls(made: WeekPlan) -> list[str]:
    signs = {(False, True): "+", (True, False): "-", (True, True): "~"}
    return [
        f"{signs[change.before is not None, change.after is not None]} {change.item.start}-{change.item.end}"
        for change in made.changes
    ]


def test_what_stays_takes_no_call() -> None:
    made = plan([OFFICE, LUNCH], [OFFICE, LUNCH])
    assert (made.rows, made.edit, made.calls) == ((), None, 0)


def test_a_stretch_that_overlaps_itself_is_changed_and_keeps_its_key() -> None:
    made = plan([OFFICE], [replace(OFFICE, end=960)])
    assert [change.key for change in made.changes] == ["office"]
    assert made.calls == 2


def test_a_stretch_on_another_weekday_is_deleted_and_created_under_a_name_of_its_own() -> None:
    made = plan([LUNCH], [replace(LUNCH, weekday=4)])
    assert len(made.rows) == 1
    assert sorted((change.key, change.after is None) for change in made.changes) == [
        ("lunch", True),
        ("moved 0", False),
    ]
    assert made.calls == 2


def test_a_new_block_comes_before_the_one_that_it_takes_over_from_goes() -> None:
    old = [replace(LUNCH, key="a"), replace(LUNCH, key="b", start=780, end=840)]
    assert calls(plan(old, [Pattern("whole", 2, 700, 900, False)])) == ["+ 700-900", "- 720-780", "- 780-840"]


def test_openings_go_first_and_come_last_but_for_blocks_that_hold_others_up() -> None:
    old = [Pattern("open", 2, 540, 600, True), replace(LUNCH, start=800, end=860)]
    new = [Pattern("new", 2, 900, 960, True), Pattern("block", 2, 840, 880, False)]
    assert calls(plan(old, new)) == ["- 540-600", "+ 840-880", "+ 900-960", "- 800-860"]


def test_a_block_of_which_nothing_stays_goes_before_an_opening_takes_its_place() -> None:
    assert calls(plan([LUNCH], [Pattern("open", 2, 540, 1020, True)])) == ["- 720-780", "+ 540-1020"]


def test_where_a_server_holds_overlaps_nothing_is_changed_in_its_place() -> None:
    old = [replace(OFFICE, weekday=2), LUNCH]
    made = plan(old, [replace(OFFICE, weekday=2, end=960), replace(LUNCH, start=700)])
    assert calls(made) == ["- 540-1020", "+ 700-780", "+ 540-960", "- 720-780"]
    assert made.calls == 4


def test_an_overlap_names_what_is_in_the_way() -> None:
    with pytest.raises(OverlapError) as caught:
        WeekDraft.of([OFFICE]).put(Pattern("x", 1, 1000, 1080, False))
    assert caught.value.others == (OFFICE,)
    assert "x would overlap office" in str(caught.value)


def test_touching_stretches_with_two_titles_are_two_on_purpose() -> None:
    first, second = replace(OFFICE, title="Calls"), Pattern("later", 1, 1020, 1080, True, "Practice")
    assert WeekDraft.of([first, second]).touching() == ()
    assert WeekDraft.of([first, replace(second, title="")]).touching() == ((first, replace(second, title="")),)
    assert WeekDraft.of([first, replace(second, is_available=False)]).touching() == ()


def test_the_entries_that_lie_over_what_changes_are_named_before_and_after() -> None:
    made = plan([OFFICE], [replace(OFFICE, start=600, end=1080)])
    monday = date(2026, 11, 23)
    over, beside = Entry("over", monday, 1050, 1070), Entry("beside", monday, 1080, 1100)
    old, other_day = Entry("old", monday, 540, 560), Entry("other", date(2026, 11, 24), 600, 660)
    assert overriding([over, beside, old, other_day], made.rows) == (old, over)
