"""The seven endpoints of the TriLuna Calendar API, and a look at what a token may do.

Importing this module costs nothing: asyncio, httpx, msgspec and TLS come with the first request, the latter three
on a worker thread.
Nothing is retried here: whether a request may be sent again is for the sync engine to say, which has a journal.
"""

from __future__ import annotations

import logging
import sys
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from triluna_desktop.api.bearer import Bearer
from triluna_desktop.api.limits import DEFAULT_TIMEOUTS, SYSTEM_PROXY
from triluna_desktop.api.url import validate_base_url
from triluna_desktop.domain.remote import (
    AuthenticationError,
    KeptForEditsError,
    RateLimitedError,
    RemoteError,
    SurelyUnsentError,
    Trouble,
    ValidationError,
)
from triluna_desktop.domain.requests import RequestKind

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping
    from datetime import date
    from types import ModuleType

    from triluna_desktop.api.budget import RequestBudget
    from triluna_desktop.api.exchange import Exchange
    from triluna_desktop.api.limits import Timeouts
    from triluna_desktop.api.probe import ProbeResult
    from triluna_desktop.domain.models import Entry, Pattern
    from triluna_desktop.domain.remote import RemoteCalendar, RemoteEntry, RemotePattern
    from triluna_desktop.domain.time import Clock

ENTRIES = "/calendar/availability"
PATTERNS = "/calendar/recurring"
_KINDS = {
    "GET": RequestKind.READ,
    "POST": RequestKind.CREATE,
    "PUT": RequestKind.UPDATE,
    "DELETE": RequestKind.DELETE,
}

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_Item = TypeVar("_Item")


