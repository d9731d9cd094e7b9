"""The process: bind, say where, serve, and leave within a second when told."""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from triluna_desktop.sandbox.app import Sandbox
from triluna_desktop.sandbox.clock import Clock
from triluna_desktop.sandbox.endpoints import PREFIX
from triluna_desktop.sandbox.seed import seed_demo
from triluna_desktop.sandbox.storage import Storage, StorageError
from triluna_desktop.sandbox.tokens import Token

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

CANNOT_START = 2


class _Protocol(H11Protocol):
    """HTTP by h11, which hands the connection's transport to the faults that end it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        super().connection_made(transport)
        # Copied into the scope of each request on this connection.
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """uvicorn, but announcing itself once it listens, and ending a signal with a plain exit."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # That requests are cut off at the end is meant, and no error to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn raises the signal once more when it is done: that would be no clean exit.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; 0, or 2 if it cannot start. `arguments` are those of `add_arguments`."""
    try:
        listener = _listen(arguments.port)
    except OSError as error:
        print(f"Port {arguments.port} on 127.0.0.1 cannot be used: {error.strerror}.", file=sys.stderr)
        return CANNOT_START
    try:
        storage = Storage.open(arguments.database, allow_overlaps=arguments.allow_overlaps)
    except StorageError as error:
        listener.close()
        print(error, file=sys.stderr)
        return CANNOT_START
    try:
        _serve(arguments, listener, storage)
    finally:
        storage.close()
        listener.close()
    return 0


def _serve(arguments: argparse.Namespace, listener: socket.socket, storage: Storage) -> None:
    port = listener.getsockname()[1]
    tokens: list[Token] = arguments.tokens or [Token(f"sandbox-{secrets.token_urlsafe(24)}")]

    def seed(storage: Storage, clock: Clock) -> None:
        if arguments.seed == "demo":
            today = arguments.today or datetime.datetime.now().astimezone().date()
            seed_demo(storage, today, clock.stamp())

    def announce() -> None:
        url = f"http://127.0.0.1:{port}{PREFIX}"
        print(json.dumps({"url": url, "token": tokens[0].text}, separators=(",", ":")), flush=True)

    clock = Clock()
    seed(storage, clock)
    sandbox = Sandbox(storage, clock, tokens, arguments.rate_limit, port, seed)
    config = uvicorn.Config(
        sandbox.app,
        http=_Protocol,
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        # Requests in flight get the tenth of a second that uvicorn waits anyway.
        timeout_graceful_shutdown=0,
    )
    server = _Server(config, announce)
    if arguments.exit_with_parent:
        threading.Thread(target=_exit_at_end_of_input, args=(server,), name="parent watch", daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio sends small answers at once only on sockets that say they are TCP:
    # without it each answer on a connection that is kept open waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # There it would let a second server share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


def _exit_at_end_of_input(server: uvicorn.Server) -> None:
    # os.read, not sys.stdin: a daemon thread inside a buffered reader makes the interpreter abort at its end.
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass  # No standard input at all: there is no parent to stay for.
    server.should_exit = True
