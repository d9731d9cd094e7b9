"""What the server holds reaches the screen, and nothing goes from there on the word of one list."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState, SendState
from triluna_desktop.sync.window import window_around

if TYPE_CHECKING:
    from tests.helpers.offline_session import Desk

FAR = date(2027, 3, 4)


async def test_opening_takes_one_request_and_shows_the_calendar(desk: Desk) -> None:
    assert len(desk.api.log) == 1
    first, last = window_around(desk.clock.now().date())
    assert desk.api.log[0].what == (first, last)
    assert desk.session.days(first, (last - first).days + 1).loaded
    assert not desk.session.days(last, 2).loaded


def test_the_window_is_twelve_weeks_back_and_twenty_six_ahead_wherever_weeks_start() -> None:
    sunday = date(2025, 8, 31)
    for today in (sunday + timedelta(days=number) for number in range(7)):
        first, last = window_around(today)
        for first_weekday in range(7):
            week = today - timedelta(days=(today.isoweekday() - first_weekday) % 7)
            assert first <= week - timedelta(weeks=12)
            assert last >= week + timedelta(weeks=26, days=6)


async def test_what_is_made_and_changed_elsewhere_is_shown_with_the_next_poll(desk: Desk) -> None:
    made = desk.api.add(THURSDAY, 540, 600, "elsewhere")
    desk.api.add_pattern(4, 480, 720)
    await desk.run_for(60)
    assert [entry.title for entry in desk.shown()] == ["elsewhere"]
    assert [view.item for view in desk.session.days(THURSDAY).patterns] == [Pattern(f"pattern:{102}", 4, 480, 720)]
    key = desk.shown()[0].key
    desk.seen.clear()
    desk.api.entries[made.id] = replace(made, date=THURSDAY + timedelta(days=1), title="moved")
    await desk.run_for(60)
    assert desk.shown() == []
    assert [(entry.key, entry.title) for entry in desk.shown(THURSDAY + timedelta(days=1))] == [(key, "moved")]
    days = frozenset[date]().union(*(changes.dates or () for changes in desk.seen))
    assert days == {THURSDAY, THURSDAY + timedelta(days=1)}
    assert desk.session.dates_with_entries(THURSDAY, THURSDAY + timedelta(days=6)) == {
        THURSDAY + timedelta(days=1)
    }


async def test_what_is_deleted_elsewhere_goes_when_two_lists_agree(desk: Desk) -> None:
    made = [desk.api.add(THURSDAY, 60 * n, 60 * n + 60) for n in range(5)]
    pattern = desk.api.add_pattern(4, 480, 720)
    other = desk.api.add_pattern(5, 480, 720)
    await desk.session.sync_now()
    before = len(desk.api.reads)
    del desk.api.entries[made[0].id]
    del desk.api.patterns[pattern.id]
    await desk.session.sync_now()
    assert len(desk.shown()) == 4
    assert [view.item.server_id for view in desk.session.days(THURSDAY).patterns] == [other.id]
    assert len(desk.api.reads) - before == 2


async def test_a_list_that_lies_once_drops_nothing(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    desk.api.add(THURSDAY, 600, 660)
    await desk.session.sync_now()
    desk.api.read_faults.append("empty_list")
    await desk.session.sync_now()
    assert len(desk.shown()) == 2
    assert desk.session.status.shrink is None


async def test_an_empty_list_never_deletes_a_calendar_unless_the_user_says_so(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    desk.api.add_pattern(4, 480, 720)
    await desk.session.sync_now()
    desk.api.entries.clear()
    desk.api.patterns.clear()
    before = len(desk.api.reads)
    await desk.session.sync_now()
    assert len(desk.api.reads) - before == 3
    shrink = desk.session.status.shrink
    assert shrink is not None
    assert (shrink.missing, shrink.known) == (2, 2)
    assert len(desk.shown()) == 1
    await desk.run_for(60)
    assert len(desk.api.reads) - before == 4
    assert len(desk.shown()) == 1
    await desk.session.accept_shrink()
    assert desk.shown() == []
    assert desk.session.days(THURSDAY).patterns == ()
    assert desk.session.status.shrink is None


async def test_the_question_goes_away_when_the_rows_come_back(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    await desk.session.sync_now()
    desk.api.read_faults.extend(["empty_list", "empty_list", "empty_list"])
    await desk.session.sync_now()
    assert desk.session.status.shrink is not None
    await desk.session.sync_now()
    assert desk.session.status.shrink is None


async def test_lists_that_lack_everything_lose_no_deletion_whatever_else_waits(desk: Desk) -> None:
    near, far = slot("near"), slot("far", day=date(2040, 5, 5))
    await desk.session.apply(edits.create(near, far))
    await desk.run_for(0)
    desk.api.read_faults.extend(["empty_list"] * 20)
    await desk.session.apply(edits.delete(near, far))
    await desk.run_for(30)
    assert (desk.api.entries, desk.ops()) == ({}, [])


async def test_a_list_with_unreadable_rows_drops_nothing_at_first(desk: Desk) -> None:
    made = [desk.api.add(THURSDAY, 60 * n, 60 * n + 60) for n in range(5)]
    await desk.session.sync_now()
    del desk.api.entries[made[0].id]
    desk.api.read_faults.append("hidden_rows")
    await desk.session.sync_now()
    assert len(desk.shown()) == 5
    assert desk.session.status.skipped_rows == 1
    desk.api.read_faults.extend(["hidden_rows", "hidden_rows"])
    await desk.session.sync_now()
    assert len(desk.shown()) == 4


async def test_a_text_over_our_limit_is_cut_and_hides_nothing(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600, "x" * 300)
    desk.api.add(THURSDAY, 600, 660)
    await desk.session.sync_now()
    assert [each.title for each in desk.shown()] == ["x" * 199 + "…", ""]
    assert desk.session.status.skipped_rows == 0


async def test_no_row_goes_from_under_an_unsent_edit(desk: Desk) -> None:
    made = [desk.api.add(THURSDAY, 60 * n, 60 * n + 60) for n in range(5)]
    await desk.session.sync_now()
    entry = desk.shown()[0]
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.change(entry, replace(entry, title="mine")))
    await desk.run_for(0)
    del desk.api.entries[made[0].id]
    await desk.session.sync_now()
    view = desk.session.item(entry.key)
    assert view is not None
    assert (view.item.title, view.confirmed) == ("mine", entry)


async def test_a_read_that_began_before_a_delete_brings_nothing_back(desk: Desk) -> None:
    desk.api.add(THURSDAY, 540, 600)
    await desk.session.sync_now()
    (entry,) = desk.shown()
    old = dict(desk.api.entries)
    desk.api.held = asyncio.Event()
    reading = asyncio.ensure_future(desk.session._engine.reader.read_window(*window_around(THURSDAY)))
    await desk.run_for(0)
    held, desk.api.held = desk.api.held, None
    await desk.session.apply(edits.delete(entry))
    await desk.run_for(0)
    assert desk.ops() == []
    desk.api.entries = old
    held.set()
    await reading
    assert desk.shown() == []


async def test_a_read_that_began_before_an_update_does_not_undo_it(desk: Desk) -> None:
    made = desk.api.add(THURSDAY, 540, 600)
    await desk.session.sync_now()
    (entry,) = desk.shown()
    desk.api.held = asyncio.Event()
    reading = asyncio.ensure_future(desk.session._engine.reader.read_window(*window_around(THURSDAY)))
    await desk.run_for(0)
    held, desk.api.held = desk.api.held, None
    await desk.session.apply(edits.change(entry, replace(entry, title="mine")))
    await desk.run_for(0)
    desk.api.entries[made.id] = made
    held.set()
    await reading
    assert [shown.title for shown in desk.shown()] == ["mine"]


async def test_polling_takes_sixty_requests_an_hour(desk: Desk) -> None:
    before = len(desk.api.log)
    await desk.run_for(3600)
    assert len(desk.api.log) - before == 60
    assert desk.session.status.requests_this_hour == 61  # Each counts for an hour and a second.


async def test_polling_is_slow_while_hidden_and_at_once_when_shown_again(desk: Desk) -> None:
    desk.session.set_visible(False)
    before = len(desk.api.log)
    await desk.run_for(1500)
    assert len(desk.api.log) - before == 5
    await desk.run_for(100)
    desk.session.set_visible(True)
    await desk.run_for(0)
    assert len(desk.api.log) - before == 6


async def test_a_hidden_window_reads_soon_after_the_computer_slept(desk: Desk) -> None:
    desk.session.set_visible(False)
    await desk.run_for(70)
    desk.clock.set_wall(desk.clock.now() + timedelta(hours=8))
    before = len(desk.api.log)
    await desk.run_for(60)
    assert len(desk.api.log) - before == 1
    await desk.run_for(280)
    assert len(desk.api.log) - before == 1, "once, then as before"


async def test_a_focus_polls_at_once_but_not_twice_in_ten_seconds(desk: Desk) -> None:
    desk.session.window_focused()
    await desk.run_for(0)
    assert len(desk.api.log) == 1
    await desk.run_for(10)
    desk.session.window_focused()
    await desk.run_for(0)
    assert len(desk.api.log) == 2


async def test_turning_weeks_inside_the_window_reads_nothing(desk: Desk) -> None:
    for week in range(-12, 27):
        first = THURSDAY - timedelta(days=3) + timedelta(weeks=week)
        desk.session.look_at(first, first + timedelta(days=6))
    await desk.run_for(0)
    assert len(desk.api.log) == 1


async def test_weeks_outside_of_the_window_are_read_and_polled_while_shown(desk: Desk) -> None:
    desk.api.add(FAR, 540, 600)
    desk.session.look_at(FAR, FAR + timedelta(days=6))
    await desk.run_for(0)
    assert len(desk.api.log) == 2
    assert desk.session.days(FAR).loaded
    assert len(desk.shown(FAR)) == 1
    desk.session.look_at(FAR + timedelta(days=7), FAR + timedelta(days=13))
    await desk.run_for(0)
    assert len(desk.api.log) == 2
    await desk.run_for(60)
    assert len(desk.api.log) == 4
    desk.session.look_at(THURSDAY, THURSDAY)
    await desk.run_for(60)
    assert len(desk.api.log) == 5


async def test_far_entries_that_all_vanish_are_asked_about_only_while_shown(desk: Desk) -> None:
    desk.api.add(FAR, 540, 600)
    desk.session.look_at(FAR, FAR)
    await desk.run_for(0)
    desk.api.entries.clear()
    await desk.run_for(60)
    assert desk.session.status.shrink is not None
    assert len(desk.shown(FAR)) == 1
    desk.session.look_at(THURSDAY, THURSDAY)
    assert desk.session.status.shrink is None


async def test_what_the_user_said_of_far_dates_is_not_taken_for_a_word_on_the_others(desk: Desk) -> None:
    desk.api.add(FAR, 540, 600)
    desk.api.add(THURSDAY, 540, 600)
    desk.session.look_at(FAR, FAR)
    await desk.session.sync_now()
    far = next(entry.id for entry in desk.api.entries.values() if entry.date == FAR)
    del desk.api.entries[far]
    await desk.run_for(60)
    assert desk.session.status.shrink is not None
    desk.api.entries.clear()
    await desk.session.accept_shrink()
    assert desk.shown(FAR) == []
    assert len(desk.shown()) == 1
    shrink = desk.session.status.shrink
    assert shrink is not None
    assert (shrink.missing, shrink.known) == (1, 1)


async def test_where_more_is_missing_than_the_user_was_told_they_are_asked_again(desk: Desk) -> None:
    for number in range(20):
        desk.api.add(THURSDAY + timedelta(days=number), 540, 600)
    await desk.session.sync_now()
    made = list(desk.api.entries)
    for entry_id in made[:8]:
        del desk.api.entries[entry_id]
    await desk.session.sync_now()
    shrink = desk.session.status.shrink
    assert shrink is not None
    assert shrink.missing == 8
    desk.api.entries.clear()
    await desk.session.accept_shrink()
    assert len(desk.session.days(THURSDAY, 20).entries) == 20
    shrink = desk.session.status.shrink
    assert shrink is not None
    assert shrink.missing == 20
    await desk.session.accept_shrink()
    assert desk.session.days(THURSDAY, 20).entries == ()
    assert desk.session.status.shrink is None


async def test_looking_at_the_ends_of_time_is_no_error(desk: Desk) -> None:
    desk.session.look_at(date.min, date.min)
    await desk.run_for(0)
    desk.session.look_at(date.max, date.max)
    await desk.run_for(0)
    assert desk.session.status.state is ConnectionState.SYNCED


async def test_looking_elsewhere_while_elsewhere_is_read_reads_the_new_dates_too(desk: Desk) -> None:
    desk.session.look_at(FAR, FAR)
    desk.api.held = asyncio.Event()
    await desk.run_for(0)
    farther = FAR + timedelta(weeks=52)
    desk.session.look_at(farther, farther)
    desk.api.held.set()
    desk.api.held = None
    await desk.run_for(0)
    assert desk.session.days(farther, 1).loaded


async def test_a_key_that_a_recreated_item_keeps_is_not_given_to_a_new_row(desk: Desk) -> None:
    desk.api.refuses_overlaps = False
    made = desk.api.add(THURSDAY, 540, 600)
    await desk.session.sync_now()
    (entry,) = desk.shown()
    await desk.session.apply(edits.delete(entry))
    await desk.run_for(0)
    await desk.session.undo()
    await desk.run_for(0)
    desk.api.entries[made.id] = replace(made, title="back")
    await desk.session.sync_now()
    assert sorted(shown.key for shown in desk.shown()) == [entry.key, f"{entry.key}:again"]


async def test_a_queued_edit_is_sent_while_a_read_is_under_way(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    await desk.run_for(60)
    held, desk.api.held = desk.api.held, None
    await desk.session.apply(edits.create(slot("a")))
    await desk.run_for(0)
    view = desk.session.item("a")
    assert view is not None
    assert view.state is SendState.SENT
    held.set()
    await desk.run_for(0)
    assert desk.shown() == [slot("a")]


async def test_syncing_while_a_read_is_under_way_waits_for_that_one(desk: Desk) -> None:
    desk.api.held = asyncio.Event()
    await desk.run_for(60)
    syncing = asyncio.ensure_future(desk.session.sync_now())
    await desk.run_for(0)
    assert not syncing.done()
    assert desk.session.status.state is ConnectionState.SYNCING
    desk.api.held.set()
    await syncing
    assert len(desk.api.log) == 2


async def test_weekly_hours_that_are_not_in_the_list_of_entries_are_read_by_themselves(desk: Desk) -> None:
    desk.api.lists_patterns_with_entries = False
    made = desk.api.add_pattern(4, 480, 720)
    await desk.session.sync_now()
    assert len(desk.session.days(THURSDAY).patterns) == 1
    del desk.api.patterns[made.id]
    desk.api.add_pattern(5, 480, 720)
    await desk.session.sync_now()
    assert [view.item.content() for view in desk.session.days(THURSDAY).patterns] == [(5, 480, 720, True, "")]


async def test_a_server_that_lists_no_weekly_hours_leaves_them_alone_and_the_entries_are_read(desk: Desk) -> None:
    desk.api.add_pattern(4, 480, 720)
    await desk.session.sync_now()
    desk.api.lists_patterns_with_entries = desk.api.has_patterns = False
    desk.api.add(THURSDAY, 540, 600)
    await desk.session.sync_now()
    assert len(desk.session.days(THURSDAY).patterns) == 1
    assert len(desk.shown()) == 1
    assert desk.session.status.state is ConnectionState.SYNCED
