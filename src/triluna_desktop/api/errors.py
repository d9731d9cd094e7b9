"""Foreign failures become the domain's errors here, once. What decides: may the request have been carried out?

httpx
├── ConnectError                    SurelyUnsentError   NO_CONNECTION; CERTIFICATE where the chain says so,
│                                                       CERTIFICATE_DATE where only the date is wrong
├── ConnectTimeout                  SurelyUnsentError   CONNECT_TIMEOUT
├── PoolTimeout                     SurelyUnsentError   TIMEOUT
├── ProxyError                      SurelyUnsentError   PROXY: it happens before the request proper
├── UnsupportedProtocol, InvalidURL SurelyUnsentError   NO_CONNECTION
├── ReadTimeout, WriteTimeout       UncertainError      TIMEOUT; the same for the whole request's time
├── RemoteProtocolError             UncertainError      DISCONNECTED; TOO_LARGE for headers without end
├── DecodingError                   UncertainError      UNREADABLE
└── ReadError, WriteError, others   UncertainError      DISCONNECTED

a reply, first line that fits
├── 5xx                             UncertainError      SERVER_ERROR, with what it says of waiting
├── 408                             UncertainError      TIMEOUT
├── 407                             SurelyUnsentError   PROXY
├── 3xx, 1xx                        UncertainError      REDIRECTED
├── 4xx with ``conflicts``          ConflictError
├── 429                             RateLimitedError
├── 401 that is no JSON             AuthenticationError
├── 404 to a GET that is no JSON    NotFoundError: no such API at this address
├── any other that is no JSON       UncertainError      NOT_JSON (a captive portal, a proxy's page)
├── 2xx that is JSON but broken     UncertainError      UNREADABLE
├── the ``error`` text says         PermissionDeniedError, ConflictError, AuthenticationError, RateLimitedError
├── 400, 422                        ValidationError
├── 401                             AuthenticationError
├── 403                             PermissionDeniedError
├── 404, 410                        NotFoundError
├── 409                             ConflictError
├── any other 4xx                   RefusedError        REFUSED
└── 2xx that says ``error``         UncertainError      UNREADABLE
"""

from __future__ import annotations

import contextlib
import os
import re
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from triluna_desktop.api.codec import ENTRY_KEY, PATTERN_KEY, UnreadableError, as_object, parse, read_conflicts
from triluna_desktop.api.limits import MESSAGE_LIMIT
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteError,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from triluna_desktop.api.transport import Reply

