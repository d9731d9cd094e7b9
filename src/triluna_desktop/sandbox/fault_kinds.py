"""The kinds of failure the sandbox can play on a request, each on the real socket.

| kind | what the client meets | is the request applied? |
|---|---|---|
| delay, hold | a wait of `seconds`, or until released | after the wait, even if the client has gone |
| delay_after, hold_after | the same | before the wait |
| drop_before, drop_after | connection reset | no, yes |
| zombie | connection reset | `seconds` later |
| zombie_held | connection reset | when the control surface says `land` |
| status_before, status_after | `status` (500) | no, yes |
| truncate | the header of the true answer and half of its body | yes |
| slow_drip | the true answer, a byte every `seconds` (0.2) | yes |
| empty_list | 200 with every list emptied | yes |
| no_content | 204 without a body | yes |
| gzip_bomb | 64 MB of JSON in 64 KB of gzip | yes |
| big_header | the true answer with a header of 200 KB | yes |
| captive_portal | 200 with a login page in HTML | only with `apply` |
| redirect | 302 to `headers.Location` or a portal | no |
| raw | `status`, `headers`, `body` as given | only with `apply` |
"""

from __future__ import annotations

import asyncio
import functools
import gzip
import json
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

from triluna_desktop.sandbox.messages import Answer, collect, encode_headers, failure, replay

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from triluna_desktop.sandbox.faults import FaultSpec

Kind = Literal[
    "delay",
    "delay_after",
    "hold",
    "hold_after",
    "drop_before",
    "drop_after",
    "zombie",
    "zombie_held",
    "status_before",
    "status_after",
    "truncate",
    "slow_drip",
    "empty_list",
    "no_content",
    "gzip_bomb",
    "big_header",
    "captive_portal",
    "redirect",
    "raw",
]

PAUSES: frozenset[str] = frozenset({"delay", "delay_after", "hold", "hold_after"})

BOMB_BYTES = 64 * 1024 * 1024
BIG_HEADER_BYTES = 200 * 1024
PORTAL_PAGE = b"<!doctype html><html><title>Welcome</title><body><h1>Sign in to the network</h1></body></html>"
PORTAL_ADDRESS = "https://portal.invalid/sign-in"

