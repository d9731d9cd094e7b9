"""The main window: a shell around the page of the profile that is shown.

What is of a profile (its session, settings, account, its week) is in `ui.profile_page`. The shell keeps what
stays when another profile is shown: place and size, the title, the commands about no single calendar, and closing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent

    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.profile_page import ProfilePage
    from triluna_desktop.ui.profiles.profile_flow import ProfileFlow
    from triluna_desktop.ui.profiles.profile_state import Profiles
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.ties import Ties

_SIZE = (1280, 800)
_LEAST = (560, 380)
_OF_PROFILES = ("next_calendar", "previous_calendar", "add_calendar", "manage_calendars", "team_week")
_TITLE_BAR = 40
"""What the system puts around a window is not known before the window is there: about so much."""


class MainWindow(QMainWindow):
    """The one window of the app. ``closed`` is called when the user closed it and its state is saved.

    The first paint may follow the constructor; nothing works before `furnish`.
    """

    shown_changed = Signal(bool)
    """It was put on the screen, or hidden."""

    def __init__(self, profile: ProfilePage, *, closed: Callable[[], None]) -> None:
        super().__init__()
        self._closed = closed
        self.is_quitting = False
        """Whether it was asked to end, whatever closing means."""
        self._is_ended = False
        self.hides_on_close: Callable[[], bool] = lambda: False
        """Whether the app lives on without the window when the user closes it."""
        self.ties: Ties | None = None
        """To the desktop around it, a moment after the window works."""
        self.profile = profile
        """The page that is shown."""
        self._calendar = ""
        self.profiles: ProfileFlow | None = None
        """The way to the other calendars, once they are known; None in the demo."""
        self._stack = QStackedWidget()
        self._stack.addWidget(profile)
        self.setCentralWidget(self._stack)
        self._restore_window()
        profile.begin()

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """The commands that are the window's own, by the names of `ui.commands`."""
        return {
            "quit": self.quit,
            **{name: partial(self._of_profiles, name) for name in _OF_PROFILES},
        }

    def _of_profiles(self, name: str) -> None:
        if self.profiles is not None:
            self.profiles.deeds[name]()

    def furnish(self, *, spawn: Spawn, account: AccountActions, is_demo: bool = False) -> None:
        """Make the rest of the window and let it work. ``spawn`` may keep work until an event loop runs."""
        self.profile.furnish(spawn=spawn, account=account, deeds=self.deeds, is_demo=is_demo)
        if is_demo:
            self._calendar = self.tr("Demo")
            self.profile.commands.ask_reasons(self._reason_in_demo)
        self._fit()

    def _reason_in_demo(self, name: str) -> str:
        return self.tr("The demo has one calendar, and no other can be added.") if name in _OF_PROFILES else ""

    def follow(self, profiles: Profiles) -> None:
        """Offer the other calendars. They are known once an event loop runs."""
        from triluna_desktop.ui.profiles.profile_flow import ProfileFlow

        self.profiles = ProfileFlow(profiles, self)
        self.profiles.equip(self.profile)

    def name_calendar(self, title: str) -> None:
        """Say in the window's title whose calendar it shows; empty: there is only one."""
        self._calendar = title
        self._show_title()

    def _show_title(self) -> None:
        period = self.profile.title
        if self._calendar:
            period = self.tr("{period} – {calendar}").format(period=period, calendar=self._calendar)
        self.setWindowTitle(period)

    def may_leave(self) -> bool:
        """Whether another profile can be shown now: no dialog asks something, and what is typed could be saved."""
        from PySide6.QtWidgets import QApplication

        return QApplication.activeModalWidget() is None and self.profile.may_leave()

    def show_profile(self, page: ProfilePage, *, spawn: Spawn, account: AccountActions) -> None:
        """Show another profile's page, on the same dates; the one before goes when its work is done.

        The new one is complete before it is shown, so nothing flickers.
        """
        before, left = self.profile, self._calendar
        had_switcher = self.profiles is not None and self.profiles.has_focus
        page.hide()
        self._stack.addWidget(page)
        page.resize(before.size())
        page.begin()
        self.profile = page
        page.furnish(spawn=spawn, account=account, deeds=self.deeds)
        if self.profiles is not None:
            self.profiles.equip(page)
        self._stack.setCurrentWidget(page)
        page.take_place_of(before)
        before.title_changed.disconnect(self._show_title)
        self._fit()
        before.retire(partial(self._tell_of_left, left))
        self._stack.removeWidget(before)
        if not (had_switcher and self.profiles is not None and self.profiles.focus()):
            page.focus()

    def _tell_of_left(self, calendar: str, reason: str) -> None:
        """What was typed there was saved as it went, or was not."""
        self.report(
            self.tr("What was changed last in “{calendar}” was not saved.").format(calendar=calendar), "", reason
        )

    def _fit(self) -> None:
        """Take the title and the least width of the page that is shown."""
        self.setMinimumWidth(max(_LEAST[0], self.profile.least_width))
        self.profile.title_changed.connect(self._show_title)
        self._show_title()

    def run_command(self, name: str) -> None:
        """Carry out a command by its name, on the profile that is shown."""
        self.profile.run_command(name)

    def report(self, sentence: str, details: str = "", advice: str | None = None) -> None:
        """Show what went wrong in the app itself, in a banner; the error funnel's last stop."""
        self.profile.report(sentence, details, advice)

    def _restore_window(self) -> None:
        self.setMinimumSize(*_LEAST)
        kept = self.profile.settings.get(table.WINDOW_GEOMETRY)
        if kept:
            from PySide6.QtCore import QByteArray

            if self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
                return
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - _TITLE_BAR))

    def bring_up(self) -> None:
        """Put the window on the screen, before the others."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """End, whatever closing the window means."""
        self.is_quitting = True
        self.close()
        if not self._is_ended:
            self._end()  # A window that was never on the screen is closed without an event.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard."""
        from triluna_desktop.ui.enter_presses import enter_pressed

        if not enter_pressed(self.focusWidget(), event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell of it."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell of it."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide where the app lives on without the window; else end."""
        if not self.is_quitting and self.hides_on_close():
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self._end()

    def _end(self) -> None:
        """Remember how the window stood, and show nothing more: the store is closed next."""
        self._is_ended = True
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        chosen.remember(self.profile.settings, {table.WINDOW_GEOMETRY: geometry})
        self.profile.end()
        if self.profiles is not None:
            self.profiles.end()
        self._closed()
