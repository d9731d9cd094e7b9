"""The hour's requests as a person wants to know them: how many left, how often is polled, what is to come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.forecast import DEFAULT_PACE, Forecast, Hour, Work, forecast
from triluna_desktop.domain.requests import COUNTED_SECONDS, REQUESTS_PER_HOUR, RESERVE, RequestKind
from triluna_desktop.sync.ports import OpKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.engine import Engine
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore
    from triluna_desktop.sync.server_ports import RequestMeter

__all__ = ["Forecast", "Polling", "RequestKind", "Requests", "Stretch", "Work"]

STRETCH_SECONDS = 300
HOURS_SHOWN = 6
_HOUR_SECONDS = 3600
_A_HOUR = _HOUR_SECONDS // STRETCH_SECONDS


@dataclass(frozen=True, slots=True)
class Stretch:
    """The requests, by kind, of a stretch of time up to ``end``, in seconds since the epoch."""

    end: float
    counts: Mapping[RequestKind, int]

    @property
    def total(self) -> int:
        """Of all kinds."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Polling:
    """How often the server is asked for news, in seconds."""

    seconds: float
    is_slowed: bool
    """Whether it is more seldom than it would be, so that requests remain for edits."""


class Requests:
    """Handed out by `Session.requests`. Reads memory and the store, and may raise `StoreError` as those do."""

    def __init__(
        self,
        store: CalendarStore,
        clock: Clock,
        link: Link,
        meter: RequestMeter | None,
        engine: Callable[[], Engine | None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._link = link
        self._meter = meter
        self._engine = engine

    @property
    def limit(self) -> int:
        """Requests that may leave in an hour."""
        return REQUESTS_PER_HOUR if self._meter is None else self._meter.limit

    @property
    def kept(self) -> int:
        """How many of them reading leaves to edits now."""
        return RESERVE if self._meter is None else self._meter.kept

    @property
    def used(self) -> int:
        """Requests of the last hour, as the status bar shows them: the server's count where that is higher."""
        return len(self._own()) if self._meter is None else self._meter.used

    @property
    def elsewhere(self) -> int:
        """How many of them this computer did not make, as far as the server has told."""
        return max(0, self.used - len(self._own()))

    @property
    def polling(self) -> Polling | None:
        """How often is polled; None while nothing may be sent, or nothing runs."""
        engine = self._engine()
        if engine is None or not self._link.is_open:
            return None
        return Polling(engine.poll_every, engine.poll_every > engine.base_poll_seconds)

    def queued(self) -> Work:
        """What waits to be sent, by what it costs."""
        count: Counter[tuple[OpKind, bool]] = Counter()
        for kind, is_pattern, number in self._store.queued_kinds():
            count[kind, is_pattern] += number
        return Work(
            count[OpKind.CREATE, False],
            count[OpKind.UPDATE, False],
            count[OpKind.DELETE, False],
            count[OpKind.CREATE, True],
            count[OpKind.UPDATE, True],
            count[OpKind.DELETE, True],
        )

    def forecast(self, added: Work | None = None) -> Forecast:
        """What is queued, and what is ``added`` to it, takes from now on: requests and seconds."""
        now = self._clock.now().timestamp()
        leaving = tuple(max(0.0, at + COUNTED_SECONDS - now) for at in self._own())
        meter = self._meter
        held = 0.0 if meter is None or len(leaving) >= self.limit else meter.wait_needed()
        return forecast(
            self.queued() + (added or Work()),
            Hour(self.limit, self.used, leaving, held),
            DEFAULT_PACE if meter is None else meter.pace,
            has_read=self._link.has_answered,
        )

    def hours(self, hours: int = HOURS_SHOWN) -> tuple[Stretch, ...]:
        """The requests of this computer in the last hours, five minutes at a time; the last one goes on yet."""
        begun = int(self._clock.now().timestamp()) // STRETCH_SECONDS * STRETCH_SECONDS
        number = hours * _A_HOUR
        return self._counted(begun - (number - 1) * STRETCH_SECONDS, STRETCH_SECONDS, number)

    def by_hour(self, hours: int = HOURS_SHOWN) -> tuple[Stretch, ...]:
        """The same by the hours of the clock on the wall; the last one goes on yet."""
        begun = int(self._clock.now().replace(minute=0, second=0).timestamp())
        return self._counted(begun - (hours - 1) * _HOUR_SECONDS, _HOUR_SECONDS, hours)

    def course(self, hours: int = HOURS_SHOWN) -> tuple[Stretch, ...]:
        """What counted towards the limit at each moment of the last hours: the hour's requests up to then."""
        stretches = self.hours(hours + 1)
        return tuple(
            Stretch(stretches[last].end, _sum(stretches[last - _A_HOUR + 1 : last + 1]))
            for last in range(_A_HOUR, len(stretches))
        )

    def _counted(self, since: int, stretch: int, number: int) -> tuple[Stretch, ...]:
        counts: list[dict[RequestKind, int]] = [{} for _ in range(number)]
        # A hair before, as what is asked for comes after.
        for index, kind, count in self._store.request_counts(since - 1e-6, stretch):
            if index < number:
                counts[index][RequestKind(kind)] = count
        return tuple(Stretch(since + (index + 1) * stretch, each) for index, each in enumerate(counts))

    def _own(self) -> tuple[float, ...]:
        return self._store.requests_since(self._clock.now().timestamp() - COUNTED_SECONDS)


def _sum(stretches: tuple[Stretch, ...]) -> dict[RequestKind, int]:
    total: Counter[RequestKind] = Counter()
    for each in stretches:
        total.update(each.counts)
    return dict(total)
