"""Noticing that a clock was set, or that the computer slept, which the monotonic clock does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triluna_desktop.domain.time import Clock

CLOCKS_APART_SECONDS = 5.0
"""What the clocks may drift apart between two looks without a word: far less than what a read may be old."""


class Lead:
    """By how much the wall clock is ahead of the monotonic one. Each who looks has one of their own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seconds = self._now()

    def has_jumped(self) -> bool:
        """Whether it is another since the last look."""
        before, self._seconds = self._seconds, self._now()
        return abs(self._seconds - before) > CLOCKS_APART_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()
