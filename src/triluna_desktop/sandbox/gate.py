"""Who may pass to the endpoints: token, rate limit, scope; in this order and before any validation.

So a POST that cannot pass validation tells a client whether its token may write, without anything being written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.sandbox.endpoints import PREFIX
from triluna_desktop.sandbox.messages import encode_headers, failure, header_values
from triluna_desktop.sandbox.tokens import READ_SCOPES, WRITE_SCOPES, RateLimiter, Token

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from triluna_desktop.sandbox.clock import Clock
    from triluna_desktop.sandbox.messages import Answer

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Gate:
    """ASGI middleware around the endpoints. Other paths (the documentation) pass freely."""

    def __init__(self, app: ASGIApp, clock: Clock, limiter: RateLimiter, tokens: list[Token]) -> None:
        self.tokens = tokens
        self._app = app
        self._clock = clock
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_api_path(scope["path"]):
            await self._app(scope, receive, send)
            return
        token = self._token(scope)
        if not isinstance(token, Token):
            await token.send(send)
            return
        admitted, rate_headers = self._limiter.admit(token)
        if not admitted:
            refusal = failure(
                429,
                "Rate limit exceeded",
                f"An API token may make {self._limiter.limit} requests per hour",
                rate_headers,
            )
            await refusal.send(send)
            return

        async def send_with_rate(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *encode_headers(rate_headers)]
            await send(message)

        if (objection := _objection(scope, token)) is not None:
            await objection.send(send_with_rate)
            return
        await self._app(scope, receive, send_with_rate)

    def _token(self, scope: Scope) -> Token | Answer:
        authorizations = header_values(scope, b"authorization")
        if authorizations:
            scheme, _, text = authorizations[0].partition(" ")
            if scheme != "Bearer" or len(authorizations) > 1:
                return failure(401, "Authorization must be given once, as: Bearer TOKEN", headers=_CHALLENGE)
        else:
            text = next(iter(header_values(scope, b"x-api-key")), "")
            if not text:
                return failure(401, "An API token is required", headers=_CHALLENGE)
        token = next((known for known in self.tokens if known.text == text), None)
        if token is None:
            return failure(401, "Invalid API token", headers=_CHALLENGE)
        if token.expires is not None and token.expires <= self._clock.now():
            return failure(401, "The API token has expired", headers=_CHALLENGE)
        return token


def is_api_path(path: str) -> bool:
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _objection(scope: Scope, token: Token) -> Answer | None:
    reads = scope["method"] in ("GET", "HEAD", "OPTIONS")
    needed = READ_SCOPES if reads else WRITE_SCOPES
    if not token.may(needed):
        return failure(403, "Insufficient permissions", f"API token requires {needed[0]} scope")
    return None