class TriLunaClient:
    """Talks to one base URL with one account's token. It implements `sync.server_ports.CalendarApi`.

    Each coroutine raises `domain.remote.RemoteError` and nothing else; a cancellation passes through, and then the
    request may have been carried out. Use it from one event loop and close it there.

    The codec is imported inside the coroutines: after `_open`, which has loaded it on its thread, that is free.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str | None],
        *,
        clock: Clock,
        budget: RequestBudget,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
        proxy: Callable[[], str] = lambda: SYSTEM_PROXY,
    ) -> None:
        """``token`` is asked at each request; None means that there is none.

        ``proxy`` gives what `limits.SYSTEM_PROXY` describes, and is asked when connections are made.

        Raises:
            InvalidBaseUrlError: the token must not be sent to such an address.
        """
        self.base_url = validate_base_url(base_url)
        self.budget = budget
        self._token = token
        self._clock = clock
        self._timeouts = timeouts
        self._exchange: Exchange | None = None
        self._is_closed = False
        self._proxy = proxy
        self._retired: list[Exchange] = []
        """Of another proxy. Requests may be under way there; they are closed at the end."""

    # --- entries

    async def read_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        """The entries from ``first`` to ``last``, both included; with the weekly patterns where asked for.

        ``in_background``: nobody waits for it; raises KeptForEditsError where it would take what edits may need.
        """
        await self._open()
        from triluna_desktop.api import codec

        query: dict[str, str] = {}
        if first is not None:
            query["start_date"] = first.isoformat()
        if last is not None:
            query["end_date"] = last.isoformat()
        if include_recurring:
            query["include_recurring"] = "true"

        def read(document: object) -> RemoteCalendar:
            return codec.read_calendar(document, with_patterns=include_recurring)

        return await self._request("GET", ENTRIES, read, query=query, in_background=in_background)

    async def create_entry(self, entry: Entry) -> RemoteEntry | None:
        """The entry as the server made it; None where it said yes with an empty body."""
        await self._open()
        from triluna_desktop.api import codec

        body = _encode(codec.encode_new_entry, entry)
        return await self._request("POST", ENTRIES, _unless_empty(codec.read_entry), body=body)

    async def replace_entry(self, server_id: int, entry: Entry) -> RemoteEntry | None:
        """Send the whole entry; it as the server has it now, None where the server said yes without showing it."""
        await self._open()
        from triluna_desktop.api import codec

        body = _encode(codec.encode_whole_entry, entry)
        return await self._request(
            "PUT", f"{ENTRIES}/{server_id}", _unless_empty(codec.read_replaced_entry), body=body
        )

    async def delete_entry(self, server_id: int) -> None:
        """Raises NotFoundError where it is already gone."""
        await self._request("DELETE", f"{ENTRIES}/{server_id}", _unread)

    # --- recurring patterns

    async def read_patterns(self, *, in_background: bool = False) -> RemoteCalendar:
        """All weekly patterns, and how many could not be read; no entries. ``in_background`` as above."""
        await self._open()
        from triluna_desktop.api import codec

        page = await self._request("GET", PATTERNS, codec.read_patterns, in_background=in_background)
        if page.skipped:
            _LOG.warning("Left out %d recurring patterns that could not be read", page.skipped)
        return page

    async def create_pattern(self, pattern: Pattern) -> RemotePattern | None:
        """The pattern as the server made it; None where it said yes with an empty body."""
        await self._open()
        from triluna_desktop.api import codec

        body = _encode(codec.encode_new_pattern, pattern)
        return await self._request("POST", PATTERNS, _unless_empty(codec.read_pattern), body=body)

    async def delete_pattern(self, server_id: int) -> None:
        """Raises NotFoundError where it is already gone."""
        await self._request("DELETE", f"{PATTERNS}/{server_id}", _unread)

    # --- the account and the connection

    async def probe(self) -> ProbeResult:
        """What the token may do, found with at most two requests and without writing. Raises nothing."""
        from triluna_desktop.api.probe import probe

        return await probe(
            read=lambda: self._request("GET", PATTERNS, _unread, kind=RequestKind.TEST),
            # No date and no times: it cannot pass validation.
            write=lambda: self._request("POST", ENTRIES, _unread, body=b"{}", kind=RequestKind.TEST),
        )

    def proxy_changed(self) -> None:
        """Make new connections for the next request. What is under way ends where it began."""
        if self._exchange is not None:
            self._retired.append(self._exchange)
            self._exchange = None

    async def aclose(self) -> None:
        """Close the connections. Requests from now on are refused as surely unsent."""
        async with self._opening:
            self._is_closed = True
            self.proxy_changed()
            retired, self._retired = self._retired, []
        for exchange in retired:
            await exchange.aclose()

    @cached_property
    def _opening(self) -> asyncio.Lock:
        """Held while the backend is loaded or let go."""
        import asyncio

        return asyncio.Lock()

    async def _open(self) -> Exchange:
        import asyncio

        async with self._opening:
            if self._is_closed:
                raise SurelyUnsentError(Trouble.NO_CONNECTION)
            if self._exchange is None:
                self._exchange = await asyncio.to_thread(
                    _make_exchange, self.base_url, self._timeouts, self._clock, self.budget, self._proxy()
                )
            return self._exchange

    async def _request(
        self,
        method: str,
        path: str,
        read: Callable[[object], _T],
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        kind: RequestKind | None = None,
        in_background: bool = False,
    ) -> _T:
        bearer = Bearer(self._token())
        if not bearer.is_usable:
            raise AuthenticationError(Trouble.AUTHENTICATION)
        exchange = await self._open()
        if (wait := await self.budget.take(kind or _KINDS[method], in_background=in_background)) > 0:
            for_edits = in_background and self.budget.wait_needed() == 0
            raise (KeptForEditsError if for_edits else RateLimitedError)(retry_after=wait)
        return await exchange.run(method, path, bearer, read, query=query, body=body)


def _make_exchange(base_url: str, timeouts: Timeouts, clock: Clock, budget: RequestBudget, proxy: str) -> Exchange:
    # httpx brings its command line along where rich and click are installed: 10 MB for what is never called. It
    # does without where that cannot be imported.
    sys.modules.setdefault("httpx._main", cast("ModuleType", None))
    from triluna_desktop.api.exchange import Exchange

    return Exchange(base_url, timeouts, clock, budget, proxy)


def _encode(encode: Callable[[_Item], bytes], item: _Item) -> bytes:
    failure: RemoteError
    try:
        return encode(item)
    except ValueError:
        failure = ValidationError(Trouble.INVALID)
    raise failure


def _unless_empty(read: Callable[[object], _T]) -> Callable[[object], _T | None]:
    return lambda document: None if document is None else read(document)


def _unread(_document: object) -> None:
    """For replies of which only the success matters."""
