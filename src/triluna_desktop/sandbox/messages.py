"""Small ASGI building blocks: a whole request, a whole answer, and the error bodies of the guide."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(slots=True)
class Answer:
    """A whole HTTP answer. Header names are lower case."""

    status: int
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    @classmethod
    def json(cls, status: int, content: object, headers: Mapping[str, str] | None = None) -> Answer:
        return cls.of(status, json.dumps(content).encode(), "application/json", headers)

    @classmethod
    def of(cls, status: int, body: bytes, content_type: str, headers: Mapping[str, str] | None = None) -> Answer:
        named = {"content-type": content_type, "content-length": str(len(body))}
        named |= {name.lower(): value for name, value in (headers or {}).items()}
        return cls(status, encode_headers(named), body)

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


def failure(
    status: int, error: str, message: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """An error as the guide shapes it: `error`, and `message` where there is more to say."""
    body = {"error": error} if message is None else {"error": error, "message": message}
    return Answer.json(status, body, headers)


def encode_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def header_values(scope: Scope, name: bytes) -> list[str]:
    """All values of a request header; `name` in lower case."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the whole body first and then goes on with the real one."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


async def collect(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """Run the application and keep its answer instead of sending it."""
    answer = Answer(500)

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    await app(scope, receive, keep)
    return answer
