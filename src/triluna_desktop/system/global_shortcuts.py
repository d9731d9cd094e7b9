"""Keys that work in every program, where the desktop has a portal for them.

The protocol: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html.
The desktop, not the app, decides which keys they are, and asks the user in a window of its own. It remembers the
answer, so that binding them again at the next start asks nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from triluna_desktop.system.session_bus import BusError, NoAnswerError, NoBusError, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from triluna_desktop.system.session_bus import SessionBus, Signal

_log = logging.getLogger(__name__)

APP_ID = "app.triluna.desktop"
"""Whose shortcuts these are, for the desktop."""
ANSWERED_WITHIN = 300.0
"""Seconds for the user to answer the desktop's window."""
_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
_PORTAL = Service(_NAME, _PATH, _INTERFACE)
_PROPERTIES = Service(_NAME, _PATH, "org.freedesktop.DBus.Properties")
_REGISTRY = Service(_NAME, _PATH, "org.freedesktop.host.portal.Registry")
_CARRIED_OUT, _DISMISSED = 0, 1


class ShortcutState(Enum):
    """How it stands with the global shortcuts."""

    UNKNOWN = "unknown"
    """Nobody has asked yet."""
    NO_BUS = "no_bus"
    NO_PORTAL = "no_portal"
    """This desktop has none for shortcuts."""
    OFFERED = "offered"
    """There is a portal, and nothing is bound."""
    BOUND = "bound"
    DISMISSED = "dismissed"
    """The user said no to the desktop's question."""
    FAILED = "failed"
    """The portal does not answer, or refuses."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``name`` is for the portal, ``description`` for the user, ``preferred`` as in ``LOGO+ALT+b``.

    The notation: https://specifications.freedesktop.org/shortcuts-spec/latest/.
    """

    name: str
    description: str
    preferred: str = ""


class GlobalShortcuts:
    """Those of one app. ``pressed`` is called with a shortcut's name and an XDG activation token, maybe empty."""

    def __init__(self, bus: SessionBus, pressed: Callable[[str, str], None]) -> None:
        self._bus = bus
        self._pressed = pressed
        self._state = ShortcutState.UNKNOWN
        self._session = ""
        self._triggers: dict[str, str] = {}
        self._ends: list[Callable[[], None]] = []

    @property
    def state(self) -> ShortcutState:
        """What the last attempt told."""
        return self._state

    @property
    def triggers(self) -> Mapping[str, str]:
        """The keys by the shortcuts' names, in the desktop's own words; empty texts where it does not say."""
        return self._triggers

    async def look(self) -> ShortcutState:
        """Ask whether there is a portal; binds nothing."""
        if self._state is not ShortcutState.BOUND or not self._bus.is_connected:
            try:
                await self._bus.call(_PROPERTIES, "Get", "ss", _INTERFACE, "version")
                self._state = ShortcutState.OFFERED
            except BusError as error:
                self._fail(error)
        return self._state

    async def bind(self, shortcuts: Sequence[Shortcut], parent_window: str = "") -> ShortcutState:
        """Have them bound. The desktop may ask the user, in front of ``parent_window`` (``x11:…`` or nothing)."""
        await self.end()
        if await self.look() is not ShortcutState.OFFERED:
            return self._state
        try:
            await self._say_who_we_are()
            code, told = await self._ask(
                "CreateSession", "a{sv}", lambda options: (options,), session_handle_token=("s", _token())
            )
            if code == _CARRIED_OUT:
                self._session = str(told["session_handle"][1])
                wanted = [(each.name, _described(each)) for each in shortcuts]
                code, told = await self._ask(
                    "BindShortcuts",
                    "oa(sa{sv})sa{sv}",
                    lambda options: (self._session, wanted, parent_window, options),
                )
        except BusError as error:
            self._fail(error)
            return self._state
        if code != _CARRIED_OUT:
            await self.end()
            self._state = ShortcutState.DISMISSED if code == _DISMISSED else ShortcutState.FAILED
            return self._state
        self._take(told.get("shortcuts", ("", ()))[1])
        self._state = ShortcutState.BOUND
        return self._state

    async def end(self) -> None:
        """Let go of the keys."""
        for end in self._ends:
            end()
        self._ends.clear()
        self._triggers = {}
        session, self._session = self._session, ""
        if session and self._bus.is_connected:
            try:
                await self._bus.call(Service(_NAME, session, "org.freedesktop.portal.Session"), "Close")
            except BusError as error:
                _log.info("The global shortcuts could not be let go: %s", error)
        if self._state is ShortcutState.BOUND:
            self._state = ShortcutState.OFFERED

    async def _say_who_we_are(self) -> None:
        try:
            await self._bus.call(_REGISTRY, "Register", "sa{sv}", APP_ID, {})
        except NoBusError:
            raise
        except BusError as error:
            # Older portals have no such interface, and find out by themselves; it may be said but once, too.
            _log.info("The portal was not told whose shortcuts these are: %s", error)
        if not self._ends:
            self._ends.append(await self._bus.listen(_PORTAL, self._heard))

    async def _ask(
        self,
        method: str,
        signature: str,
        arguments: Callable[[dict[str, object]], tuple[object, ...]],
        **options: object,
    ) -> tuple[int, dict[str, Any]]:
        """Make a request of the portal: its answer comes as a signal, 0 for what was done."""
        answer: asyncio.Future[tuple[int, dict[str, Any]]] = asyncio.get_running_loop().create_future()

        def heard(signal: Signal) -> None:
            if signal.member == "Response" and not answer.done():
                answer.set_result((int(signal.body[0]), dict(signal.body[1])))

        token = _token()
        sender = self._bus.own_name.removeprefix(":").replace(".", "_")
        # Listened for before the request is made: the answer may be quicker than the reply.
        where = f"{_PATH}/request/{sender}/{token}"
        end = await self._bus.listen(Service(_NAME, where, "org.freedesktop.portal.Request"), heard)
        try:
            await self._bus.call(_PORTAL, method, signature, *arguments({"handle_token": ("s", token), **options}))
            async with asyncio.timeout(ANSWERED_WITHIN):
                return await answer
        except TimeoutError as error:
            raise NoAnswerError("nobody has answered the desktop's question") from error
        finally:
            end()

    def _heard(self, signal: Signal) -> None:
        if not self._session or signal.body[0] != self._session:
            return
        match signal.member:
            case "Activated":
                token = dict(signal.body[3]).get("activation_token", ("s", ""))[1]
                self._pressed(str(signal.body[1]), str(token))
            case "ShortcutsChanged":
                self._take(signal.body[1])

    def _take(self, shortcuts: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self._triggers = {name: str(told.get("trigger_description", ("s", ""))[1]) for name, told in shortcuts}

    def _fail(self, error: BusError) -> None:
        match error:
            case NoBusError():
                self._state = ShortcutState.NO_BUS
            case NoAnswerError():
                self._state = ShortcutState.FAILED
            case _ if self._session:
                self._state = ShortcutState.FAILED
            case _:
                # No portal at all, or one that does not know of shortcuts.
                self._state = ShortcutState.NO_PORTAL
        _log.info("Global shortcuts: %s", error)


def _described(shortcut: Shortcut) -> dict[str, tuple[str, str]]:
    told = {"description": ("s", shortcut.description)}
    return {**told, "preferred_trigger": ("s", shortcut.preferred)} if shortcut.preferred else told


def _token() -> str:
    """A name for a request, of letters that an object path may have."""
    return f"triluna{secrets.token_hex(8)}"
