"""What a screen reader knows of a running app, over AT-SPI: names, roles, and where things are on the screen.

The end-to-end tests find what they click on in this way. No test holds a pixel position, none looks into the app,
and what has no name for a screen reader cannot be tested.

The protocol: each thing is a D-Bus object with the interfaces ``org.a11y.atspi.Accessible`` and ``….Component``
(https://gitlab.gnome.org/GNOME/at-spi2-core/-/tree/main/xml).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jeepney import DBusAddress, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ACCESSIBLE, _COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
_ROOT = "/org/a11y/atspi/accessible/root"
_SCREEN_COORDINATES = 0
_FOCUSED = 12
"""The bit of AtspiStateType that says: has the keyboard."""
_SHOWING = 25
"""The bit that says: on the screen now."""
REPLY_SECONDS = 10.0


class Box(NamedTuple):
    """A rectangle on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where one would click on it."""
        return self.x + self.width // 2, self.y + self.height // 2


class GoneError(Exception):
    """The app, or the thing in it, is there no more."""


class ScreenReader:
    """A connection to the accessibility bus of a D-Bus session; starts that bus if need be."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            where = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=REPLY_SECONDS)
        self._bus = open_dbus_connection(reply.body[0])

    def close(self) -> None:
        """End the connection."""
        self._bus.close()

    def app(self, pid: int) -> Thing | None:
        """The app that runs in a process, or None before it has told the bus of itself."""
        registry = Thing(self, "org.a11y.atspi.Registry", _ROOT)
        for app in registry.children():
            with suppress(GoneError):
                found = self._send(message_bus.GetConnectionUnixProcessID(app.bus_name))
                if found[0] == pid:
                    return app
        return None

    def call(self, thing: Thing, interface: str, method: str, signature: str = "", *arguments: object) -> Any:
        """The result of a method, or GoneError."""
        at = DBusAddress(thing.path, bus_name=thing.bus_name, interface=interface)
        return self._send(new_method_call(at, method, signature or None, arguments))[0]

    def name(self, thing: Thing) -> str:
        """The property ``Name``."""
        at = DBusAddress(thing.path, bus_name=thing.bus_name, interface=_ACCESSIBLE)
        name: str = self._send(Properties(at).get("Name"))[0][1]
        return name

    def _send(self, message: object) -> tuple[Any, ...]:
        try:
            reply = self._bus.send_and_get_reply(message, timeout=REPLY_SECONDS)
        except TimeoutError as error:
            raise GoneError(str(error)) from error
        body: tuple[Any, ...] = reply.body
        if reply.header.message_type is MessageType.error:
            raise GoneError(str(body[0] if body else reply))
        return body


@dataclass(frozen=True, slots=True)
class Thing:
    """A window, a button, a block in the week."""

    reader: ScreenReader
    bus_name: str
    path: str

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return self.reader.name(self)

    @property
    def role(self) -> str:
        """What it is: "push button", "label", "frame" …"""
        role: str = self.reader.call(self, _ACCESSIBLE, "GetRoleName")
        return role

    @property
    def is_showing(self) -> bool:
        """Whether it is on the screen now."""
        return self._is(_SHOWING)

    @property
    def has_keyboard(self) -> bool:
        """Whether a key that is pressed now reaches it."""
        return self._is(_FOCUSED)

    def _is(self, state: int) -> bool:
        low: int = self.reader.call(self, _ACCESSIBLE, "GetState")[0]
        return bool(low >> state & 1)

    @property
    def box(self) -> Box:
        """Where it is on the screen."""
        found = self.reader.call(self, _COMPONENT, "GetExtents", "u", _SCREEN_COORDINATES)
        return Box(*found)

    def children(self) -> list[Thing]:
        """What is directly inside."""
        found = self.reader.call(self, _ACCESSIBLE, "GetChildren")
        return [Thing(self.reader, bus_name, path) for bus_name, path in found]

    def walk(self) -> Iterator[Thing]:
        """Everything inside that is on the screen, from the outside in."""
        for child in self.children():
            with suppress(GoneError):
                if child.is_showing:
                    yield child
                    yield from child.walk()

    def find(self, fits: Callable[[str], bool], role: str = "") -> Thing | None:
        """The first thing inside whose name fits."""
        for thing in self.walk():
            if fits(thing.name) and role in ("", thing.role):
                return thing
        return None

    def texts(self) -> list[str]:
        """All names on the screen."""
        return [name for thing in self.walk() if (name := thing.name)]
