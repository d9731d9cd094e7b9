"""A notification service that a test plays on its own bus: it remembers, and presses what it is told to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.helpers.private_bus import service_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import PrivateBus, Service

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


@dataclass(frozen=True)
class Shown:
    """The arguments of a ``Notify``, and the id that it got."""

    id: int
    app: str
    replaces: int
    icon: str
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, tuple[str, Any]]
    milliseconds: int

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons' texts by their names."""
        return dict(zip(self.actions[::2], self.actions[1::2], strict=True))


class NotificationDaemon:
    """Answers as a service does that can do what ``capabilities`` says."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.capabilities = ["actions", "body", "body-markup"]
        self.shown: list[Shown] = []
        self.closed: list[int] = []
        self.is_silent = False
        service.methods = {
            "GetCapabilities": lambda: None if self.is_silent else ("as", (self.capabilities,)),
            "Notify": self._notify,
            "CloseNotification": self._close,
        }

    @property
    def client(self) -> str:
        """The unique name of who called last."""
        return self._service.callers[-1]

    def _notify(self, *arguments: Any) -> tuple[str, tuple[object, ...]] | None:
        app, replaces, icon, title, body, actions, hints, milliseconds = arguments
        number = replaces or len(self.shown) + 1
        self.shown.append(Shown(number, app, replaces, icon, title, body, tuple(actions), hints, milliseconds))
        return ("u", (number,))

    def _close(self, number: int) -> tuple[str, tuple[object, ...]]:
        self.closed.append(number)
        return ("", ())

    async def press(self, number: int, button: str, token: str = "") -> None:
        """Press a button, with the proof for a window to come to the front where there is one."""
        if token:
            await self._service.emit(PATH, NAME, "ActivationToken", "us", number, token)
        await self._service.emit(PATH, NAME, "ActionInvoked", "us", number, button)

    async def dismiss(self, number: int) -> None:
        """Close a notification, as the user does."""
        await self._service.emit(PATH, NAME, "NotificationClosed", "uu", number, 2)


@asynccontextmanager
async def notification_daemon(bus: PrivateBus) -> AsyncIterator[NotificationDaemon]:
    """The service of the bus."""
    async with service_on(bus, NAME) as service:
        yield NotificationDaemon(service)
