"""Recurring patterns on the dates they fall on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.time import weekday_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.models import Pattern


def patterns_on(day: date, patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """The patterns that hold on a date: those of its weekday, in order of start, end and key."""
    weekday = weekday_of(day)
    found = [pattern for pattern in patterns if pattern.weekday == weekday]
    return tuple(sorted(found, key=lambda pattern: (pattern.start, pattern.end, pattern.key)))
