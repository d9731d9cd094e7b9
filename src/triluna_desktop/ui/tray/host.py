"""Whether anybody shows the icon: a StatusNotifierItem host on the D-Bus session, or an XEmbed tray.

Qt picks an XEmbed tray up whenever it comes, and an icon made while there was one on D-Bus lives on when that is
started anew. Two things it does not: an icon that was made before the host on D-Bus stays invisible for ever, and
nobody is told when a host comes or goes. Hence these signals, upon which the icon is made anew.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusServiceWatcher

_log = logging.getLogger(__name__)

WATCHER = "org.kde.StatusNotifierWatcher"
"""Freedesktop's draft of StatusNotifierItem goes by KDE's name everywhere."""
SETTLE_MS = 500
"""From the appearance of the service on D-Bus until there is surely a host, which registers with it."""
CLOSE_LOOK_MS = 2_000
"""How often is looked while the window is hidden: of an XEmbed tray that goes, nobody tells. It takes 0.2 ms."""
CALM_LOOK_MS = 30_000
"""The same where D-Bus tells: a panel may go and leave the service behind that it registered with."""


class TrayHost(QObject):
    """Looks when it is asked, when D-Bus tells of something, and again and again while `watch_closely`."""

    changed = Signal(bool)
    """Whether there is one now. Icons that were made before it came may not be seen by it."""
    renewed = Signal()
    """Another one has come on D-Bus, which does not see icons that were made before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_there = QSystemTrayIcon.isSystemTrayAvailable()
        self._look = QTimer(self)
        self._look.timeout.connect(self.check)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self._settled)
        self._is_on_bus = False
        """Whether the service is there with which hosts on D-Bus register."""
        self._watcher = self._watch_bus()
        self._set_pace()

    def check(self) -> bool:
        """Look now; who listens is told if it is otherwise than before."""
        is_there = QSystemTrayIcon.isSystemTrayAvailable()
        if is_there is not self._was_there:
            self._was_there = is_there
            _log.info("There is %s", "a tray now" if is_there else "no tray any more")
            self.changed.emit(is_there)
        return is_there

    def watch_closely(self, *, is_on: bool) -> None:
        """Look often, or only when something tells of a change."""
        if is_on:
            self._look.start()
        else:
            self._look.stop()

    def stop(self) -> None:
        """Look no more."""
        self._look.stop()
        self.settle.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _watch_bus(self) -> QDBusServiceWatcher | None:
        # Without an address libdbus would start a bus of its own by `dbus-launch`, if that is installed.
        if sys.platform != "linux" or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return None
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return None
        mode = QDBusServiceWatcher.WatchModeFlag
        watcher = QDBusServiceWatcher(WATCHER, bus, mode.WatchForRegistration | mode.WatchForUnregistration, self)
        watcher.serviceRegistered.connect(lambda _: self._on_service(is_there=True))
        watcher.serviceUnregistered.connect(lambda _: self._on_service(is_there=False))
        self._is_on_bus = bool(bus.interface().isServiceRegistered(WATCHER).value())
        return watcher

    def _on_service(self, *, is_there: bool) -> None:
        self._is_on_bus = is_there
        self._set_pace()
        if is_there:
            self.settle.start()
        else:
            self.check()

    def _set_pace(self) -> None:
        self._look.setInterval(CALM_LOOK_MS if self._is_on_bus else CLOSE_LOOK_MS)

    def _settled(self) -> None:
        # Beside a tray of the other kind it is no change.
        if self._was_there and self.check():
            self.renewed.emit()
        else:
            self.check()
