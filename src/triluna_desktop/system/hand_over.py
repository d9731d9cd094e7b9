"""Hands a command to the process that owns a profile. Little is imported here: a person waits for the answer.

One JSON object on a line each way. A command that shall not be carried out behind the back of who has given it up
(the app was frozen, say) goes in three steps: the request, a line that it was heard, and the word to go ahead.
"""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    Message: TypeAlias = dict[str, Any]

REQUEST_BYTES = 16_000_000
"""A file of the largest size that is imported (`terminal_files`) fits."""
REPLY_BYTES = 32_000_000
"""A list of all entries of ten years fits."""
GO = b"go\n"


class NoReplyError(Exception):
    """The request reached a running app, but no answer came: it may have been carried out."""


class NotHeardError(NoReplyError):
    """Somebody listens, but does not read: the request was not carried out, and will not be."""


def ask(path: Path, request: Message, timeout: float, *, heard_within: float | None = None) -> Message | None:
    """Hand the request to whoever listens at ``path``; None if nobody does. Blocks for up to ``timeout`` seconds.

    With ``heard_within``, the request is carried out only if who listens says in so many seconds that it heard it.

    Raises:
        NotHeardError: it did not; the request is not carried out, now or later.
        NoReplyError: the request was sent, and no whole answer came within the time.
        ValueError: the request is larger than `REQUEST_BYTES`.
    """
    until = time.monotonic() + timeout
    found = _connect(path, timeout if heard_within is None else heard_within)
    if found is None:
        return None
    connection, secret = found
    with connection:
        line = line_of({"secret": secret, "request": request, "waits": heard_within is not None})
        if len(line) > REQUEST_BYTES:
            raise ValueError(f"the command has {len(line)} bytes, more than {REQUEST_BYTES}")
        if heard_within is not None:
            said = _say_and_wait(connection, line, time.monotonic() + heard_within)
            if said is None or said != {"heard": True}:
                return said
            line = GO
        try:
            connection.sendall(line)
            answer = json.loads(_read_line(connection, until))
        except (OSError, ValueError) as error:
            raise NoReplyError(f"the running app gave no answer: {error}") from error
    return _object(answer)


def is_listened_at(path: Path) -> bool:
    """Whether somebody takes commands at ``path``."""
    found = _connect(path, 1.0)
    if found is None:
        return False
    found[0].close()
    return True


def _say_and_wait(connection: socket.socket, line: bytes, until: float) -> Message | None:
    """Send the request; what is said to it, or None where who listened ends just now."""
    try:
        connection.settimeout(max(until - time.monotonic(), 0.001))
        connection.sendall(line)
        return _object(json.loads(_read_line(connection, until)))
    except TimeoutError as error:
        raise NotHeardError("the running app does not answer") from error
    except (NoReplyError, OSError, ValueError):
        return None


def _read_line(connection: socket.socket, until: float) -> bytes:
    found = bytearray()
    while not found.endswith(b"\n"):
        connection.settimeout(max(until - time.monotonic(), 0.001))
        chunk = connection.recv(65_536)
        if not chunk or len(found) + len(chunk) > REPLY_BYTES:
            raise NoReplyError("the running app gave no whole answer")
        found += chunk
    return bytes(found)


def _object(answer: object) -> Message:
    if not isinstance(answer, dict):
        raise NoReplyError("the running app's answer is no JSON object")
    return answer


def _connect(path: Path, timeout: float) -> tuple[socket.socket, str] | None:
    """A connection and the secret to say on it, or None if nobody listens."""
    address: str | tuple[str, int] = str(path)
    secret = ""
    family = getattr(socket, "AF_UNIX", socket.AF_INET)  # Windows has no such attribute.
    try:
        if path.is_file():  # A Unix socket is none.
            where = json.loads(path.read_text(encoding="utf-8"))
            address, secret, family = ("127.0.0.1", int(where["port"])), str(where["secret"]), socket.AF_INET
        elif not path.exists():
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # Being written just now, or left half written by a crash.
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        return None
    return connection, secret


def line_of(message: Message) -> bytes:
    """The message as it goes over the socket."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"
