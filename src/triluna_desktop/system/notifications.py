"""Notifications through the desktop's own service, ``org.freedesktop.Notifications``.

The protocol: https://specifications.freedesktop.org/notification-spec/1.2/.
What the service can do is asked before each notification: it may have been replaced by another one since.
"""

from __future__ import annotations

import asyncio
import logging
from html import escape
from typing import TYPE_CHECKING

from triluna_desktop.system.notification import Notification, Reach
from triluna_desktop.system.session_bus import BusError, NoAnswerError, NoBusError, NoServiceError, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.system.session_bus import SessionBus, Signal

_log = logging.getLogger(__name__)

DESKTOP_ID = "triluna-desktop"
"""The name of the app's ``.desktop`` file, without that ending: whose notifications these are."""
_SERVICE = Service(
    "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
)
SHOW_WITHIN = 10.0
"""Seconds for the service to answer: the bus may have to start it first."""
CLOSE_WITHIN = 1.0
"""Seconds to take one away: at the end of the app the user waits for it."""
_AS_LONG_AS_IT_LIKES = -1
_ALIKE = str.maketrans("<>", "‹›")


class DesktopNotifier:
    """A `notification.Notifier`. ``app_name`` stands over each notification."""

    def __init__(self, bus: SessionBus, app_name: str) -> None:
        self._bus = bus
        self._app_name = app_name
        self._reach = Reach.UNKNOWN
        self._listening = False
        self._turn = asyncio.Lock()
        self._shown: tuple[int, str, Callable[[str, str], None] | None] | None = None
        """The id of what is shown, who shows it, and whom a press is told: nobody after the first."""
        self._token = ""

    @property
    def reach(self) -> Reach:
        """What the last attempt told."""
        return self._reach

    async def look(self) -> Reach:
        """Ask the service what it can do."""
        try:
            await self._capabilities()
        except BusError as error:
            self._note(error)
        return self._reach

    async def show(self, notification: Notification, pressed: Callable[[str, str], None]) -> bool:
        """Show it, in place of the one before; whether that worked."""
        async with self._turn:
            try:
                can, by = await self._capabilities()
                await self._listen()
                replaced = self._standing(by)
                # Whoever presses the old one between here and the answer means what is gone.
                self._shown = None
                self._shown = (*await self._notify(notification, can, replaced), pressed)
            except BusError as error:
                self._note(error)
                return False
            return True

    async def revise(self, notification: Notification) -> None:
        """Write what is shown anew, with the buttons that it has; nothing where the user has put it away."""
        async with self._turn:
            try:
                if self._shown is None or self._shown[2] is None:
                    return
                can, by = await self._capabilities()
                if standing := self._standing(by):  # It may have been put away, or pressed, meanwhile.
                    await self._notify(notification, can, standing)
            except BusError as error:
                self._note(error)

    async def withdraw(self) -> None:
        """Take away what is shown."""
        async with self._turn:
            shown, self._shown = self._shown, None
            if shown is not None:
                try:
                    await self._bus.call(_SERVICE, "CloseNotification", "u", shown[0], within=CLOSE_WITHIN)
                except BusError as error:
                    # It was closed by the user in this moment, or its service has gone, and it with that.
                    _log.info("A notification could not be closed: %s", error)

    def _standing(self, by: str) -> int:
        """The number of what is shown by ``by``, or 0: those of a service from before are others' numbers now."""
        return self._shown[0] if self._shown is not None and self._shown[1] == by else 0

    async def _notify(self, notification: Notification, can: frozenset[str], replaced: int) -> tuple[int, str]:
        """The number that it got, and who shows it."""
        arguments = self._arguments(notification, can, replaced)
        reply = await self._bus.call(_SERVICE, "Notify", "susssasa{sv}i", *arguments, within=SHOW_WITHIN)
        return int(reply.body[0]), reply.sender

    async def _capabilities(self) -> tuple[frozenset[str], str]:
        """What the service can do, and who it is."""
        reply = await self._bus.call(_SERVICE, "GetCapabilities", within=SHOW_WITHIN)
        can = frozenset(map(str, reply.body[0]))
        self._reach = Reach.FULL if "actions" in can else Reach.NO_ACTIONS
        return can, reply.sender

    async def _listen(self) -> None:
        if not self._listening:
            await self._bus.listen(_SERVICE, self._heard)
            self._listening = True

    def _arguments(self, notification: Notification, can: frozenset[str], replaced: int) -> tuple[object, ...]:
        # Who does not say that it reads markup may show what is written for it, or, as dunst does, read it all the
        # same. Signs that look alike are the same to both.
        with_markup = "body-markup" in can
        body = escape(notification.body, quote=False) if with_markup else notification.body.translate(_ALIKE)
        actions = [text for button in notification.buttons for text in (button.name, button.text)]
        hints = {
            "urgency": ("y", notification.urgency.value),
            "desktop-entry": ("s", DESKTOP_ID),
            "category": ("s", "x-triluna.calendar"),
        }
        return (
            self._app_name,
            replaced,
            DESKTOP_ID,
            notification.title,
            body,
            actions if "actions" in can else [],
            hints,
            _AS_LONG_AS_IT_LIKES,
        )

    def _heard(self, signal: Signal) -> None:
        if self._shown is None or not signal.body:
            return
        number, sender, pressed = self._shown
        if (signal.body[0], signal.sender) != (number, sender):
            return
        match signal.member:
            case "ActivationToken":
                self._token = str(signal.body[1])  # Comes right before the press that it is for.
            case "ActionInvoked" if pressed is not None:
                # Most services close it now and say so; dunst leaves it where it is.
                self._shown = (number, sender, None)
                token, self._token = self._token, ""
                pressed(str(signal.body[1]), token)
            case "NotificationClosed":
                self._shown = None

    def _note(self, error: BusError) -> None:
        match error:
            case NoBusError():
                reach = Reach.NO_BUS
            case NoServiceError():
                reach = Reach.NO_SERVICE
            case NoAnswerError():
                reach = Reach.SILENT
            case _:
                reach = Reach.SILENT
        if reach is not self._reach:
            # Once, and not with each notification that is not shown.
            _log.info("Notifications cannot be shown: %s", error)
        self._reach = reach
