"""The system's clock, in the user's own time zone."""

from __future__ import annotations

import logging
import sys
import time
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

ZONE_KEPT_FOR = 60.0
"""Seconds after which the zone is looked up again: people travel with the app open."""


class SystemClock:
    """What `domain.time.Clock` asks for, from the operating system."""

    def __init__(
        self,
        read_zone: Callable[[], tzinfo] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        instant: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._read_zone = read_zone or read_system_zone
        self._monotonic = monotonic
        self._instant = instant
        self._zone: tzinfo | None = None
        self._read_at = 0.0
        self._is_hurried = False

    def now(self) -> datetime:
        """The present instant, aware, in the user's zone; clock changes are those of the zone's own rules."""
        return self._instant().astimezone(self.zone)

    def hurry(self, *, is_on: bool) -> None:
        """Whether the offset in force now will do for the zone: it is known sooner, for the first paint."""
        self._is_hurried = is_on

    def monotonic(self) -> float:
        """Seconds that never run backwards, from an arbitrary start."""
        return self._monotonic()

    @property
    def zone(self) -> tzinfo:
        """The user's zone, looked up at most once in `ZONE_KEPT_FOR`."""
        if self._is_hurried:
            return self._instant().astimezone().tzinfo or UTC
        at = self._monotonic()
        if self._zone is None or at - self._read_at >= ZONE_KEPT_FOR:
            self._zone = self._read_zone()
            self._read_at = at
        return self._zone

    @property
    def zone_name(self) -> str:
        """The zone's name, as ``America/Toronto``; where the system gives none, its offset, as ``UTC-05:00``."""
        from zoneinfo import ZoneInfo  # Not needed for the first paint.

        zone = self.zone
        if isinstance(zone, ZoneInfo) and zone.key not in {None, "local"}:
            return zone.key
        offset = self.now().utcoffset() or timedelta()
        return timezone(offset).tzname(None)


def uptime() -> float:
    """Seconds since the computer started, asleep or awake, the same for all processes; no clock setting moves it.

    What `time.monotonic` counts on Linux and macOS stands still while the computer sleeps.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def read_system_zone() -> tzinfo:
    """The zone that the system is set to now; where that cannot be told, the offset that it uses now."""
    import tzlocal  # Not needed for the first paint.

    try:
        with warnings.catch_warnings():
            # tzlocal warns where two files of the system disagree. The user can do nothing about it here.
            warnings.simplefilter("ignore")
            return tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError.
        _log.warning("The time zone's name is unknown, its present offset is used: %s", error)
        return datetime.now().astimezone().tzinfo or UTC
