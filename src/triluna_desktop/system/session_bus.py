"""The desktop's D-Bus session: calls with a time limit, and signals.

Qt's own binding is of no use for this from Python: it sends every whole number as a signed one, which
``org.freedesktop.Notifications.Notify`` refuses, and its `QDBusArgument`, used to say otherwise, ends the process.
So the messages are those of jeepney, which keyring brings along on Linux; sockets and waiting are asyncio's.

BusError                what the desktop did not do; the message is for the log
├── NoBusError          there is no session bus, or it has gone
├── NoServiceError      nobody on the bus goes by that name
├── NoAnswerError       no answer came in time
└── CallRefusedError    the answer is an error
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)

CONNECT_WITHIN = 5.0
"""Seconds for a connection to the bus."""
ANSWER_WITHIN = 5.0
"""Seconds for an answer, unless a call says otherwise."""
_NOBODY = frozenset(
    {
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
        "org.freedesktop.DBus.Error.Spawn.ServiceNotFound",
    }
)
_CHUNK = 65_536


class BusError(Exception):
    """The desktop did not do it. The environment's fault, not a bug."""


class NoBusError(BusError):
    """There is no session bus, or it has gone."""


class NoServiceError(BusError):
    """Nobody on the bus goes by that name, and nothing could be started that would."""


class NoAnswerError(BusError):
    """No answer came in time."""


class CallRefusedError(BusError):
    """The answer is an error; ``name`` is D-Bus's name of it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}" if message else name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Service:
    """An interface of an object of whoever goes by a name."""

    name: str
    path: str
    interface: str


class Reply(NamedTuple):
    """An answer, and the unique name of who gave it."""

    body: tuple[Any, ...]
    sender: str


class Signal(NamedTuple):
    """What somebody has to say."""

    member: str
    body: tuple[Any, ...]
    sender: str
    path: str


def session_address(environ: Mapping[str, str] = os.environ) -> str:
    """Where the session bus listens, in D-Bus's notation, or an empty text where there is none."""
    if address := environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return address
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    # Where systemd puts it; who was started without the variable (by cron, over ssh) finds it all the same.
    there = Path(runtime) / "bus"
    return f"unix:path={there}" if runtime and there.exists() else ""


