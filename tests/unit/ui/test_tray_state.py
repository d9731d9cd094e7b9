"""When what the icon shows changes by itself: counted on the wall clock, over clock changes and midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.now import now_view
from triluna_desktop.domain.quick import Calendar
from triluna_desktop.domain.time import parse_time
from triluna_desktop.ui.tray.state import seconds_to_change

BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN = date(2026, 10, 25)
"""On this Sunday the clocks go back at 03:00."""
SPRING = date(2026, 3, 29)
"""And on this one forward at 02:00."""


def wait_from(now: datetime, *entries: tuple[str, str, bool]) -> float:
    """Seconds until the next change, with these entries today: start, end, whether it is available."""
    made = tuple(
        Entry(str(number), now.date(), parse_time(start), parse_time(end), is_available)
        for number, (start, end, is_available) in enumerate(entries)
    )
    view = now_view(now, Calendar(ModeSettings(), made))
    return seconds_to_change(view, now)


def test_it_is_the_end_of_what_is_open_now() -> None:
    now = datetime(2026, 11, 19, 13, 24, 30, tzinfo=BERLIN)
    assert wait_from(now, ("09:00", "15:30", True), ("16:00", "17:00", True)) == 2 * 3600 + 5 * 60 + 30


def test_an_entry_that_begins_is_a_change_though_callers_see_none() -> None:
    now = datetime(2026, 11, 19, 13, 24, tzinfo=BERLIN)
    assert wait_from(now, ("09:00", "15:30", True), ("14:00", "15:00", True)) == 36 * 60


def test_where_nothing_is_in_the_calendar_it_is_midnight() -> None:
    assert wait_from(datetime(2026, 11, 19, 23, 59, 30, tzinfo=BERLIN)) == 30


def test_a_midnight_that_passes_while_one_looks_is_a_change_at_once() -> None:
    before = datetime(2026, 11, 19, 23, 59, 59, tzinfo=BERLIN)
    view = now_view(before, Calendar(ModeSettings()))
    assert seconds_to_change(view, before + timedelta(seconds=2)) == 0


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 10), (SPRING, 8)])
def test_the_hour_of_a_clock_change_is_counted(day: date, hours: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    assert wait_from(midnight, ("09:00", "10:00", True)) == hours * 3600
