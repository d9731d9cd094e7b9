"""Notifications as they come: a real session and store, a real bus, and a service on it that the test plays."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from tests.helpers.clock import quiet
from tests.helpers.manual_clock import START, ManualClock
from tests.helpers.notification_daemon import notification_daemon
from tests.helpers.offline_session import THURSDAY, desk_at, slot
from tests.helpers.private_bus import private_bus

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteEntry
from triluna_desktop.session.notices import Pace
from triluna_desktop.session.quick import ForMinutes
from triluna_desktop.system import settings as table
from triluna_desktop.system.notification import Notification, Reach
from triluna_desktop.system.notifications import DesktopNotifier
from triluna_desktop.system.session_bus import SessionBus
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.notify_flow import NotifyFlow, Place
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from datetime import date

    from PySide6.QtWidgets import QApplication
    from tests.helpers.notification_daemon import NotificationDaemon, Shown
    from tests.helpers.offline_session import Desk

SOON = 5.0


class Stand:
    """A desk whose user looks elsewhere, and the notifications that they get."""

    def __init__(self, desk: Desk, settings: Settings, bus: SessionBus, pace: Pace | None = None) -> None:
        self.desk = desk
        self.settings = settings
        self.is_watched = False
        self.profile = ""
        self.opened: list[date | None] = []
        self.said: list[str] = []
        self.bubbles: list[Notification] | None = None
        """What the tray's icon shows; None: there is none."""
        self._works: set[asyncio.Task[object]] = set()
        self._changed = asyncio.Event()
        self.flow = NotifyFlow(
            desk.session,
            settings,
            QLocale("en_GB"),
            desk.clock,
            self._spawn,
            notifier=DesktopNotifier(bus, "TriLuna Desktop"),
            pace=pace or Pace(),
            place=Place(
                is_watched=lambda: self.is_watched,
                shown_dates=lambda: (START.date(), START.date()),
                open_at=self._open,
                say=self._say,
                profile=lambda: self.profile,
                bubble=self._bubble,
            ),
        )

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._works.add(task)
        return task

    def _open(self, day: date | None) -> None:
        self.opened.append(day)
        self._changed.set()

    def _say(self, sentence: str) -> None:
        self.said.append(sentence)
        self._changed.set()

    def _bubble(self, notification: Notification) -> bool:
        if self.bubbles is None:
            return False
        self.bubbles.append(notification)
        return True

    async def rest(self) -> None:
        """Wait until all that was announced is looked at, and all that was begun is done."""
        if self.flow.soon.isActive():
            self.flow.soon.stop()
            self.flow.soon.timeout.emit()
        async with asyncio.timeout(SOON):
            while self._works:
                works, self._works = self._works, set()
                await asyncio.gather(*works)
                await quiet()

    async def look(self) -> None:
        """What the session has announced is looked at, and told."""
        self.flow.look()
        await self.rest()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and the timer fire where it was set."""
        await self.desk.run_for(seconds)
        if self.flow.timer.isActive():
            self.flow.timer.stop()
            self.flow.timer.timeout.emit()
        await self.rest()

    async def until_said(self) -> None:
        """Wait until the window was brought up, or something was said in it."""
        async with asyncio.timeout(SOON):
            await self._changed.wait()
        self._changed.clear()
        await self.rest()

    async def refuse(self, key: str, start: int = 540, title: str = "") -> None:
        """An edit of this key, refused by the server."""
        self.desk.api.write_faults.append("invalid")
        await self.desk.session.apply(edits.create(slot(key, start, start + 30, title)))
        await self.desk.run_for(1)
        await self.rest()

    async def book(self, number: int, start: int, day: date = THURSDAY, title: str = "Client") -> None:
        """Somebody else books, and it is read."""
        self.desk.api.entries[number] = RemoteEntry(number, day, start, start + 30, False, title)
        await self.desk.session.sync_now()
        await self.desk.run_for(1)
        await self.rest()

    async def end(self) -> None:
        self.flow.end()
        await self.rest()


@asynccontextmanager
async def stand_at(folder: Path, *, has_bus: bool = True) -> AsyncIterator[tuple[Stand, NotificationDaemon]]:
    """A stand and the service that shows what it tells; without a bus nobody listens to the service."""
    with tempfile.TemporaryDirectory(prefix="triluna-bus-") as place, private_bus(Path(place)) as bus:
        connection = SessionBus(lambda: bus.address if has_bus else "")
        async with notification_daemon(bus) as daemon, desk_at(folder / "calendar.db") as desk:
            settings = Settings(folder / "settings.json")
            settings.load()
            stand = Stand(desk, settings, connection)
            await stand.look()
            yield stand, daemon
            await stand.end()
            await connection.close()


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
        assert stand.opened == [THURSDAY]


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


async def test_what_comes_within_a_minute_is_gathered_into_one(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        await stand.book(1, 600)
        await stand.book(2, 700)
        await stand.book(3, 800)
        await stand.refuse("a", 900)
        assert titles(daemon.shown) == ["Booked or blocked elsewhere"]
        await stand.pass_time(61)
        assert titles(daemon.shown)[1:] == ["3 things happened in the calendar"]
        assert daemon.shown[1].body == "The server refused a change. 2 entries were changed elsewhere"
        await stand.pass_time(61)
        assert len(daemon.shown) == 2


async def test_several_of_one_kind_are_counted_and_the_first_are_named(folder: Path) -> None:
    async with stand_at(folder) as (stand, daemon):
        stand.desk.api.entries[1] = RemoteEntry(1, THURSDAY, 600, 630, False, "Anna")
        await stand.book(2, 700, title="Bert")
        (shown,) = daemon.shown
        assert shown.title == "2 entries were changed elsewhere"
        assert shown.body == "“Anna”, Thu 4 Sept, 10:00 – 10:30\n“Bert”, Thu 4 Sept, 11:40 – 12:10"


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