# A linger of 0 seconds: closing sends a reset at once instead of an orderly end.
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class Exchange:
    """One request that a fault has hold of."""

    def __init__(
        self,
        app: ASGIApp,
        scope: Scope,
        body: bytes,
        receive: Receive,
        send: Send,
        start_late: Callable[[float | None, Exchange], None],
    ) -> None:
        self.method: str = scope["method"]
        self._app = app
        self._scope = scope
        self._body = body
        self._receive = receive
        self._send = send
        self._start_late = start_late
        self._answer: Answer | None = None

    async def apply(self) -> Answer:
        """Let the calendar have the request, once, and keep its answer."""
        if self._answer is None:
            self._answer = await collect(self._app, self._scope, replay(self._body, self._receive))
        return self._answer

    def apply_late(self, seconds: float | None) -> None:
        """After so many seconds; None: when told to."""
        self._start_late(seconds, self)

    async def send(self, answer: Answer) -> None:
        await answer.send(self._send)

    async def pass_on(self, spec: FaultSpec) -> None:  # noqa: ARG002 - as every act
        """The true answer."""
        await self.send(await self.apply())

    async def send_slowly(self, answer: Answer, seconds: float) -> None:
        await self._send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        for index in range(len(answer.body)):
            if self._transport.is_closing():
                return
            chunk = answer.body[index : index + 1]
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(seconds)
        await self._send({"type": "http.response.body", "body": b""})

    async def cut_off(self, answer: Answer) -> None:
        """Announce the whole answer, send half of it and end the connection in order."""
        await self._send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        half = answer.body[: len(answer.body) // 2]
        await self._send({"type": "http.response.body", "body": half, "more_body": True})
        self._transport.close()
        await self._gone()

    async def drop(self) -> None:
        """Reset the connection."""
        connection: socket.socket = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self._transport.abort()
        await self._gone()

    @property
    def _transport(self) -> asyncio.Transport:
        transport: asyncio.Transport = self._scope["state"]["transport"]
        return transport

    async def _gone(self) -> None:
        # uvicorn answers 500 for an application that returns unanswered, unless it has seen the connection end.
        while (await self._receive())["type"] != "http.disconnect":
            pass


Act = Callable[[Exchange, "FaultSpec"], Awaitable[None]]


async def _drop_before(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    await exchange.drop()


async def _drop_after(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    await exchange.apply()
    await exchange.drop()


async def _zombie(exchange: Exchange, spec: FaultSpec) -> None:
    exchange.apply_late(spec.seconds if spec.seconds is not None else 1.0)
    await exchange.drop()


async def _zombie_held(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    exchange.apply_late(None)
    await exchange.drop()


async def _status_before(exchange: Exchange, spec: FaultSpec) -> None:
    status = spec.status or 500
    if spec.body is None:
        answer = failure(status, f"Fault of the sandbox ({status})", headers=spec.headers)
    else:
        answer = Answer.of(status, spec.body.encode(), "application/json", spec.headers)
    await exchange.send(answer)


async def _status_after(exchange: Exchange, spec: FaultSpec) -> None:
    await exchange.apply()
    await _status_before(exchange, spec)


async def _truncate(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    await exchange.cut_off(await exchange.apply())


async def _slow_drip(exchange: Exchange, spec: FaultSpec) -> None:
    await exchange.send_slowly(await exchange.apply(), spec.seconds if spec.seconds is not None else 0.2)


async def _empty_list(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    answer = await exchange.apply()
    if answer.status != 200:
        await exchange.send(answer)
        return
    body = {key: [] if isinstance(value, list) else value for key, value in json.loads(answer.body).items()}
    await exchange.send(Answer.json(200, body))


async def _no_content(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    answer = await exchange.apply()
    await exchange.send(Answer(204) if answer.status < 300 else answer)


async def _gzip_bomb(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    answer = await exchange.apply()
    await exchange.send(
        Answer.of(
            answer.status, _bomb(), "application/json", {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        )
    )


@functools.cache
def _bomb() -> bytes:
    return gzip.compress(b'{"availability": [' + b" " * BOMB_BYTES + b"]}", mtime=0)


async def _big_header(exchange: Exchange, spec: FaultSpec) -> None:  # noqa: ARG001 - as every act
    answer = await exchange.apply()
    answer.headers = [*answer.headers, *encode_headers({"X-Padding": "x" * BIG_HEADER_BYTES})]
    await exchange.send(answer)


async def _captive_portal(exchange: Exchange, spec: FaultSpec) -> None:
    if spec.apply:
        await exchange.apply()
    await exchange.send(Answer.of(spec.status or 200, PORTAL_PAGE, "text/html; charset=utf-8", spec.headers))


async def _redirect(exchange: Exchange, spec: FaultSpec) -> None:
    headers = {"Location": PORTAL_ADDRESS} | spec.headers
    await exchange.send(Answer.of(spec.status or 302, b"", "text/html", headers))


async def _raw(exchange: Exchange, spec: FaultSpec) -> None:
    if spec.apply:
        await exchange.apply()
    await exchange.send(
        Answer.of(spec.status or 200, (spec.body or "").encode(), "application/json", spec.headers)
    )


KINDS: dict[str, Act] = {
    "drop_before": _drop_before,
    "drop_after": _drop_after,
    "zombie": _zombie,
    "zombie_held": _zombie_held,
    "status_before": _status_before,
    "status_after": _status_after,
    "truncate": _truncate,
    "slow_drip": _slow_drip,
    "empty_list": _empty_list,
    "no_content": _no_content,
    "gzip_bomb": _gzip_bomb,
    "big_header": _big_header,
    "captive_portal": _captive_portal,
    "redirect": _redirect,
    "raw": _raw,
}
"""What ends a request. The pauses are not among them: they only come before one."""
