"""A calendar server in memory that fails on purpose, before or after it has done what it was asked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    ConflictingSlot,
    KeptForEditsError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RemoteCalendar,
    RemoteEntry,
    RemoteError,
    RemotePattern,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)
from triluna_desktop.domain.requests import RequestKind

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from datetime import date

    from tests.helpers.manual_clock import ManualClock

    from triluna_desktop.api.budget import RequestBudget
    from triluna_desktop.domain.models import Entry, Pattern

T = TypeVar("T")

Fault = Literal[
    "unsent", "before", "after", "zombie", "no_body", "unauthorized", "forbidden", "limited", "limited_silent",
    "invalid", "empty_list", "hidden_rows", "not_found", "bug",
]  # fmt: skip
"""before, after: the outcome is uncertain, and it was not, or was, carried out; zombie: it will be, later."""

ZOMBIE_SECONDS = 20.0


@dataclass(frozen=True)
class Request:
    """One request that reached the server, or was meant to."""

    at: float
    method: str
    what: object = None
    fault: Fault | None = None


class FakeApi:
    """Implements `sync.server_ports.CalendarApi`. `faults` are played on the next requests that they fit."""

    def __init__(self, clock: ManualClock, *, refuses_overlaps: bool = True) -> None:
        self.clock = clock
        self.refuses_overlaps = refuses_overlaps
        self.entries: dict[int, RemoteEntry] = {}
        self.patterns: dict[int, RemotePattern] = {}
        self.log: list[Request] = []
        self.write_faults: deque[Fault | None] = deque()
        self.read_faults: deque[Fault | None] = deque()
        self.held: asyncio.Event | None = None
        """While set, requests wait for it before they are carried out."""
        self.refuses_pattern_overlaps = False
        self.unreadable_patterns = False
        """Whether lists show patterns in a way that cannot be read."""
        self.lists_patterns_with_entries = True
        """Whether patterns are there in a list of entries that asks for them."""
        self.has_patterns = True
        """Whether it knows of a list of patterns at all."""
        self.lists_all_dates = False
        """Whether it lists all entries, whatever dates were asked for."""
        self.last_listed: date | None = None
        """No list of later dates is given, where there is such a date."""
        self.conflict_ids = True
        """Whether a conflict names the ids of what is in the way."""
        self.budget: RequestBudget | None = None
        """Where there is one, requests leave as it allows, as with the real client."""
        self._next_id = 100
        self._late: list[tuple[float, Callable[[], object]]] = []

    # --- as if done elsewhere

    def add(self, day: date, start: int, end: int, title: str = "", *, is_available: bool = True) -> RemoteEntry:
        """Put an entry in, whatever it overlaps."""
        entry = RemoteEntry(self._new_id(), day, start, end, is_available, title)
        self.entries[entry.id] = entry
        return entry

    def add_pattern(
        self, weekday: int, start: int, end: int, title: str = "", *, is_available: bool = True
    ) -> RemotePattern:
        pattern = RemotePattern(self._new_id(), weekday, start, end, is_available, title)
        self.patterns[pattern.id] = pattern
        return pattern

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.log if request.method != "GET"]

    @property
    def reads(self) -> list[Request]:
        return [request for request in self.log if request.method == "GET"]

    def pattern_contents(self) -> list[tuple[object, ...]]:
        """What patterns stand on the server, without ids, in order."""
        self.let_zombies_land()
        return sorted((pattern.content() for pattern in self.patterns.values()), key=repr)

    def contents(self) -> list[tuple[object, ...]]:
        """What stands on the server, without ids, in order."""
        self.let_zombies_land()
        return sorted((entry.content() for entry in self.entries.values()), key=repr)

    # --- the seven endpoints

    async def read_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        fault = await self._arrive("GET", (first, last), self.read_faults, in_background=in_background)
        if self.last_listed is not None and last is not None and last > self.last_listed:
            raise ValidationError(Trouble.INVALID, f"end_date must not be after {self.last_listed}", status=422)
        if fault == "empty_list":
            return RemoteCalendar((), () if include_recurring else None)
        found = tuple(
            entry
            for entry in self.entries.values()
            if self.lists_all_dates
            or ((first is None or entry.date >= first) and (last is None or entry.date <= last))
        )
        skipped = 1 if fault == "hidden_rows" else 0
        if not include_recurring or not self.lists_patterns_with_entries:
            return RemoteCalendar(found, None, skipped)
        listed = self._listed_patterns()
        return RemoteCalendar(found, listed.patterns, skipped + listed.skipped)

    async def create_entry(self, entry: Entry) -> RemoteEntry | None:
        return await self._write("POST", entry, lambda: self._create(entry))

    async def replace_entry(self, server_id: int, entry: Entry) -> RemoteEntry | None:
        return await self._write("PUT", entry, lambda: self._replace(server_id, entry))

    async def delete_entry(self, server_id: int) -> None:
        await self._write("DELETE", server_id, lambda: self._delete(self.entries, server_id))

    async def read_patterns(self, *, in_background: bool = False) -> RemoteCalendar:
        await self._arrive("GET", "patterns", self.read_faults, in_background=in_background)
        if not self.has_patterns:
            raise NotFoundError(Trouble.NOT_FOUND, "nothing here", status=404)
        return self._listed_patterns()

    def _listed_patterns(self) -> RemoteCalendar:
        if self.unreadable_patterns:
            return RemoteCalendar((), (), len(self.patterns))
        return RemoteCalendar((), tuple(self.patterns.values()))

    async def create_pattern(self, pattern: Pattern) -> RemotePattern | None:
        def create() -> RemotePattern:
            self._check_pattern_overlap(pattern)
            made = RemotePattern(self._new_id(), *pattern.content())
            self.patterns[made.id] = made
            return made

        return await self._write("POST", pattern, create)

    async def delete_pattern(self, server_id: int) -> None:
        await self._write("DELETE", server_id, lambda: self._delete(self.patterns, server_id))

    # --- how a request goes

    def let_zombies_land(self) -> None:
        """Carry out what was sent long ago and is only now arriving."""
        due = [act for at, act in self._late if at <= self.clock.monotonic()]
        self._late = [(at, act) for at, act in self._late if at > self.clock.monotonic()]
        for act in due:
            _attempt(act)

    async def _arrive(
        self, method: str, what: object, faults: deque[Fault | None], *, in_background: bool = False
    ) -> Fault | None:
        if self.budget is not None:
            await _let_out(self.budget, method, in_background=in_background)
        fault = faults.popleft() if faults else None
        self.let_zombies_land()
        self.log.append(Request(self.clock.monotonic(), method, what, fault))
        if self.held is not None:
            await self.held.wait()
        match fault:
            case "unsent":
                raise SurelyUnsentError(Trouble.NO_CONNECTION)
            case "before":
                raise UncertainError(Trouble.TIMEOUT)
            case "unauthorized":
                raise AuthenticationError(Trouble.AUTHENTICATION, "expired", status=401)
            case "forbidden":
                raise PermissionDeniedError("needs write:calendar", scope="write:calendar")
            case "limited":
                raise RateLimitedError("slow down", retry_after=90.0)
            case "limited_silent":
                raise RateLimitedError
            case "invalid":
                raise ValidationError(Trouble.INVALID, "no such slot", status=422)
            case "not_found":
                raise NotFoundError(Trouble.NOT_FOUND, "nothing here", status=404)
            case "bug":
                raise RuntimeError("a bug of ours")
            case _:
                return fault

    async def _write(self, method: str, what: object, act: Callable[[], T]) -> T | None:
        fault = await self._arrive(method, what, self.write_faults)
        if fault == "zombie":
            self._late.append((self.clock.monotonic() + ZOMBIE_SECONDS, act))
            raise UncertainError(Trouble.TIMEOUT)
        result = act()
        if fault == "after":
            raise UncertainError(Trouble.DISCONNECTED)
        return None if fault == "no_body" else result

    def _create(self, entry: Entry) -> RemoteEntry:
        self._check_overlap(entry, None)
        made = RemoteEntry(self._new_id(), *entry.content())
        self.entries[made.id] = made
        return made

    def _replace(self, server_id: int, entry: Entry) -> RemoteEntry:
        if server_id not in self.entries:
            raise NotFoundError(Trouble.NOT_FOUND, "no such entry", status=404)
        self._check_overlap(entry, server_id)
        self.entries[server_id] = RemoteEntry(server_id, *entry.content())
        return self.entries[server_id]

    def _delete(self, table: dict[int, RemoteEntry] | dict[int, RemotePattern], server_id: int) -> None:
        if table.pop(server_id, None) is None:
            raise NotFoundError(Trouble.NOT_FOUND, "no such thing", status=404)

    def _check_overlap(self, entry: Entry, but: int | None) -> None:
        in_the_way = tuple(
            ConflictingSlot(other.id if self.conflict_ids else None, other.start, other.end)
            for other in self.entries.values()
            if other.id != but and other.date == entry.date and other.start < entry.end and entry.start < other.end
        )
        if self.refuses_overlaps and in_the_way:
            raise ConflictError("Time slot conflicts with existing availability", conflicts=in_the_way)

    def _check_pattern_overlap(self, pattern: Pattern) -> None:
        in_the_way = tuple(
            ConflictingSlot(other.id if self.conflict_ids else None, other.start, other.end)
            for other in self.patterns.values()
            if other.weekday == pattern.weekday and other.start < pattern.end and pattern.start < other.end
        )
        if self.refuses_pattern_overlaps and in_the_way:
            raise ConflictError("Pattern conflicts with another", conflicts=in_the_way)

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id


async def _let_out(budget: RequestBudget, method: str, *, in_background: bool) -> None:
    kind = {"GET": RequestKind.READ, "POST": RequestKind.CREATE, "PUT": RequestKind.UPDATE}.get(method)
    wait = await budget.take(kind or RequestKind.DELETE, in_background=in_background)
    if wait > 0 and in_background and budget.wait_needed() == 0:
        raise KeptForEditsError(retry_after=wait)
    if wait > 0:
        raise RateLimitedError(retry_after=wait)


def _attempt(act: Callable[[], object]) -> None:
    try:
        act()
    except RemoteError:
        return  # Nobody is left to be told.
