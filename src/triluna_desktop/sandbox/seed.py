"""The sample calendar: a small practice with weekly hours, around today.

Each week depends on its date alone, so the same week looks the same in each run; only the week that is the present
one at the first start is the one of the pictures. Weeks are remembered once seeded: a calendar that is kept in a
file is topped up at each start, and what was deleted stays deleted.
"""

from __future__ import annotations

import datetime
import random
from typing import TYPE_CHECKING

from triluna_desktop.sandbox.storage import EntryValues, PatternValues

if TYPE_CHECKING:
    from triluna_desktop.sandbox.storage import Storage

WEEKS_BACK = 8
WEEKS_AHEAD = 12

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)

# day, start, end, open?, title, notes
_Plan = tuple[int, str, str, bool, str, str | None]

_PRESENT_WEEK: tuple[_Plan, ...] = (
    (MONDAY, "12:00", "13:00", False, "Lunch", None),
    (TUESDAY, "11:00", "13:30", False, "Supervision group", "Room 4, bring the case notes"),
    (WEDNESDAY, "10:00", "11:00", False, "Dentist", None),
    (WEDNESDAY, "17:00", "18:30", True, "Evening clinic", None),
    (THURSDAY, "12:00", "13:00", False, "Lunch", None),
    (THURSDAY, "14:00", "15:00", False, "Client meeting", "Important consultation"),
    (THURSDAY, "15:00", "16:00", False, "Supervision", None),
    (FRIDAY, "13:00", "16:30", False, "Travel", "Train at 13:20"),
    (SATURDAY, "10:00", "12:00", True, "Saturday intake", None),
)

_HOLIDAY_WEEK: tuple[_Plan, ...] = tuple(
    (day, "09:00", "17:00", False, "Holiday", None) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
)
_HOLIDAY_EVERY = 13
_HOLIDAY_PHASE = 7  # Falls on the week of Christmas 2026.

_CALLS = ("Call with the clinic", "Intake call", "Call with a colleague", "Insurance call", "Phone consultation")
_CALL_TIMES = (("09:15", "09:30"), ("09:30", "10:00"), ("16:15", "16:45"), ("16:30", "17:00"), ("10:15", "10:45"))
_MEETING_TIMES = (("13:30", "14:30"), ("14:00", "15:00"), ("14:00", "15:30"), ("15:00", "16:00"))


def seed_demo(storage: Storage, today: datetime.date, stamp: str) -> None:
    """Fill the weeks around `today` that were never filled, without touching what is there."""
    if not storage.is_seeded("patterns"):
        # On the wire 1 is Monday.
        hours = [PatternValues(day, "09:00:00", "17:00:00", True, "Weekly hours") for day in range(1, 6)]
        storage.seed("patterns", [], hours, stamp)
    present = today - datetime.timedelta(days=today.weekday())
    is_first = not any(storage.is_seeded(_part(monday)) for monday in _weeks_around(present))
    for monday in _weeks_around(present):
        if not storage.is_seeded(_part(monday)):
            plan = _PRESENT_WEEK if is_first and monday == present else _plan_week(monday)
            storage.seed(_part(monday), [_entry(monday, item) for item in plan], [], stamp)


def _weeks_around(monday: datetime.date) -> list[datetime.date]:
    return [monday + datetime.timedelta(weeks=week) for week in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]


def _part(monday: datetime.date) -> str:
    return f"week {monday.isoformat()}"


def _plan_week(monday: datetime.date) -> tuple[_Plan, ...]:
    # Monday, 1 January of year 1, is the ordinal 1.
    number = (monday.toordinal() - 1) // 7
    if number % _HOLIDAY_EVERY == _HOLIDAY_PHASE:
        return _HOLIDAY_WEEK
    chance = random.Random(number)  # noqa: S311 - the same week in each run is the point
    plan: list[_Plan] = [
        (day, "12:00", "13:00", False, "Lunch", None)
        for day in (MONDAY, WEDNESDAY, THURSDAY)
        if chance.random() < 0.9
    ]
    if number % 2 == 0:
        plan.append((TUESDAY, "11:00", "13:30", False, "Supervision group", None))
        plan.append((SATURDAY, "10:00", "12:00", True, "Saturday intake", None))
    else:
        plan.append((TUESDAY, "12:00", "12:45", False, "Lunch", None))
        plan.append((TUESDAY, "15:00", "16:00", False, "Team meeting", "Agenda goes around the day before"))
    if chance.random() < 0.85:
        plan.append((WEDNESDAY, "17:00", "18:30", True, "Evening clinic", None))
    if number % 4 == 1:
        plan.append((THURSDAY, "15:00", "16:00", False, "Supervision", None))
    else:
        start, end = chance.choice(_MEETING_TIMES)
        plan.append((THURSDAY, start, end, False, "Client meeting", chance.choice((None, "First session"))))
    if chance.random() < 0.4:
        plan.append((FRIDAY, "13:00", "16:30", False, "Travel", None))
    elif chance.random() < 0.6:
        plan.append((FRIDAY, "14:00", "16:00", False, "Report writing", None))
    if number % 9 == 3:
        plan.append((MONDAY, "15:00", "16:00", False, "Dentist", None))
    for day in chance.sample((MONDAY, WEDNESDAY, THURSDAY, FRIDAY), k=chance.randint(1, 3)):
        start, end = chance.choice(_CALL_TIMES)
        plan.append((day, start, end, False, chance.choice(_CALLS), None))
    return tuple(plan)


def _entry(monday: datetime.date, item: _Plan) -> EntryValues:
    day, start, end, is_available, title, notes = item
    date = monday + datetime.timedelta(days=day)
    return EntryValues(date.isoformat(), f"{start}:00", f"{end}:00", is_available, title, notes)
