"""The seven endpoints. Who may call them is settled before, in `gate`."""

# No `from __future__ import annotations` here: FastAPI reads the annotations, some of them local to `make_router`.

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader, HTTPBearer

from triluna_desktop.sandbox import schemas
from triluna_desktop.sandbox.clock import Clock
from triluna_desktop.sandbox.storage import Storage

PREFIX = "/api/public"

# Both only describe, for the OpenAPI document: `gate` has looked at the token before the router is reached.
_BEARER = HTTPBearer(
    auto_error=False, scheme_name="bearer", description="The token of Profile Settings > API Access."
)
_API_KEY = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="apiKey", description="The same token.")

Identifier = Annotated[int, Path(ge=1, le=schemas.ID_LIMIT)]

_RATE_HEADERS = {
    "X-RateLimit-Limit": {"description": "Requests an hour", "schema": {"type": "integer"}},
    "X-RateLimit-Remaining": {"description": "Requests left", "schema": {"type": "integer"}},
    "X-RateLimit-Reset": {"description": "Unix time when a request is free again", "schema": {"type": "integer"}},
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": schemas.Failure, "description": "No token, an unknown one, or an expired one"},
    403: {"model": schemas.ExplainedFailure, "description": "The token lacks the scope"},
    422: {"model": schemas.ExplainedFailure, "description": "Something in the request is not valid"},
    429: {
        "model": schemas.ExplainedFailure,
        "description": "Too many requests in the last hour",
        "headers": {
            **_RATE_HEADERS,
            "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}},
        },
    },
}
_BODY_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": schemas.ExplainedFailure, "description": "The body is no JSON"},
    413: {"model": schemas.ExplainedFailure, "description": "The body is too large"},
    415: {"model": schemas.ExplainedFailure, "description": "The body is not declared as application/json"},
}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": schemas.Failure, "description": "No such id"}}
_CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": schemas.ConflictFailure, "description": "The slot overlaps others"}
}


class NotFoundError(Exception):
    """There is nothing with the id in the path; the message is what the answer says."""


class UnexpectedQueryError(Exception):
    """The endpoint takes no query; the message is what the answer says."""


async def _refuse_query(request: Request) -> None:
    if request.query_params:
        raise UnexpectedQueryError(f"{next(iter(request.query_params))}: this request takes no query parameters")


class NotDeclaredAsJsonError(Exception):
    """A body came without `Content-Type: application/json`: what a web page's form could send."""


async def _require_json(request: Request) -> None:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise NotDeclaredAsJsonError


_NO_QUERY = Depends(_refuse_query)
# FastAPI asks its dependencies before it validates the body: a wrong content type is said first.
_JSON = Depends(_require_json)


def _saved(key: str, row: object, status: int) -> JSONResponse:
    return JSONResponse({"success": True, key: row}, status)


def make_router(storage: Storage, clock: Clock) -> APIRouter:
    """The endpoints over this storage, as `/api/public/calendar/…`."""
    router = APIRouter(
        prefix=f"{PREFIX}/calendar",
        dependencies=[Security(_BEARER), Security(_API_KEY)],
        responses=_REFUSALS,
        redirect_slashes=False,
    )

    # The answers are built by hand from checked rows: the models beside them are what the document says, and
    # schemathesis holds the two together.

    @router.get("/availability", response_model=schemas.AvailabilityList, tags=["availability"])
    async def read_availability(query: Annotated[schemas.AvailabilityQuery, Query()]) -> JSONResponse:
        """Read calendar entries."""
        answer: dict[str, object] = {"availability": storage.entries(query.start_date, query.end_date)}
        if query.include_recurring == "true":
            answer["recurring"] = storage.patterns()
        return JSONResponse(answer)

    @router.post(
        "/availability",
        status_code=201,
        response_model=schemas.SavedEntry,
        responses={**_BODY_REFUSALS, **_CONFLICT},
        dependencies=[_NO_QUERY, _JSON],
        tags=["availability"],
    )
    async def create_entry(
        entry: schemas.EntryInput,
    ) -> JSONResponse:
        """Create a calendar entry."""
        return _saved("availability", storage.add_entry(entry.values(), clock.stamp()), 201)

    @router.put(
        "/availability/{id}",
        response_model=schemas.SavedEntry,
        responses={**_BODY_REFUSALS, **_NOT_FOUND, **_CONFLICT},
        dependencies=[_NO_QUERY, _JSON],
        tags=["availability"],
    )
    async def update_entry(
        id: Identifier,  # noqa: A002 - the guide's name of the parameter
        entry: schemas.WholeEntryInput,
    ) -> JSONResponse:
        """Update a calendar entry: the whole of it."""
        row = storage.replace_entry(id, entry.values(), clock.stamp())
        if row is None:
            raise NotFoundError("Calendar entry not found")
        return _saved("availability", row, 200)

    @router.delete(
        "/availability/{id}",
        response_model=schemas.Deleted,
        responses=_NOT_FOUND,
        dependencies=[_NO_QUERY],
        tags=["availability"],
    )
    async def delete_entry(
        id: Identifier,  # noqa: A002 - the guide's name of the parameter
    ) -> JSONResponse:
        """Delete a calendar entry."""
        if not storage.delete_entry(id):
            raise NotFoundError("Calendar entry not found")
        return JSONResponse({"success": True})

    @router.get("/recurring", response_model=schemas.PatternList, dependencies=[_NO_QUERY], tags=["recurring"])
    async def read_recurring() -> JSONResponse:
        """Read recurring patterns."""
        return JSONResponse({"recurring": storage.patterns()})

    @router.post(
        "/recurring",
        status_code=201,
        response_model=schemas.SavedPattern,
        responses={**_BODY_REFUSALS, **_CONFLICT},
        dependencies=[_NO_QUERY, _JSON],
        tags=["recurring"],
    )
    async def create_recurring(
        pattern: schemas.PatternInput,
    ) -> JSONResponse:
        """Create a recurring pattern."""
        return _saved("recurring", storage.add_pattern(pattern.values()), 201)

    @router.delete(
        "/recurring/{id}",
        response_model=schemas.Deleted,
        responses=_NOT_FOUND,
        dependencies=[_NO_QUERY],
        tags=["recurring"],
    )
    async def delete_recurring(
        id: Identifier,  # noqa: A002 - the guide's name of the parameter
    ) -> JSONResponse:
        """Delete a recurring pattern."""
        if not storage.delete_pattern(id):
            raise NotFoundError("Recurring pattern not found")
        return JSONResponse({"success": True})

    return router
