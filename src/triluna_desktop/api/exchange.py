"""From a request to what it means: the transport, then the judgement of the reply, then the codec.

Imported with the first request; see `client`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import anyio

from triluna_desktop.api.codec import UnreadableError
from triluna_desktop.api.errors import open_reply
from triluna_desktop.api.limits import SYSTEM_PROXY, THREAD_LIMIT
from triluna_desktop.api.transport import Transport
from triluna_desktop.domain.remote import RemoteError, Trouble, UncertainError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from triluna_desktop.api.bearer import Bearer
    from triluna_desktop.api.budget import RequestBudget
    from triluna_desktop.api.limits import Timeouts
    from triluna_desktop.api.transport import Reply
    from triluna_desktop.domain.time import Clock

_T = TypeVar("_T")


class Exchange:
    """Requests and their outcomes. Who sends one has taken it from the budget, which is told of the reply."""

    def __init__(
        self, base_url: str, timeouts: Timeouts, clock: Clock, budget: RequestBudget, proxy: str = SYSTEM_PROXY
    ) -> None:
        """Reads the system's certificates: make it on a worker thread. Raises what `Transport` raises."""
        # httpx's backend is otherwise imported by the first request, where the window is drawn: 20 ms.
        anyio.run(anyio.sleep, 0)
        self._transport = Transport(base_url, timeouts, clock.now, proxy)
        self._clock = clock
        self._budget = budget

    async def run(
        self,
        method: str,
        path: str,
        bearer: Bearer,
        read: Callable[[object], _T],
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> _T:
        """One request; ``read`` is given the JSON document of its reply, None for an empty body.

        Raises:
            RemoteError: it did not end well.
        """
        began = self._clock.monotonic()
        reply = await self._transport.send(method, path, bearer, query=query, body=body)
        asked = reply.retry_after if reply.status in (429, 503) else None
        await self._budget.note_reply(reply.headers, asked, self._clock.monotonic() - began)
        if len(reply.body) > THREAD_LIMIT:
            return await asyncio.to_thread(_outcome, reply, bearer, read)
        return _outcome(reply, bearer, read)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _outcome(reply: Reply, bearer: Bearer, read: Callable[[object], _T]) -> _T:
    document = open_reply(reply, bearer.hide)
    failure: RemoteError
    try:
        return read(document)
    except UnreadableError:
        failure = UncertainError(Trouble.UNREADABLE, status=reply.status)
    raise failure
