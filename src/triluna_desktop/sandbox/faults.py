"""The sandbox told to fail: which faults wait for which requests, and the layer that plays them.

A fault is played below the log and above token, limit and validation: like a network or a proxy that misbehaves.
The kinds themselves are in `fault_kinds`.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from triluna_desktop.sandbox.fault_kinds import KINDS, PAUSES, Exchange, Kind
from triluna_desktop.sandbox.request_log import FAULT_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from triluna_desktop.sandbox.fault_kinds import Act


class FaultSpec(BaseModel):
    """One fault. None matches everything.

    `times`: how many requests it hits, 0 is all; `skip`: how many matching ones pass before; `probability`: of
    hitting a matching one, drawn from a seeded generator; `seconds`, `status`, `headers`, `body`: as the kind
    uses them; `apply`: whether `raw` and `captive_portal` let the request through to the calendar first.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    method: str | None = None
    path_contains: str | None = None
    times: Annotated[int, Field(ge=0)] = 1
    skip: Annotated[int, Field(ge=0)] = 0
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    seconds: Annotated[float, Field(ge=0)] | None = None
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str] = {}
    body: str | None = None
    apply: bool = False


FAULT_LIST = TypeAdapter(list[FaultSpec])


class _Armed:
    """A fault with its counts."""

    def __init__(self, spec: FaultSpec) -> None:
        self.spec = spec
        self._to_skip = spec.skip
        self._played = 0
        self._random = random.Random(0)  # noqa: S311 - repeatable chance is the point

    def hits(self, scope: Scope) -> bool:
        """Whether this request is hit; counts it."""
        spec = self.spec
        if spec.method is not None and spec.method.upper() != scope["method"]:
            return False
        if spec.path_contains is not None and spec.path_contains not in scope["path"]:
            return False
        if spec.times and self._played >= spec.times:
            return False
        if self._to_skip:
            self._to_skip -= 1
            return False
        if spec.probability is not None and self._random.random() >= spec.probability:
            return False
        self._played += 1
        return True


class Faults:
    """ASGI middleware. Of the faults that hit a request, pauses add up and the first of the others is played."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._armed: list[_Armed] = []
        self._generation = 0
        self._released = asyncio.Event()
        self._late: set[asyncio.Task[None]] = set()
        self._held_late: list[Exchange] = []
        self.on_late_write: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hit = self._hit(scope)
        scope[FAULT_KEY] = [spec.kind for spec in hit]
        if not hit:
            await self._app(scope, receive, send)
            return
        generation = self._generation
        message = await receive()
        act: Act | None = None
        spec = hit[0]
        pauses_after: list[FaultSpec] = []
        for candidate in hit:
            if candidate.kind in PAUSES:
                if candidate.kind in ("delay", "hold"):
                    await self._pause(candidate)
                else:
                    pauses_after.append(candidate)
            elif act is None:
                act, spec = KINDS[candidate.kind], candidate
        exchange = Exchange(self._app, scope, message.get("body", b""), receive, send, self._start_late)
        if generation != self._generation:
            await exchange.drop()
            return
        if pauses_after:
            await exchange.apply()
            for pause in pauses_after:
                await self._pause(pause)
        await (act or Exchange.pass_on)(exchange, spec)

    def arm(self, specs: list[FaultSpec]) -> None:
        """Add these after those that are there."""
        self._armed.extend(_Armed(spec) for spec in specs)

    def clear(self) -> None:
        """Forget the faults; requests held by one go on."""
        self._armed.clear()
        self.release()

    def release(self) -> None:
        """Let the requests go on that `hold` and `hold_after` keep now."""
        self._released.set()
        self._released = asyncio.Event()

    def abandon(self) -> None:
        """Forget everything: requests that wait before the calendar are dropped, late writes never happen."""
        self._generation += 1
        for task in self._late:
            task.cancel()
        self._held_late.clear()
        self.clear()

    async def land(self) -> int:
        """Carry out what `zombie_held` keeps, in order; how many requests that were."""
        held, self._held_late = self._held_late, []
        for exchange in held:
            await exchange.apply()
            self.on_late_write()
        return len(held)

    def shown(self) -> list[dict[str, object]]:
        return [armed.spec.model_dump() for armed in self._armed]

    def _hit(self, scope: Scope) -> list[FaultSpec]:
        hit: list[FaultSpec] = []
        settled = False
        for armed in self._armed:
            # A second ending cannot be played: it waits for a later request.
            ends = armed.spec.kind not in PAUSES
            if ends and settled:
                continue
            if armed.hits(scope):
                hit.append(armed.spec)
                settled = settled or ends
        return hit

    async def _pause(self, spec: FaultSpec) -> None:
        if spec.kind in ("delay", "delay_after"):
            await asyncio.sleep(spec.seconds if spec.seconds is not None else 1.0)
        else:
            await self._released.wait()

    def _start_late(self, seconds: float | None, exchange: Exchange) -> None:
        if seconds is None:
            self._held_late.append(exchange)
            return

        async def write_late() -> None:
            await asyncio.sleep(seconds)
            await exchange.apply()
            self.on_late_write()

        task = asyncio.create_task(write_late(), name="late write")
        self._late.add(task)
        task.add_done_callback(self._late.discard)
