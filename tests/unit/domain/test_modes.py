"""A change of mode on the weeks of TriLuna's guide: what it would do, and what keeps the offered times."""

from __future__ import annotations

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

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.modes import CannotReason, KeepBy, ModeMigration, hours_from_text, migrate
from triluna_desktop.domain.time import LAST_MINUTE

Told = list[tuple[object, float, float, bool]]


def told(migration: ModeMigration) -> Told:
    """Of what is created: date or weekday, hours, and whether it opens."""
    assert migration.edit is not None
    found: Told = []
    for change in migration.edit.changes:
        item = change.after
        assert change.before is None
        assert item is not None
        day = item.date if isinstance(item, Entry) else item.weekday
        found.append((day, item.start / 60, item.end / 60, item.is_available))
    return sorted(found, key=str)


def test_from_available_times_the_weekly_hours_block_each_day_and_the_openings_stay() -> None:
    migration = migrate(SUNDAY, 7, AVAILABLE_TIMES, UNAVAILABLE_TIMES, [], OPENED)
    assert told(migration) == [(weekday, 8, 20, False) for weekday in range(7)]
    assert migration.kept == OPENED
    assert migration.cannot == ()
    assert migration.minutes == (4 * 60, 7 * 12 * 60, 4 * 60)


def test_from_available_times_entries_block_around_what_is_open() -> None:
    migration = migrate(MONDAY, 3, AVAILABLE_TIMES, UNAVAILABLE_TIMES, [], OPENED, by=KeepBy.ENTRIES)
    assert told(migration) == [
        (MONDAY, 16, 20, False),
        (MONDAY, 8, 14, False),
        (TUESDAY, 8, 20, False),
        (WEDNESDAY, 12, 20, False),
        (WEDNESDAY, 8, 10, False),
    ]
    after = [each for each in migration.cannot if each.reason is CannotReason.AFTER_SPAN]
    assert [(each.date - WEDNESDAY).days for each in after] == [1, 2, 3, 4, 5, 6, 7], "from then on each weekday"
    assert {(each.interval, each.opens) for each in after} == {(Interval(480, 1200), True)}


def test_from_unavailable_times_the_default_hours_are_opened_and_the_blocks_stay() -> None:
    migration = migrate(SUNDAY, 7, UNAVAILABLE_TIMES, AVAILABLE_TIMES, [], BLOCKED)
    assert told(migration) == [(weekday, 8, 20, True) for weekday in range(7)]
    before, alone, kept = migration.minutes
    assert (before, alone, kept) == ((7 * 12 - 3) * 60, 0, (7 * 12 - 3) * 60)
    thursday = next(day for day in migration.days if day.date == THURSDAY)
    assert [(each.start / 60, each.end / 60) for each in thursday.closed] == [(8, 15), (17, 20)]


def test_what_the_weekly_hours_say_anyway_is_not_said_again() -> None:
    weekly = [Pattern("open", 1, 9 * 60, 17 * 60), Pattern("lunch", 1, 12 * 60, 13 * 60, False)]
    only_monday = ModeSettings(Mode.UNAVAILABLE_TIMES, hours=(None, Interval(480, 1200), *[None] * 5))
    migration = migrate(MONDAY, 1, AVAILABLE_TIMES, only_monday, weekly, [])
    assert told(migration) == [(1, 17, 20, False), (1, 8, 9, False)]


def test_what_closes_is_sent_before_what_opens() -> None:
    early, late = (ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(at, at + 60)) for at in (480, 1200))
    migration = migrate(MONDAY, 1, early, late, [], [])
    assert migration.edit is not None
    kinds = [change.item.is_available for change in migration.edit.changes]
    assert kinds == [False] * 7 + [True] * 7


def test_a_last_minute_that_no_entry_can_say_is_named() -> None:
    hours = Interval(600, LAST_MINUTE)
    night = Pattern("night", 1, 1200, 1440, True)
    cut = ModeSettings(Mode.UNAVAILABLE_TIMES, hours, (None, Interval(LAST_MINUTE, 1440), *[None] * 5))
    migration = migrate(MONDAY, 1, cut, AVAILABLE_TIMES, [], [])
    assert migration.edit is None
    (named,) = migration.cannot
    assert (named.interval, named.opens, named.reason) == (
        Interval(LAST_MINUTE, 1440),
        False,
        CannotReason.LAST_MINUTE,
    )
    assert migrate(MONDAY, 1, cut, AVAILABLE_TIMES, [night], []).cannot == ()


def test_hours_up_to_2359_are_kept_as_hours_up_to_midnight_where_that_minute_is_closed_anyway() -> None:
    hours = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(600, LAST_MINUTE))
    migration = migrate(MONDAY, 1, AVAILABLE_TIMES, hours, [], [])
    assert migration.cannot == ()
    assert told(migration)[1] == (1, 10, 24, False)


@pytest.mark.parametrize("text", ["09:00-17:00", "-,-,-", "x,-,-,-,-,-,-", "17:00-09:00,-,-,-,-,-,-"])
def test_a_text_that_says_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"seven days|stretch|not a time"):
        hours_from_text(text)


def test_a_week_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="seven days"):
        ModeSettings(hours=(None,))
