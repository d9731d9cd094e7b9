"""What callers are offered, now and once all is sent, and why; over a real store."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

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
from tests.helpers.manual_clock import ManualClock

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Layer, Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.modes import KeepBy
from triluna_desktop.domain.starts import Appointment
from triluna_desktop.domain.warnings import OfferWarningKind
from triluna_desktop.domain.why import FixKind, Standing
from triluna_desktop.session import Session
from triluna_desktop.session.callers import StillThere
from triluna_desktop.session.mode_change import ModeChange
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow, PatternRow

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from datetime import date
    from pathlib import Path

    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session.callers import CallerPreview
    from triluna_desktop.sync.ports import Transaction

Hours = dict[str, list[tuple[float, float]]]
HALF_HOUR = Appointment(30, 30)


async def apply(desk: Desk, edit: Edit) -> None:
    await desk.session.apply(edit)
    await desk.run_for(0)


def go_offline(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 60)


def told(days: Iterable[DayAvailability]) -> Hours:
    return {f"{day.date:%a}": [(each.start / 60, each.end / 60) for each in day.bookable] for day in days}


def starts(preview: CallerPreview) -> tuple[list[float], list[float]]:
    now, once_sent = preview.now, preview.once_sent
    return [m / 60 for day in now for m in day.minutes], [m / 60 for day in once_sent for m in day.minutes]


async def test_the_guides_weeks_show_what_they_should(desk: Desk) -> None:
    await apply(desk, edits.create(*OPENED))
    week: Hours = {"Sun": [], "Mon": [(14, 16)], "Tue": [], "Wed": [(10, 12)], "Thu": []}
    assert told(desk.session.callers.wanted(SUNDAY, 5)) == told(desk.session.callers.confirmed(SUNDAY, 5)) == week
    await apply(desk, edits.delete(*(view.item for view in desk.session.days(SUNDAY).entries)))
    await apply(desk, edits.create(*BLOCKED))
    desk.session.mode_settings = UNAVAILABLE_TIMES
    assert told(desk.session.callers.confirmed(SUNDAY, 5)) == {
        "Sun": [(8, 20)],
        "Mon": [(8, 20)],
        "Tue": [(8, 13), (14, 20)],
        "Wed": [(8, 20)],
        "Thu": [(8, 15), (17, 20)],
    }


async def test_starts_tell_what_callers_can_book_now_beside_what_they_can_once_all_is_sent(desk: Desk) -> None:
    callers = desk.session.callers
    await apply(desk, edits.create(OPENED[0]))
    same = callers.starts(MONDAY, 1, HALF_HOUR)
    assert starts(same) == ([14, 14.5, 15, 15.5], [14, 14.5, 15, 15.5])
    assert same.is_same
    go_offline(desk)
    await apply(desk, edits.change(OPENED[0], replace(OPENED[0], end=15 * 60)))
    unsent = callers.starts(MONDAY, 1, HALF_HOUR)
    assert starts(unsent) == ([14, 14.5, 15, 15.5], [14, 14.5])
    assert not unsent.is_same
    dragged = replace(OPENED[0], start=9 * 60, end=10 * 60)
    trying = callers.starts(MONDAY, 1, HALF_HOUR, trying=edits.change(OPENED[0], dragged))
    assert starts(trying) == ([14, 14.5, 15, 15.5], [9, 9.5])
    assert starts(callers.starts(MONDAY, 1, HALF_HOUR)) == starts(unsent), "nothing was changed by trying"


async def test_a_drag_onto_another_date_and_one_of_weekly_hours_are_tried_out(desk: Desk) -> None:
    callers = desk.session.callers
    weekly = Pattern("weekly", 3, 9 * 60, 10 * 60)
    await apply(desk, edits.create(OPENED[0], weekly))
    moved = edits.change(OPENED[0], replace(OPENED[0], date=TUESDAY))
    assert told(callers.wanted(MONDAY, 3, trying=moved)) == {"Mon": [], "Tue": [(14, 16)], "Wed": [(9, 10)]}
    later = edits.change(weekly, replace(weekly, weekday=2))
    assert told(callers.wanted(MONDAY, 3, trying=later)) == {"Mon": [(14, 16)], "Tue": [(9, 10)], "Wed": []}
    gone = edits.delete(weekly, OPENED[0])
    assert told(callers.wanted(MONDAY, 3, trying=gone)) == {"Mon": [], "Tue": [], "Wed": []}


async def test_why_marks_what_is_only_here_and_tells_what_callers_are_offered_meanwhile(desk: Desk) -> None:
    callers = desk.session.callers
    await apply(desk, edits.create(OPENED[0]))
    sent = callers.why(MONDAY, 15 * 60)
    assert (sent.why.is_open, sent.offered_now, sent.is_sent) == (True, True, True)
    assert sent.why.deciding.standing is Standing.SENT
    go_offline(desk)
    await apply(desk, edits.change(OPENED[0], replace(OPENED[0], end=15 * 60)))
    await apply(desk, edits.create(OPENED[1]))
    shortened = callers.why(MONDAY, 15 * 60)
    assert (shortened.why.is_open, shortened.offered_now, shortened.is_sent) == (False, True, False)
    assert callers.why(MONDAY, 14 * 60).why.deciding.standing is Standing.CHANGED
    assert shortened.still_there == (StillThere(Layer.ENTRY, Interval(14 * 60, 16 * 60), True),)
    created = callers.why(WEDNESDAY, 11 * 60)
    assert created.still_there == ()
    assert created.why.deciding.standing is Standing.NEW
    assert (created.why.is_open, created.offered_now) == (True, False)


async def test_weekly_hours_that_the_server_still_has_are_known_in_order_of_the_week(desk: Desk) -> None:
    callers = desk.session.callers
    stays = Pattern("stays", 2, 540, 600, True)
    late, early = Pattern("late", 5, 840, 900, False), Pattern("early", 0, 540, 600, True, "Early")
    await apply(desk, edits.create(stays, late, early))
    assert callers.weekly_still_there() == ()
    go_offline(desk)
    await apply(desk, edits.delete(early))
    await apply(desk, edits.change(late, replace(late, end=930)))
    await apply(desk, edits.create(Pattern("new", 2, 700, 800, True)))
    there = [(each.weekday, each.start, each.end, each.is_available) for each in callers.weekly_still_there()]
    assert there == [(0, 540, 600, True), (5, 840, 900, False)]


async def test_what_is_deleted_here_is_named_while_callers_still_see_it(desk: Desk) -> None:
    lunch = Pattern("lunch", 1, 14 * 60, 15 * 60, False)
    await apply(desk, edits.create(OPENED[0], lunch))
    assert desk.session.callers.why(MONDAY, 14 * 60).still_there == ()
    go_offline(desk)
    await apply(desk, edits.delete(OPENED[0], lunch))
    found = desk.session.callers.why(MONDAY, 14 * 60)
    assert [step.item for step in found.why.chain] == [None]
    assert (found.why.is_open, found.offered_now) == (False, True)
    assert found.still_there == (
        StillThere(Layer.PATTERN, lunch.interval, False),
        StillThere(Layer.ENTRY, OPENED[0].interval, True),
    )
    assert desk.session.callers.why(MONDAY, 15 * 60).still_there == found.still_there[1:]


async def test_what_the_server_refused_to_delete_stands_there_and_is_no_news_to_it(desk: Desk) -> None:
    await apply(desk, edits.create(OPENED[0]))
    desk.api.write_faults.append("invalid")
    await apply(desk, edits.delete(OPENED[0]))
    view = desk.session.item("mon")
    assert view is not None
    found = desk.session.callers.why(MONDAY, 15 * 60)
    assert found.why.deciding.standing is Standing.SENT
    assert (found.why.is_open, found.offered_now) == (True, True)
    assert (await desk.session.callers.year(MONDAY, 7)).total == 120


async def test_a_fix_is_an_edit_that_the_session_takes(desk: Desk) -> None:
    desk.session.mode_settings = UNAVAILABLE_TIMES
    await apply(desk, edits.create(*BLOCKED))
    found = desk.session.callers.why(THURSDAY, 16 * 60).why
    fix = next(fix for fix in found.fixes if fix.kind is FixKind.OPEN_TIME)
    assert fix.edit is not None
    await apply(desk, fix.edit)
    assert desk.ops() == [], "the server takes it"
    assert told(desk.session.callers.confirmed(THURSDAY, 1)) == {"Thu": [(8, 15), (16, 20)]}


async def test_a_year_counts_the_unsent_edits_and_the_weekly_hours(desk: Desk) -> None:
    callers = desk.session.callers
    await apply(desk, edits.create(*OPENED, Pattern("weekly", 5, 9 * 60, 10 * 60)))
    go_offline(desk)
    await apply(desk, edits.delete(OPENED[0]))
    await apply(desk, edits.change(OPENED[1], replace(OPENED[1], end=11 * 60)))
    await apply(desk, edits.create(Entry("new", TUESDAY, 600, 615)))
    found = await callers.year(SUNDAY)
    assert found.minutes[:7] == (0, 0, 15, 60, 0, 60, 0)
    assert found.minutes[7:14] == (0, 0, 0, 0, 0, 60, 0)
    assert len(found.minutes) == 371
    assert found.minutes == tuple(day.minutes for day in callers.wanted(SUNDAY, 371))


async def test_a_change_of_mode_is_applied_as_one_edit_and_callers_notice_nothing(desk: Desk) -> None:
    session = desk.session
    await apply(desk, edits.create(*OPENED))
    before = told(session.callers.confirmed(SUNDAY, 7))
    for by in KeepBy:
        change = ModeChange(session, UNAVAILABLE_TIMES)
        edit = change.preview(SUNDAY, 7, keep=by, today=SUNDAY, weeks=4).edit
        assert edit is not None
        session.mode_settings = UNAVAILABLE_TIMES
        assert told(session.callers.wanted(SUNDAY, 7)) != before
        await apply(desk, edit)
        assert desk.ops() == []
        assert told(session.callers.confirmed(SUNDAY, 7)) == before
        await session.undo()
        await desk.run_for(120)
        session.mode_settings = AVAILABLE_TIMES
        assert told(session.callers.confirmed(SUNDAY, 7)) == before


async def test_warnings_come_with_the_unsent_edits(desk: Desk) -> None:
    go_offline(desk)
    await apply(desk, edits.create(Entry("idle", TUESDAY, 600, 660, False)))
    found = await desk.session.callers.warnings(SUNDAY, 7)
    assert [(each.kind, each.date) for each in found if each.item] == [
        (OfferWarningKind.BLOCK_CHANGES_NOTHING, TUESDAY)
    ]


async def test_openings_to_be_told_to_others_begin_now(desk: Desk) -> None:
    now = desk.clock.now()
    minute = now.hour * 60 + now.minute
    desk.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1440))
    yesterday = now.date() - timedelta(days=1)
    found = desk.session.callers.openings(yesterday, 3)
    assert [day.date for day in found] == [now.date(), now.date() + timedelta(days=1)]
    assert next(iter(found[0].bookable)).start >= minute


def busy_year(tx: Transaction, first: date) -> None:
    """10,000 entries and 100 patterns, as read from the server."""
    tx.put_entries(
        EntryRow(f"e{n}", n + 1, 0, first + timedelta(days=n % 365), at * 45, at * 45 + 30, n % 3 > 0, "", "")
        for n in range(10_000)
        for at in [n // 365]
    )
    tx.put_patterns(
        PatternRow(f"p{n}", n + 1, 0, n % 7, 60 * (n // 7), 60 * (n // 7) + 45, n % 2 > 0, "") for n in range(100)
    )


async def longest_step_ms(work: Coroutine[object, object, object]) -> float:
    """The longest that some work kept the loop's thread busy without a break, by the thread's own time."""
    task = asyncio.ensure_future(work)
    longest, last = 0.0, time.thread_time()
    while not task.done():
        await asyncio.sleep(0.0005)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    await task
    return longest * 1000


async def test_a_year_of_10_000_entries_never_keeps_the_loop_busy_for_4_ms(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "p" / "calendar.db")
    store.open()
    session = Session(store, None, ManualClock(), mode_settings=UNAVAILABLE_TIMES)
    try:
        await store.run(lambda tx: busy_year(tx, MONDAY))
        steps = [await longest_step_ms(session.callers.year(MONDAY)) for _ in range(5)]
        assert min(steps) < 4
        year = await session.callers.year(MONDAY)
        assert year.minutes == tuple(day.minutes for day in session.callers.wanted(MONDAY, 371))
    finally:
        await session.stop()
        store.close()
