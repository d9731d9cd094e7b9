"""Who may ask, and how often: tokens with scopes and expiry, and a limit of requests in any hour for each token.

Standard library only: the command line parses tokens before the server is loaded.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.sandbox.clock import Clock

READ_SCOPES = ("read:calendar", "read:own_profile")
WRITE_SCOPES = ("write:calendar", "write:own_profile")
KNOWN_SCOPES = (*READ_SCOPES, *WRITE_SCOPES)
FULL_SCOPES = frozenset({"read:calendar", "write:calendar"})

WINDOW_SECONDS = 3600.0

_TOKEN = re.compile(r"[!-+\--~]+")  # Printable ASCII without space and comma: what a header takes as it is.


class TokenSpecError(ValueError):
    """The text is no `TOKEN[,SCOPE...][,expires=ISO]`; the message says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token the sandbox accepts. `expires` is in seconds since the epoch; None is never."""

    text: str = field(repr=False)
    scopes: frozenset[str] = FULL_SCOPES
    expires: float | None = None

    @property
    def is_full(self) -> bool:
        return self.may(READ_SCOPES) and self.may(WRITE_SCOPES)

    def may(self, one_of: Iterable[str]) -> bool:
        """Whether the token has at least one of these scopes."""
        return not self.scopes.isdisjoint(one_of)


def parse_token(text: str) -> Token:
    """Read `TOKEN[,SCOPE...][,expires=ISO]`; without scopes the token may do everything.

    Raises TokenSpecError with a sentence that names no token.
    """
    name, *rest = text.split(",")
    if not _TOKEN.fullmatch(name):
        raise TokenSpecError("a token is one or more printable ASCII characters without space and comma")
    scopes: set[str] = set()
    expires: float | None = None
    for part in rest:
        if part.startswith("expires="):
            expires = _moment(part.removeprefix("expires="))
        elif part in KNOWN_SCOPES:
            scopes.add(part)
        else:
            raise TokenSpecError(f"unknown scope {part!r}; known are {', '.join(KNOWN_SCOPES)} and expires=ISO")
    return Token(name, frozenset(scopes) or FULL_SCOPES, expires)


def _moment(text: str) -> float:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise TokenSpecError(f"expires must be like 2026-12-31T18:00:00Z, not {text!r}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.timestamp()


class RateLimiter:
    """Counts the requests of the last hour for each token.

    The window slides: it is the strictest reading of "1000 requests per hour". Refused requests do not count.
    """

    def __init__(self, clock: Clock, limit: int) -> None:
        self.limit = limit
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def admit(self, token: Token) -> tuple[bool, dict[str, str]]:
        """Count one request if there is room; whether there was, and the headers that say so."""
        now = self._clock.now()
        times = self._times.setdefault(token.text, deque())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        admitted = len(times) < self.limit
        if admitted:
            times.append(now)
        frees_at = times[0] + WINDOW_SECONDS
        headers = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.limit - len(times))),
            "X-RateLimit-Reset": str(math.ceil(frees_at)),
        }
        if not admitted:
            headers["Retry-After"] = str(max(1, math.ceil(frees_at - now)))
        return admitted, headers

    def forget(self) -> None:
        self._times.clear()
