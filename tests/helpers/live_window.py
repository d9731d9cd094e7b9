"""The main window on a real session, store and client, over a real socket, on a clock that the test moves."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.api_client import PATIENT, open_client
from tests.helpers.clock import FakeClock
from tests.helpers.sandbox import FULL_TOKEN
from tests.helpers.window_page import TestAccount

from triluna_desktop import commands
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import format_time, parse_time
from triluna_desktop.session import Session
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.store.db import connect_reader
from triluna_desktop.store.transaction import SqliteTransaction
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.aio import Tasks
from triluna_desktop.ui.main_window import MainWindow
from triluna_desktop.ui.profile_page import ProfilePage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractButton

    from triluna_desktop.api.limits import Timeouts
    from triluna_desktop.session import Changes
    from triluna_desktop.sync.ports import Op
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.theme import Theme

NOW = datetime(2026, 11, 19, 7, 24, tzinfo=UTC)
"""A Thursday, before the day's first caller."""
THURSDAY = NOW.date()
WAIT_SECONDS = 20.0
"""Far more than anything takes, for machines that are busy."""


class LiveWindow:
    """The window as a person uses it, and the command line that is handed over to it."""

    def __init__(
        self, session: Session, store: SqliteStore, clock: FakeClock, theme: Theme, settings: Settings
    ) -> None:
        QLocale.setDefault(QLocale("en_GB"))
        self.session = session
        self.store = store
        self.clock = clock
        self.account: AccountActions = TestAccount()
        self.settings = settings
        self.failures: list[BaseException] = []
        """Exceptions that reached the funnel: bugs of ours."""
        self.tasks = Tasks(lambda _, error: self.failures.append(error))
        self._changed = asyncio.Event()
        session.subscribe(self._note)
        profile = ProfilePage(session, self.settings, theme, clock, try_demo=lambda: None)
        self.window = MainWindow(profile, closed=lambda: None)

    def show(self) -> None:
        """Complete the window and put it on the screen."""
        self.window.furnish(spawn=self._spawn, account=self.account)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def _note(self, _: Changes) -> None:
        self._changed.set()

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        task = self.tasks.spawn(work, name)
        task.add_done_callback(lambda _: self._changed.set())
        return task

    # -- waiting -------------------------------------------------------------------------------------------------

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, looked at after each change that the session announces and each end of a task."""
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                QApplication.processEvents()
                if condition():
                    return
                self._changed.clear()
                await self._changed.wait()

    async def until_tried(self) -> None:
        """Wait until what is due was sent and read, and show what came of it."""
        async with asyncio.timeout(WAIT_SECONDS):
            await self.session.sync_now()
        self.refresh()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass; requests that it brings about are waited for."""
        async with asyncio.timeout(WAIT_SECONDS):
            await self.clock.run_for(seconds)
            await self.session.send_now()
        self.refresh()

    def pass_moment(self) -> None:
        """Let the moment pass for which "Asking the server…" stands at least."""
        bar = self.window.profile.page.status_bar
        if bar.asked.isActive():
            bar.asked.stop()
            bar.asked.timeout.emit()
        self.refresh()

    def refresh(self) -> None:
        """Show what waits for the event loop, and what a second's tick brings."""
        QApplication.processEvents()
        self.window.profile.page.status_bar.timer.timeout.emit()

    # -- what is on screen ---------------------------------------------------------------------------------------

    @property
    def banner(self) -> str:
        """What the banner over the grid says, or nothing."""
        banner = self.window.profile.page.banner
        if banner.notice is None or not banner.isVisible():
            return ""
        return f"{banner.notice.text} {banner.notice.advice}".strip()

    @property
    def buttons(self) -> list[str]:
        """The ways out that the banner offers."""
        return [button.text() for button in self.window.profile.page.banner.buttons] if self.banner else []

    @property
    def state(self) -> str:
        """How the status bar says things stand."""
        return self.window.profile.page.status_bar.state.text()

    @property
    def unsent(self) -> str:
        """What the status bar says of unsent edits."""
        return self.window.profile.page.status_bar.unsent.text()

    @property
    def toast(self) -> str:
        """What is said in passing, or nothing."""
        toast = self.window.profile.page.toast
        return toast.said if toast.isVisible() else ""

    def card(self, key: str) -> str:
        """Select an entry and read what the inspector says of its way to the server; empty when it is there."""
        self.window.profile.week_view.select((key,))
        settling = self.window.profile.week.inspecting.settling
        if settling.isActive():
            settling.stop()
            settling.timeout.emit()
        QApplication.processEvents()
        inspector = self.window.profile.page.open_inspector
        assert inspector is not None, "the inspector is closed"
        card = inspector.form.send_card
        return card.sentence.text() if card.isVisibleTo(inspector) else ""

    def shown(self, day: date = THURSDAY) -> list[str]:
        """What the calendar shows of a date: "09:00-10:00 Lunch"."""
        items = [view.item for view in self.session.days(day, 1).entries]
        return [f"{format_time(each.start)}-{format_time(each.end)} {each.title}".strip() for each in items]

    def queued(self) -> list[Op]:
        """The outbox, as it lies on disk. By a connection of its own: the writer may be in a transaction."""
        with contextlib.closing(connect_reader(self.store.path)) as connection:
            return SqliteTransaction(connection, 0).ops()

    # -- what a person does --------------------------------------------------------------------------------------

    async def drag(self, start: str, end: str, day: date = THURSDAY) -> str:
        """Drag over free time of a day with the mouse; returns the key of what that made, once it is on disk."""
        view = self.window.profile.week_view
        view.scroll_to(7 * 60)
        before = {each.item.key for each in self.session.days(day, 1).entries}
        column = view.grid.column_of(day)
        assert column is not None, f"{day} is not on screen"
        left, width = view.grid.column_span(column)
        x = left + width - 3
        top, bottom = (QPointF(x, view.grid.y_of(parse_time(time))) for time in (start, end))
        button, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        self._mouse(QEvent.Type.MouseButtonPress, top, button, button)
        for share in (0.1, 0.5, 1.0):
            self._mouse(QEvent.Type.MouseMove, top + (bottom - top) * share, none, button)
        self._mouse(QEvent.Type.MouseButtonRelease, bottom, button, none)

        def made() -> list[str]:
            views = self.session.days(day, 1).entries
            return [
                each.item.key for each in views if isinstance(each.item, Entry) and each.item.key not in before
            ]

        await self.until(lambda: made() or self.toast)
        async with self.session._editing:  # On a busy computer it is seen on disk before that is announced.
            pass
        return made()[0] if made() else ""

    def _mouse(self, kind: QEvent.Type, point: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        view = self.window.profile.week_view
        where = QPointF(view.mapToGlobal(point.toPoint()))
        event = QMouseEvent(kind, point, where, button, buttons, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(view, event)

    def click(self, button: QAbstractButton) -> None:
        """Click a button that is on screen and can be pressed."""
        QApplication.processEvents()
        assert button.isVisibleTo(button.window()), f"{button.text() or button.accessibleName()} is not on screen"
        assert button.isEnabled(), f"{button.text() or button.accessibleName()} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    async def command(self, command: str, **request: object) -> tuple[int, str]:
        """A command as a terminal hands it over: its exit code and what it complains of."""
        async with asyncio.timeout(WAIT_SECONDS):
            answer = await commands.run(self.session, self.clock, {"command": command, **request})
        return answer.exit_code, answer.message

    async def end(self) -> None:
        """Put the window away; the session goes on."""
        await self.tasks.cancel_all()
        self.window.close()
        # Closed windows that are kept would be styled anew by each test that follows.
        shiboken6.delete(self.window)
        assert self.failures == []


@contextlib.asynccontextmanager
async def live_window(
    folder: Path,
    theme: Theme,
    url: str,
    *,
    token: str | None = FULL_TOKEN,
    timeouts: Timeouts = PATIENT,
    clock: FakeClock | None = None,
    is_started: bool = True,
) -> AsyncIterator[LiveWindow]:
    """A window on the calendar in a folder, which has tried to read the server once where ``is_started``.

    Opened again on the same folder it is a new start of the app.
    """
    if clock is None:
        clock = FakeClock()
        clock.set_wall(NOW)
    store = SqliteStore(folder / "calendar.sqlite3")
    store.open()
    async with open_client(url, token, clock=clock, timeouts=timeouts) as client:
        session = Session(
            store,
            client,
            clock,
            mode_settings=ModeSettings(),
            rng=lambda: 0.5,
            sleep=clock.sleep,
            has_token=lambda: token is not None,
        )
        settings = Settings(folder / "settings.json")
        settings.load()
        page = LiveWindow(session, store, clock, theme, settings)
        try:
            page.show()
            if is_started:
                await session.start()
                await page.until_tried()
            yield page
        finally:
            await page.end()
            await session.stop()
            store.close()
