"""Many changes of weekly hours at once keep the order that opens nothing by accident, also where requests fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.weekly import WeekDraft
from triluna_desktop.domain.weekly_plan import plan_week

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk

OLD = Pattern("old", 1, 540, 600, False)
NEW = Pattern("new", 1, 540, 660, False)
TUESDAY = Pattern("tuesday", 2, 540, 600, False)


async def standing(desk: Desk, *patterns: Pattern) -> None:
    await desk.session.apply(edits.create(*patterns))
    await desk.run_for(0)


def patterns_shown(desk: Desk) -> list[tuple[object, ...]]:
    return sorted((view.item.content() for view in desk.session.days(THURSDAY).patterns), key=repr)


async def test_a_block_stays_while_it_is_not_known_whether_its_successor_stands(desk: Desk) -> None:
    await standing(desk, OLD)
    desk.api.write_faults.append("before")
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    await desk.run_for(10)
    assert desk.api.pattern_contents() == [OLD.content()]
    await desk.run_for(60)
    assert desk.api.pattern_contents() == [NEW.content()]
    assert desk.ops() == []


async def test_other_weekdays_go_on_meanwhile(desk: Desk) -> None:
    await standing(desk, OLD)
    desk.api.write_faults.append("before")
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None), Change(None, TUESDAY))))
    await desk.run_for(10)
    assert desk.api.pattern_contents() == sorted([OLD.content(), TUESDAY.content()], key=repr)


async def test_on_a_server_that_lets_only_one_of_them_stand_the_old_one_goes_first(desk: Desk) -> None:
    await standing(desk, OLD)
    desk.api.refuses_pattern_overlaps = True
    between = Pattern("between", 1, 900, 960, True)
    await desk.session.apply(Edit((Change(None, NEW), Change(None, between), Change(OLD, None))))
    await desk.run_for(60)
    assert desk.api.pattern_contents() == sorted([NEW.content(), between.content()], key=repr)
    assert desk.ops() == []


async def test_a_refusal_that_names_no_ids_is_understood_too(desk: Desk) -> None:
    await standing(desk, OLD)
    desk.api.refuses_pattern_overlaps = True
    desk.api.conflict_ids = False
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    await desk.run_for(60)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_what_was_refused_for_good_holds_up_nothing_that_comes_after_it(desk: Desk) -> None:
    await standing(desk, TUESDAY)
    desk.api.write_faults.append("invalid")
    later = Pattern("later", 1, 900, 960, True)
    await desk.session.apply(Edit((Change(None, NEW), Change(None, later))))
    await desk.run_for(10)
    assert later.content() in desk.api.pattern_contents()
    assert [op.key for op in desk.ops()] == ["new"]


async def test_taking_it_back_goes_the_same_way_in_the_opposite_order(desk: Desk) -> None:
    await standing(desk, OLD)
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    await desk.run_for(10)
    before = len(desk.api.writes)
    await desk.session.undo()
    await desk.run_for(10)
    assert [request.method for request in desk.api.writes[before:]] == ["POST", "DELETE"]
    assert desk.api.pattern_contents() == [OLD.content()]


async def test_an_edit_taken_back_before_it_is_sent_leaves_nothing_waiting(desk: Desk) -> None:
    await standing(desk, OLD)
    desk.api.write_faults.append("limited")
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    await desk.run_for(1)
    await desk.session.undo()
    await desk.run_for(200)
    assert desk.ops() == []
    assert desk.api.pattern_contents() == [OLD.content()]


@pytest.mark.parametrize("fault", ["unsent", "before", "after", "no_body", "zombie", "limited", "unauthorized"])
@pytest.mark.parametrize("which", [0, 1, 2, 3])
@pytest.mark.parametrize("strict", [False, True])
async def test_whatever_request_fails_a_whole_week_ends_as_drafted(
    desk: Desk, fault: Fault, which: int, strict: bool
) -> None:
    await standing(desk, OLD, Pattern("open", 1, 660, 780, True), TUESDAY)
    desk.api.refuses_pattern_overlaps = strict
    desk.api.write_faults.extend([None] * which + [fault])
    draft = WeekDraft.of(
        [NEW, Pattern("open", 1, 690, 780, True, "Calls"), Pattern("tuesday", 3, 540, 600, False)]
    )
    shown = {view.item.key: view.item for view in desk.session.days(THURSDAY).patterns}
    patterns = {key: item for key, item in shown.items() if isinstance(item, Pattern)}
    plan = plan_week(patterns, draft, lambda: "moved")
    assert plan.edit is not None
    await desk.session.apply(plan.edit)
    await desk.run_for(5)
    desk.session.token_changed()
    await desk.run_for(600)
    assert desk.ops() == []
    assert desk.api.pattern_contents() == sorted((each.content() for each in draft.stretches), key=repr)
    assert patterns_shown(desk) == desk.api.pattern_contents()


@pytest.mark.parametrize("kills", range(1, 4))
async def test_killed_while_a_successor_is_uncertain_the_old_block_goes_on_standing(
    desk: Desk, kills: int
) -> None:
    await standing(desk, OLD)
    desk.api.write_faults.append("before")
    await desk.session.apply(Edit((Change(None, NEW), Change(OLD, None))))
    for _ in range(kills):
        await desk.run_for(10)
        await desk.restart()
        assert desk.api.pattern_contents() == [OLD.content()]
    await desk.run_for(100)
    assert desk.api.pattern_contents() == [NEW.content()]
    assert desk.ops() == []


async def test_a_change_waits_for_the_hours_that_it_takes_over_where_a_server_takes_no_overlaps(
    desk: Desk,
) -> None:
    """Its own old version is in its way, too, and goes by itself."""
    first, second = Pattern("first", 1, 510, 720, True), Pattern("second", 1, 720, 780, False)
    await standing(desk, first, second)
    desk.api.refuses_pattern_overlaps = True
    later = Pattern("first", 1, 540, 750, True), Pattern("second", 1, 750, 810, False)
    await desk.session.apply(Edit((Change(first, later[0]), Change(second, later[1]))))
    await desk.run_for(60)
    assert desk.api.pattern_contents() == sorted((each.content() for each in later), key=repr)
    assert desk.ops() == []
