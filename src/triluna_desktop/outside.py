"""What ties the window to the desktop: notifications, keys in every program, the start, light or dark.

Made a moment after the window works: nothing of it is needed sooner.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from triluna_desktop.session.notices import Pace
from triluna_desktop.session.quick import ForMinutes, What
from triluna_desktop.system import settings as table
from triluna_desktop.system.autostart import AutostartError, autostart
from triluna_desktop.system.colour_scheme import ColourScheme
from triluna_desktop.system.global_shortcuts import GlobalShortcuts, Shortcut, ShortcutState
from triluna_desktop.system.notification import NoNotifier
from triluna_desktop.system.notifications import DesktopNotifier
from triluna_desktop.system.session_bus import SessionBus
from triluna_desktop.ui import chosen
from triluna_desktop.ui.notify_flow import NotifyFlow, Place, let_come_to_the_front
from triluna_desktop.ui.quick_flow import QuickFlow
from triluna_desktop.ui.ties import BLOCK_NOW, shortcut_names, shortcuts_absent, shortcuts_bound
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.open_profiles import OpenProfiles
    from triluna_desktop.options import Options
    from triluna_desktop.profile_run import ProfileRun
    from triluna_desktop.system.notification import Notification, Notifier
    from triluna_desktop.system.profile_book import ProfileBook
    from triluna_desktop.system.settings import Setting
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

APP_NAME = "TriLuna Desktop"
PREFERRED = {BLOCK_NOW: "LOGO+ALT+b"}
HAS_SESSION_BUS = sys.platform not in ("win32", "darwin")


class Outside(QObject):
    """A `ui.ties.Ties`. Follows every profile that is opened; `close` ends it."""

    shortcuts_changed = Signal()

    def __init__(
        self,
        profiles: OpenProfiles,
        book: ProfileBook,
        window: MainWindow,
        options: Options,
        spawn: Spawn,
        *,
        bubble: Callable[[Notification], bool],
        scheme_told: Callable[[bool | None], None],
        is_demo: bool = False,
    ) -> None:
        """``bubble`` shows a notification by the tray's icon, where the desktop has no other way.

        ``scheme_told`` is called with whether the desktop is dark, or None where it does not say.
        """
        super().__init__(window)
        self._profiles = profiles
        self._book = book
        self._window = window
        self._spawn = spawn
        self._bubble = bubble
        self._scheme_told = scheme_told
        self._pace = Pace()
        self._bus = SessionBus() if HAS_SESSION_BUS else None
        self._flows: dict[str, NotifyFlow] = {}
        where = () if options.data_dir is None else ("--data-dir", str(options.data_dir))
        self._autostart = autostart(*where)
        self._keys = None if self._bus is None else GlobalShortcuts(self._bus, self._on_key)
        profiles.on_open.append(self._follow)
        for run in tuple(profiles.runs.values()):
            if run.is_open:
                self._follow(run)
        if options.data_dir is None and not is_demo:
            self._renew_start()  # Another folder's start is none of this one's business.
        if profiles.shown.profile.ground.settings.get(table.SHORTCUTS_GLOBAL):
            spawn(self._bind(), "bind global shortcuts")
        if self._bus is not None:
            spawn(ColourScheme(self._bus, self._on_scheme).follow(), "ask whether the desktop is dark")

    def look(self) -> None:
        """The window has the focus: what it shows need not be told any more."""
        for flow in self._flows.values():
            flow.look()

    async def close(self) -> None:
        """Tell nothing more, and let go of the keys and the bus."""
        flows = list(self._flows.values())
        self._flows.clear()
        await asyncio.gather(*(flow.leave() for flow in flows))
        if self._keys is not None:
            await self._keys.end()
        if self._bus is not None:
            await self._bus.close()

    # -- notifications -------------------------------------------------------------------------------------------

    def _follow(self, run: ProfileRun) -> None:
        settings, clock = run.profile.ground.settings, run.profile.ground.clock
        notifier: Notifier = NoNotifier() if self._bus is None else DesktopNotifier(self._bus, APP_NAME)
        flow = NotifyFlow(
            run.profile.session,
            settings,
            self._window.locale(),
            clock,
            self._spawn,
            notifier=notifier,
            pace=self._pace,
            place=self._place_of(run),
            parent=self,
        )
        self._flows[run.name] = flow

        def forget() -> None:
            flow.end()
            unsubscribe()
            if self._flows.get(run.name) is flow:
                del self._flows[run.name]
                self._spawn(flow.leave(), "take a notification away")

        unsubscribe = settings.subscribe(lambda setting: self._on_setting(run, setting))
        run.at_end(forget)
        flow.look()

    def _place_of(self, run: ProfileRun) -> Place:
        window = self._window

        def is_shown() -> bool:
            return self._profiles.shown is run

        def shown_dates() -> tuple[date, date] | None:
            week = window.profile.week
            return (week.first, week.first + timedelta(days=week.days - 1)) if is_shown() else None

        def open_at(day: date | None, key: str) -> None:
            self._profiles.show(run.name)
            if day is not None and is_shown():
                window.profile.show_date(day)
                window.profile.week.refresh_now()
                window.profile.week_view.select((key,) if key else ())

        def say(sentence: str) -> None:
            if is_shown():
                window.profile.week.refresh_now()
                window.profile.week.say(sentence)

        return Place(
            is_watched=lambda: is_shown() and window.isActiveWindow() and window.isVisible(),
            shown_dates=shown_dates,
            open_at=open_at,
            say=say,
            profile=lambda: self._book.get(run.name).title if len(self._profiles.runs) > 1 else "",
            bubble=self._bubble,
        )

    @property
    def notifications(self) -> str:
        """See `Ties`."""
        flow = self._flows.get(self._profiles.shown.name)
        return "" if flow is None else flow.availability

    async def ask_notifications(self) -> str:
        """See `Ties`."""
        flow = self._flows.get(self._profiles.shown.name)
        return "" if flow is None else await flow.ask()

    # -- light or dark -------------------------------------------------------------------------------------------

    def _on_scheme(self, is_dark: bool | None) -> None:
        chosen.remember_desktop(self._profiles.shown.profile.ground.settings, is_dark=is_dark)
        self._scheme_told(is_dark)

    # -- the start -----------------------------------------------------------------------------------------------

    @property
    def starts_with_session(self) -> bool:
        """See `Ties`."""
        return self._autostart.is_on()

    def start_with_session(self, *, is_on: bool) -> str:
        """See `Ties`."""
        try:
            if is_on:
                self._autostart.turn_on()
            else:
                self._autostart.turn_off()
        except AutostartError as error:
            return str(error)
        return ""

    def _renew_start(self) -> None:
        try:
            if self._autostart.renew():
                _log.info("The start with the session names this program now")
        except AutostartError as error:
            _log.warning("The start with the session names a program that is elsewhere now: %s", error)

    # -- keys in every program -----------------------------------------------------------------------------------

    @property
    def shortcuts(self) -> str:
        """See `Ties`."""
        if self._keys is None:
            return shortcuts_absent(ShortcutState.NO_PORTAL.value)
        if self._keys.state is ShortcutState.BOUND:
            return shortcuts_bound(self._keys.triggers)
        return shortcuts_absent(self._keys.state.value)

    async def ask_shortcuts(self) -> str:
        """See `Ties`."""
        if self._keys is not None and self._keys.state is ShortcutState.UNKNOWN:
            await self._keys.look()
        return self.shortcuts

    def _on_setting(self, run: ProfileRun, setting: Setting[Any]) -> None:
        if setting is table.SHORTCUTS_GLOBAL and self._keys is not None and run is self._profiles.shown:
            is_on = run.profile.ground.settings.get(table.SHORTCUTS_GLOBAL)
            self._spawn(self._bind() if is_on else self._let_go(), "bind global shortcuts")

    async def _bind(self) -> None:
        if self._keys is not None:
            names = shortcut_names()
            await self._keys.bind([Shortcut(name, what, PREFERRED.get(name, "")) for name, what in names.items()])
            self.shortcuts_changed.emit()

    async def _let_go(self) -> None:
        if self._keys is not None:
            await self._keys.end()
            self.shortcuts_changed.emit()

    def _on_key(self, name: str, token: str) -> None:
        run = self._profiles.shown
        if name != BLOCK_NOW:
            let_come_to_the_front(token)
            self._window.bring_up()
            return
        session = run.profile.session
        place = self._place_of(run)

        def say(sentence: str, can_undo: bool) -> None:
            if can_undo and session.last_edit is not None:
                session.notices.made_outside(session.last_edit)
                return
            # Nothing was done, which nobody would see who looks elsewhere.
            place.open_at(None, "")
            place.say(sentence)

        settings = run.profile.ground.settings
        words = Words(chosen.locale(settings, self._window.locale()))
        words.is_masked = settings.get(table.PRIVACY_MASK_TITLES)
        QuickFlow(session, words, run.profile.ground.clock, self._spawn, say).do(What.BLOCK, ForMinutes(30))
