"""What the sync engine and the session need of the server, as Protocols: endpoints, and the hour's requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.models import Entry, Pattern
    from triluna_desktop.domain.remote import RemoteCalendar, RemoteEntry, RemotePattern


class CalendarApi(Protocol):
    """The seven endpoints. Each coroutine raises `domain.remote.RemoteError` and nothing else.

    A create or a replace returns None where the server said yes with an empty body: read again to learn the id.
    """

    async def read_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        """The entries from ``first`` to ``last``, both included; with their patterns where asked for.

        ``in_background``: nobody waits for it; raises KeptForEditsError where it would take what edits may need.
        """
        ...

    async def create_entry(self, entry: Entry) -> RemoteEntry | None: ...

    async def replace_entry(self, server_id: int, entry: Entry) -> RemoteEntry | None: ...

    async def delete_entry(self, server_id: int) -> None: ...

    async def read_patterns(self, *, in_background: bool = False) -> RemoteCalendar:
        """All patterns, and how many could not be read; no entries. ``in_background`` as of `read_calendar`."""
        ...

    async def create_pattern(self, pattern: Pattern) -> RemotePattern | None: ...

    async def delete_pattern(self, server_id: int) -> None: ...


class RequestMeter(Protocol):
    """Counts the requests of the last hour, of whatever part of the app."""

    limit: int
    pace: float
    """Seconds that a request takes."""

    @property
    def used(self) -> int: ...

    @property
    def kept(self) -> int:
        """How many requests of the hour reading leaves to edits."""
        ...

    def wait_needed(self) -> float:
        """Seconds until the next request for an edit may leave; 0 is now."""
        ...
