"""What is bookable and why, on the weeks of TriLuna's guide."""

from datetime import date

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

from triluna_desktop.domain.availability import Layer, Mode, ModeSettings, availability_on, explain
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.patterns import patterns_on

WORKDAY = Pattern("hours", 1, 9 * 60, 17 * 60, True, "Monday business hours")
LUNCH = Pattern("lunch", 1, 12 * 60, 13 * 60, False, "Lunch")


def hours(
    day: date, settings: ModeSettings, patterns: tuple[Pattern, ...] = (), entries: tuple[Entry, ...] = ()
) -> list[tuple[float, float]]:
    return [
        (each.start / 60, each.end / 60) for each in availability_on(day, settings, patterns, entries).bookable
    ]


@pytest.mark.parametrize(
    ("day", "open_hours"),
    [(SUNDAY, []), (MONDAY, [(14, 16)]), (TUESDAY, []), (WEDNESDAY, [(10, 12)]), (THURSDAY, [])],
)
def test_with_available_times_only_what_is_marked_is_bookable(
    day: date, open_hours: list[tuple[float, float]]
) -> None:
    assert hours(day, AVAILABLE_TIMES, entries=OPENED) == open_hours


@pytest.mark.parametrize(
    ("day", "open_hours"),
    [
        (SUNDAY, [(8, 20)]),
        (MONDAY, [(8, 20)]),
        (TUESDAY, [(8, 13), (14, 20)]),
        (WEDNESDAY, [(8, 20)]),
        (THURSDAY, [(8, 15), (17, 20)]),
    ],
)
def test_with_unavailable_times_eight_to_eight_is_bookable_but_what_is_blocked(
    day: date, open_hours: list[tuple[float, float]]
) -> None:
    assert hours(day, UNAVAILABLE_TIMES, entries=BLOCKED) == open_hours


def test_the_bookable_minutes_of_the_guides_weeks_add_up() -> None:
    days = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    assert sum(availability_on(day, AVAILABLE_TIMES, (), OPENED).minutes for day in days) == 4 * 60
    assert sum(availability_on(day, UNAVAILABLE_TIMES, (), BLOCKED).minutes for day in days) == (48 - 3) * 60


def test_default_hours_can_be_others() -> None:
    early = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(6 * 60, 14 * 60))
    assert hours(TUESDAY, early, entries=BLOCKED) == [(6, 13)]


def test_default_hours_mean_nothing_with_available_times() -> None:
    assert hours(MONDAY, ModeSettings(Mode.AVAILABLE_TIMES, Interval(0, 1440))) == []


def test_a_pattern_holds_on_its_weekday_alone() -> None:
    assert hours(MONDAY, AVAILABLE_TIMES, (WORKDAY,)) == [(9, 17)]
    assert hours(TUESDAY, AVAILABLE_TIMES, (WORKDAY,)) == []


def test_within_the_patterns_unavailable_wins() -> None:
    for patterns in ((WORKDAY, LUNCH), (LUNCH, WORKDAY)):
        assert hours(MONDAY, AVAILABLE_TIMES, patterns) == [(9, 12), (13, 17)]


def test_within_the_entries_unavailable_wins() -> None:
    busy = Entry("busy", MONDAY, 15 * 60, 18 * 60, False)
    assert hours(MONDAY, AVAILABLE_TIMES, entries=(busy, *OPENED)) == [(14, 15)]


def test_a_dated_entry_overrides_a_pattern_both_ways() -> None:
    through_lunch = Entry("open", MONDAY, 12 * 60, 12 * 60 + 30, True)
    assert hours(MONDAY, AVAILABLE_TIMES, (WORKDAY, LUNCH), (through_lunch,)) == [(9, 12.5), (13, 17)]
    day_off = Entry("off", MONDAY, 0, 24 * 60, False)
    assert hours(MONDAY, AVAILABLE_TIMES, (WORKDAY, LUNCH), (day_off,)) == []


def test_an_entry_can_open_the_evening_beyond_the_default_hours() -> None:
    late = Entry("late", MONDAY, 20 * 60, 24 * 60, True)
    assert hours(MONDAY, UNAVAILABLE_TIMES, entries=(late,)) == [(8, 24)]


def test_patterns_of_a_date_come_in_order_of_their_times() -> None:
    others = (Pattern("z", 1, 540, 600), Pattern("a", 1, 540, 600), Pattern("sunday", 0, 0, 60))
    assert [pattern.key for pattern in patterns_on(MONDAY, (LUNCH, WORKDAY, *others))] == [
        "a",
        "z",
        "hours",
        "lunch",
    ]
    assert [pattern.key for pattern in patterns_on(SUNDAY, others)] == ["sunday"]


def test_why_an_ordinary_day_is_closed_has_one_reason() -> None:
    (stretch,) = explain(SUNDAY, AVAILABLE_TIMES, (WORKDAY,), OPENED)
    assert stretch.interval == Interval(0, 1440)
    assert not stretch.is_bookable
    assert [reason.layer for reason in stretch.reasons] == [Layer.DEFAULT]


def test_why_names_everything_over_a_stretch_and_the_last_one_decides() -> None:
    through_lunch = Entry("open", MONDAY, 12 * 60, 12 * 60 + 30, True)
    stretches = explain(MONDAY, UNAVAILABLE_TIMES, (LUNCH, WORKDAY), (through_lunch,))
    told = [
        (
            stretch.interval.start // 60,
            stretch.is_bookable,
            [reason.item.key if reason.item else reason.layer.value for reason in stretch.reasons],
        )
        for stretch in stretches
    ]
    assert told == [
        (0, False, ["default"]),
        (8, True, ["default"]),
        (9, True, ["default", "hours"]),
        (12, True, ["default", "hours", "lunch", "open"]),
        (12, False, ["default", "hours", "lunch"]),
        (13, True, ["default", "hours"]),
        (17, True, ["default"]),
        (20, False, ["default"]),
    ]


def test_why_cuts_the_day_only_where_a_reason_starts_or_ends() -> None:
    # A cut at 09:00 and 10:00 for an entry of another date would split the day for nothing.
    elsewhere = Entry("other day", TUESDAY, 540, 600, True)
    assert len(explain(MONDAY, AVAILABLE_TIMES, (), (elsewhere,))) == 1
    twins = (Entry("one", MONDAY, 540, 600), Entry("two", MONDAY, 600, 660))
    assert len(explain(MONDAY, AVAILABLE_TIMES, (), twins)) == 4


def test_closing_patterns_are_explained_when_they_come_from_an_iterator() -> None:
    stretches = explain(MONDAY, UNAVAILABLE_TIMES, iter((WORKDAY, LUNCH)), iter(()))
    assert [stretch.interval for stretch in stretches if stretch.reasons[-1].item == LUNCH] == [Interval(720, 780)]
