"""A D-Bus session of a test's own, on which nothing can be started, and services on it that the test plays."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageFlag,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusConnection, DBusRouter, Proxy, open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class PrivateBus:
    """A running dbus-daemon. `stop` is what a log-out does to it."""

    def __init__(self, folder: Path) -> None:
        config = folder / "bus.conf"
        config.write_text(_CONFIG.format(folder=folder), encoding="utf-8")
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().decode().strip()
        assert self.address, "dbus-daemon did not start"

    def stop(self) -> None:
        """End it, and with it every connection."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    """A bus that ends with the block. The folder's path must be short: it holds a socket."""
    bus = PrivateBus(folder)
    try:
        yield bus
    finally:
        bus.stop()


class Service:
    """Somebody on the bus who answers: a handler for each method, by its name.

    A handler takes the body of the call and returns the signature and the body of the answer; None is no answer at
    all, an exception is an error.
    """

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self.methods: dict[str, Callable[..., tuple[str, tuple[object, ...]] | None]] = {}
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.callers: list[str] = []
        """The unique names of who called, a call each."""
        self.before_reply: list[Coroutine[object, object, None]] = []
        """What a handler wants sent before its own answer."""

    async def serve(self) -> None:
        """Answer until the bus ends."""
        with suppress(EOFError, ConnectionError):
            while True:
                await self._answer(await self._connection.receive())

    async def emit(
        self, path: str, interface: str, member: str, signature: str, *body: object, to: str = ""
    ) -> None:
        """Send a signal: to everybody who listens, or to one."""
        signal = new_signal(DBusAddress(path, interface=interface), member, signature, body)
        if to:
            signal.header.fields[HeaderFields.destination] = to
        await self._connection.send(signal)

    async def _answer(self, message: Any) -> None:
        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields[HeaderFields.member]
        self.calls.append((member, tuple(message.body)))
        self.callers.append(message.header.fields[HeaderFields.sender])
        if message.header.flags & MessageFlag.no_reply_expected:
            return
        handler = self.methods.get(member)
        if handler is None:
            await self._connection.send(new_error(message, UNKNOWN, "s", (f"there is no {member}",)))
            return
        answer = handler(*message.body)
        while self.before_reply:
            await self.before_reply.pop(0)
        if answer is not None:
            await self._connection.send(new_method_return(message, *answer))


def service_on(bus: PrivateBus, name: str) -> AbstractAsyncContextManager[Service]:
    """A service that has a name on the bus."""
    return service_at(bus.address, name)


@asynccontextmanager
async def service_at(address: str, name: str) -> AsyncIterator[Service]:
    """A service that has a name on the bus with that address."""
    connection = await open_dbus_connection(address)
    async with DBusRouter(connection) as router:
        await Proxy(message_bus, router).RequestName(name)
    service = Service(connection)
    serving = asyncio.get_running_loop().create_task(service.serve())
    try:
        yield service
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        with suppress(ConnectionError):
            await connection.close()
