"""What is told at once of several things: what comes within a minute, and what happened at the same time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.notify_stand import stand_at
from tests.helpers.offline_session import THURSDAY, slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.remote import RemoteEntry
from triluna_desktop.session.quick import ForMinutes

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from tests.helpers.notification_daemon import Shown


def titles(shown: list[Shown]) -> list[str]:
    return [each.title for each in shown]


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:  # noqa: ARG001 - words and timers need the application.
    return tmp_path


async def test_what_comes_within_a_minute_is_gathered_into_one(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.book(1, 600)
        await stand.book(2, 700)
        await stand.book(3, 800)
        await stand.refuse("a", 900)
        assert titles(daemon.shown) == ["Booked or blocked elsewhere"]
        await stand.pass_time(61)
        assert titles(daemon.shown)[1:] == ["3 things happened in the calendar"]
        assert daemon.shown[1].body.splitlines() == [
            "Not sent: available time, Thu 4 Sept, 15:00 – 15:30",
            "Booked or blocked elsewhere: “Client”, Thu 4 Sept, 11:40 – 12:10",
            "Booked or blocked elsewhere: “Client”, Thu 4 Sept, 13:20 – 13:50",
        ]
        await stand.pass_time(61)
        assert len(daemon.shown) == 2


async def test_several_of_one_kind_are_counted_and_the_first_are_named(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.desk.api.entries[1] = RemoteEntry(1, THURSDAY, 600, 630, False, "Anna")
        await stand.book(2, 700, title="Bert")
        (shown,) = daemon.shown
        assert shown.title == "2 entries were changed elsewhere"
        assert shown.body.splitlines() == [
            "Booked or blocked: “Anna”, Thu 4 Sept, 10:00 – 10:30",
            "Booked or blocked: “Bert”, Thu 4 Sept, 11:40 – 12:10",
        ]


async def test_of_many_of_one_kind_the_last_line_says_how_many_more_there_are(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        for number in range(1, 5):
            stand.desk.api.entries[number] = RemoteEntry(number, THURSDAY, 60 * number, 60 * number + 30, True)
        await stand.book(5, 700, title="Bert")
        (shown,) = daemon.shown
        assert shown.title == "5 entries were changed elsewhere"
        assert shown.body.splitlines() == [
            "Opened: available time, Thu 4 Sept, 01:00 – 01:30",
            "Opened: available time, Thu 4 Sept, 02:00 – 02:30",
            "Opened: available time, Thu 4 Sept, 03:00 – 03:30",
            "… and 2 more",
        ]


async def test_of_many_things_of_several_kinds_each_kind_has_a_line(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.book(9, 1300)
        for number in range(1, 5):
            stand.desk.api.entries[number] = RemoteEntry(number, THURSDAY, 60 * number, 60 * number + 30, True)
        await stand.refuse("a", 900, "Lunch")
        await stand.desk.session.sync_now()
        await stand.pass_time(61)
        shown = daemon.shown[-1]
        assert shown.title == "5 things happened in the calendar"
        assert shown.body.splitlines() == [
            "Not sent: “Lunch”, Thu 4 Sept, 15:00 – 15:30",
            "4 entries were changed elsewhere",
        ]


async def test_quick_actions_that_are_gathered_say_what_each_did(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        session = stand.desk.session
        session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
        block = await session.quick.block(ForMinutes(30))
        release = await session.quick.release()
        for done in (block, release):
            assert done.edit is not None
            session.notices.made_outside(done.edit)
        await stand.desk.run_for(1)
        await stand.look()
        shown = daemon.shown[-1]
        assert shown.title == "2 changes are on the server"
        assert shown.body.splitlines() == [
            "Blocked until 10:30",
            "Released: callers can book 10:00 – 10:30 again.",
        ]


async def test_a_conflict_is_one_thing_and_not_a_change_elsewhere_too(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        session = stand.desk.session
        await session.apply(edits.create(slot("a", 600, 630, "Lunch")))
        await stand.desk.run_for(1)
        ((number, theirs),) = stand.desk.api.entries.items()
        stand.desk.api.entries[number] = replace(theirs, end=660)
        view = session.item("a")
        assert view is not None
        await session.apply(edits.change(view.item, replace(view.item, end=690)))
        await stand.desk.run_for(1)
        await stand.look()
        (shown,) = daemon.shown
        assert shown.title == "A change needs your decision"
