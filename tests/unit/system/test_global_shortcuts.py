"""Global shortcuts over a real bus, with a portal that the test plays: none that knows them runs under openbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.helpers.private_bus import service_on
from tests.helpers.shortcuts_portal import NAME, shortcuts_portal

from triluna_desktop.system import global_shortcuts
from triluna_desktop.system.global_shortcuts import APP_ID, GlobalShortcuts, Shortcut, ShortcutState
from triluna_desktop.system.session_bus import SessionBus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import PrivateBus

BLOCK = Shortcut("block_30", "Block now: 30 min", "LOGO+ALT+b")
SHOW = Shortcut("show_window", "Show the window")


class Keys(GlobalShortcuts):
    """The shortcuts, with what was pressed."""

    def __init__(self, bus: SessionBus) -> None:
        super().__init__(bus, lambda name, token: self.pressed.put_nowait((name, token)))
        self.pressed: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def press(self) -> tuple[str, str]:
        async with asyncio.timeout(5):
            return await self.pressed.get()


@pytest.fixture
async def keys(bus: PrivateBus) -> AsyncIterator[Keys]:
    connection = SessionBus(lambda: bus.address)
    yield Keys(connection)
    await connection.close()


async def test_the_shortcuts_are_bound_and_their_presses_arrive(bus: PrivateBus, keys: Keys) -> None:
    async with shortcuts_portal(bus) as portal:
        assert await keys.look() is ShortcutState.OFFERED
        assert await keys.bind([BLOCK, SHOW], "x11:1a") is ShortcutState.BOUND
        assert portal.bound == {
            "block_30": {"description": ("s", "Block now: 30 min"), "preferred_trigger": ("s", "LOGO+ALT+b")},
            "show_window": {"description": ("s", "Show the window")},
        }
        assert (portal.parent, portal.registered) == ("x11:1a", [APP_ID])
        assert keys.triggers == {"block_30": "Super+block_30", "show_window": "Super+show_window"}
        await portal.press("block_30")
        assert await keys.press() == ("block_30", "")
        await portal.press("show_window", token="proof")
        assert await keys.press() == ("show_window", "proof")


async def test_the_keys_of_another_session_are_not_ours(bus: PrivateBus, keys: Keys) -> None:
    async with shortcuts_portal(bus) as portal:
        await keys.bind([BLOCK])
        await portal.press("show_window", session="/org/freedesktop/portal/desktop/session/1_9/other")
        await portal.press("block_30")
        assert await keys.press() == ("block_30", "")


async def test_keys_that_the_user_changes_in_the_desktop_are_shown(bus: PrivateBus, keys: Keys) -> None:
    async with shortcuts_portal(bus) as portal:
        await keys.bind([BLOCK])
        await portal.change_keys("block_30", "Ctrl+F12")
        await portal.press("block_30")
        await keys.press()
        assert keys.triggers == {"block_30": "Ctrl+F12"}


async def test_bound_again_the_old_ones_are_let_go_and_a_press_arrives_once(bus: PrivateBus, keys: Keys) -> None:
    async with shortcuts_portal(bus) as portal:
        await keys.bind([BLOCK])
        first = portal.session
        assert await keys.bind([BLOCK]) is ShortcutState.BOUND
        assert portal.closed == [first]
        await portal.press("block_30")
        assert await keys.press() == ("block_30", "")
        assert keys.pressed.empty()
        await keys.end()
        assert (keys.state, keys.triggers, len(portal.closed)) == (ShortcutState.OFFERED, {}, 2)


@pytest.mark.parametrize(("answer", "state"), [(1, ShortcutState.DISMISSED), (2, ShortcutState.FAILED)])
async def test_a_user_who_says_no_is_taken_at_their_word(
    bus: PrivateBus, keys: Keys, answer: int, state: ShortcutState
) -> None:
    async with shortcuts_portal(bus) as portal:
        portal.answer = answer
        assert await keys.bind([BLOCK]) is state
        assert keys.triggers == {}
        portal.answer = 0
        assert await keys.bind([BLOCK]) is ShortcutState.BOUND


async def test_without_a_portal_it_is_said_so(bus: PrivateBus, keys: Keys) -> None:
    assert await keys.bind([BLOCK]) is ShortcutState.NO_PORTAL
    async with service_on(bus, NAME):  # A portal that knows no shortcuts.
        assert await keys.look() is ShortcutState.NO_PORTAL


async def test_without_a_bus_it_is_said_so() -> None:
    assert await Keys(SessionBus(lambda: "")).bind([BLOCK]) is ShortcutState.NO_BUS


async def test_a_question_that_nobody_answers_is_given_up(
    bus: PrivateBus, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(global_shortcuts, "ANSWERED_WITHIN", 0.05)
    async with service_on(bus, NAME) as portal:
        portal.methods = {
            "Get": lambda _interface, _name: ("v", (("u", 1),)),
            "CreateSession": lambda _options: ("o", ("/org/freedesktop/portal/desktop/request/1/x",)),
        }
        assert await keys.bind([BLOCK]) is ShortcutState.FAILED
