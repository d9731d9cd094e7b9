"""A portal for global shortcuts that a test plays on its own bus: real messages, but no desktop behind it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from tests.helpers.private_bus import service_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import PrivateBus, Service

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.GlobalShortcuts"


class ShortcutsPortal:
    """Binds what it is asked to, and presses it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.answer = 0
        """What the user says to `BindShortcuts`: 0 yes, 1 no, 2 something went wrong."""
        self.bound: dict[str, dict[str, Any]] = {}
        self.parent = ""
        self.session = ""
        self.closed: list[str] = []
        self.registered: list[str] = []
        service.methods = {
            "Get": lambda _interface, _name: ("v", (("u", 1),)),
            "Register": self._register,
            "CreateSession": self._create,
            "BindShortcuts": self._bind,
            "Close": self._close,
        }

    def _register(self, app_id: str, _options: dict[str, Any]) -> tuple[str, tuple[object, ...]]:
        self.registered.append(app_id)
        return ("", ())

    def _create(self, options: dict[str, Any]) -> tuple[str, tuple[object, ...]]:
        self.session = f"{PATH}/session/{self._sender}/{options['session_handle_token'][1]}"
        return self._request(options, 0, {"session_handle": ("s", self.session)})

    def _bind(
        self, session: str, shortcuts: list[tuple[str, dict[str, Any]]], parent: str, options: dict[str, Any]
    ) -> tuple[str, tuple[object, ...]]:
        assert session == self.session
        self.parent = parent
        if self.answer == 0:
            self.bound = dict(shortcuts)
        told = [(name, {"trigger_description": ("s", f"Super+{name}")}) for name in self.bound]
        return self._request(options, self.answer, {"shortcuts": ("a(sa{sv})", told)})

    def _close(self) -> tuple[str, tuple[object, ...]]:
        self.closed.append(self.session)
        return ("", ())

    def _request(
        self, options: dict[str, Any], code: int, results: dict[str, Any]
    ) -> tuple[str, tuple[object, ...]]:
        handle = f"{PATH}/request/{self._sender}/{options['handle_token'][1]}"
        # As some do, before the reply to the call.
        self._service.before_reply.append(
            self._service.emit(
                handle, "org.freedesktop.portal.Request", "Response", "ua{sv}", code, results,
                to=self._service.callers[-1],
            )
        )  # fmt: skip
        return ("o", (handle,))

    @property
    def _sender(self) -> str:
        return self._service.callers[-1].removeprefix(":").replace(".", "_")

    async def press(self, name: str, *, session: str = "", token: str = "") -> None:
        """Press the keys of a shortcut."""
        options = {"activation_token": ("s", token)} if token else {}
        await self._service.emit(
            PATH, INTERFACE, "Activated", "osta{sv}", session or self.session, name, 1234, options
        )

    async def change_keys(self, name: str, keys: str) -> None:
        """The user gives a shortcut other keys, in the settings of the desktop."""
        told = [(name, {"trigger_description": ("s", keys)})]
        await self._service.emit(PATH, INTERFACE, "ShortcutsChanged", "oa(sa{sv})", self.session, told)


@asynccontextmanager
async def shortcuts_portal(bus: PrivateBus) -> AsyncIterator[ShortcutsPortal]:
    """The portal of the bus."""
    async with service_on(bus, NAME) as service:
        yield ShortcutsPortal(service)
