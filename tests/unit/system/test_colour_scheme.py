"""Light or dark as the desktop's portal says, over a real bus; the portal is played by the test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.helpers.private_bus import service_at
from tests.helpers.settings_portal import APPEARANCE, DARK, LIGHT, NAME, NO_PREFERENCE, settings_portal

from triluna_desktop.system import colour_scheme
from triluna_desktop.system.colour_scheme import ColourScheme
from triluna_desktop.system.session_bus import SessionBus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import PrivateBus


class Told(ColourScheme):
    """What is told, one after the other."""

    def __init__(self, address: str) -> None:
        self.bus = SessionBus(lambda: address)
        self._answers: asyncio.Queue[bool | None] = asyncio.Queue()
        super().__init__(self.bus, self._answers.put_nowait)

    async def next(self) -> bool | None:
        async with asyncio.timeout(5):
            return await self._answers.get()

    @property
    def is_over(self) -> bool:
        return self._answers.empty()


@pytest.fixture
async def told(bus: PrivateBus) -> AsyncIterator[Told]:
    scheme = Told(bus.address)
    yield scheme
    await scheme.bus.close()


@pytest.mark.parametrize(("scheme", "is_dark"), [(DARK, True), (LIGHT, False), (NO_PREFERENCE, None), (7, None)])
async def test_what_the_portal_says_is_told(
    bus: PrivateBus, told: Told, scheme: int, is_dark: bool | None
) -> None:
    async with settings_portal(bus.address, scheme):
        await told.follow()
        assert await told.next() is is_dark
        assert told.is_over


async def test_each_change_is_told_and_no_other_setting(bus: PrivateBus, told: Told) -> None:
    async with settings_portal(bus.address, LIGHT) as portal:
        await told.follow()
        assert await told.next() is False
        await portal.change(APPEARANCE, "contrast", 1)
        await portal.change("org.gnome.desktop.interface", "color-scheme", 1)
        await portal.turn(DARK)
        assert await told.next() is True
        await portal.turn(NO_PREFERENCE)
        assert await told.next() is None
        assert told.is_over


async def test_without_a_portal_nothing_is_known(told: Told) -> None:
    await told.follow()
    assert await told.next() is None


async def test_without_a_bus_nothing_is_known() -> None:
    told = Told("")
    await told.follow()
    assert await told.next() is None


async def test_a_portal_that_does_not_answer_leaves_what_is_known(
    bus: PrivateBus, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(colour_scheme, "_ANSWERED_WITHIN", 0.05)
    async with service_at(bus.address, NAME) as portal:
        portal.methods = {"Read": lambda *_: None}
        await told.follow()
        assert told.is_over


async def test_a_portal_that_says_something_odd_says_nothing(bus: PrivateBus, told: Told) -> None:
    async with service_at(bus.address, NAME) as portal:
        portal.methods = {"Read": lambda *_: ("v", (("s", "dark"),))}
        await told.follow()
        assert await told.next() is None
