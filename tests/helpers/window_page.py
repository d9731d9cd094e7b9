"""A page object for the main window: a real session on a real store, with a status that a test can set."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from tests.helpers.inline_store import InlineStore
from tests.helpers.local_files import TestLocal
from tests.helpers.manual_clock import ManualClock

from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import format_time, parse_time
from triluna_desktop.session import Changes, ConnectionState, Session, Status
from triluna_desktop.sync.ports import SendState
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.main_window import MainWindow
from triluna_desktop.ui.profile_page import ProfilePage
from triluna_desktop.ui.settings.account_actions import (
    Kept,
    KeyringTrouble,
    SaveOutcome,
    ScopeReport,
    TokenPlace,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractButton, QWidget

    from triluna_desktop.domain.models import Item
    from triluna_desktop.session import DaysView, ItemView
    from triluna_desktop.session.undo import Beside
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.theme import Theme

MONDAY = date(2026, 11, 16)
THURSDAY = MONDAY + timedelta(days=3)
NOW = datetime(2026, 11, 19, 13, 24, tzinfo=ZoneInfo("America/Toronto"))


def entry(
    title: str, start: str, end: str, *, day: date = THURSDAY, is_available: bool = False, notes: str = ""
) -> Entry:
    """An entry; its key is its title."""
    return Entry(title, day, parse_time(start), parse_time(end), is_available, title, notes)


class TestSession(Session):
    """The real session without a server, which says of itself and of its items what a test wants to see."""

    __test__ = False  # No test class, whatever pytest thinks of the name.

    said: Status | None = None
    read_only = False
    knows = True
    """Whether the dates on screen were read from the server."""
    refusal: Exception | None = None
    send_states: dict[str, tuple[SendState, str]]
    asked: list[str]

    @property
    def status(self) -> Status:
        """What the test says, else the truth."""
        return self.said or super().status

    @property
    def is_read_only(self) -> bool:
        """What the test says."""
        return self.read_only

    def days(self, first: date, days: int = 7) -> DaysView:
        """The truth, with the test's send states."""
        view = super().days(first, days)
        entries, patterns = (tuple(map(self._as_said, each)) for each in (view.entries, view.patterns))
        return replace(view, entries=entries, patterns=patterns, loaded=self.knows)

    def item(self, key: str) -> ItemView | None:
        """The truth, with the test's send state."""
        view = super().item(key)
        return None if view is None else self._as_said(view)

    def _as_said(self, view: ItemView) -> ItemView:
        state, message = self.send_states.get(view.item.key, (SendState.SENT, ""))
        return replace(view, state=state, message=message)

    async def apply(self, edit: Edit, beside: Beside | None = None) -> None:
        """Refuse if the test says so."""
        if self.refusal is not None:
            raise self.refusal
        await super().apply(edit, beside)

    async def sync_now(self, *, until_settled: bool = False) -> None:  # noqa: ARG002 - the session's own signature.
        self.asked.append("sync")

    async def retry(self, key: str) -> None:
        self.asked.append(f"retry {key}")
        if self.refusal is not None:
            raise self.refusal

    async def discard(self, key: str) -> None:
        self.asked.append(f"discard {key}")
        if self.refusal is not None:
            raise self.refusal

    async def accept_shrink(self) -> None:
        self.asked.append("accept_shrink")


