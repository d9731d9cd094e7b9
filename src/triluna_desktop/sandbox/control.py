"""The tests' hand on the sandbox, under `/_sandbox/`: faults, log, state, clock, settings, reset.

It asks for `X-Sandbox-Control` with a token that may do everything. It counts for no limit, appears in no log, and
no fault touches it.

| request | body | answer |
|---|---|---|
| GET, POST, DELETE faults | POST: list of fault specs, added to those there | the armed faults |
| POST release | | lets held requests go on |
| POST land | | `landed`: how many requests of `zombie_held` are carried out by now |
| GET log | query `after=VERSION&timeout=SECONDS`: answers once the version is greater | version and requests |
| GET state | | `entries` and `patterns`, all |
| POST load | `entries`, `patterns`: stored as they are, overlapping or not | their ids |
| POST change | `id` of an entry, `fields` that somebody else sets | `changed`: the entry, null if there is none |
| POST remove | `entry_ids`, `pattern_ids` that somebody else deletes | `removed`: how many there were |
| POST clock | `offset_seconds` | the same |
| POST settings | any of `rate_limit`, `allow_overlaps`, `tokens` (as on the command line) | the same |
| POST reset | | everything as at the start, with an empty or freshly seeded calendar |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triluna_desktop.sandbox.faults import FAULT_LIST
from triluna_desktop.sandbox.guard import CONTROL_PREFIX
from triluna_desktop.sandbox.messages import Answer, failure, header_values
from triluna_desktop.sandbox.schemas import LoadInput, WholeEntryInput
from triluna_desktop.sandbox.storage import SlotConflictError
from triluna_desktop.sandbox.tokens import TokenSpecError, parse_token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from triluna_desktop.sandbox.app import Sandbox

LONGEST_WAIT_SECONDS = 60.0


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClockBody(_Body):
    offset_seconds: float


class ChangeBody(_Body):
    id: int
    fields: dict[str, object]


class RemoveBody(_Body):
    entry_ids: list[int] = []
    pattern_ids: list[int] = []


class SettingsBody(_Body):
    rate_limit: Annotated[int, Field(ge=1)] | None = None
    allow_overlaps: bool | None = None
    tokens: list[str] | None = None


class Control:
    """ASGI application of the control surface."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        # Tokens can be replaced by `settings`; the key to this surface cannot.
        self._keys = frozenset(token.text for token in sandbox.initial_tokens if token.is_full)
        self._routes: dict[tuple[str, str], Callable[[Scope, bytes], Awaitable[object]]] = {
            ("GET", "faults"): self._faults,
            ("POST", "faults"): self._arm,
            ("DELETE", "faults"): self._clear,
            ("POST", "release"): self._release,
            ("POST", "land"): self._land,
            ("GET", "log"): self._log,
            ("GET", "state"): self._state,
            ("POST", "load"): self._load,
            ("POST", "change"): self._change,
            ("POST", "remove"): self._remove,
            ("POST", "clock"): self._clock,
            ("POST", "settings"): self._settings,
            ("POST", "reset"): self._reset,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope, (await receive()).get("body", b""))
        await answer.send(send)

    async def _answer(self, scope: Scope, body: bytes) -> Answer:
        if not self._keys.intersection(header_values(scope, b"x-sandbox-control")):
            return failure(403, "X-Sandbox-Control must hold a token that may do everything")
        route = self._routes.get((scope["method"], scope["path"].removeprefix(CONTROL_PREFIX)))
        if route is None:
            return failure(404, "No such control")
        try:
            return Answer.json(200, await route(scope, body))
        except (ValidationError, TokenSpecError) as error:
            return failure(422, "Validation failed", str(error))
        except SlotConflictError as error:
            return failure(409, str(error))

    async def _faults(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        return self._sandbox.faults.shown()

    async def _arm(self, scope: Scope, body: bytes) -> object:
        self._sandbox.faults.arm(FAULT_LIST.validate_json(body))
        return await self._faults(scope, body)

    async def _clear(self, scope: Scope, body: bytes) -> object:
        self._sandbox.faults.clear()
        return await self._faults(scope, body)

    async def _release(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        self._sandbox.faults.release()
        return {}

    async def _land(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        return {"landed": await self._sandbox.faults.land()}

    async def _log(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if "after" in query:
            seconds = min(float(query.get("timeout", ["10"])[0]), LONGEST_WAIT_SECONDS)
            await self._sandbox.log.wait_beyond(int(query["after"][0]), seconds)
        return self._sandbox.log.shown()

    async def _state(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        storage = self._sandbox.storage
        return {"entries": storage.entries(), "patterns": storage.patterns()}

    async def _load(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        wanted = LoadInput.model_validate_json(body)
        entry_ids, pattern_ids = self._sandbox.storage.load(
            [entry.values() for entry in wanted.entries],
            [pattern.values() for pattern in wanted.patterns],
            self._sandbox.clock.stamp(),
        )
        self._sandbox.log.touch()
        return {"entry_ids": entry_ids, "pattern_ids": pattern_ids}

    async def _change(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        wanted, storage = ChangeBody.model_validate_json(body), self._sandbox.storage
        row = storage.entry(wanted.id)
        if row is None:
            return {"changed": None}
        kept = {name: row[name] for name in WholeEntryInput.model_fields}
        entry = WholeEntryInput.model_validate(kept | wanted.fields)
        changed = storage.replace_entry(wanted.id, entry.values(), self._sandbox.clock.stamp())
        self._sandbox.log.touch()
        return {"changed": changed}

    async def _remove(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        wanted, storage = RemoveBody.model_validate_json(body), self._sandbox.storage
        removed = [storage.delete_entry(each) for each in wanted.entry_ids]
        removed += [storage.delete_pattern(each) for each in wanted.pattern_ids]
        self._sandbox.log.touch()
        return {"removed": sum(removed)}

    async def _clock(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        wanted = ClockBody.model_validate_json(body)
        self._sandbox.clock.offset_seconds = wanted.offset_seconds
        return wanted.model_dump()

    async def _settings(self, scope: Scope, body: bytes) -> object:  # noqa: ARG002 - as every route
        wanted = SettingsBody.model_validate_json(body)
        tokens = None if wanted.tokens is None else [parse_token(text) for text in wanted.tokens]
        self._sandbox.configure(wanted.rate_limit, wanted.allow_overlaps, tokens)
        return wanted.model_dump()

    async def _reset(self, scope: Scope, body: bytes) -> object:
        self._sandbox.reset()
        return await self._state(scope, body)
