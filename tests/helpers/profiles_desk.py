"""A window with several calendars, put together as the app does: real sessions, sockets, locks and files."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.local_files import TestLocal

from triluna_desktop.domain import edits
from triluna_desktop.open_profiles import OpenProfiles
from triluna_desktop.options import Options
from triluna_desktop.profile import open_profile, prepare
from triluna_desktop.profile_run import ProfileRun
from triluna_desktop.stage import Stage
from triluna_desktop.system import settings as table
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import profile_book
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.aio import Tasks
from triluna_desktop.window_account import WindowAccount

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractButton

    from triluna_desktop.domain.models import Item
    from triluna_desktop.session import Session
    from triluna_desktop.ui.profiles.profile_flow import ProfileFlow
    from triluna_desktop.ui.profiles.switcher import ProfileButton, Switcher
    from triluna_desktop.ui.theme import Theme

WAIT_SECONDS = 20.0
"""Far more than anything takes, for machines that are busy."""
TURN_SECONDS = 0.02


class Drawer:
    """A keyring in memory: a password a username. It never hangs."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.reads: list[str] = []

    def read(self, username: str) -> str | None:
        self.reads.append(username)
        return self.kept.get(username)

    def write(self, username: str, password: str) -> None:
        self.kept[username] = password

    def erase(self, username: str) -> None:
        self.kept.pop(username, None)

    def give_up(self) -> bool:
        return True


