"""Real hosts of tray icons: trayer, which embeds them, and one for StatusNotifierItems, over D-Bus.

The latter does what a panel does, without showing anything: it is told of icons, activates them, reads their menus
and clicks on what stands there (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem and
com.canonical.dbusmenu).
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from typing import TYPE_CHECKING, Any

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from tests.helpers.x_display import Desktop

_WATCHER, _WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
_ITEM, _ITEM_PATH = "org.kde.StatusNotifierItem", "/StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_PROPERTIES = {
    "IsStatusNotifierHostRegistered": ("b", True),
    "ProtocolVersion": ("i", 0),
    "RegisteredStatusNotifierItems": ("as", []),
}
_LOOK_EVERY = 0.1
_ANSWER_WITHIN = 10.0


class Trayer:
    """An XEmbed tray at the foot of a desktop's screen, as wide as its icons. For ``with``."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if shutil.which("trayer") is None:
            raise AssertionError("the tests of the tray need: apt-get install trayer")
        self._process = subprocess.Popen(
            ["trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "24"],
            env=self._desktop.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End it, with its icons in it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def icon(self) -> tuple[int, int] | None:
        """Where the only icon in it is on the screen, or None before it is there."""
        found = self._desktop.boxes("--class", "trayer")
        # Without an icon it is a pixel or so; with one, a square.
        boxes = [box for box in found if box.width >= 16 and box.height >= 16]
        return boxes[0].middle if boxes else None


class ItemHost:
    """The watcher of StatusNotifierItems and a host in one, on a D-Bus session. For ``with``."""

    def __init__(self, bus: str) -> None:
        self._bus = bus
        self._stops = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="tray host", daemon=True)
        self._serving = threading.Event()
        self.items: list[str] = []
        """The names on the bus of those who have registered an icon, in order."""

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._serving.wait(_ANSWER_WITHIN), "the host got no name on the bus"
        self._calls = open_dbus_connection(self._bus)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Leave the bus; the icons' owners hear of it."""
        if not self._stops.is_set():
            self._stops.set()
            self._thread.join(_ANSWER_WITHIN)
            self._calls.close()

    # -- what a panel does ---------------------------------------------------------------------------------------

    def property(self, name: str) -> Any:
        """What the newest icon says of itself: ``ToolTip``, ``IconPixmap``, ``Menu`` …"""
        at = DBusAddress(_ITEM_PATH, bus_name=self.items[-1], interface=_ITEM)
        return self._ask(Properties(at).get(name))[0][1]

    def activate(self) -> None:
        """Click on it with the left button."""
        at = DBusAddress(_ITEM_PATH, bus_name=self.items[-1], interface=_ITEM)
        self._ask(new_method_call(at, "Activate", "ii", (0, 0)))

    def lines(self, parent: int = 0) -> dict[str, int]:
        """The lines of its menu, or of a menu in it, with their ids."""
        self._ask(new_method_call(self._menu(), "AboutToShow", "i", (parent,)))
        _, (_, _, children) = self._ask(new_method_call(self._menu(), "GetLayout", "iias", (parent, 1, [])))
        found: dict[str, int] = {}
        for _, (line, properties, _) in children:
            if "label" in properties:
                found[properties["label"][1]] = line
        return found

    def click(self, line: int) -> None:
        """Click on a line of the menu."""
        self._ask(new_method_call(self._menu(), "Event", "isvu", (line, "clicked", ("s", ""), 0)))

    def _menu(self) -> DBusAddress:
        return DBusAddress(self.property("Menu"), bus_name=self.items[-1], interface=_MENU)

    def _ask(self, message: Message) -> Any:
        reply = self._calls.send_and_get_reply(message, timeout=_ANSWER_WITHIN)
        if reply.header.message_type is MessageType.error:
            raise DBusErrorResponse(reply)
        return reply.body

    # -- what a watcher does -------------------------------------------------------------------------------------

    def _serve(self) -> None:
        with open_dbus_connection(self._bus) as connection:
            connection.send_and_get_reply(message_bus.RequestName(_WATCHER))
            here = DBusAddress(_WATCHER_PATH, interface=_WATCHER)
            connection.send(new_signal(here, "StatusNotifierHostRegistered"))
            self._serving.set()
            while not self._stops.is_set():
                try:
                    message = connection.receive(timeout=_LOOK_EVERY)
                except TimeoutError:
                    continue
                if message.header.message_type is MessageType.method_call:
                    connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        fields = message.header.fields
        match fields.get(HeaderFields.member):
            case "Get":
                return new_method_return(message, "v", (_PROPERTIES[message.body[1]],))
            case "GetAll":
                return new_method_return(message, "a{sv}", (_PROPERTIES,))
            case "RegisterStatusNotifierItem":
                self.items.append(str(fields[HeaderFields.sender]))
                return new_method_return(message)
            case _:
                return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
