"""Bulk edits by example; what holds of all of them is in `tests/property/test_bulk_laws.py`."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.domain import bulk, bulk_dates
from triluna_desktop.domain.bulk import BulkPlan, Filter, Kind, SkipReason
from triluna_desktop.domain.bulk_dates import Existing, Overlap
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, InvalidSlotError
from triluna_desktop.domain.time import format_time

if TYPE_CHECKING:
    from collections.abc import Callable

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY - timedelta(days=1)


def entry(key: str, start: int, end: int, *, day: date = MONDAY, is_available: bool = True) -> Entry:
    """From and to in hours; the title is the key."""
    return Entry(key, day, start * 60, end * 60, is_available, key)


def keys() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def told(plan: BulkPlan) -> list[str]:
    """The changes as lines: "+ 23 00:00-24:00 blocked Vacation"."""
    lines = []
    for change in plan.changes:
        item = change.item
        assert isinstance(item, Entry)
        sign = "+" if change.before is None else "-" if change.after is None else "~"
        kind = "open" if item.is_available else "blocked"
        lines.append(
            f"{sign} {item.date.day} {format_time(item.start)}-{format_time(item.end)} {kind} {item.title}"
        )
    return lines


def skips(plan: BulkPlan) -> list[tuple[str, SkipReason]]:
    return [(each.item.title, each.reason) for each in plan.skipped]


def test_three_weeks_of_vacation_are_a_block_a_date() -> None:
    plan = bulk_dates.block_dates(MONDAY, MONDAY + timedelta(days=20), (), title="Vacation")
    assert len(plan.changes) == 21
    assert told(plan)[0] == "+ 23 00:00-24:00 blocked Vacation"


@pytest.mark.parametrize(
    ("existing", "lines", "left"),
    [
        (
            Existing.KEEP_BLOCKS,
            ["~ 23 00:00-12:00 blocked V", "+ 23 13:00-24:00 blocked V"],
            [],
        ),
        (
            Existing.KEEP_ALL,
            ["+ 23 00:00-09:00 blocked V", "+ 23 11:00-12:00 blocked V", "+ 23 13:00-24:00 blocked V"],
            [("morning", SkipReason.STAYS_BOOKABLE)],
        ),
        (Existing.REPLACE, ["- 23 09:00-11:00 open morning", "~ 23 00:00-24:00 blocked V"], []),
    ],
)
def test_what_stands_on_a_blocked_date_is_kept_closed_or_replaced(
    existing: Existing, lines: list[str], left: list[tuple[str, SkipReason]]
) -> None:
    there = [entry("morning", 9, 11), entry("lunch", 12, 13, is_available=False)]
    plan = bulk_dates.block_dates(MONDAY, MONDAY, there, existing=existing, title="V")
    assert told(plan) == lines
    assert skips(plan) == left


def test_a_date_that_is_blocked_already_is_left_alone_and_named() -> None:
    there = [entry("holiday", 0, 24, is_available=False)]
    plan = bulk_dates.block_dates(MONDAY, MONDAY, there, existing=Existing.REPLACE, title="V")
    assert plan.edit is None
    assert skips(plan) == [("holiday", SkipReason.ALREADY_BLOCKED)]


def test_available_time_that_reaches_out_of_the_hours_is_cut_on_both_sides() -> None:
    there = [entry("long", 8, 18)]
    plan = bulk_dates.block_dates(MONDAY, MONDAY, there, hours=Interval(720, 840), title="V", make_key=keys())
    assert told(plan) == [
        "~ 23 08:00-12:00 open long",
        "+ 23 12:00-14:00 blocked V",
        "+ 23 14:00-18:00 open long",
    ]


def test_a_range_that_ends_before_it_starts_blocks_nothing() -> None:
    assert bulk_dates.block_dates(MONDAY, SUNDAY, ()) == BulkPlan(None)


def test_what_would_leave_its_day_is_named_and_not_cut() -> None:
    early, late = entry("early", 0, 2), entry("late", 9, 10)
    plan = bulk.move([early, late], [early, late], minutes=-60)
    assert told(plan) == ["~ 23 08:00-09:00 open late"]
    assert skips(plan) == [("early", SkipReason.LEAVES_DAY)]


def test_nothing_can_start_in_the_last_minute() -> None:
    short = Entry("short", MONDAY, 1380, 1410)
    assert bulk.move([short], [short], minutes=59).skipped[0].reason is SkipReason.LEAVES_DAY


def test_the_calendar_has_an_end() -> None:
    last = entry("last", 9, 10, day=date.max)
    assert bulk.move([last], [last], days=1).skipped[0].reason is SkipReason.LEAVES_CALENDAR


def test_who_cannot_move_is_in_the_way_of_the_next() -> None:
    chosen = [entry("a", 9, 10), entry("b", 10, 11), entry("c", 11, 12)]
    wall = entry("wall", 12, 13)
    plan = bulk.move(chosen, [*chosen, wall], minutes=60)
    assert plan.edit is None
    assert [(each.item.key, each.by.key) for each in plan.skipped if each.by is not None] == [
        ("a", "b"),
        ("b", "c"),
        ("c", "wall"),
    ]


def test_what_moves_on_goes_last_one_first_so_that_none_lands_on_the_other() -> None:
    chosen = [entry("a", 9, 10), entry("b", 10, 11)]
    forward, back = bulk.move(chosen, chosen, minutes=60), bulk.move(chosen, chosen, minutes=-60)
    assert [change.key for change in forward.changes] == ["b", "a"]
    assert [change.key for change in back.changes] == ["a", "b"]
    assert [change.key for change in bulk.move(chosen, chosen, days=-1, minutes=60).changes] == ["a", "b"]


def test_a_move_by_nothing_changes_nothing() -> None:
    chosen = [entry("a", 9, 10)]
    assert skips(bulk.move(chosen, chosen)) == [("a", SkipReason.UNCHANGED)]


def test_what_is_so_already_is_named() -> None:
    open_, blocked = entry("open", 9, 10), entry("blocked", 10, 11, is_available=False)
    plan = bulk.make_kind([open_, blocked], is_available=False)
    assert told(plan) == ["~ 23 09:00-10:00 blocked open"]
    assert skips(plan) == [("blocked", SkipReason.UNCHANGED)]


def test_a_title_over_the_limit_is_refused() -> None:
    with pytest.raises(InvalidSlotError):
        bulk.retitle([entry("a", 9, 10)], "x" * 201)


def test_a_range_is_filtered_by_kind_weekday_and_the_time_it_begins() -> None:
    week = [
        entry("mon", 9, 10),
        entry("mon blocked", 10, 11, is_available=False),
        entry("tue", 9, 10, day=MONDAY + timedelta(days=1)),
        entry("tue late", 18, 20, day=MONDAY + timedelta(days=1)),
        entry("after", 9, 10, day=MONDAY + timedelta(days=7)),
    ]

    def found(only: Filter) -> list[str]:
        return [each.key for each in bulk.chosen_by_dates(week, MONDAY, MONDAY + timedelta(days=6), only)]

    assert found(Filter()) == ["mon", "mon blocked", "tue", "tue late"]
    assert found(Filter(Kind.AVAILABLE)) == ["mon", "tue", "tue late"]
    assert found(Filter(Kind.BLOCKED)) == ["mon blocked"]
    assert found(Filter(weekdays=frozenset({2}))) == ["tue", "tue late"]
    assert found(Filter(start=600, end=1080)) == ["mon blocked"]
    assert [each.key for each in bulk.chosen_by_keys(week, {"tue", "mon"})] == ["mon", "tue"]


def test_a_copied_week_leaves_out_what_would_overlap_and_names_it() -> None:
    week = [entry("a", 9, 10), entry("b", 11, 12)]
    there = entry("there", 9, 11, day=MONDAY + timedelta(days=7))
    plan = bulk_dates.copy_week(SUNDAY, week, bulk_dates.following_weeks(SUNDAY, 2), [there])
    assert told(plan) == ["+ 30 11:00-12:00 open b", "+ 7 09:00-10:00 open a", "+ 7 11:00-12:00 open b"]
    assert [(each.item.date.day, each.item.title, each.by) for each in plan.skipped] == [(30, "a", there)]


def test_a_copied_week_takes_the_place_of_what_stands_there_if_that_is_wanted() -> None:
    week = [entry("a", 9, 10)]
    next_monday = MONDAY + timedelta(days=7)
    there = [entry("there", 9, 11, day=next_monday), entry("early", 8, 9, day=next_monday)]
    plan = bulk_dates.copy_week(SUNDAY, week, [SUNDAY + timedelta(days=7)], there, overlap=Overlap.REPLACE)
    assert told(plan) == ["~ 30 09:00-10:00 open a"]
    assert plan.changes[0].key == "there"


def test_copying_a_week_twice_copies_it_once() -> None:
    week = [entry("a", 9, 10)]
    targets = bulk_dates.following_weeks(SUNDAY, 1)
    copies = [change.after for change in bulk_dates.copy_week(SUNDAY, week, targets, ()).changes]
    there = [copy for copy in copies if isinstance(copy, Entry)]
    again = bulk_dates.copy_week(SUNDAY, week, targets, there, overlap=Overlap.REPLACE)
    assert again.edit is None
    assert skips(again) == [("a", SkipReason.UNCHANGED)]


def test_a_week_is_not_copied_to_itself_nor_past_the_calendars_end() -> None:
    week = [entry("a", 9, 10)]
    assert bulk_dates.copy_week(SUNDAY, week, [SUNDAY], week) == BulkPlan(None)
    assert bulk_dates.following_weeks(date(9999, 12, 12), 4) == (date(9999, 12, 19),)
    assert bulk_dates.following_weeks(date(9999, 12, 31), 4) == ()
    last = date(9999, 12, 26)
    tail = [entry("tail", 9, 10, day=last)]
    assert skips(bulk_dates.copy_week(last, tail, [last + timedelta(days=5)], ())) == []
    sixth = [entry("sixth", 9, 10, day=last)]
    plan = bulk_dates.copy_week(last - timedelta(days=6), sixth, [last + timedelta(days=1)], ())
    assert skips(plan) == [("sixth", SkipReason.LEAVES_CALENDAR)]
