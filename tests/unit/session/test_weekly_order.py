"""Many changes of weekly hours at once keep the order that opens nothing by accident, also where requests fail."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.weekly import WeekDraft, open_time
from triluna_desktop.domain.weekly_plan import plan_week

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.intervals import IntervalSet
    from triluna_desktop.domain.remote import RemotePattern

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


class Watched(dict[int, "RemotePattern"]):
    """The patterns of a server, looked at after each change: what is open that may not be is written down."""

    def __init__(self, there: dict[int, RemotePattern], may_be_open: IntervalSet) -> None:
        super().__init__(there)
        self._may_be_open = may_be_open
        self.opened: list[IntervalSet] = []

    def __setitem__(self, key: int, value: RemotePattern) -> None:
        super().__setitem__(key, value)
        self._look()

    def pop(self, key: int, default: object = None) -> object:  # type: ignore[override] # As the server uses it.
        found = super().pop(key, None)
        self._look()
        return default if found is None else found

    def _look(self) -> None:
        standing = [Pattern(str(key), *each.content()) for key, each in self.items()]
        opened = open_time(MODE, 1, standing).difference(self._may_be_open)
        if opened:
            self.opened.append(opened)


MODE = ModeSettings(Mode.UNAVAILABLE_TIMES)
FAULTS: tuple[Fault, ...] = ("unsent", "before", "after", "no_body", "zombie", "limited")


def random_week(rng: random.Random, prefix: str) -> list[Pattern]:
    """Stretches of one Monday, one after the other."""
    cuts = sorted(rng.sample(range(7, 22), rng.randint(2, 7)))
    return [
        Pattern(f"{prefix}{start}", 1, start * 60, end * 60, rng.random() < 0.4)
        for start, end in pairwise(cuts)
        if rng.random() < 0.7
    ]


@pytest.mark.parametrize("seed", range(20))
async def test_at_no_moment_does_the_server_offer_what_is_offered_neither_before_nor_after(
    desk: Desk, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - not for secrets: the same each time.
    before, after = random_week(rng, "old "), random_week(rng, "new ")
    if not before:
        return
    await standing(desk, *before)
    # Some of what stands becomes something else, as when a person moves or resizes it.
    heirs = rng.sample(before, min(len(before), len(after)))
    renamed = [
        replace(each, key=heir.key) if rng.random() < 0.6 else each
        for each, heir in zip(after, heirs + after[len(heirs) :], strict=True)
    ]
    draft = WeekDraft.of({each.key: each for each in renamed}.values())
    allowed = open_time(MODE, 1, before).union(open_time(MODE, 1, draft.stretches))
    watched = Watched(desk.api.patterns, allowed)
    desk.api.patterns = watched
    desk.api.write_faults.extend(rng.choice(FAULTS) if rng.random() < 0.3 else None for _ in range(20))
    plan = plan_week({each.key: each for each in before}, draft, lambda: f"moved {rng.random()}")
    if plan.edit is None:
        return
    await desk.session.apply(plan.edit)
    await desk.run_for(2000)
    assert desk.ops() == []
    assert desk.api.pattern_contents() == sorted((each.content() for each in draft.stretches), key=repr)
    await desk.session.undo()
    await desk.run_for(2000)
    assert desk.api.pattern_contents() == sorted((each.content() for each in before), key=repr)
    assert watched.opened == []
