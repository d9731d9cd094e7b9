"""What keeps a server on this machine safe from the web pages a browser on it shows.

The exact Host is required (a page that rebinds its name to 127.0.0.1 has another), any Origin is refused (so no
page can send a request with its own script), and bodies are small.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from triluna_desktop.sandbox.messages import failure, header_values, replay

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from triluna_desktop.sandbox.messages import Answer

BODY_LIMIT = 64 * 1024
CONTROL_BODY_LIMIT = 64 * 1024 * 1024
"""Tests load calendars of 100,000 entries at once."""

CONTROL_PREFIX = "/_sandbox/"

_CLOSE = {"Connection": "close"}


class Guard:
    """Outermost ASGI middleware. Inner layers receive the whole body in one message."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the sandbox speaks HTTP only, not {scope['type']}")
        if (refusal := self._refusal(scope)) is not None:
            await refusal.send(send)
            return
        limit = CONTROL_BODY_LIMIT if scope["path"].startswith(CONTROL_PREFIX) else BODY_LIMIT
        try:
            body = await _read_body(scope, receive, limit)
        except _BodyTooLargeError:
            await failure(413, "Request too large", f"A body may have {limit} bytes", _CLOSE).send(send)
        except _ClientGoneError:
            return  # Half a body is no request.
        else:
            await self._answer(scope, replay(body, receive), send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # The server ends. Without this uvicorn would answer 500, which a server that goes away does not.
            scope["state"]["transport"].abort()
            raise

    def _refusal(self, scope: Scope) -> Answer | None:
        hosts = header_values(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return failure(403, "Host refused", f"The sandbox answers to {' and '.join(self._hosts)}", _CLOSE)
        if header_values(scope, b"origin"):
            return failure(403, "Origin refused", "The sandbox does not answer web pages", _CLOSE)
        return None


class _BodyTooLargeError(Exception):
    pass


class _ClientGoneError(Exception):
    pass


async def _read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    declared = next(iter(header_values(scope, b"content-length")), "0")
    if declared.isdigit() and int(declared) > limit:
        raise _BodyTooLargeError
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _ClientGoneError
        body += message.get("body", b"")
        if len(body) > limit:
            raise _BodyTooLargeError
        more = message.get("more_body", False)
    return bytes(body)