class TestAccount:
    """Account actions that do as the test says and remember what was asked."""

    __test__ = False

    def __init__(self) -> None:
        self.local = TestLocal()
        self.token_hint = ""
        self.saved: list[str] = []
        self.forgotten = 0
        self.read = 0
        self.keyring: KeyringTrouble | None = None
        """What is the matter with the keyring."""
        self.url = ""
        self.kept = SaveOutcome(Kept.KEYRING)
        self.outcome = ScopeReport(can_read=True, can_write=True)
        self.known_scopes: ScopeReport | None = None
        self.given_url = ""
        self.given_place: TokenPlace | None = None
        """Where the token comes from, if from elsewhere than the keyring."""

    @property
    def token_place(self) -> TokenPlace:
        held = TokenPlace.KEYRING if self.kept.kept is Kept.KEYRING else TokenPlace.SESSION
        return self.given_place or (held if self.token_hint else TokenPlace.NOWHERE)

    async def save_token(self, token: str) -> SaveOutcome:
        self.saved.append(token)
        self.token_hint = token[-4:]
        return self.kept

    async def forget_token(self) -> KeyringTrouble | None:
        self.forgotten += 1
        self.given_place = None
        self.token_hint = ""
        return self.keyring

    async def read_again(self) -> KeyringTrouble | None:
        self.read += 1
        return self.keyring

    async def test(self) -> ScopeReport:
        return self.outcome

    async def change_base_url(self, url: str) -> None:
        self.url = url


