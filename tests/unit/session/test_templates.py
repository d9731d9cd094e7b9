"""Templates in a session: stamped as one undo step, remembered across a restart, extended where they ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session.templates import Rhythm, Slot, Template

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

MONDAY = THURSDAY - timedelta(days=3)
MORNING = Slot(3, 540, 600, True, "Shift")
EVENING = Slot(3, 1080, 1200, True, "Late")
SHIFTS = Template(
    "Shifts", Rhythm.IN_TURN, MONDAY, MONDAY + timedelta(days=27), week_a=(MORNING,), week_b=(EVENING,)
)


def stamped(desk: Desk) -> list[tuple[date, int]]:
    """What stands on the Thursdays of eight weeks."""
    days = [THURSDAY + timedelta(weeks=number) for number in range(8)]
    return [(day, entry.start) for day in days for entry in desk.shown(day)]


async def test_weeks_in_turn_are_stamped_as_one_undo_step(desk: Desk) -> None:
    templates = desk.session.bulk.templates
    plan = templates.plan(SHIFTS)
    await desk.session.bulk.apply(plan)
    assert [start for _, start in stamped(desk)] == [540, 1080, 540, 1080]
    await desk.session.undo()
    assert stamped(desk) == []


async def test_what_was_stamped_is_remembered_after_a_restart(desk: Desk) -> None:
    await desk.session.bulk.templates.remember(SHIFTS)
    await desk.restart()
    assert desk.session.bulk.templates.named("Shifts") == SHIFTS
    await desk.session.bulk.templates.remember(replace(SHIFTS, until=SHIFTS.until + timedelta(days=7)))
    (kept,) = desk.session.bulk.templates.known
    assert kept.until == SHIFTS.until + timedelta(days=7)
    await desk.session.bulk.templates.forget("Shifts")
    assert desk.session.bulk.templates.named("Shifts") is None


async def test_extending_goes_on_in_turn_and_leaves_the_past_alone(desk: Desk) -> None:
    templates = desk.session.bulk.templates
    await desk.session.bulk.apply(templates.plan(SHIFTS))
    await templates.remember(SHIFTS)
    (gone,) = desk.shown(THURSDAY)
    await desk.session.apply(edits.delete(gone))
    await desk.session.bulk.apply(templates.plan(replace(SHIFTS, until=SHIFTS.until + timedelta(weeks=2))))
    assert stamped(desk) == [
        (THURSDAY + timedelta(weeks=number), start)
        for number, start in ((1, 1080), (2, 540), (3, 1080), (4, 540), (5, 1080))
    ]


async def test_a_template_with_other_weeks_is_stamped_from_its_beginning(desk: Desk) -> None:
    templates = desk.session.bulk.templates
    await templates.remember(SHIFTS)
    other = replace(SHIFTS, week_a=(replace(MORNING, title="Other"),), until=SHIFTS.until + timedelta(weeks=2))
    first = templates.plan(other).changes[0].item
    assert isinstance(first, Entry)
    assert first.date == THURSDAY


async def test_templates_are_taken_from_a_week_and_from_weekly_hours(desk: Desk) -> None:
    await desk.session.apply(
        edits.create(slot("one", 540, 600, "Shift"), Pattern("p", 0, 600, 660, False, "Sunday rest"))
    )
    templates = desk.session.bulk.templates
    assert templates.of_week(MONDAY) == (MORNING,)
    assert templates.of_weekly_hours(1) == (Slot(6, 600, 660, False, "Sunday rest"),)


@pytest.mark.parametrize(("days", "is_told"), [(20, True), (21, False), (-20, True), (-21, False)])
async def test_who_has_less_than_three_weeks_left_is_reminded(desk: Desk, days: int, is_told: bool) -> None:
    today = desk.clock.now().date()
    await desk.session.bulk.templates.remember(
        replace(SHIFTS, first=today - timedelta(weeks=9), until=today + timedelta(days=days))
    )
    ending = desk.session.bulk.templates.ending
    assert (ending is not None) is is_told


async def test_of_several_the_one_that_ends_first_is_told(desk: Desk) -> None:
    today = desk.clock.now().date()
    for name, days in (("Later", 12), ("First", 3)):
        await desk.session.bulk.templates.remember(
            replace(SHIFTS, name=name, first=today - timedelta(weeks=9), until=today + timedelta(days=days))
        )
    ending = desk.session.bulk.templates.ending
    assert ending is not None
    assert ending.name == "First"


@pytest.mark.parametrize("note", ["", "{", "[]", '{"version": 2}', '{"version": 1, "templates": [{"name": ""}]}'])
async def test_a_note_that_cannot_be_read_counts_as_none(desk: Desk, note: str) -> None:
    await desk.store.run(lambda tx: tx.set_note("templates", note))
    assert desk.session.bulk.templates.known == ()
    assert desk.session.bulk.templates.ending is None
