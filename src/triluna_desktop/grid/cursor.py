"""The slot cursor: the stretch that a click marks and the keyboard moves. It is not an entry until one says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import floor

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.domain.values import dataclass

DEFAULT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class SlotCursor:
    """Hours, the same on each day from ``day`` to ``head`` (which may be earlier)."""

    day: date
    start: int
    end: int
    head: date

    @classmethod
    def at(cls, day: date, minute: float, snap: int, length: int = DEFAULT_MINUTES) -> SlotCursor:
        """The cursor for a click: from the start of the cell that was hit, within the day."""
        start = min(floor(minute / snap) * snap, DAY_MINUTES - length)
        return cls(day, start, start + length, day)

    @property
    def days(self) -> tuple[date, ...]:
        """The dates it covers, in order of time."""
        first, last = min(self.day, self.head), max(self.day, self.head)
        return tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))

    def stepped(self, minutes: int) -> SlotCursor:
        """Moved up or down, kept within the day; covers one day again."""
        shift = min(max(minutes, -self.start), DAY_MINUTES - self.end)
        return SlotCursor(self.head, self.start + shift, self.end + shift, self.head)

    def on(self, day: date) -> SlotCursor:
        """The same hours on another date."""
        return SlotCursor(day, self.start, self.end, day)

    def stretched(self, minutes: int, shortest: int) -> SlotCursor:
        """With its end moved; once it is as short as can be, shrinking goes on as growing upwards."""
        end = self.end + minutes
        if end - self.start >= shortest:
            return replace(self, end=min(end, DAY_MINUTES))
        return replace(self, start=max(0, self.start + minutes))

    def reaching(self, days: int) -> SlotCursor:
        """With its last day moved."""
        return replace(self, head=self.head + timedelta(days=days))

    def entries(self, *, is_available: bool) -> tuple[Entry, ...]:
        """What creating here would make; the keys are placeholders."""
        return tuple(Entry(f"draft {day}", day, self.start, self.end, is_available) for day in self.days)
