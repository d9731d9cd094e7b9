"""How the sandbox is put together.

Guard (host, origin, size)
  ├─ /_sandbox/…  Control
  └─ RequestLog ─ Faults ─ Gate (token, rate, scope) ─ FastAPI (validation, endpoints, documentation)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

import triluna_desktop
from triluna_desktop.sandbox.control import Control
from triluna_desktop.sandbox.docs_page import DOCS_HEADERS, docs_page
from triluna_desktop.sandbox.endpoints import (
    NotDeclaredAsJsonError,
    NotFoundError,
    UnexpectedQueryError,
    make_router,
)
from triluna_desktop.sandbox.faults import Faults
from triluna_desktop.sandbox.gate import Gate
from triluna_desktop.sandbox.guard import CONTROL_PREFIX, Guard
from triluna_desktop.sandbox.request_log import RequestLog
from triluna_desktop.sandbox.storage import SlotConflictError
from triluna_desktop.sandbox.tokens import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from triluna_desktop.sandbox.clock import Clock
    from triluna_desktop.sandbox.storage import Storage
    from triluna_desktop.sandbox.tokens import Token

SHOWN_PROBLEMS = 5


class Sandbox:
    """The parts of one running sandbox and the ASGI application they make."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        tokens: list[Token],
        rate_limit: int,
        port: int,
        seed: Callable[[Storage, Clock], None],
    ) -> None:
        self.storage = storage
        self.clock = clock
        self.initial_tokens = tokens
        self._initial_settings = (rate_limit, storage.allow_overlaps)
        self._seed = seed
        self._limiter = RateLimiter(clock, rate_limit)
        self._gate = Gate(make_api(storage, clock, port), clock, self._limiter, tokens)
        self.faults = Faults(self._gate)
        self.log = RequestLog(self.faults, clock)
        self.faults.on_late_write = self.log.touch
        self.app: ASGIApp = Guard(_Fork(Control(self), self.log), port)

    def configure(self, rate_limit: int | None, allow_overlaps: bool | None, tokens: list[Token] | None) -> None:
        """Change what is not None."""
        if rate_limit is not None:
            self._limiter.limit = rate_limit
        if allow_overlaps is not None:
            self.storage.allow_overlaps = allow_overlaps
        if tokens is not None:
            self._gate.tokens = tokens

    def reset(self) -> None:
        """As at the start, with an empty or freshly seeded calendar; only ids go on counting."""
        self.faults.abandon()
        self.clock.offset_seconds = 0.0
        self._limiter.forget()
        self.configure(*self._initial_settings, self.initial_tokens)
        self.storage.wipe()
        self._seed(self.storage, self.clock)
        self.log.clear()


class _Fork:
    def __init__(self, control: ASGIApp, public: ASGIApp) -> None:
        self._control = control
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._control if scope["path"].startswith(CONTROL_PREFIX) else self._public
        await app(scope, receive, send)


def make_api(storage: Storage, clock: Clock, port: int) -> FastAPI:
    """The endpoints and the documentation, without what stands around them."""
    app = FastAPI(
        title="TriLuna Calendar API (sandbox)",
        version=triluna_desktop.__version__,
        description="A strict stand-in for the public calendar API, on this machine only.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Framework errors are answered below, as the guide shapes them.
        exception_handlers={
            RequestValidationError: _invalid,
            HTTPException: _http_error,
            NotFoundError: _not_found,
            NotDeclaredAsJsonError: _not_json,
            UnexpectedQueryError: _unexpected_query,
            SlotConflictError: _conflict,
        },
    )
    app.include_router(make_router(storage, clock))

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(port), headers=DOCS_HEADERS)

    return app


async def _invalid(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - FastAPI's signature
    if not isinstance(error, RequestValidationError):
        raise error
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return JSONResponse({"error": "Invalid JSON", "message": "The body is no JSON"}, 400)
    sentences: list[str] = []
    for problem in problems[:SHOWN_PROBLEMS]:
        # The first part of a place is "body", "query" or "path".
        place = ".".join(str(part) for part in problem["loc"][1:])
        text = str(problem["msg"]).removeprefix("Value error, ")
        sentences.append(f"{place}: {text}" if place else text)
    return JSONResponse({"error": "Validation failed", "message": "; ".join(sentences)}, 422)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 400:  # FastAPI's answer to a body that is not even text.
        return JSONResponse({"error": "Invalid JSON", "message": "The body is no JSON"}, 400)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(request))
    return JSONResponse({"error": error.detail}, error.status_code, headers=headers)


def _methods(request: Request) -> list[str]:
    """What this path can do. The framework names only the methods of the first route with the path."""
    app: FastAPI = request.app
    return sorted(
        method.upper()
        for path, methods in app.openapi()["paths"].items()
        if re.fullmatch(path.replace("{id}", "[^/]+"), request.url.path)
        for method in methods
    )


async def _not_json(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - FastAPI's signature
    body = {"error": "Unsupported media type", "message": "The body must be sent as application/json"}
    return JSONResponse(body, 415)


async def _not_found(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - FastAPI's signature
    return JSONResponse({"error": str(error)}, 404)


async def _unexpected_query(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - FastAPI's signature
    return JSONResponse({"error": "Validation failed", "message": str(error)}, 422)


async def _conflict(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - FastAPI's signature
    if not isinstance(error, SlotConflictError):
        raise error
    return JSONResponse({"error": "Time slot conflict", "message": str(error), "conflicts": error.conflicts}, 409)
