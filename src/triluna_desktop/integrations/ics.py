"""What is bookable as an iCalendar file (RFC 5545): one VFREEBUSY.

The format of one free/busy component is a dozen lines, so it is written here, after the RFC; a library for all of
iCalendar would weigh more than this file's whole use.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from triluna_desktop.domain.clock_changes import real_instant, real_minutes, real_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from triluna_desktop.domain.availability import DayAvailability

PRODUCT = "-//TriLuna Desktop//Free and busy//EN"
LINE_OCTETS = 75
"""The longest line, without its end (RFC 5545, 3.1)."""

Period = tuple["datetime", "datetime"]
"""An instant and a later one, both in UTC."""


def free_periods(days: Iterable[DayAvailability], zone: tzinfo) -> tuple[Period, ...]:
    """When callers can book, in UTC and in order; what runs on over midnight is one period.

    The wall times of a date are those of ``zone``: in the night of a clock change a period has the length that it
    really has.
    """
    found: list[Period] = []
    for day in sorted(days, key=lambda each: each.date):
        for begins, ends in real_runs(day.date, day.bookable, zone):
            start, end = (real_instant(day.date, real, zone) for real in (begins, ends))
            if found and found[-1][1] >= start:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
    return tuple(found)


def free_busy(
    days: Sequence[DayAvailability], zone: tzinfo, *, uid: str, stamp: datetime, comment: str = ""
) -> str:
    """The text of an ``.ics`` file that tells when callers can book on the dates, and that all else is busy.

    ``days`` follow one another. ``uid`` names this publication for good, ``stamp`` is the present instant (aware).
    Many programs take for free what is not said to be busy, so what is closed is said too.

    Raises:
        ValueError: there is no date.
    """
    if not days:
        raise ValueError("free and busy times are those of at least one date")
    begin = real_instant(days[0].date, 0, zone)
    last = days[-1].date
    end = real_instant(last, real_minutes(last, zone), zone)
    free = free_periods(days, zone)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "BEGIN:VFREEBUSY",
        f"UID:{as_text(uid)}",
        f"DTSTAMP:{in_utc(stamp)}",
        f"DTSTART:{in_utc(begin)}",
        f"DTEND:{in_utc(end)}",
    ]
    if comment:
        lines.append(f"COMMENT:{as_text(comment)}")
    for kind, periods in (("FREE", free), ("BUSY-UNAVAILABLE", _between(begin, end, free))):
        if periods:
            values = ",".join(f"{in_utc(first)}/{in_utc(last)}" for first, last in periods)
            lines.append(f"FREEBUSY;FBTYPE={kind}:{values}")
    lines += ["END:VFREEBUSY", "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets of UTF-8; each piece but the first begins with a space.

    No piece ends within a character, so that each of them is text by itself.
    """
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        width = len(character.encode())
        if octets + width > LINE_OCTETS:
            pieces.append(piece)
            piece, octets = "", 1  # The space that continues.
        piece += character
        octets += width
    pieces.append(piece)
    return "\r\n ".join(pieces)


def _between(begin: datetime, end: datetime, free: Sequence[Period]) -> list[Period]:
    found: list[Period] = []
    at = begin
    for first, last in free:
        if at < first:
            found.append((at, first))
        at = max(at, last)
    if at < end:
        found.append((at, end))
    return found


def in_utc(moment: datetime) -> str:
    """Form 2 of a date with time (RFC 5545, 3.3.5): in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def as_text(value: str) -> str:
    r"""A value of the type TEXT (RFC 5545, 3.3.11): ``\``, ``;``, ``,`` and line ends escaped, no controls."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(
        character for character in escaped if (character >= " " and character != "\x7f") or character == "\t"
    )
