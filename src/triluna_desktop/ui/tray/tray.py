"""The icon in the tray, with its tooltip, its menu and its popover. It follows one session; `use` changes that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.quick_flow import QuickFlow
from triluna_desktop.ui.tray.menu import TrayMenu
from triluna_desktop.ui.tray.picture import Badge, Body, icon_of
from triluna_desktop.ui.tray.state import badge_of, body_of, seconds_to_change
from triluna_desktop.ui.tray.words import TrayWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.session.quick import Until, What
    from triluna_desktop.system.settings import Setting, Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.tray.popover import Popover
    from triluna_desktop.ui.tray.until_dialog import UntilDialog
    from triluna_desktop.ui.words import Words

_LONGEST_WAIT = 15 * 60.0
"""Seconds: a computer that slept, or whose clock was set, is noticed then at the latest."""
_AFTER_MS = 30
"""So much after the minute begins, as timers may come a little early."""


@dataclass(frozen=True, slots=True)
class TrayCalls:
    """What the tray asks of the application around it."""

    show_window: Callable[[], None]
    show_date: Callable[[date], None]
    """Show the window, turned to a date."""
    show_item: Callable[[Item], None]
    """Show the window, with an entry in hand."""
    tell: Callable[[str, bool], bool]
    """Say a sentence in the window, and whether there is something to undo; False: nobody can see the window."""
    quit: Callable[[], None]


class Tray(QObject):
    """Shown while it lives. What is heavy, the popover with its strip, is made when it is first opened."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        words: Words,
        theme: Theme,
        clock: Clock,
        spawn: Spawn,
        calls: TrayCalls,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._clock = clock
        self._spawn = spawn
        self._calls = calls
        self._ends: list[Callable[[], None]] = []
        self._look: tuple[Body, Badge] | None = None
        self.popover: Popover | None = None
        self.until_dialog: UntilDialog | None = None
        self.words = TrayWords(words, clock)
        self.menu = TrayMenu(words, self.words)
        self.timer = QTimer(self)
        """Until what is shown is otherwise by itself."""
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.refresh)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(0)
        self._pending.timeout.connect(self.refresh)
        self._to_show = QTimer(self)
        """Shows the icon a turn after its picture is drawn: the desktop is asked, and takes its time to answer."""
        self._to_show.setSingleShot(True)
        self._to_show.setInterval(0)
        self._to_show.timeout.connect(lambda: self.icon.show())
        self._connect_menu()
        self.icon: QSystemTrayIcon = self._make_icon()
        self.use(session, settings)

    def use(self, session: Session, settings: Settings) -> None:
        """Follow this session from now on."""
        self._leave()
        self._session, self._settings = session, settings
        self._flow = QuickFlow(session, self._words, self._clock, self._spawn, self._say)
        self._ends = [session.subscribe(self._on_changes), settings.subscribe(self._on_setting)]
        self._look = None
        self._take_settings()

    def renew(self) -> None:
        """Make the icon anew, for a host that does not see the one that was made before it came."""
        self.icon.hide()
        self.icon.deleteLater()
        self._look = None
        self.icon = self._make_icon()
        self._pending.start()

    def end(self) -> None:
        """Take the icon away, and what opened from it."""
        self._leave()
        for timer in (self.timer, self._pending, self._to_show):
            timer.stop()
        if self.until_dialog is not None:
            self.until_dialog.deleteLater()
        self.icon.hide()
        self.icon.setContextMenu(None)  # type: ignore[arg-type]  # Qt takes none; PySide's types do not say so.
        self.menu.menu.deleteLater()

    def refresh(self) -> None:
        """Show how it stands now, and come again when that changes by itself."""
        self._pending.stop()
        quick, status = self._session.quick, self._session.status
        now, can_release = quick.now(), quick.can_release
        look = (body_of(now), badge_of(status))
        if look != self._look:
            self._look = look
            self.icon.setIcon(icon_of(*look))
        tooltip = self.words.tooltip(now, status)
        if tooltip != self.icon.toolTip():
            self.icon.setToolTip(tooltip)
        self.menu.show_state(now, status, can_release=can_release, is_paused=self._session.is_paused)
        if self.popover is not None:
            self.popover.show_state(now, status, can_release=can_release, is_read_only=self._session.is_read_only)
        wait = min(seconds_to_change(now, self._clock.now()), _LONGEST_WAIT)
        self.timer.start(round(wait * 1000) + _AFTER_MS)
        if not self.icon.isVisible():
            self._to_show.start()

    @property
    def look(self) -> tuple[Body, Badge] | None:
        """What the icon shows."""
        return self._look

    def open_popover(self) -> None:
        """Open the popover beside the icon, or close it."""
        if self.popover is None:
            self.popover = self._make_popover()
        self.refresh()
        self.popover.toggle(self.icon.geometry())

    def _make_icon(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(self.menu.menu)
        icon.activated.connect(self._on_activated)
        return icon

    def _make_popover(self) -> Popover:
        from triluna_desktop.ui.keymap import Keymap
        from triluna_desktop.ui.tray.popover import Popover

        popover = Popover(
            self._session,
            self._words,
            self.words,
            self._theme,
            self._clock,
            self._spawn,
            first_weekday=chosen.first_weekday(self._settings, self._words.locale),
            snap=self._settings.get(table.GRID_SNAP),
        )
        popover.quick_requested.connect(self._do)
        popover.release_requested.connect(lambda: self._flow.release())
        popover.entry_requested.connect(self._calls.show_item)
        popover.view.set_masked(is_on=self._words.is_masked)
        keymap = Keymap(self._settings, popover)

        def take_keys() -> None:
            popover.view.set_keys(keymap.grid_bindings(), keymap.custom)

        keymap.changed.connect(take_keys)
        take_keys()
        self._ends.append(keymap.end)
        return popover

    def _connect_menu(self) -> None:
        menu = self.menu
        menu.quick_requested.connect(self._do)
        menu.until_requested.connect(self._ask_until)
        menu.release_requested.connect(lambda: self._flow.release())
        menu.date_requested.connect(self._calls.show_date)
        menu.popover_requested.connect(self.open_popover)
        menu.pause_requested.connect(lambda is_on: self._session.pause(is_on=is_on))
        menu.window_requested.connect(self._calls.show_window)
        menu.quit_requested.connect(self._calls.quit)

    def _leave(self) -> None:
        for end in self._ends:
            end()
        self._ends = []
        if self.popover is not None:
            self.popover.end()
            self.popover = None

    def _do(self, what: What, until: Until) -> None:
        self._flow.do(what, until)

    def _ask_until(self, what: What) -> None:
        from triluna_desktop.ui.tray.until_dialog import UntilDialog

        if self.until_dialog is None:
            self.until_dialog = UntilDialog(self._words, self.words.quick, self._clock)
            self.until_dialog.chosen.connect(self._do)
        self.until_dialog.ask(what)

    def _say(self, sentence: str, can_undo: bool) -> None:
        if self.popover is not None and self.popover.isVisible():
            self.popover.refresh_now()
            self.popover.say(sentence, can_undo=can_undo)
            return
        is_seen = self._calls.tell(sentence, can_undo)
        if is_seen and QApplication.activeWindow() is not None:
            return  # It stands there, with its Undo, before the user's eyes.
        if can_undo and self._session.last_edit is not None:
            self._session.notices.made_outside(self._session.last_edit)
        elif not is_seen:
            self.icon.showMessage(self.tr("TriLuna"), sentence, self.icon.icon())

    def _take_settings(self) -> None:
        """Those of how things are written: whether titles are shown, and in which way times are."""
        self._words.is_masked = self._settings.get(table.PRIVACY_MASK_TITLES)
        self._words.locale.clock = self._settings.get(table.APPEARANCE_CLOCK)
        if self.popover is not None:
            self.popover.view.set_masked(is_on=self._words.is_masked)
            self.popover.view.write_anew()
            self.popover.say("")  # It may name an entry that was in the way.
        self.menu.forget()
        self._pending.start()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Trigger:
            return
        if self._session.status.state is ConnectionState.NO_TOKEN and not self._session.quick.now().is_known:
            self._calls.show_window()  # There is no calendar yet, and the window leads to one.
        else:
            self.open_popover()

    def _on_changes(self, changes: Changes) -> None:
        if changes.status or changes.dates is None or changes.dates or changes.patterns:
            self._pending.start()

    def _on_setting(self, setting: Setting[Any]) -> None:
        if setting in (table.PRIVACY_MASK_TITLES, table.APPEARANCE_CLOCK):
            self._take_settings()
        elif setting is table.GRID_SNAP and self.popover is not None:
            self.popover.view.set_snap(self._settings.get(table.GRID_SNAP))
