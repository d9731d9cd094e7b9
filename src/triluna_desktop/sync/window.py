"""Which dates are read: the window that is polled, and the stretch that serves a batch of edits at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import week_of

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKS_BACK = 12
WEEKS_AHEAD = 26
GAP_DAYS = 26 * 7
"""Dates farther apart than this are read by themselves: one far-off date shall not fetch the years between."""
CLUSTER_DAYS = 53 * 7
"""The longest stretch that is read for a batch."""

SEARCHED_DAYS = 5 * 366
"""How far from today something is looked for that may have been moved to another date."""

Span = tuple[date, date]
"""The first and the last date, both included."""


def window_around(today: date) -> Span:
    """The dates that are polled: 12 weeks back and 26 ahead of the current week, wherever weeks start."""
    sunday = week_of(today, 0)
    return sunday - timedelta(weeks=WEEKS_BACK, days=6), sunday + timedelta(weeks=WEEKS_AHEAD, days=12)


def searched_around(today: date) -> Span:
    """The dates among which something is looked for that is missing where it was."""
    days = timedelta(days=SEARCHED_DAYS)
    first = date.min if today - date.min < days else today - days
    return first, date.max if date.max - today < days else today + days


def cluster_around(day: date, days: Iterable[date]) -> Span:
    """The stretch to read for ``day`` that serves as many of ``days`` as lie near it."""
    first = last = day
    wanted = sorted(set(days))
    for later in wanted:
        if later > last and (later - last).days <= GAP_DAYS and (later - first).days < CLUSTER_DAYS:
            last = later
    for earlier in reversed(wanted):
        if earlier < first and (first - earlier).days <= GAP_DAYS and (last - earlier).days < CLUSTER_DAYS:
            first = earlier
    return first, last


def is_inside(day: date, span: Span) -> bool:
    """Whether a date lies in a stretch."""
    return span[0] <= day <= span[1]
