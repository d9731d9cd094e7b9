"""Whether the desktop is light or dark, where a portal says so.

The protocol: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html. Qt asks
the portal, too, but on the desktops of GTK, GNOME among them, it begins with what the GTK theme looks like.
That theme may be a light one where the user has chosen the dark style.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from triluna_desktop.system.session_bus import BusError, NoAnswerError, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.system.session_bus import SessionBus, Signal

_log = logging.getLogger(__name__)

_PORTAL = Service(
    "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
)
_APPEARANCE, _SCHEME = "org.freedesktop.appearance", "color-scheme"
_SAID = {1: True, 2: False}
"""Anything else: the desktop has no preference."""
_ANSWERED_WITHIN = 30.0
"""Seconds: the portal may be started for the question, while the user logs in."""


class ColourScheme:
    """``told`` is called with whether the desktop is dark; with None where it has no preference, or no portal."""

    def __init__(self, bus: SessionBus, told: Callable[[bool | None], None]) -> None:
        self._bus = bus
        self._told = told

    async def follow(self) -> None:
        """Ask now, and tell each change from now on."""
        try:
            await self._bus.listen(_PORTAL, self._heard)
            reply = await self._bus.call(_PORTAL, "Read", "ss", _APPEARANCE, _SCHEME, within=_ANSWERED_WITHIN)
        except BusError as error:
            _log.info("The desktop does not say whether it is dark: %s", error)
            if not isinstance(error, NoAnswerError):  # Else what it said last may still hold.
                self._told(None)
        else:
            self._take(reply.body[0])

    def _heard(self, signal: Signal) -> None:
        if signal.member == "SettingChanged" and signal.body[:2] == (_APPEARANCE, _SCHEME):
            self._take(signal.body[2])

    def _take(self, value: object) -> None:
        while isinstance(value, tuple):  # A variant: its signature, and what is in it, maybe another variant.
            value = value[1]
        self._told(_SAID.get(value) if isinstance(value, int) else None)
