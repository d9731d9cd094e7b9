"""A calendar as an iCalendar file (RFC 5545) for other programs: an event an entry, a weekly event a pattern.

An entry is told in UTC, so that every program shows the same moment. Weekly hours are wall times without a zone,
as the calendar keeps them: they are told as local times (form 1 of 3.3.5), which no clock change moves.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.clock_changes import real_instant, real_runs
from triluna_desktop.domain.time import DAY_MINUTES, weekday_of
from triluna_desktop.integrations.ics import as_text, folded, in_utc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from triluna_desktop.domain.models import Entry, Item, Pattern

PRODUCT = "-//TriLuna Desktop//Calendar//EN"
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def calendar_events(
    entries: Iterable[Entry], patterns: Iterable[Pattern], zone: tzinfo, *, first: date, stamp: datetime
) -> str:
    """The text of an ``.ics`` file. Weekly hours begin on or after ``first``; ``stamp`` is now, aware.

    What a clock change leaves no minute of is left out: it never happens.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH"]
    for entry in entries:
        runs = real_runs(entry.date, (entry.interval,), zone)
        if runs:
            start, end = (real_instant(entry.date, real, zone) for real in (runs[0][0], runs[-1][1]))
            times = [f"DTSTART:{in_utc(start)}", f"DTEND:{in_utc(end)}"]
            notes = [f"DESCRIPTION:{as_text(entry.notes)}"] if entry.notes else []
            lines += _event(entry, "entry", [*times, *notes], stamp)
    for pattern in patterns:
        day = first + timedelta(days=(pattern.weekday - weekday_of(first)) % 7)
        times = [f"DTSTART:{_local(day, pattern.start)}", f"DTEND:{_local(day, pattern.end)}"]
        lines += _event(pattern, "weekly", [*times, f"RRULE:FREQ=WEEKLY;BYDAY={_DAYS[pattern.weekday]}"], stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(item: Item, kind: str, lines: list[str], stamp: datetime) -> list[str]:
    name = item.key if item.server_id is None else item.server_id
    title = item.title or ("Available" if item.is_available else "Blocked")
    return [
        "BEGIN:VEVENT",
        f"UID:{kind}-{name}@triluna-desktop",
        f"DTSTAMP:{in_utc(stamp)}",
        *lines,
        f"SUMMARY:{as_text(title)}",
        # Who looks for free time in another program finds it where callers find it.
        f"TRANSP:{'TRANSPARENT' if item.is_available else 'OPAQUE'}",
        f"CATEGORIES:{'AVAILABLE' if item.is_available else 'BLOCKED'}",
        "END:VEVENT",
    ]


def _local(day: date, minute: int) -> str:
    if minute == DAY_MINUTES:
        day, minute = day + timedelta(days=1), 0
    return f"{day:%Y%m%d}T{minute // 60:02}{minute % 60:02}00"