_OUT_OF_DATE = frozenset({9, 10})
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED, which `ssl` has no names for."""
_SCOPE = re.compile(r"\b(?:read|write):[a-z_]+", re.ASCII)
_PERMISSION_TEXT = re.compile(r"insufficient (permissions?|scopes?)", re.IGNORECASE)
_CONFLICT_TEXT = re.compile(r"(time )?slot conflicts?\b", re.IGNORECASE)
_TOKEN_TEXT = re.compile(
    r"unauthori[sz]ed|authentication (failed|required)"
    r"|(invalid( or expired)?|expired|missing) (api |access )?token",
    re.IGNORECASE,
)
_RATE_TEXT = re.compile(r"too many requests|rate limit exceeded", re.IGNORECASE)


def of_httpx(error: httpx.HTTPError | httpx.InvalidURL) -> RemoteError:
    """What a request that got no reply means. Nothing of the foreign error is kept: it holds the request."""
    match error:
        case httpx.ConnectTimeout():
            return SurelyUnsentError(Trouble.CONNECT_TIMEOUT)
        case httpx.PoolTimeout():
            return SurelyUnsentError(Trouble.TIMEOUT)
        case httpx.ProxyError():
            return SurelyUnsentError(Trouble.PROXY)
        case httpx.ConnectError() if (distrust := _distrust(error)) is not None:
            if distrust.verify_code in _OUT_OF_DATE:
                return SurelyUnsentError(Trouble.CERTIFICATE_DATE)
            return SurelyUnsentError(Trouble.CERTIFICATE, _stale_certificate_setting())
        case httpx.ConnectError() | httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return SurelyUnsentError(Trouble.NO_CONNECTION)
        case httpx.TimeoutException():
            return UncertainError(Trouble.TIMEOUT)
        case httpx.DecodingError():
            return UncertainError(Trouble.UNREADABLE)
        case httpx.RemoteProtocolError() if any(getattr(e, "error_status_hint", 0) == 431 for e in _causes(error)):
            return UncertainError(Trouble.TOO_LARGE)
        case _:
            return UncertainError(Trouble.DISCONNECTED)


def open_reply(reply: Reply, hide: Callable[[str], str]) -> object:
    """The JSON document of a reply that is a success; None where its body is empty.

    ``hide`` blots the token out of the server's words.

    Raises:
        RemoteError: the reply is no success, or is not to be read.
    """
    failure, document = _judge(reply, hide)
    if failure is not None:
        raise failure
    return document


def _judge(reply: Reply, hide: Callable[[str], str]) -> tuple[RemoteError | None, object]:
    status, is_empty = reply.status, not reply.body.strip()
    document: object = None
    is_json = False
    if not is_empty and not reply.is_page:
        with contextlib.suppress(UnreadableError):
            document, is_json = parse(reply.body), True
    said = as_object(document)
    message = _message(said, hide)
    if (failure := _by_transport_status(reply, message)) is not None:
        return failure, None
    if status >= 400:
        return _refusal(reply, said, message, is_json=is_json or is_empty), None
    if is_empty:
        return None, None
    if not is_json:
        trouble = Trouble.UNREADABLE if reply.is_declared_json else Trouble.NOT_JSON
        return UncertainError(trouble, status=status), None
    if _says_failure(said):
        by_text = _by_text(reply, said, message)
        return by_text or UncertainError(Trouble.UNREADABLE, message, status=status), None
    return None, document


def _by_transport_status(reply: Reply, message: str) -> RemoteError | None:
    """Statuses that say nothing of the content: from a server in trouble, or from somebody in between."""
    status = reply.status
    if status >= 500:
        return UncertainError(Trouble.SERVER_ERROR, message, status=status, retry_after=reply.retry_after)
    if status == 408:
        return UncertainError(Trouble.TIMEOUT, message, status=status)
    if status == 407:
        return SurelyUnsentError(Trouble.PROXY, message, status=status)
    if not 200 <= status < 300 and status < 400:
        return UncertainError(Trouble.REDIRECTED, status=status)
    return None


def _refusal(reply: Reply, said: Mapping[str, object], message: str, *, is_json: bool) -> RemoteError:
    status = reply.status
    if said.get("conflicts"):
        return ConflictError(message, conflicts=read_conflicts(said["conflicts"]), status=status)
    if status == 429:
        return RateLimitedError(message, retry_after=reply.retry_after)
    if status == 401 and not is_json:
        return AuthenticationError(Trouble.AUTHENTICATION, status=status)
    if status == 404 and reply.method == "GET" and not is_json:
        return NotFoundError(Trouble.NOT_FOUND, status=status)
    if not is_json:
        return UncertainError(Trouble.NOT_JSON, status=status)
    return _by_text(reply, said, message) or _by_status(status, said, message)


def _by_text(reply: Reply, said: Mapping[str, object], message: str) -> RemoteError | None:
    """The ``error`` text decides where it and the status disagree."""
    text = said.get("error")
    if not isinstance(text, str):
        return None
    text = text.strip()
    if _PERMISSION_TEXT.match(text):
        return PermissionDeniedError(message, scope=_scope(said))
    if _CONFLICT_TEXT.match(text):
        return ConflictError(message, conflicts=read_conflicts(said.get("conflicts")), status=reply.status)
    if _TOKEN_TEXT.match(text):
        return AuthenticationError(Trouble.AUTHENTICATION, message, status=reply.status)
    if _RATE_TEXT.match(text):
        return RateLimitedError(message, retry_after=reply.retry_after)
    return None


def _by_status(status: int, said: Mapping[str, object], message: str) -> RemoteError:
    match status:
        case 400 | 422:
            return ValidationError(Trouble.INVALID, message, status=status)
        case 401:
            return AuthenticationError(Trouble.AUTHENTICATION, message, status=status)
        case 403:
            return PermissionDeniedError(message, scope=_scope(said))
        case 404 | 410:
            return NotFoundError(Trouble.NOT_FOUND, message, status=status)
        case 409:
            return ConflictError(message, status=status)
        case _:
            return RefusedError(Trouble.REFUSED, message, status=status)


def _says_failure(said: Mapping[str, object]) -> bool:
    """A 2xx whose body says that it did not work."""
    if said.get("success") is False:
        return True
    return bool(said.get("error")) and ENTRY_KEY not in said and PATTERN_KEY not in said


def _message(said: Mapping[str, object], hide: Callable[[str], str]) -> str:
    """The server's own words, on one line. What is to be hidden goes first: cut in two, it would not be found."""
    for name in ("message", "error", "detail"):
        words = said.get(name)
        if isinstance(words, str) and words.strip():
            shown = "".join(character if character.isprintable() else " " for character in hide(words))
            return " ".join(shown.split())[:MESSAGE_LIMIT]
    return ""


def _scope(said: Mapping[str, object]) -> str:
    for name in ("message", "error"):
        words = said.get(name)
        if isinstance(words, str) and (found := _SCOPE.search(words)):
            return found[0]
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__


def _distrust(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """Why the certificate was not believed, where that is what went wrong."""
    return next((each for each in _causes(error) if isinstance(each, ssl.SSLCertVerificationError)), None)


def _stale_certificate_setting() -> str:
    """A setting of the environment that alone makes each certificate look untrusted, named; else empty."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        path = os.environ.get(name)
        if path and not Path(path).exists():
            return f"{name} names {path}, which does not exist"
        if path:
            return f"{name} is set to {path}, so only the certificates there are trusted"
    return ""
