"""What callers are offered while edits are unsent, and how it follows the sending."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session.offers import AHEAD_DAYS, AT_ONCE, Offers
from triluna_desktop.sync.ports import EntryRow, Phase

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.intervals import IntervalSet
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.sync.ports import Transaction

OPEN = slot("open", 9 * 60, 17 * 60)
BLOCK = replace(slot("block", 14 * 60, 15 * 60), is_available=False)


Hours = list[tuple[float, float]]
Told = tuple[date, Hours, Hours]


def told(gaps: tuple[OfferGap, ...]) -> list[Told]:
    """Date, what is still offered, and what is not offered yet, in hours."""
    return [(gap.date, _hours(gap.still_offered), _hours(gap.not_offered)) for gap in gaps]


def _hours(intervals: IntervalSet) -> Hours:
    return [(each.start / 60, each.end / 60) for each in intervals]


async def apply(desk: Desk, edit: Edit) -> None:
    await desk.session.apply(edit)
    await desk.run_for(0)


def go_offline(desk: Desk) -> None:
    desk.api.write_faults.extend(["unsent"] * 60)


async def test_nothing_unsent_is_no_gap(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    await apply(desk, edits.create(OPEN, BLOCK))
    assert desk.ops() == []
    assert desk.session.offers.gap(THURSDAY, 7) == ()
    assert desk.session.offers.coming().gaps == ()


async def test_what_is_blocked_here_is_still_offered_until_it_is_sent(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    await apply(desk, edits.create(OPEN))
    go_offline(desk)
    await apply(desk, edits.create(BLOCK))
    expected: list[Told] = [(THURSDAY, [(14, 15)], [])]
    assert told(desk.session.offers.gap(THURSDAY, 7)) == expected
    assert told(desk.session.offers.coming().gaps) == expected
    view = desk.session.item("block")
    assert view is not None
    assert told(desk.session.offers.of(view)) == expected
    desk.api.write_faults.clear()
    await desk.run_for(120)
    assert desk.ops() == []
    assert desk.session.offers.coming().gaps == ()


async def test_what_is_moved_is_told_where_it_was_and_where_it_goes(desk: Desk) -> None:
    friday = THURSDAY + timedelta(days=1)
    await apply(desk, edits.create(OPEN))
    go_offline(desk)
    await apply(desk, edits.change(OPEN, replace(OPEN, date=friday)))
    expected: list[Told] = [(THURSDAY, [(9, 17)], []), (friday, [], [(9, 17)])]
    assert told(desk.session.offers.coming().gaps) == expected
    view = desk.session.item("open")
    assert view is not None
    assert told(desk.session.offers.of(view)) == expected
    assert told(desk.session.offers.gap(friday, 1)) == expected[1:]


async def test_what_is_deleted_here_is_still_offered(desk: Desk) -> None:
    await apply(desk, edits.create(OPEN))
    go_offline(desk)
    await apply(desk, edits.delete(OPEN))
    assert told(desk.session.offers.coming().gaps) == [(THURSDAY, [(9, 17)], [])]


async def test_an_edit_that_changes_nothing_for_callers_is_no_gap(desk: Desk) -> None:
    await apply(desk, edits.create(OPEN))
    go_offline(desk)
    await apply(desk, edits.change(OPEN, replace(OPEN, title="another")))
    assert len(desk.ops()) == 1
    assert desk.session.offers.coming().gaps == ()


async def test_weekly_hours_count_for_the_weeks_ahead(desk: Desk) -> None:
    go_offline(desk)
    await apply(desk, edits.create(Pattern("p", 4, 540, 600)))
    gaps = desk.session.offers.coming().gaps
    assert [gap.date for gap in gaps] == [THURSDAY + timedelta(weeks=week) for week in range(AHEAD_DAYS // 7)]
    view = desk.session.item("p")
    assert view is not None
    assert told(desk.session.offers.of(view)) == [(THURSDAY, [], [(9, 10)])]


async def test_changed_weekly_hours_are_told_step_by_step(desk: Desk) -> None:
    """The server gets the new ones first: callers are offered both until the old ones are deleted."""
    old = Pattern("p", 4, 9 * 60, 12 * 60)
    await apply(desk, edits.create(old))
    shown = desk.session.item("p")
    assert shown is not None
    desk.api.write_faults.extend([None, *["unsent"] * 60])  # type: ignore[list-item]  # A deque of literals.
    await apply(desk, edits.change(shown.item, replace(old, start=11 * 60, end=15 * 60)))
    assert [op.phase for op in desk.ops()] == [Phase.REMOVING]
    assert told(desk.session.offers.gap(THURSDAY, 1)) == [(THURSDAY, [(9, 11)], [])]
    desk.api.write_faults.clear()
    await desk.run_for(120)
    assert desk.ops() == []
    assert desk.session.offers.gap(THURSDAY, 1) == ()


async def test_what_is_over_is_not_told(desk: Desk) -> None:
    now = desk.clock.now()
    go_offline(desk)
    minute = now.hour * 60 + now.minute
    await apply(
        desk,
        edits.create(
            Entry("yesterday", now.date() - timedelta(days=1), 0, 1440),
            Entry("today", now.date(), max(0, minute - 60), minute + 60),
        ),
    )
    (gap,) = desk.session.offers.coming().gaps
    assert (gap.date, list(gap.not_offered)) == (now.date(), [Interval(minute, minute + 60)])


async def test_this_minute_is_offered_by_what_the_server_holds(desk: Desk) -> None:
    today = desk.clock.now().date()
    assert not desk.session.offers.now()
    all_day = Entry("today", today, 0, 1440)
    await apply(desk, edits.create(all_day))
    assert desk.session.offers.now()
    go_offline(desk)
    await apply(desk, edits.delete(all_day))
    assert desk.session.offers.now()
    desk.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES, Interval(0, 1))
    assert desk.session.offers.now()


async def test_the_mode_of_the_calendar_counts(desk: Desk) -> None:
    go_offline(desk)
    await apply(desk, edits.create(BLOCK))
    assert desk.session.offers.coming().gaps == ()  # Nothing is open there in any case.
    desk.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
    assert told(desk.session.offers.coming().gaps) == [(THURSDAY, [(14, 15)], [])]


def _note(turn: int, tx: Transaction) -> None:
    tx.set_note("turn", str(turn))


async def test_five_hundred_unsent_edits_hold_nobody_up(desk: Desk) -> None:
    """About 4 ms of the thread that paints at the most; the machine that tests may be three times slower."""
    first = desk.clock.now().date()
    days = [first + timedelta(days=number) for number in range(AHEAD_DAYS)]
    rows = [
        EntryRow(
            f"r{day}{number}",
            day.toordinal() * 100 + number,
            0,
            day,
            480 + number * 30,
            500 + number * 30,
            True,
            "",
            "",
        )
        for day in days
        for number in range(20)
    ]
    desk.store.read(lambda tx: tx.put_entries(rows))
    go_offline(desk)
    unsent = [
        Entry(f"u{number}", days[number % AHEAD_DAYS], 490 + number // 28 * 30, 510 + number // 28 * 30, False)
        for number in range(500)
    ]
    await desk.session.apply(edits.create(*unsent))
    await desk.session.stop()
    best, again = [1.0] * (AHEAD_DAYS // AT_ONCE), 1.0
    for turn in range(5):
        desk.store.read(partial(_note, turn))  # Or the store would not read again.
        # What it takes, without what else the machine was busy with: the best of five.
        offers = Offers(desk.store, desk.clock, lambda: desk.session.mode_settings)
        for call in range(len(best)):
            began = time.thread_time()
            coming = offers.coming()
            best[call] = min(best[call], time.thread_time() - began)
            assert coming.is_whole is (call == len(best) - 1)
            assert len(coming.gaps) == (call + 1) * AT_ONCE
        began = time.thread_time()
        offers.coming()
        again = min(again, time.thread_time() - began)
    assert max(best) < 0.012
    assert again < 0.004