class Rests:
    """The rests between the opening of profiles: none ends before the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._over = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self._over.wait()

    def end(self) -> None:
        self._over.set()


class ProfilesDesk:
    """The window as a person uses it who keeps several calendars."""

    def __init__(self, folder: Path, theme: Theme, shown: str, drawer: Drawer) -> None:
        QLocale.setDefault(QLocale("en_GB"))
        self.folder = folder
        self.drawer = drawer
        self.rests = Rests()
        self.failures: list[BaseException] = []
        self.tasks = Tasks(lambda _, error: self.failures.append(error))
        self._changed = asyncio.Event()
        options = Options(shown, folder)
        self.ground = prepare(options)
        lock = ProfileLock(self.ground.paths.lock_file)
        assert lock.acquire()
        first = open_profile(self.ground, options, keyring=drawer)
        self.stage = Stage(
            first,
            theme,
            spawn=self._spawn,
            account_of=lambda profile: WindowAccount(profile.account, lambda _: None, TestLocal()),
            try_demo=lambda: None,
            closed=lambda: None,
        )
        self.window = self.stage.window
        self.profiles = OpenProfiles(
            ProfileRun(self.ground.paths, lock, first),
            profile_book(folder),
            options,
            spawn=self._spawn,
            show=self.stage.show,
            token_read=self.stage.tell_of_token,
            make_keyring=lambda _: drawer,
            sleep=self.rests.sleep,
        )
        self.profiles.subscribe(self._changed.set)
        self.profiles.on_open.append(lambda run: self._note(run))
        self._note(self.profiles.shown)

    def _note(self, run: ProfileRun) -> None:
        run.profile.session.subscribe(lambda _: self._changed.set())

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        task = self.tasks.spawn(work, name)
        task.add_done_callback(lambda _: self._changed.set())
        return task

    async def start(self) -> None:
        """As the app after its first paint; the others are opened as soon as the rests end."""
        self.window.resize(1280, 800)
        self.stage.furnish()
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.window.follow(self.profiles)
        await self.profiles.listen()
        await self.profiles.start(self.profiles.shown)
        self._spawn(self.profiles.open_others(), "open the others")

    async def open_all(self) -> None:
        """Let the rests be over, until every profile has asked its server."""
        self.rests.end()
        await self.until(lambda: all(self._is_answered(name) for name in self.profiles.runs))

    def _is_answered(self, name: str) -> bool:
        session = self.profiles.session_of(name)
        return session is not None and session.status.ever_synced

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, looked at after each change that a session tells and each end of a task.

        Qt's timers come due in `processEvents` alone, so that it gets its turn while nothing is told, too.
        """
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                QApplication.processEvents()
                if condition():
                    return
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(TURN_SECONDS):
                        await self._changed.wait()

    # -- what is on screen ---------------------------------------------------------------------------------------

    @property
    def flow(self) -> ProfileFlow:
        """The way between the calendars."""
        assert self.window.profiles is not None
        return self.window.profiles

    @property
    def switcher(self) -> Switcher:
        """The list in the sidebar of the page that is shown."""
        assert self.flow.switcher is not None
        return self.flow.switcher

    @property
    def listed(self) -> list[str]:
        """The titles in the switcher; the shown one has a star."""
        QApplication.processEvents()
        buttons = self.switcher.buttons.values()
        return [f"{each.text()}*" if each.isChecked() else each.text() for each in buttons if each.isVisible()]

    def button(self, name: str) -> ProfileButton:
        """The calendar's row in the switcher."""
        QApplication.processEvents()
        return self.switcher.buttons[name]

    def session(self, name: str) -> Session:
        """The session of an open profile."""
        session = self.profiles.session_of(name)
        assert session is not None, f"{name} is not open"
        return session

    def entries(self, name: str, day: date) -> list[str]:
        """The titles that a calendar holds of a date."""
        return [view.item.title for view in self.session(name).days(day, 1).entries]

    # -- what a person does --------------------------------------------------------------------------------------

    async def add_entries(self, name: str, *items: Item) -> None:
        """Put entries into a calendar, shown or not, as the tray or a command does."""
        await self.session(name).apply(edits.create(*items))
        QApplication.processEvents()

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, keys)
        QApplication.processEvents()

    def click(self, button: QAbstractButton) -> None:
        """Click a button that is on screen and can be pressed."""
        QApplication.processEvents()
        assert button.isVisibleTo(button.window()), f"{button.text()} is not on screen"
        assert button.isEnabled(), f"{button.text()} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def sweep(self) -> None:
        """Let what was to be deleted go, as a running event loop does."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    async def end(self) -> None:
        """Close the window and all calendars."""
        await self.profiles.stop_listening()
        await self.tasks.cancel_all()
        self.window.quit()
        shiboken6.delete(self.window)
        await self.profiles.close()
        self.ground.close_log()
        assert self.failures == []


def make_calendars(folder: Path, drawer: Drawer, calendars: Mapping[str, tuple[str, str]]) -> None:
    """Profiles for titles, each with the address of its server and its token; the first is the default profile."""
    book = profile_book(folder)
    for number, (title, (url, token)) in enumerate(calendars.items()):
        if number == 0:
            book.note("default")
            book.change("default", title=title)
            name = "default"
        else:
            name = book.add(title).name
        paths = app_paths(name, folder)
        paths.ensure()
        Settings(paths.settings_file).set_all({table.ACCOUNT_BASE_URL: url, table.ACCOUNT_TOKEN_HINT: "full"})
        drawer.kept[f"{name} {url}"] = token
    book.show("default")


@asynccontextmanager
async def desk_on(
    folder: Path, theme: Theme, drawer: Drawer, *, shown: str = "default"
) -> AsyncIterator[ProfilesDesk]:
    """The window on the calendars of a folder, one shown and the others not yet open."""
    desk = ProfilesDesk(folder, theme, shown, drawer)
    try:
        await desk.start()
        yield desk
    finally:
        await desk.end()


@asynccontextmanager
async def profiles_desk(
    folder: Path, theme: Theme, calendars: Mapping[str, tuple[str, str]]
) -> AsyncIterator[ProfilesDesk]:
    """The window on these calendars, made first; the first one is shown."""
    drawer = Drawer()
    make_calendars(folder, drawer, calendars)
    async with desk_on(folder, theme, drawer) as desk:
        yield desk