class SessionBus:
    """One connection, made at the first call, and made anew after it broke. Belongs to the loop it is used on."""

    def __init__(self, address: Callable[[], str] = session_address) -> None:
        self._address = address
        self._connecting = asyncio.Lock()
        self._wire: _Wire | None = None
        self._heard: dict[object, tuple[Service, Callable[[Signal], None]]] = {}

    async def call(
        self, service: Service, method: str, signature: str = "", *arguments: object, within: float = ANSWER_WITHIN
    ) -> Reply:
        """Call a method; variants among the arguments are pairs ``(signature, value)``.

        Raises:
            BusError: there is no good answer within so many seconds.
        """
        from jeepney import DBusAddress, new_method_call

        wire = await self._connected()
        where = DBusAddress(service.path, bus_name=service.name, interface=service.interface)
        return await wire.ask(new_method_call(where, method, signature or None, arguments), within)

    async def listen(self, service: Service, heard: Callable[[Signal], None]) -> Callable[[], None]:
        """Have ``heard`` called with each signal of that interface and object; returns what ends it.

        It stands when the connection is made anew, too.

        Raises:
            BusError: the bus does not let us.
        """
        wire = await self._connected()
        await _subscribe(wire, service)
        ticket = object()
        self._heard[ticket] = (service, heard)

        def end() -> None:
            self._heard.pop(ticket, None)

        return end

    @property
    def own_name(self) -> str:
        """The unique name that the bus has given us, or an empty text before the first call."""
        return "" if self._wire is None else self._wire.own_name

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection just now."""
        return self._wire is not None and self._wire.is_open

    async def close(self) -> None:
        """Hang up."""
        self._heard.clear()
        await self._hang_up()

    async def _hang_up(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()

    async def _connected(self) -> _Wire:
        async with self._connecting:
            if self._wire is not None and self._wire.is_open:
                return self._wire
            await self._hang_up()
            address = self._address()
            if not address:
                raise NoBusError("no session bus is known here")
            try:
                async with asyncio.timeout(CONNECT_WITHIN):
                    wire = self._wire = await _open(address, self._dispatch)
                    for service in {service for service, _ in self._heard.values()}:
                        await _subscribe(wire, service)
            except TimeoutError as error:
                raise NoBusError("the session bus does not answer") from error
            return wire

    def _dispatch(self, signal: Signal, interface: str) -> None:
        for service, heard in tuple(self._heard.values()):
            if (service.interface, service.path) != (interface, signal.path):
                continue
            try:
                heard(signal)
            except Exception as error:  # noqa: BLE001 - whose bug it is, the funnel tells; the others go on hearing.
                asyncio.get_running_loop().call_exception_handler(
                    {"message": f"The signal {signal.member} could not be taken in", "exception": error}
                )


class _Wire:
    """An open socket with a task that reads it."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        dispatch: Callable[[Signal, str], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._dispatch = dispatch
        self._serials = count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.get_running_loop().create_task(self._read(), name="session bus")
        self.own_name = ""

    @property
    def is_open(self) -> bool:
        return not self._reading.done()

    async def ask(self, message: Any, within: float) -> Reply:
        from jeepney import HeaderFields, MessageType

        if not self.is_open:
            raise NoBusError("the session bus has hung up")
        serial = next(self._serials)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[serial] = answer
        try:
            async with asyncio.timeout(within):
                self._writer.write(message.serialise(serial))
                await self._writer.drain()
                reply = await answer
        except TimeoutError as error:
            raise NoAnswerError(f"no answer within {within:g} s") from error
        except OSError as error:
            raise NoBusError(f"the session bus has hung up ({error})") from error
        finally:
            self._waiting.pop(serial, None)
        if reply.header.message_type is MessageType.error:
            name = str(reply.header.fields.get(HeaderFields.error_name, ""))
            said = str(reply.body[0]) if reply.body else ""
            raise NoServiceError(said) if name in _NOBODY else CallRefusedError(name, said)
        return Reply(tuple(reply.body), str(reply.header.fields.get(HeaderFields.sender, "")))

    async def close(self) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def _read(self) -> None:
        """Until the bus hangs up, or says what no bus would say. Ends without an exception."""
        from jeepney import Parser

        parser = Parser()
        try:
            while chunk := await self._reader.read(_CHUNK):
                parser.add_data(chunk)
                while (message := parser.get_next_message()) is not None:
                    self._take(message)
        except OSError as error:
            _log.info("The session bus has hung up: %s", error)
        except Exception:  # noqa: BLE001 - what a peer may send is not ours to foresee; the parser names no error.
            _log.exception("A message of the session bus could not be read")
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(NoBusError("the session bus has hung up"))

    def _take(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        if message.header.message_type is MessageType.signal:
            signal = Signal(
                str(fields.get(HeaderFields.member, "")),
                tuple(message.body),
                str(fields.get(HeaderFields.sender, "")),
                str(fields.get(HeaderFields.path, "")),
            )
            self._dispatch(signal, str(fields.get(HeaderFields.interface, "")))
            return
        answer = self._waiting.get(int(fields.get(HeaderFields.reply_serial, 0)))
        if answer is not None and not answer.done():
            answer.set_result(message)


async def _subscribe(wire: _Wire, service: Service) -> None:
    from jeepney import MatchRule, message_bus

    rule = MatchRule(type="signal", sender=service.name, interface=service.interface, path=service.path)
    await wire.ask(message_bus.AddMatch(rule), ANSWER_WITHIN)


async def _open(address: str, dispatch: Callable[[Signal, str], None]) -> _Wire:
    """Connect, say who we are, and get a name.

    Raises:
        NoBusError: no bus lets us in at that address.
    """
    from jeepney import message_bus
    from jeepney.auth import BEGIN, Authenticator
    from jeepney.bus import get_connectable_addresses

    try:
        path = next(iter(get_connectable_addresses(address)))
        reader, writer = await asyncio.open_unix_connection(path)
    except (OSError, ValueError, RuntimeError) as error:
        raise NoBusError(f"no session bus at {address}: {error}") from error
    wire: _Wire | None = None
    try:
        identity = Authenticator()
        for line in identity:
            writer.write(line)
            await writer.drain()
            identity.feed(await reader.readuntil(b"\r\n"))
        writer.write(BEGIN)
        wire = _Wire(reader, writer, dispatch)
        wire.own_name = str((await wire.ask(message_bus.Hello(), CONNECT_WITHIN)).body[0])
    except BaseException as error:
        if wire is not None:
            await wire.close()
        writer.close()
        if isinstance(error, (OSError, EOFError, ValueError, asyncio.LimitOverrunError, BusError)):
            raise NoBusError(f"the session bus at {address} does not let us in: {error}") from error
        raise
    return wire
