"""What the sandbox was asked, for tests to read and to wait on."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from triluna_desktop.sandbox.messages import replay

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from triluna_desktop.sandbox.clock import Clock

KEPT = 20_000

FAULT_KEY = "sandbox.fault"
"""Where the fault layer writes, in the ASGI scope, which faults it played."""


@dataclass(slots=True)
class Seen:
    """One request. `status` is None while it runs and when the connection was dropped; `time` is epoch seconds."""

    method: str
    path: str
    query: str
    body: str
    time: float
    status: int | None = None
    faults: tuple[str, ...] = ()
    done: bool = False


class RequestLog:
    """ASGI middleware that notes each request, and a version that grows with each thing that happens."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self.version = 0
        self._app = app
        self._clock = clock
        self._seen: deque[Seen] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = (await receive()).get("body", b"")
        seen = Seen(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            body=body.decode("utf-8", "replace"),
            time=self._clock.now(),
        )
        self._seen.append(seen)
        self.touch()

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
            await send(message)

        try:
            await self._app(scope, replay(body, receive), send_noting)
        finally:
            seen.faults = tuple(scope.get(FAULT_KEY, ()))
            seen.done = True
            self.touch()

    def touch(self) -> None:
        """Wake those who wait: something happened."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_beyond(self, version: int, timeout: float) -> None:  # noqa: ASYNC109 - the caller is HTTP
        """Return once the version is greater than this, or after `timeout` seconds."""
        if self.version <= version:
            try:
                await asyncio.wait_for(self._changed.wait(), timeout)
            except TimeoutError:
                return

    def shown(self) -> dict[str, object]:
        return {"version": self.version, "requests": [asdict(seen) for seen in self._seen]}

    def clear(self) -> None:
        self._seen.clear()
        self.touch()