class WindowPage:
    """The window as a person uses it: reads what it says, types, presses, chooses."""

    def __init__(
        self,
        folder: Path,
        theme: Theme,
        items: Iterable[Item] = (),
        *,
        is_demo: bool = False,
        shown: bool = True,
        furnished: bool = True,
    ) -> None:
        QLocale.setDefault(QLocale("en_GB"))
        self.clock = ManualClock(NOW)
        self.store = InlineStore(folder / "calendar.sqlite3")
        self.store.open()
        self.runner = asyncio.Runner()
        self.settings = Settings(folder / "settings.json")
        self.settings.load()
        self.session = TestSession(self.store, None, self.clock, mode_settings=ModeSettings())
        self.session.send_states = {}
        self.session.asked = []
        self.account = TestAccount()
        self.demo_tried = 0
        self.closed = 0
        self._queue: deque[Coroutine[object, object, object]] = deque()
        self._is_running = False
        self.say(ConnectionState.SYNCED)
        if items:
            # By a session of its own, so that there is nothing to undo yet.
            filler = Session(self.store, None, self.clock, mode_settings=ModeSettings())
            self.runner.run(filler.apply(edits.create(*items)))
            self.runner.run(filler.stop())
        profile = ProfilePage(self.session, self.settings, theme, self.clock, try_demo=self._try_demo)
        self.window = MainWindow(profile, closed=self._close)
        self._is_demo = is_demo
        if furnished:
            self.furnish()
        self.window.resize(1440, 900)
        if shown:
            self.window.show()
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)

    def furnish(self) -> None:
        """Make the rest of the window, as the app does after the first paint."""
        self.window.furnish(spawn=self._spawn, account=self.account, is_demo=self._is_demo)

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> None:
        """Carry the work out before returning, one after the other."""
        del name
        self._queue.append(work)
        self._work()

    def _work(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        try:
            while self._queue:
                self.runner.run(self._queue.popleft())
        finally:
            self._is_running = False

    def hold_work(self) -> None:
        """Let what is spawned wait, as for a slow disk."""
        self._is_running = True

    def release_work(self) -> None:
        """Carry out what waited, and go on as before."""
        self._is_running = False
        self._work()
        QApplication.processEvents()  # What changed is shown once control is back at the event loop.

    def _try_demo(self) -> None:
        self.demo_tried += 1

    def _close(self) -> None:
        self.closed += 1

    # -- what the session says -----------------------------------------------------------------------------------

    def say(self, state: ConnectionState, **other: object) -> None:
        """Let the session be in a state, with other fields of its status where given."""
        calm = Status(
            state=state,
            trouble=None,
            message="",
            last_synced=NOW - timedelta(seconds=12),
            retry_at=None,
            unsent=0,
            needs_decision=0,
            requests_this_hour=141,
            request_limit=1000,
            skipped_rows=0,
            ever_synced=True,
            shrink=None,
        )
        self.session.said = replace(calm, **other)  # type: ignore[arg-type] # The fields' types differ.
        self.session.read_only = state is ConnectionState.READ_ONLY
        self.session._announce(Changes(status=True))

    def say_of(self, key: str, state: SendState, message: str = "") -> None:
        """Let an item stand somewhere on its way to the server."""
        self.session.send_states[key] = (state, message)
        self.session._announce(Changes(dates=None))
        self.window.profile.week.refresh_now()

    def change_elsewhere(self, key: str, after: Item | None) -> None:
        """Change or delete an entry behind the window's back."""
        view = Session.item(self.session, key)
        assert view is not None
        self.runner.run(Session.apply(self.session, Edit((Change(view.item, after),))))
        self.window.profile.week.refresh_now()

    # -- what is on screen ---------------------------------------------------------------------------------------

    @property
    def inspector(self) -> Inspector:
        """The inspector, which must be open."""
        inspector = self.window.profile.page.open_inspector
        assert inspector is not None, "the inspector is closed"
        return inspector

    @property
    def is_inspecting(self) -> bool:
        """Whether the inspector is open."""
        return self.window.profile.page.open_inspector is not None

    @property
    def toast(self) -> str:
        """What the toast says, or nothing."""
        toast = self.window.profile.page.toast
        return toast.said if toast.isVisible() else ""

    @property
    def banner(self) -> str:
        """What the banner says, or nothing."""
        notice = self.window.profile.page.banner.notice
        return f"{notice.text} {notice.advice}".strip() if notice is not None else ""

    @property
    def shown_dates(self) -> tuple[date, int]:
        """The first date on screen, and how many."""
        return self.window.profile.week.first, self.window.profile.week.days

    def entries(self, day: date = THURSDAY) -> list[str]:
        """What the calendar holds of a date: "14:00-15:30 Lunch"."""
        items = [view.item for view in self.session.days(day, 1).entries]
        return [f"{format_time(each.start)}-{format_time(each.end)} {each.title}".strip() for each in items]

    def sentences(self, inside: QWidget) -> list[str]:
        """All labels that are on screen inside a widget."""
        labels = inside.findChildren(QLabel)
        return [label.text() for label in labels if label.text() and label.isVisibleTo(inside)]

    # -- what a person does --------------------------------------------------------------------------------------

    def select(self, *keys: str) -> None:
        """Select entries in the grid, and let the double click's time pass."""
        self.window.profile.week_view.select(keys)
        self.settle()

    def settle(self) -> None:
        """Let the time of a double click pass, after which the inspector comes or goes."""
        if self.window.profile.week.inspecting.settling.isActive():
            self.window.profile.week.inspecting.settling.stop()
            self.window.profile.week.inspecting.settling.timeout.emit()

    def type_into(self, field: str, text: str) -> None:
        """Replace what stands in a field of the inspector, key by key."""
        editor = self.inspector.form.fields[field].editor
        editor.setFocus()
        editor.selectAll()
        if text:
            QTest.keyClicks(editor, text)
        else:
            QTest.keyClick(editor, Qt.Key.Key_Delete)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, keys)

    def click(self, button: QAbstractButton) -> None:
        """Click a button that is on screen and can be pressed."""
        QApplication.processEvents()  # Qt shows what was just put into a layout a moment later.
        assert button.isVisibleTo(button.window()), f"{button.text() or button.accessibleName()} is not on screen"
        assert button.isEnabled(), f"{button.text() or button.accessibleName()} cannot be pressed"
        button.click()

    def problem(self, field: str) -> str:
        """The sentence under a field of the inspector."""
        label = self.inspector.form.fields[field].problem
        return label.text() if label.isVisibleTo(self.inspector) else ""

    def end(self) -> None:
        """Put everything away."""
        self.window.close()
        # Closed windows that are kept would be styled anew by each test that follows.
        shiboken6.delete(self.window)
        self.runner.run(self.session.stop())
        self.runner.close()
        self.store.close()
