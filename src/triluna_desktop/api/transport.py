"""One HTTP request and its whole reply, with bounds on time and size. It knows no calendar.

Imported with the first request: httpx and the certificates of the system take a fifth of a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys
import zlib
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import truststore

from triluna_desktop import __version__
from triluna_desktop.api.errors import of_httpx
from triluna_desktop.api.limits import BODY_LIMIT, SYSTEM_PROXY
from triluna_desktop.api.retry_after import parse_retry_after
from triluna_desktop.api.url import is_loopback
from triluna_desktop.domain.remote import RemoteError, SurelyUnsentError, Trouble, UncertainError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from datetime import datetime

    from triluna_desktop.api.bearer import Bearer
    from triluna_desktop.api.limits import Timeouts

_IDLE_SECONDS = 3.0
"""Servers commonly close a connection after 5 idle seconds; a POST sent just then would be an uncertain one."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply, decompressed. Its repr has none of what the server said: it may quote the token."""

    method: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait, 0 to an hour, or None."""
        return parse_retry_after(self.headers.get("retry-after"), self.received_at, self.headers.get("date"))

    @property
    def is_page(self) -> bool:
        """Whether it calls itself a page for people: what a captive portal sends."""
        return self._media_type in ("text/html", "application/xhtml+xml")

    @property
    def is_declared_json(self) -> bool:
        """Whether it calls itself JSON."""
        return self._media_type == "application/json" or self._media_type.endswith("+json")

    @property
    def _media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Transport:
    """A pool of connections to one base URL, bound to the event loop that uses it first."""

    def __init__(
        self, base_url: str, timeouts: Timeouts, now: Callable[[], datetime], proxy: str = SYSTEM_PROXY
    ) -> None:
        """Reads the system's certificates (some 30 ms) unless it is plain HTTP: make it on a worker thread.

        ``proxy``: see `limits.SYSTEM_PROXY`. What stays on this machine never goes through one.

        Raises:
            SurelyUnsentError: the proxy is of no kind that is known.
        """
        is_far = not is_loopback(base_url)
        self._base_url = base_url
        self._total = timeouts.total
        self._now = now
        refused_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        try:
            self._client = httpx.AsyncClient(
                verify=_trust() if urlsplit(base_url).scheme == "https" else _trust_nobody(),
                trust_env=is_far and proxy == SYSTEM_PROXY,
                proxy=proxy if is_far and proxy not in ("", SYSTEM_PROXY) else None,
                follow_redirects=False,
                cookies=refused_cookies,
                timeout=httpx.Timeout(
                    connect=timeouts.connect, read=timeouts.read, write=timeouts.write, pool=timeouts.pool
                ),
                limits=httpx.Limits(
                    max_connections=6, max_keepalive_connections=2, keepalive_expiry=_IDLE_SECONDS
                ),
                headers={
                    "User-Agent": f"TriLunaDesktop/{__version__}",
                    "Accept": "application/json",
                    "Accept-Encoding": "gzip, deflate",
                },
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            raise SurelyUnsentError(Trouble.PROXY) from None

    async def send(
        self,
        method: str,
        path: str,
        bearer: Bearer,
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Send and read the whole reply, whatever its status.

        Raises:
            RemoteError: there is no whole reply.
        """
        # Raised outside of the handlers: an httpx error as context would carry the request, and with it the token.
        failure: RemoteError
        try:
            async with asyncio.timeout(self._total):
                return await self._exchange(method, path, bearer, query, body)
        except TimeoutError:
            failure = UncertainError(Trouble.TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = of_httpx(error)
        raise failure

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _exchange(
        self, method: str, path: str, bearer: Bearer, query: Mapping[str, str] | None, body: bytes | None
    ) -> Reply:
        async with self._client.stream(
            method,
            self._base_url + path,
            params=query,
            content=body,
            headers={"Content-Type": "application/json"} if body is not None else None,
            auth=_BearerAuth(bearer),
        ) as response:
            # A status that says "not me" is enough: nothing in a redirect's body is wanted.
            decoded = b"" if response.is_redirect else await _read_body(response)
            return Reply(method, response.status_code, response.headers, decoded, self._now())


class _BearerAuth(httpx.Auth):
    """Puts the token into the header at the last moment, so that no variable on the way holds it as text."""

    def __init__(self, bearer: Bearer) -> None:
        self._bearer = bearer

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._bearer.header()
        yield request


async def _read_body(response: httpx.Response) -> bytes:
    """The decompressed body. httpx would inflate a whole chunk at once, 64 KB to 64 MB; this stops at the cap.

    Raises:
        UncertainError: it is too large, compressed in another way, or broken off.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    too_large = UncertainError(Trouble.TOO_LARGE, status=response.status_code)
    unreadable = UncertainError(Trouble.UNREADABLE, status=response.status_code)
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise unreadable
    inflate = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding not in ("", "identity") else None
    received = 0
    body = bytearray()
    async for chunk in response.aiter_raw():
        received += len(chunk)
        if received > BODY_LIMIT:
            raise too_large
        if inflate is None:
            body += chunk
            continue
        piece: bytes | None = None
        with contextlib.suppress(zlib.error):
            piece = inflate.decompress(chunk, BODY_LIMIT + 1 - len(body))
        if piece is None:
            raise unreadable
        body += piece
        if len(body) > BODY_LIMIT or inflate.unconsumed_tail:
            raise too_large
    if inflate is not None and received and not inflate.eof:
        raise unreadable
    return bytes(body)


def _trust() -> ssl.SSLContext:
    """Who is trusted is the system's to say.

    truststore asks the system anew at each handshake, on the event loop. On Linux that reads some 150 certificates
    from a file, 20-30 ms in which no frame is painted; there the standard library reads the same ones, once, and
    truststore is for the systems on which OpenSSL does not know where they lie.
    """
    if sys.platform == "linux" and _openssl_knows_the_store():
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _trust_nobody() -> ssl.SSLContext:
    """For a server on this machine that speaks plain HTTP: no certificates are read that nothing asks for."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _openssl_knows_the_store() -> bool:
    paths = ssl.get_default_verify_paths()
    return paths.cafile is not None or (paths.capath is not None and any(Path(paths.capath).glob("*.0")))
