"""The server as the domain sees it: what it holds, and how a request to it can end.

The API client raises these errors and the sync engine acts on them, so they stand where both may look. What
matters for an edit that is never lost nor doubled is one question: *may the request have been carried out?*

RemoteError
├── SurelyUnsentError          nothing reached the server: send again later
├── UncertainError             it may have been carried out: look before sending again, ``retry_after`` seconds
│                              from now at the earliest where the server says so (a 503)
├── RateLimitedError           429: not carried out; wait ``retry_after`` seconds where given
│   └── KeptForEditsError      not sent: what is left of the hour's requests is for edits
├── RefusedError               a 4xx: not carried out, and the same request will be refused again
│   ├── ValidationError        400 or 422: the content is wrong
│   ├── ConflictError          the slot overlaps others, named in ``conflicts``
│   └── NotFoundError          404: no such entry or pattern, or no such API at this address
├── AuthenticationError        401: the token is missing, wrong or expired
└── PermissionDeniedError      403: the token lacks a scope, named in ``scope`` where the server says it
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """An entry as the server holds it. Times are minutes of the wall day; absent texts are empty."""

    id: int
    date: datetime.date
    start: int
    end: int
    is_available: bool = True
    title: str = ""
    notes: str = ""
    created_at: str = ""
    updated_at: str = ""

    def content(self) -> tuple[datetime.date, int, int, bool, str, str]:
        """What can be compared with `Entry.content`."""
        return (self.date, self.start, self.end, self.is_available, self.title, self.notes)


@dataclass(frozen=True, slots=True)
class RemotePattern:
    """A recurring pattern as the server holds it. ``weekday`` 0 is Sunday."""

    id: int
    weekday: int
    start: int
    end: int
    is_available: bool = True
    title: str = ""

    def content(self) -> tuple[int, int, int, bool, str]:
        """What can be compared with `Pattern.content`."""
        return (self.weekday, self.start, self.end, self.is_available, self.title)


@dataclass(frozen=True, slots=True)
class RemoteCalendar:
    """One well-formed reply to a GET.

    ``patterns`` is None where the reply had none (they were not asked for, or the server left them out).
    ``skipped`` counts the rows that could not be read; they hide none of the others.
    """

    entries: tuple[RemoteEntry, ...]
    patterns: tuple[RemotePattern, ...] | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class ConflictingSlot:
    """A slot that the server says is in the way. The reply names no date: it is that of what was sent."""

    id: int | None
    start: int
    end: int


class Trouble(Enum):
    """What went wrong, for the sentence that the user reads."""

    NO_CONNECTION = "no_connection"
    CONNECT_TIMEOUT = "connect_timeout"
    CERTIFICATE = "certificate"
    CERTIFICATE_DATE = "certificate_date"
    """By this computer's date the certificate is not valid yet, or no longer: most often the date is wrong."""
    PROXY = "proxy"
    TIMEOUT = "timeout"
    DISCONNECTED = "disconnected"
    SERVER_ERROR = "server_error"
    NOT_JSON = "not_json"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    NOT_WRITTEN = "not_written"
    """This computer's disk took no note of the request, so it was not sent."""
    RATE_LIMITED = "rate_limited"
    INVALID = "invalid"
    CONFLICT = "conflict"
    CHANGED = "changed"
    """Changed elsewhere and here, in the same field: no request failed, but none may be sent."""
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    AUTHENTICATION = "authentication"
    PERMISSION = "permission"


class RemoteError(Exception):
    """A request that did not end well. ``message`` is the server's own words, or empty."""

    def __init__(self, trouble: Trouble, message: str = "", *, status: int | None = None) -> None:
        super().__init__(f"{trouble.value}: {message}" if message else trouble.value)
        self.trouble = trouble
        self.message = message
        self.status = status


class SurelyUnsentError(RemoteError):
    """Nothing reached the server."""


class UncertainError(RemoteError):
    """The request may have been carried out; ``retry_after`` as of `RateLimitedError`."""

    def __init__(
        self, trouble: Trouble, message: str = "", *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(trouble, message, status=status)
        self.retry_after = retry_after


class RateLimitedError(RemoteError):
    """The server asks to wait; ``retry_after`` in seconds (at most an hour), or None where it does not say."""

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(Trouble.RATE_LIMITED, message, status=429)
        self.retry_after = retry_after


class KeptForEditsError(RateLimitedError):
    """Nothing was sent: a read that nobody waits for leaves the last requests of the hour to edits."""


class RefusedError(RemoteError):
    """The server will not do it, now or later."""


class ValidationError(RefusedError):
    """The server calls the content wrong."""


class ConflictError(RefusedError):
    """The slot overlaps others on the server."""

    def __init__(
        self, message: str = "", *, conflicts: tuple[ConflictingSlot, ...] = (), status: int | None = 409
    ) -> None:
        super().__init__(Trouble.CONFLICT, message, status=status)
        self.conflicts = conflicts


class NotFoundError(RefusedError):
    """The server knows no such thing."""


class AuthenticationError(RemoteError):
    """The token is missing, wrong or expired."""


class PermissionDeniedError(RemoteError):
    """The token lacks a scope; ``scope`` is empty where the server does not name it."""

    def __init__(self, message: str = "", *, scope: str = "") -> None:
        super().__init__(Trouble.PERMISSION, message, status=403)
        self.scope = scope
