"""The main window: the parts put together, and the way from a gesture to the session and back to the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import date

    from PySide6.QtGui import QCloseEvent

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_view import WeekView

    Spawn: TypeAlias = Callable[[Coroutine[object, object, object], str], object]


@dataclass(frozen=True, slots=True)
class WindowCalls:
    """What the window asks of the application around it."""

    try_demo: Callable[[], None]
    """Open the demo calendar, from the first-run page."""
    closed: Callable[[], None]
    """The window was closed by the user; its state is saved."""


class MainWindow(QMainWindow):
    """The one window of a profile. The constructor reads memory only: no file, no network, no keyring."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: Theme,
        clock: Clock,
        *,
        make_week_view: Callable[[], WeekView],
        spawn: Spawn,
        account: AccountActions,
        calls: WindowCalls,
        is_demo: bool = False,
    ) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._theme = theme
        self._clock = clock
        self._spawn = spawn
        self._account = account
        self._calls = calls
        self._is_demo = is_demo
        self.week_view = make_week_view()
        self.setCentralWidget(self.week_view)
        self.restoreGeometry(QByteArray.fromBase64(settings.get(table.WINDOW_GEOMETRY).encode()))

    def show_date(self, day: date) -> None:
        """Turn to the week, or the day, that holds the date."""

    def report(self, sentence: str, details: str = "") -> None:
        """Show what went wrong in the app itself, in a banner; the error funnel's last stop."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window stood."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.set(table.WINDOW_GEOMETRY, geometry)
        super().closeEvent(event)
        self._calls.closed()
