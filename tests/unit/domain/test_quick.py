"""*Block now*, *Open now*, *Release early* and *now*, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.now import Moment, Standing, now_view
from triluna_desktop.domain.quick import Calendar, Nothing, QuickPlan, What, plan
from triluna_desktop.domain.quick_memory import Memory
from triluna_desktop.domain.quick_release import ReleasePlan, plan_release
from triluna_desktop.domain.quick_until import (
    ForMinutes,
    RestOfDay,
    Until,
    UntilNextEntry,
    UntilTime,
    next_entry,
    parse_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 23)
BLOCKING = ModeSettings(Mode.UNAVAILABLE_TIMES)
OPENING = ModeSettings(Mode.AVAILABLE_TIMES)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, 59, tzinfo=ZONE)


def names() -> Callable[[], str]:
    counter = count(1)
    return lambda: f"n{next(counter)}"


def opening(start: int, end: int, key: str = "opening", title: str = "Open") -> Entry:
    return Entry(key, DAY, start * 60, end * 60, True, title)


def after(calendar: Calendar, done: QuickPlan | ReleasePlan) -> Calendar:
    state = {each.key: each for each in calendar.entries}
    changed = done.edit.apply(state) if done.edit else state
    return replace(calendar, entries=tuple(each for each in changed.values() if isinstance(each, Entry)))


def spans(calendar: Calendar) -> list[tuple[str, int, int, bool]]:
    return sorted((each.key, each.start, each.end, each.is_available) for each in calendar.entries)


def block(calendar: Calendar, until: Until, now: datetime) -> QuickPlan:
    return plan(What.BLOCK, until, now, calendar, names=names())


def test_the_running_minute_counts_and_the_end_is_so_many_minutes_after_it() -> None:
    found = block(Calendar(BLOCKING), ForMinutes(30), at(14, 7))
    assert [part.interval for part in found.asked] == [Interval(14 * 60 + 7, 14 * 60 + 37)]


def test_half_an_hour_is_half_an_hour_of_a_stopwatch_where_the_clock_jumps() -> None:
    night = datetime(2026, 3, 8, 1, 45, tzinfo=ZONE)  # At 2:00 it becomes 3:00.
    settings = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1440))
    found = block(Calendar(settings), ForMinutes(30), night)
    assert [part.interval for part in found.done] == [Interval(105, 195)]


def test_a_block_over_the_middle_of_an_opening_parts_it() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    assert found.cut == calendar.entries
    assert spans(after(calendar, found)) == [("n1", 780, 1020, True), ("opening", 540, 720, True)]


def test_a_block_over_all_that_is_left_of_an_opening_shortens_it_and_one_over_all_of_it_removes_it() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    assert spans(after(calendar, block(calendar, RestOfDay(), at(12)))) == [("opening", 540, 720, True)]
    assert spans(after(calendar, block(calendar, RestOfDay(), at(9)))) == []


def test_what_stands_within_the_default_hours_is_fitted_around() -> None:
    client = Entry("client", DAY, 12 * 60 + 15, 13 * 60, False, "Client")
    calendar = Calendar(BLOCKING, (client,))
    found = block(calendar, UntilTime(14 * 60), at(12))
    assert [part.interval for part in found.done] == [Interval(720, 735), Interval(780, 840)]
    assert [part.interval for part in found.already] == [Interval(735, 780)]


def test_a_title_makes_a_block_of_its_own_and_the_same_title_goes_on() -> None:
    calendar = Calendar(BLOCKING)
    first = plan(What.BLOCK, ForMinutes(30), at(12), calendar, title="Walk-in", names=lambda: "a")
    calendar = after(calendar, first)
    other = plan(What.BLOCK, ForMinutes(60), at(12), calendar, first.memory, names=lambda: "b")
    assert spans(after(calendar, other)) == [("a", 720, 750, False), ("b", 750, 780, False)]
    same = plan(What.BLOCK, ForMinutes(60), at(12), calendar, first.memory, title="Walk-in", names=lambda: "b")
    assert spans(after(calendar, same)) == [("a", 720, 780, False)]
    assert [each.key for each in same.lengthened] == ["a"]


def test_a_block_of_the_users_own_is_not_lengthened() -> None:
    calendar = Calendar(BLOCKING, (Entry("mine", DAY, 660, 720, False),))
    assert spans(after(calendar, block(calendar, ForMinutes(30), at(12)))) == [
        ("mine", 660, 720, False),
        ("n1", 720, 750, False),
    ]


@pytest.mark.parametrize(
    ("until", "now", "why"),
    [
        (ForMinutes(30), at(6), Nothing.ALREADY_SO),
        (UntilTime(12 * 60), at(12), Nothing.PASSED),
        (UntilNextEntry(), at(12), Nothing.NO_NEXT_ENTRY),
        (RestOfDay(), at(23, 59), Nothing.ALREADY_SO),
    ],
)
def test_nothing_to_do_has_its_reason(until: Until, now: datetime, why: Nothing) -> None:
    found = block(Calendar(BLOCKING), until, now)
    assert (found.edit, found.nothing) == (None, why)


def test_the_last_minute_of_a_day_alone_cannot_be_blocked_and_the_next_date_is() -> None:
    calendar = Calendar(ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1440)))
    assert block(calendar, RestOfDay(), at(23, 59)).nothing is Nothing.LAST_MINUTE
    found = block(calendar, ForMinutes(11), at(23, 59))
    assert [(part.date.day, part.interval) for part in found.done] == [(24, Interval(0, 10))]
    assert [part.interval for part in found.left_out] == [Interval(1439, 1440)]


def test_a_date_that_was_never_read_is_blocked_whole() -> None:
    calendar = Calendar(OPENING, unknown=frozenset({DAY}))
    assert [part.interval for part in block(calendar, ForMinutes(30), at(6)).done] == [Interval(360, 390)]


def test_open_takes_back_a_quick_block_and_leaves_one_of_the_users() -> None:
    client = Entry("client", DAY, 13 * 60, 14 * 60, False, "Client")
    calendar = Calendar(BLOCKING, (client,))
    blocked = block(calendar, ForMinutes(60), at(12))
    calendar = after(calendar, blocked)
    opened = plan(What.OPEN, UntilTime(15 * 60), at(12, 30), calendar, blocked.memory, names=lambda: "x")
    assert opened.kept == (client,)
    assert spans(after(calendar, opened)) == [("client", 780, 840, False), ("n1", 720, 750, False)]


def test_the_next_entry_is_not_one_of_a_quick_action_nor_one_that_has_begun() -> None:
    entries = [opening(9, 12, "a"), opening(15, 16, "b"), opening(14, 15, "quick")]
    found = next_entry(at(10), entries, ["quick"])
    assert found is not None
    assert found.key == "b"
    assert next_entry(at(15), entries) is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("30m", ForMinutes(30)),
        ("1h30", ForMinutes(90)),
        ("until 17", UntilTime(17 * 60)),
        ("Until  Next Entry", UntilNextEntry()),
        ("rest of the day", RestOfDay()),
        ("tomorrow 9:00-10:00", None),
    ],
)
def test_the_words_of_a_command_line_that_begin_now(words: str, meant: Until | None) -> None:
    assert parse_until(words, at(12)) == meant


# --- release


def test_a_release_leaves_the_past_of_a_block_and_of_an_opening_that_was_cut() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    calendar = after(calendar, found)
    release = plan_release(at(12, 20), calendar, found.memory)
    assert [part.interval for part in release.opened] == [Interval(740, 780)]
    assert spans(after(calendar, release)) == [("n1", 740, 1020, True), ("opening", 540, 720, True)]


def test_a_release_in_the_same_minute_leaves_no_trace() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    release = plan_release(at(12), after(calendar, found), found.memory)
    assert after(after(calendar, found), release) == calendar


def test_an_opening_that_was_removed_whole_comes_back_with_its_text() -> None:
    calendar = Calendar(OPENING, (opening(12, 13, title="Lunch calls"),))
    found = block(calendar, ForMinutes(120), at(12))
    release = plan_release(at(12, 10), after(calendar, found), found.memory, names=lambda: "back")
    (entry,) = after(after(calendar, found), release).entries
    assert (entry.key, entry.start, entry.end, entry.title) == ("back", 730, 780, "Lunch calls")


def test_what_the_user_has_moved_elsewhere_or_made_an_opening_of_is_left_alone() -> None:
    calendar = Calendar(BLOCKING)
    found = block(calendar, ForMinutes(60), at(12))
    (made,) = after(calendar, found).entries
    for theirs in (replace(made, start=900, end=960), replace(made, is_available=True)):
        assert plan_release(at(12, 10), replace(calendar, entries=(theirs,)), found.memory).edit is None


def test_what_the_user_has_lengthened_is_released_too() -> None:
    calendar = Calendar(BLOCKING)
    found = block(calendar, ForMinutes(60), at(12))
    (made,) = after(calendar, found).entries
    longer = replace(calendar, entries=(replace(made, end=900),))
    assert spans(after(longer, plan_release(at(12, 10), longer, found.memory))) == [("n1", 720, 730, False)]


def test_an_opening_whose_rests_the_user_has_deleted_since_does_not_come_back() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    assert plan_release(at(12, 10), Calendar(OPENING), found.memory).edit is None


def test_two_blocks_one_after_the_other_out_of_an_opening_are_given_back_as_one() -> None:
    calendar = Calendar(OPENING, (opening(12, 17),))
    first = block(calendar, ForMinutes(30), at(12))
    calendar = after(calendar, first)
    second = plan(What.BLOCK, ForMinutes(30), at(12, 20), calendar, first.memory)
    calendar = after(calendar, second)
    assert spans(calendar) == [("opening", 770, 1020, True)]
    assert spans(after(calendar, plan_release(at(12, 25), calendar, second.memory))) == [
        ("opening", 745, 1020, True)
    ]


def test_an_opening_whose_rests_the_user_has_moved_apart_is_not_filled_up() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    before, later = after(calendar, found).entries
    apart = replace(calendar, entries=(replace(before, end=700), replace(later, start=800)))
    assert plan_release(at(12, 10), apart, found.memory).edit is None
    one_end = replace(calendar, entries=(replace(before, end=700), later))
    assert spans(after(one_end, plan_release(at(12, 10), one_end, found.memory)))[0] == ("n1", 730, 1020, True)


def test_in_the_last_minute_of_a_day_a_block_runs_out_by_itself() -> None:
    calendar = Calendar(ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1440)))
    found = block(calendar, RestOfDay(), at(23))
    assert plan_release(at(23, 59), after(calendar, found), found.memory).edit is None


def test_a_block_of_hours_that_end_at_23_59_is_one_until_the_end_of_the_day() -> None:
    calendar = Calendar(ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1439)))
    assert spans(after(calendar, block(calendar, RestOfDay(), at(23)))) == [("n1", 1380, 1440, False)]


# --- now


def test_now_tells_the_standing_until_when_and_what_comes() -> None:
    client = Entry("client", DAY, 15 * 60 + 30, 16 * 60, False, "Client meeting")
    view = now_view(at(14), Calendar(BLOCKING, (client,)))
    assert (view.standing, view.until, view.next) == (Standing.BOOKABLE, Moment(DAY, 930), client)
    view = now_view(at(15, 30), Calendar(BLOCKING, (client,)))
    assert (view.standing, view.until) == (Standing.BLOCKED, Moment(DAY, 960))
    assert view.bookable_from == Moment(DAY, 960)
    view = now_view(at(20), Calendar(BLOCKING, (client,)))
    assert (view.standing, view.until) == (Standing.OUTSIDE_HOURS, Moment(date(2026, 11, 24), 480))
    assert [line.item for line in view.today] == []


def test_an_opening_that_a_quick_block_has_cut_is_blocked_now_and_not_outside_hours() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    view = now_view(at(12, 10), after(calendar, found), found.memory)
    assert (view.standing, view.until, view.quick_until) == (
        Standing.BLOCKED,
        Moment(DAY, 780),
        Moment(DAY, 780),
    )
    assert now_view(at(13), after(calendar, found), found.memory).quick_until is None


def test_the_memory_on_disk_is_the_memory() -> None:
    calendar = Calendar(OPENING, (opening(9, 17),))
    found = block(calendar, ForMinutes(60), at(12))
    assert Memory.of_text(found.memory.to_text()) == found.memory
    assert Memory.of_text(None) == Memory()
    assert found.memory.since(date(2026, 11, 24)) == Memory()
