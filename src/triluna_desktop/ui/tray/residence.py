"""Where the app lives when its window is closed: in the tray, if the user wants that and if there is one.

The window is never hidden into a tray that is not there. One that goes while the window is hidden brings it back;
one that comes late is taken up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from triluna_desktop.domain.models import Entry
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.tray.advice import without_tray
from triluna_desktop.ui.tray.host import TrayHost
from triluna_desktop.ui.tray.menu import add_submenu, plain
from triluna_desktop.ui.tray.tray import Tray, TrayCalls
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QMenu

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.system.notification import Notification
    from triluna_desktop.system.settings import Setting, Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.main_window import MainWindow
    from triluna_desktop.ui.theme import Theme

HOST_WITHIN_MS = 10_000
"""At the start of a desktop session the app may be there before the panel: so long a hidden start waits for it."""
SOON_MS = 2_000
"""The same, where a person started the app and looks for it."""
_ENDING_MS = 30_000
"""The desktop says that the session ends. Nobody tells of a user who then cancels that: it is over by then."""


class Residence(QObject):
    """Made once the window works. `hides` is what the window asks when it is closed."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        settings: Settings,
        theme: Theme,
        clock: Clock,
        spawn: Spawn,
        *,
        is_hidden: bool = False,
        patience_ms: int = HOST_WITHIN_MS,
        host: TrayHost | None = None,
    ) -> None:
        """``is_hidden``: the app started without its window, which comes if no tray does in ``patience_ms``."""
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._is_ending = False
        self.host = host or TrayHost(self)
        calls = TrayCalls(
            show_window=window.bring_up,
            show_date=self._show_date,
            show_item=self._show_item,
            tell=self._tell,
            quit=window.quit,
        )
        self.tray = Tray(session, settings, Words(window.locale()), theme, clock, spawn, calls, self)
        self.host.changed.connect(self._on_host)
        self.host.renewed.connect(self.tray.renew)
        self._unsubscribe = settings.subscribe(self._on_setting)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self._on_session_end)
        self.grace = QTimer(self)
        self.grace.setSingleShot(True)
        self.grace.setInterval(patience_ms)
        self.grace.timeout.connect(lambda: self._come_back(self.advice))
        self._calendars = window.profiles
        if self._calendars is not None:
            self.tray.menu.add_profiles = self._add_calendars
            self._calendars.list.changed.connect(self._on_calendars)
            self._on_calendars()
        window.hides_on_close = self.hides
        window.shown_changed.connect(self._on_shown)
        if is_hidden:
            self.host.watch_closely(is_on=True)
            if not self.host.check():
                self.grace.start()

    def use(self, session: Session, settings: Settings) -> None:
        """Another profile is shown."""
        self._unsubscribe()
        self._settings = settings
        self._unsubscribe = settings.subscribe(self._on_setting)
        self.tray.use(session, settings)

    def hides(self) -> bool:
        """Whether closing the window hides it now."""
        return self._settings.get(table.WINDOW_CLOSE_TO_TRAY) and not self._is_ending and self.host.check()

    def bubble(self, notification: Notification) -> bool:
        """Show a notification by the icon, where the desktop has no other way; False: there is no tray either."""
        if not self.host.check():
            return False
        self.tray.icon.showMessage(notification.title, notification.body, self.tray.icon.icon())
        return True

    def end(self) -> None:
        """The app ends."""
        self._unsubscribe()
        self.grace.stop()
        self.host.stop()
        self.tray.end()

    @property
    def advice(self) -> str:
        """What the settings say beside those of the tray: empty where there is one."""
        return "" if self.host.check() else without_tray()

    # -- the tray comes and goes ---------------------------------------------------------------------------------

    def _on_host(self, is_there: bool) -> None:
        if is_there:
            self.grace.stop()
            self.tray.renew()
        elif not self._window.isVisible():
            self.grace.stop()
            self._come_back(self.tray.words.lost_tray())

    def _come_back(self, reason: str) -> None:
        if not self._window.isVisible() and not self.host.check():
            self._window.bring_up()
            self._tell(reason, False)

    def _on_shown(self, is_shown: bool) -> None:
        self.host.watch_closely(is_on=not is_shown)
        # A window that is only minimised is not hidden, and one that ends is hidden for good.
        if self._window.isHidden() and not self._window.is_quitting and self.hides():
            self._say_where()

    def _say_where(self) -> None:
        """Say once, the first time that closing hides the window, that the app goes on."""
        if not self._settings.get(table.WINDOW_HIDING_TOLD):
            chosen.remember(self._settings, {table.WINDOW_HIDING_TOLD: True})
            self.tray.icon.showMessage(self.tr("TriLuna"), self.tray.words.stays(), self.tray.icon.icon())

    def _on_setting(self, setting: Setting[Any]) -> None:
        is_wish = setting in (table.WINDOW_CLOSE_TO_TRAY, table.WINDOW_START_HIDDEN)
        if is_wish and self._settings.get(setting) and self.advice:
            self._tell(self.advice, False)

    def _on_session_end(self) -> None:
        """The desktop session ends: its request to close the window is meant."""
        self._is_ending = True
        QTimer.singleShot(_ENDING_MS, self, self._go_on)

    def _go_on(self) -> None:
        self._is_ending = False

    # -- several calendars ---------------------------------------------------------------------------------------

    def _on_calendars(self) -> None:
        flow = self._calendars
        if flow is None:
            return
        shown = next((state for state in flow.list.states if state.is_shown), None)
        several = flow.list.has_several and shown is not None
        self.tray.words.calendar = flow.words.title(shown.known) if several and shown is not None else ""
        self.tray.menu.forget()
        self.tray.refresh()

    def _add_calendars(self, menu: QMenu) -> None:
        flow = self._calendars
        if flow is None or not flow.list.has_several:
            return
        submenu = add_submenu(menu, self.tr("Calendar"))
        for state in flow.list.states:
            title = flow.words.title(state.known)
            text = self.tray.words.listed(title, unsent=state.unsent, needs_attention=state.needs_attention)
            action = submenu.addAction(plain(text))
            action.setCheckable(True)
            action.setChecked(state.is_shown)
            action.triggered.connect(lambda _=False, name=state.name: self._use_calendar(name))

    def _use_calendar(self, name: str) -> None:
        """What is done from the tray is done in this one; the window stays where it is, unless it has to ask."""
        flow = self._calendars
        if flow is not None:
            flow.list.switch(name, raises=False)

    # -- what the tray asks for ----------------------------------------------------------------------------------

    def _show_date(self, day: date) -> None:
        self._window.bring_up()
        self._window.profile.show_date(day)

    def _show_item(self, item: Item) -> None:
        if isinstance(item, Entry):
            self._show_date(item.date)
            self._window.profile.week.inspecting.open(item.key)

    def _tell(self, sentence: str, can_undo: bool) -> bool:
        if not self._window.isVisible() or self._window.isMinimized():
            return False
        week = self._window.profile.week
        week.refresh_now()
        week.say(sentence, can_undo=can_undo)
        return True
