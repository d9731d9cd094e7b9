"""A portal that says whether the desktop is light or dark, which a test plays on its own bus."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.helpers.private_bus import service_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import Service

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
APPEARANCE, SCHEME = "org.freedesktop.appearance", "color-scheme"
NO_PREFERENCE, DARK, LIGHT = 0, 1, 2


class SettingsPortal:
    """Says what it is told to say."""

    def __init__(self, service: Service, scheme: int) -> None:
        self.service = service
        self.scheme = scheme
        # A variant in a variant, as the portal has it for the sake of old programs.
        service.methods = {"Read": lambda *asked: ("v", (("v", ("u", self.scheme if asked[1] == SCHEME else 0)),))}

    async def turn(self, scheme: int) -> None:
        """The user chooses the other style."""
        self.scheme = scheme
        await self.change(APPEARANCE, SCHEME, scheme)

    async def change(self, group: str, key: str, value: int) -> None:
        """Say that a setting has changed."""
        await self.service.emit(PATH, INTERFACE, "SettingChanged", "ssv", group, key, ("u", value))


@asynccontextmanager
async def settings_portal(address: str, scheme: int) -> AsyncIterator[SettingsPortal]:
    """The portal, on the bus at that address."""
    async with service_at(address, NAME) as service:
        yield SettingsPortal(service, scheme)
