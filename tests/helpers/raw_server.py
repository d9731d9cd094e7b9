"""A server that answers with given bytes, right or wrong, for what no well-made server would send."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping, Sequence
    from types import TracebackType


@dataclass(frozen=True)
class SeenRequest:
    """One request as it came in. Header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(repr=False)
    body: bytes


def reply(
    status: int = 200,
    body: bytes | str = b"",
    content_type: str | None = "application/json",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A well-formed reply with its length."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if status != 204:
        lines.append(f"Content-Length: {len(raw)}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + raw


def json_reply(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A reply with a JSON body."""
    return reply(status, json.dumps(content), headers=headers)


class RawServer:
    """Listens on 127.0.0.1 while the context is open; answers one request a connection and closes it.

    The replies are given in turn, the last one for all that follow. An empty reply closes without a word; None
    keeps silent until the end. `chunks` sends a reply piece by piece, `pause` seconds apart.
    """

    def __init__(
        self,
        *replies: bytes | None,
        tls: ssl.SSLContext | None = None,
        chunks: Sequence[bytes] = (),
        pause: float = 0.0,
    ) -> None:
        self.requests: list[SeenRequest] = []
        self.seen = asyncio.Event()
        self.port = 0
        self.replies = list(replies)
        self._tls = tls
        self._chunks = chunks
        self._pause = pause
        self._server: asyncio.Server | None = None
        self._silent: set[asyncio.Task[object]] = set()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._silent):
            task.cancel()
        await asyncio.gather(*self._silent, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: asyncio.Task[object] | None = asyncio.current_task()
        assert task is not None
        self._silent.add(task)
        # The client may be gone, and the end of the test cancels those that keep silent.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._answer(reader, writer)
        self._silent.discard(task)
        writer.close()
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        answer = self.replies.pop(0) if len(self.replies) > 1 else (self.replies or [b""])[0]
        self.requests.append(SeenRequest(method, target, headers, body))
        self.seen.set()
        if answer is None:
            await asyncio.Event().wait()
            return
        writer.write(answer)
        await writer.drain()
        for chunk in self._chunks:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(self._pause)
