"""What the desktop is asked to put up for a keyring, as the D-Bus session sees it go by."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from jeepney import HeaderFields, MatchRule, MessageType, message_bus
from jeepney.bus_messages import Monitoring
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jeepney.io.blocking import DBusConnection

_SECRETS = "org.freedesktop.Secret"
_MARK = "GetId"
"""A call that nothing else here makes: what came before it was seen."""
ANSWER_SECONDS = 10.0


class KeyringWatch:
    """Sees each call that has a keyring made, or that puts up a keyring's prompt."""

    def __init__(self, bus: str, monitor: DBusConnection) -> None:
        self._bus = bus
        self._monitor = monitor

    def asked(self) -> list[str]:
        """The calls since the last question, by their names."""
        with open_dbus_connection(self._bus) as marking:
            marking.send_and_get_reply(message_bus.GetId(), timeout=ANSWER_SECONDS)
            mark = marking.unique_name
        seen = []
        while True:
            header = self._monitor.receive(timeout=ANSWER_SECONDS).header
            if header.message_type is not MessageType.method_call:
                continue  # The bus tells the monitor that it has no name any more.
            if header.fields[HeaderFields.member] != _MARK:
                seen.append(header.fields[HeaderFields.member])
            elif header.fields[HeaderFields.sender] == mark:
                return seen


@contextmanager
def keyring_watch(bus: str) -> Iterator[KeyringWatch]:
    """Watch a D-Bus session for as long as the context lasts."""
    rules = [
        MatchRule(type="method_call", interface=f"{_SECRETS}.Service", member="CreateCollection"),
        MatchRule(type="method_call", interface=f"{_SECRETS}.Prompt", member="Prompt"),
        MatchRule(type="method_call", member=_MARK),
    ]
    with open_dbus_connection(bus) as monitor:
        monitor.send_and_get_reply(
            Monitoring().BecomeMonitor([rule.serialise() for rule in rules]), timeout=ANSWER_SECONDS
        )
        yield KeyringWatch(bus, monitor)
