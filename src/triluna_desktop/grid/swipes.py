"""Turning the week by wheel or trackpad: one week a swipe, however far the fingers go."""

from __future__ import annotations

NOTCH = 120
"""What one notch of a wheel counts, as Qt says it."""
QUIET_SECONDS = 0.25
"""A pause after which the next movement is a new swipe."""


class Swipes:
    """Adds up horizontal wheel movement and says when a week is to be turned."""

    def __init__(self) -> None:
        self._sum = 0.0
        self._spent = False
        self._last = float("-inf")

    def feed(self, delta: float, now: float, *, begins: bool = False) -> int:
        """Weeks to turn for a movement of ``delta`` (Qt's sign: above zero is back): -1, 0 or 1.

        ``begins``: the device itself says that a new swipe starts here.
        """
        if begins or now - self._last > QUIET_SECONDS:
            self._sum, self._spent = 0.0, False
        self._last = now
        self._sum += delta
        if self._spent or abs(self._sum) < NOTCH:
            return 0
        self._spent = True
        return -1 if self._sum > 0 else 1
