"""Notifications as they come: a real session and store, a real bus, and a service on it that the test plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from tests.helpers.manual_clock import START, ManualClock
from tests.helpers.notify_stand import stand_at
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.session.quick import ForMinutes
from triluna_desktop.system import settings as table
from triluna_desktop.system.notification import Reach
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from tests.helpers.notification_daemon import Shown


def titles(shown: list[Shown]) -> list[str]:
    return [each.title for each in shown]


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:  # noqa: ARG001 - words and timers need the application.
    return tmp_path


async def test_a_refused_edit_is_told_with_what_when_and_the_servers_word_and_undo_takes_it_back(
    folder: Path,
) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a", title="Dentist")
        (shown,) = daemon.shown
        assert shown.title == "The server refused a change"
        assert shown.body.startswith("“Dentist”, Thu 4 Sept, 09:00 – 09:30. ")
        assert shown.buttons == {"default": "Open", "undo": "Undo", "open": "Open"}
        await daemon.press(shown.id, "undo")
        await stand.until_said()
        assert stand.desk.shown() == []
        assert stand.said == ["Undone: “Dentist” created"]
        assert stand.opened == []


async def test_open_brings_the_window_up_at_the_date(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a")
        await daemon.press(1, "default")
        await stand.until_said()
        assert (stand.opened, stand.taken) == ([THURSDAY], "a")
        # A service may leave it there, and it has been dealt with.
        assert daemon.closed == [1]


async def test_an_undo_that_comes_too_late_says_so_in_the_window(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a")
        await stand.desk.session.undo()
        await stand.rest()
        await daemon.press(1, "undo")
        await stand.until_said()
        assert stand.opened == [None]
        assert stand.said == [
            "This cannot be undone any more: the app was started anew, or it was undone already."
        ]


async def test_two_profiles_share_the_minute_and_are_named(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.profile = "Dr. Berg"
        await stand.book(1, 600)
        assert titles(daemon.shown) == ["Dr. Berg: Booked or blocked elsewhere"]


async def test_what_the_window_that_has_the_focus_shows_is_not_told_then_or_later(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.is_watched = True
        await stand.refuse("a")
        await stand.book(1, 1200, START.date())
        stand.is_watched = False
        await stand.pass_time(120)
        assert daemon.shown == []
        # What others changed on dates that the window does not show was not seen.
        stand.is_watched = True
        await stand.book(2, 600)
        assert titles(daemon.shown) == ["Booked or blocked elsewhere"]


async def test_what_is_switched_off_is_not_told_and_not_later_either(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.settings.set(table.NOTIFICATIONS_ELSEWHERE, value=False)
        await stand.book(1, 600)
        stand.settings.set(table.NOTIFICATIONS_ELSEWHERE, value=True)
        await stand.pass_time(120)
        assert daemon.shown == []


async def test_in_quiet_hours_nothing_comes_and_at_their_end_what_is_still_true(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        # It is ten in the morning.
        stand.settings.set_all(
            {
                table.NOTIFICATIONS_QUIET: True,
                table.NOTIFICATIONS_QUIET_FROM: 540,
                table.NOTIFICATIONS_QUIET_TO: 605,
            }
        )
        await stand.book(1, 600)
        await stand.refuse("a", 900)
        await stand.desk.session.undo()
        await stand.pass_time(240)
        assert daemon.shown == []
        await stand.pass_time(61)
        assert titles(daemon.shown) == ["Booked or blocked elsewhere"]


async def test_a_block_made_by_a_key_is_told_and_undo_in_it_frees_the_time_on_the_server(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        edit = edits.create(Entry("b", START.date(), 600, 630, False))
        await stand.desk.session.apply(edit)
        stand.desk.session.notices.made_outside(edit)
        await stand.desk.run_for(1)
        await stand.look()
        (shown,) = daemon.shown
        assert (shown.title, shown.body) == ("Blocked until 10:30", "Blocked time, Mon 1 Sept, 10:00 – 10:30")
        assert len(stand.desk.api.entries) == 1
        await daemon.press(shown.id, "undo")
        await stand.until_said()
        await stand.desk.run_for(1)
        assert stand.desk.api.entries == {}


@pytest.mark.parametrize(("start", "changes"), [(480, 2), (600, 1)], ids=["inside", "from its start"])
async def test_a_quick_action_that_cuts_an_opening_is_told_by_what_it_did(
    folder: Path, start: int, changes: int
) -> None:
    async with stand_at(folder) as (stand, daemon):
        session = stand.desk.session
        opening = Entry("o", START.date(), start, 720, True)
        await session.apply(edits.create(opening))
        await stand.desk.run_for(1)
        plan = await session.quick.block(ForMinutes(30))
        assert plan.edit is not None
        assert len(plan.edit.changes) == changes
        session.notices.made_outside(plan.edit)
        await stand.desk.run_for(1)
        await stand.look()
        assert [(each.title, each.body) for each in daemon.shown] == [("Blocked until 10:30.", "")]


async def test_a_block_made_while_offline_is_said_not_to_be_live(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.desk.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
        stand.desk.api.write_faults.extend(["unsent"] * 50)
        stand.desk.api.read_faults.extend(["unsent"] * 50)
        edit = edits.create(Entry("b", START.date(), 840, 870, False))
        await stand.desk.session.apply(edit)
        await stand.desk.run_for(1)
        stand.desk.session.notices.made_outside(edit)
        await stand.rest()
        (shown,) = daemon.shown
        assert shown.title == "Not live yet: callers can still book 14:00."
        assert shown.hints["urgency"] == ("y", 1)


async def test_titles_are_kept_from_a_shared_screen(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.settings.set(table.PRIVACY_MASK_TITLES, value=True)
        await stand.refuse("a", title="Secret")
        await stand.book(1, 600, title="Secret")
        await stand.pass_time(61)
        assert len(daemon.shown) == 2
        assert all("Secret" not in each.title + each.body for each in daemon.shown)


async def test_a_title_that_is_on_the_screen_goes_as_titles_are_hidden(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a", title="Secret")
        first = daemon.shown[0]
        assert "Secret" in first.body
        stand.settings.set(table.PRIVACY_MASK_TITLES, value=True)
        await stand.rest()
        second = daemon.shown[1]
        assert (second.replaces, second.title, second.buttons) == (first.id, first.title, first.buttons)
        assert "Secret" not in second.body
        # Its buttons do what they did.
        await daemon.press(second.id, "undo")
        await stand.until_said()
        assert stand.said == ["Undone: Available time created"]


async def test_what_was_put_away_does_not_come_again_as_titles_are_hidden(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a", title="Secret")
        await daemon.dismiss(daemon.shown[0].id)
        stand.settings.set(table.PRIVACY_MASK_TITLES, value=True)
        await stand.rest()
        assert len(daemon.shown) == 1


async def test_at_the_end_of_the_app_no_notification_stays_whose_buttons_nobody_hears(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.refuse("a")
        await stand.flow.leave()
        assert daemon.closed == [daemon.shown[0].id]


async def test_without_a_bus_it_is_said_once_in_the_window_and_on_the_page_of_the_settings(folder: Path) -> None:
    async with stand_at(folder, has_bus=False) as (stand, daemon):
        assert stand.flow.availability == ""
        await stand.book(1, 600)
        await stand.pass_time(61)
        await stand.book(2, 700)
        await stand.pass_time(61)
        assert daemon.shown == []
        assert len(stand.said) == 1
        assert stand.said[0].startswith("Notifications cannot be shown: there is no D-Bus session here.")
        assert await stand.flow.ask() == stand.said[0] == stand.flow.availability


async def test_without_a_bus_the_trays_icon_tells_it(folder: Path) -> None:
    async with stand_at(folder, has_bus=False) as (stand, _):
        stand.bubbles = []
        await stand.book(1, 600)
        assert [each.title for each in stand.bubbles] == ["Booked or blocked elsewhere"]
        assert stand.said == []


async def test_the_end_of_a_block_is_told_where_the_user_wants_that(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.settings.set(table.NOTIFICATIONS_ENDING, value=True)
        await stand.desk.session.apply(edits.create(Entry("b", START.date(), 595, 608, False, "Client")))
        await stand.desk.run_for(0)
        await stand.look()
        for _ in range(4):
            await stand.pass_time(60)
        assert titles(daemon.shown) == ["Blocked until 10:08"]
        assert daemon.shown[0].body == "“Client” ends; the time after it may be booked."


def test_every_way_that_notifications_may_fail_has_its_sentence(qapp: QApplication) -> None:  # noqa: ARG001 - as above.
    from triluna_desktop.ui.notify_words import NotifyWords

    words = NotifyWords(Words(QLocale("en_GB")), ManualClock())
    fine = {Reach.UNKNOWN, Reach.FULL}
    assert {reach for reach in Reach if not words.reach(reach)} == fine
    assert len({words.reach(reach) for reach in Reach if reach not in fine}) == len(Reach) - len(fine)
