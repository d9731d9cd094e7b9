"""One owner of a profile at a time, and how a second start reaches it.

The owner holds a `ProfileLock`, which the operating system takes back when the process ends, however it ends.
While it runs it listens for commands; `ask` hands it one and waits for the answer.

The protocol is one JSON object on a line each way, then the connection is closed; see `hand_over`. It runs over a
Unix socket in the profile's private folder. Windows has none in asyncio: there it is a port on the loopback
address, and the file at the socket's path holds the port and a random secret that each request must repeat.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import secrets
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from triluna_desktop.system.hand_over import GO, REQUEST_BYTES, NoReplyError, NotHeardError, ask, line_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from triluna_desktop.system.lock import ProfileLock

    Message: TypeAlias = dict[str, Any]
    Handler: TypeAlias = Callable[[Message], Awaitable[Message]]

__all__ = ["CommandServer", "NoReplyError", "NotHeardError", "ask", "serve"]

_log = logging.getLogger(__name__)

REQUEST_WITHIN = 5.0
"""Seconds for a request to arrive whole, so that who connects and says nothing is not waited for."""

_TURNS_TO_TAKE_IN = 4
"""Turns of the loop from a connection in the backlog to `_accept`."""


class CommandServer:
    """A listening owner, as `serve` returns it."""

    def __init__(self, path: Path, handler: Handler, secret: str) -> None:
        self._path = path
        self._handler = handler
        self._secret = secret
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, listening: socket.socket) -> None:
        """Accept connections. Called by `serve`."""
        self._server = await asyncio.start_server(self._accept, sock=listening, limit=REQUEST_BYTES)

    async def close(self) -> None:
        """Stop listening, remove the socket, and cancel the commands that are still being carried out."""
        if self._server is None:
            return
        with suppress(OSError):  # Its folder may have been deleted, and a file may be there instead.
            self._path.unlink()
        # Who came in before is taken in first: asyncio drops, unclosed, what it accepts as a server closes.
        server, self._server = self._server, None
        try:
            for _ in range(_TURNS_TO_TAKE_IN):
                await asyncio.sleep(0)
        finally:
            # Also where who closes it is cancelled meanwhile: nobody else has it any more.
            server.close()
            for task in self._tasks:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A plain function and a task of our own: what asyncio starts by itself cannot be cancelled at the end.
        task = asyncio.get_running_loop().create_task(self._answer(reader, writer), name="command")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # A task that is cancelled before its first step closes nothing by itself.
        task.add_done_callback(lambda _: writer.close())

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(line_of(await self._reply(reader, writer)))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            _log.info("Who sent a command did not wait for the answer")
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Message:
        try:
            async with asyncio.timeout(REQUEST_WITHIN):
                envelope = json.loads(await reader.readuntil(b"\n"))
        except asyncio.LimitOverrunError:
            return _refusal("too_large", f"A command has at most {REQUEST_BYTES} bytes.")
        except TimeoutError:
            return _refusal("too_slow", "The command did not arrive in time.")
        except (ValueError, RecursionError):
            return _refusal("bad_request", "A command is a JSON object on one line.")
        if not isinstance(envelope, dict) or not isinstance(envelope.get("request"), dict):
            return _refusal("bad_request", "A command is a JSON object on one line.")
        if not hmac.compare_digest(_bytes(envelope.get("secret")), self._secret.encode()):
            return _refusal("refused", "The command does not come from this profile.")
        if envelope.get("waits"):
            # Who gave up meanwhile, as this app was frozen or busy, was told that nothing is done: so be it.
            writer.write(line_of({"heard": True}))
            await writer.drain()
            try:
                async with asyncio.timeout(REQUEST_WITHIN):
                    word = await reader.readline()
            except TimeoutError:
                word = b""
            if word != GO:
                raise ConnectionResetError("who sent the command has given it up")
        try:
            return await self._handler(envelope["request"])
        except Exception:  # noqa: BLE001 - a bug in one command is reported; the app goes on.
            _log.exception("A handed-over command failed")
            return _refusal("internal", "The command failed inside the running app; its log says why.")


async def serve(
    path: Path, handler: Handler, *, lock: ProfileLock, loopback: bool = sys.platform == "win32"
) -> CommandServer:
    """Listen at ``path`` and answer each request with what ``handler`` returns for it.

    What a crash left at ``path`` is replaced, which only the holder of the profile's lock may do.

    Raises:
        RuntimeError: the lock is not held.
        OSError: the path cannot be listened at.
    """
    if not lock.is_held:
        raise RuntimeError("only the holder of the profile's lock may listen for commands")
    secret = secrets.token_hex(16) if loopback else ""
    listening = _listen_on_loopback(path, secret) if loopback else _listen_on_unix_socket(path)
    server = CommandServer(path, handler, secret)
    try:
        await server.start(listening)
    except BaseException:
        listening.close()
        raise
    return server


def _listen_on_unix_socket(path: Path) -> socket.socket:
    if sys.platform == "win32":
        raise OSError("asyncio has no Unix sockets on Windows")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        listening.bind(str(path))
        path.chmod(0o600)  # Nobody can connect before `listen`, which comes later.
    except BaseException:
        listening.close()
        raise
    return listening


def _listen_on_loopback(path: Path, secret: str) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"port": listening.getsockname()[1], "secret": secret}, file)
    except BaseException:
        listening.close()
        raise
    return listening


def _bytes(told: object) -> bytes:
    return str(told).encode(errors="replace")  # JSON can say half of a character.


def _refusal(code: str, message: str) -> Message:
    return {"ok": False, "error": {"code": code, "message": message}}
