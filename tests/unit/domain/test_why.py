"""Why a time is open or closed, on the weeks of TriLuna's guide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.helpers.guide_week import (
    AVAILABLE_TIMES,
    BLOCKED,
    MONDAY,
    OPENED,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    UNAVAILABLE_TIMES,
    WEDNESDAY,
)

from triluna_desktop.domain.availability import Layer, availability_on
from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.starts import Appointment, sentence, starts_over
from triluna_desktop.domain.why import FixKind, Standing, Why, why

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings

WORKDAY = Pattern("work", 1, 9 * 60, 17 * 60, True, "Business hours")
LUNCH = Pattern("lunch", 1, 12 * 60, 13 * 60, False, "Lunch")


def layers(found: Why) -> list[tuple[Layer, bool]]:
    return [(step.layer, step.opens) for step in found.chain]


def after(found: Why, kind: FixKind, mode: ModeSettings, entries: tuple[Entry, ...]) -> list[tuple[float, float]]:
    """The hours that are bookable on the date once the fix is done."""
    fix = next(fix for fix in found.fixes if fix.kind is kind)
    assert fix.edit is not None
    state: dict[str, Item] = {entry.key: entry for entry in entries}
    left = [item for item in fix.edit.apply(state).values() if isinstance(item, Entry)]
    return [(each.start / 60, each.end / 60) for each in availability_on(found.date, mode, [], left).bookable]


def test_a_block_decides_over_the_default_hours_and_can_be_deleted() -> None:
    found = why(TUESDAY, 13 * 60 + 30, UNAVAILABLE_TIMES, [], BLOCKED)
    assert not found.is_open
    assert layers(found) == [(Layer.DEFAULT, True), (Layer.ENTRY, False)]
    assert found.deciding.item == BLOCKED[0]
    assert found.chain[0].hours == Interval(480, 1200)
    assert found.stretch == Interval(13 * 60, 14 * 60)
    assert after(found, FixKind.DELETE_BLOCK, UNAVAILABLE_TIMES, BLOCKED) == [(8, 20)]
    assert after(found, FixKind.OPEN_DAY, UNAVAILABLE_TIMES, BLOCKED) == [(8, 20)]


def test_an_opening_decides_over_a_day_that_is_closed_by_default() -> None:
    found = why(MONDAY, 15 * 60, AVAILABLE_TIMES, [], OPENED)
    assert found.is_open
    assert layers(found) == [(Layer.DEFAULT, False), (Layer.ENTRY, True)]
    assert [fix.kind for fix in found.fixes] == [FixKind.DELETE_OPENING, FixKind.CLOSE_TIME]
    assert after(found, FixKind.CLOSE_TIME, AVAILABLE_TIMES, OPENED) == [(14, 15)]
    assert after(found, FixKind.DELETE_OPENING, AVAILABLE_TIMES, OPENED) == []


def test_a_closed_day_can_be_opened_for_an_hour_or_for_its_hours() -> None:
    found = why(SUNDAY, 10 * 60 + 20, AVAILABLE_TIMES, [], OPENED)
    assert layers(found) == [(Layer.DEFAULT, False)]
    assert found.stretch == Interval(0, 1440)
    assert [fix.kind for fix in found.fixes] == [
        FixKind.OPEN_TIME,
        FixKind.OPEN_DAY,
        FixKind.EDIT_WEEKLY_HOURS,
        FixKind.CHANGE_DEFAULT_HOURS,
    ]
    assert after(found, FixKind.OPEN_TIME, AVAILABLE_TIMES, OPENED) == [(10, 11)]
    assert after(found, FixKind.OPEN_DAY, AVAILABLE_TIMES, OPENED) == [(8, 20)]


def test_weekly_hours_decide_and_lead_to_their_editor() -> None:
    found = why(MONDAY, 12 * 60, AVAILABLE_TIMES, [WORKDAY, LUNCH], [])
    assert layers(found) == [(Layer.DEFAULT, False), (Layer.PATTERN, True), (Layer.PATTERN, False)]
    assert found.fixes[0].kind is FixKind.EDIT_WEEKLY_HOURS
    assert found.fixes[0].item == LUNCH
    assert why(MONDAY, 10 * 60, AVAILABLE_TIMES, [WORKDAY, LUNCH], []).fixes[0].item == WORKDAY


def test_a_block_on_a_closed_day_is_not_offered_to_be_deleted_for_that_opens_nothing() -> None:
    block = Entry("block", SUNDAY, 600, 660, False)
    found = why(SUNDAY, 610, AVAILABLE_TIMES, [], [block])
    assert FixKind.DELETE_BLOCK not in [fix.kind for fix in found.fixes]
    opening = next(fix for fix in found.fixes if fix.kind is FixKind.OPEN_TIME)
    assert opening.edit is not None
    assert opening.edit.changes == (Change(block, Entry("block", SUNDAY, 600, 660, True)),), "one request, not two"


def test_the_slot_that_is_selected_is_what_is_closed() -> None:
    found = why(WEDNESDAY, 10 * 60, UNAVAILABLE_TIMES, [], [], slot=Interval(9 * 60, 12 * 60))
    assert after(found, FixKind.CLOSE_TIME, UNAVAILABLE_TIMES, ()) == [(8, 9), (12, 20)]


def test_a_block_of_another_calendar_is_named_as_such_and_left_alone() -> None:
    found = why(THURSDAY, 16 * 60, UNAVAILABLE_TIMES, [], BLOCKED, mirrored={"thu"})
    assert found.deciding.layer is Layer.MIRRORED
    assert found.fixes == ()


def test_what_is_only_here_is_marked() -> None:
    moved = Entry("thu", THURSDAY, 14 * 60, 16 * 60, False)
    found = why(TUESDAY, 13 * 60, UNAVAILABLE_TIMES, [], BLOCKED, unsent={"tue": None, "thu": moved})
    assert [step.standing for step in found.chain] == [Standing.SENT, Standing.NEW]
    found = why(THURSDAY, 16 * 60, UNAVAILABLE_TIMES, [], BLOCKED, unsent={"tue": None, "thu": moved})
    assert found.deciding.standing is Standing.CHANGED


@pytest.mark.parametrize("minute", [-1, 1440])
def test_a_minute_outside_of_the_day_is_refused(minute: int) -> None:
    with pytest.raises(ValueError, match="no minute of a day"):
        why(MONDAY, minute, AVAILABLE_TIMES, [], [])


def test_an_agent_offers_the_openings_of_the_guide() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    days = [availability_on(day, AVAILABLE_TIMES, [], OPENED) for day in (SUNDAY, MONDAY, TUESDAY, WEDNESDAY)]
    found = starts_over(days, Appointment(30, 30), now)
    assert [day.minutes for day in found] == [(), (840, 870, 900, 930), (), (600, 630, 660, 690)]
    said = sentence(found, 30)
    assert said is not None
    assert (said.date, said.minutes, said.more) == (MONDAY, (840, 870, 900), 5)
    blocked = availability_on(TUESDAY, UNAVAILABLE_TIMES, [], BLOCKED)
    (tuesday,) = starts_over([blocked], Appointment(60, 60), now)
    assert tuesday.minutes == tuple(at * 60 for at in (8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19))
