"""Which entries stand in each other's way.

The server refuses two entries that fall on the same date and overlap, half-open, whatever they say about
availability. An entry and a weekly pattern never conflict: a dated entry overrides a pattern.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.models import Entry


def conflicts_with(entry: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    """The others on its date that overlap it, in order of start; never the entry itself."""
    found = [
        other
        for other in others
        if other.key != entry.key and other.date == entry.date and other.interval.overlaps(entry.interval)
    ]
    return tuple(sorted(found, key=lambda other: (other.start, other.end, other.key)))


def conflicts_among(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The key of each entry that conflicts, and with which. One sweep a date, not all pairs."""
    by_date: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_date[entry.date].append(entry)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for day in by_date.values():
        active: list[Entry] = []
        for entry in sorted(day, key=lambda each: (each.start, each.end, each.key)):
            active = [other for other in active if other.end > entry.start]
            for other in active:
                found[entry.key].append(other)
                found[other.key].append(entry)
            active.append(entry)
    return {
        key: tuple(sorted(others, key=lambda each: (each.start, each.end, each.key)))
        for key, others in found.items()
    }
