"""The sandbox's clock: the machine's, plus an offset that tests move instead of waiting."""

from __future__ import annotations

import datetime
import time


class Clock:
    """Seconds since the epoch; expiry, the rate limit and time stamps all ask it."""

    def __init__(self) -> None:
        self.offset_seconds = 0.0

    def now(self) -> float:
        return time.time() + self.offset_seconds

    def stamp(self) -> str:
        """The time as the API writes it: 2025-09-01T10:00:00.000Z."""
        moment = datetime.datetime.fromtimestamp(self.now(), datetime.UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
