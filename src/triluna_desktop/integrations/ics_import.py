"""What another program's iCalendar file (RFC 5545) blocks: its events as entries of the wall day.

An event is a block, as callers must not book it. What is shown as free, was called off or is over is left out, and
what repeats is taken in for a year. Where events overlap, the later one begins where the earlier ends: the server
takes no overlaps. Titles come along, but not those of private events; descriptions do not, which are full of
links and names that are nobody's business on the phone.

A file that this app has exported comes back as it was: openings are openings, weekly hours weekly hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from triluna_desktop.domain.clock_changes import segments_of
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Entry, Pattern, new_key
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, instant_of, slot_end, weekday_of
from triluna_desktop.integrations.calendar_json import CalendarFileError
from triluna_desktop.integrations.ics_events import PRODUCT
from triluna_desktop.integrations.ics_repeats import NoTimeError, beginnings, in_utc, instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

REPEATED_DAYS = 365
"""Days, from today on, for which what repeats is taken in."""
MOST = 20_000
"""Entries of a file; some fifty a day for a year."""
_NAMED = 5


@dataclass(slots=True)
class Imported:
    """What a file holds from today on, and what was left out of it."""

    entries: list[Entry] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    over: int = 0
    """Events that are over."""
    free: int = 0
    """Events that are shown as free, or were called off."""
    repeated_until: date | None = None
    """The last date that was looked at for what repeats, if anything does."""
    unreadable: list[str] = field(default_factory=list)
    """The titles of events that say no time that can be understood, with the reason."""

    def sentences(self) -> list[str]:
        """What is to be told of it."""
        told = [f"Over, and left out: events {self.over}."] if self.over else []
        told += [f"Shown as free or called off, and left out: events {self.free}."] if self.free else []
        if self.repeated_until is not None:
            told.append(f"What repeats was taken in until {self.repeated_until.isoformat()}.")
        return told

    def warning(self) -> str:
        """What the user must look at, as it blocks nothing; or nothing."""
        if not self.unreadable:
            return ""
        more = f"; and {len(self.unreadable) - _NAMED} more" if len(self.unreadable) > _NAMED else ""
        return f"Left out, as nobody can tell when they are: {'; '.join(self.unreadable[:_NAMED])}{more}."


def from_ics(text: str, today: date, zone: tzinfo) -> Imported:
    """The entries that the text of a file makes, in the wall time of ``zone``.

    Raises:
        CalendarFileError: it is no iCalendar file, or makes more than `MOST` entries.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        # What its parser raises where the text is made to do harm.
        raise CalendarFileError(f"This is no iCalendar file that can be read: {error}.") from None
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        # Half a file is read without a complaint, and callers would book what stood in the other half.
        raise CalendarFileError("This iCalendar file is not whole: it does not end with END:VCALENDAR.")
    found = Imported()
    for calendar in calendars:
        _Reader(found, calendar, today, zone).read()
    found.entries = [*_apart(found.entries)]
    return found


class _Reader:
    """Reads one calendar of a file. To the type checker an event is anything."""

    def __init__(self, found: Imported, calendar: Any, today: date, zone: tzinfo) -> None:
        self._found, self._calendar, self._today, self._zone = found, calendar, today, zone
        self._is_ours = str(calendar.get("PRODID", "")) == PRODUCT

    def read(self) -> None:
        """Add what it holds."""
        events = self._calendar.walk("VEVENT")
        # An occurrence that was moved is an event of its own, and none of the series any more.
        moved: dict[str, list[Any]] = {}
        for event in events:
            if "RECURRENCE-ID" in event:
                moved.setdefault(str(event.get("UID", "")), []).append(event["RECURRENCE-ID"])
        for event in events:
            try:
                self._read(event, moved.get(str(event.get("UID", "")), []))
            except CalendarFileError:
                raise
            except (ValueError, OverflowError, TypeError, AttributeError, KeyError) as error:
                # A value of an event may be of any kind, and broken in any way.
                why = str(error) if isinstance(error, NoTimeError) else "its times cannot be read"
                self._found.unreadable.append(f"“{_title(event)}” ({why})")

    def _read(self, event: Any, moved: list[Any]) -> None:
        opens = self._is_ours and "AVAILABLE" in _categories(event)
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or (
            str(event.get("TRANSP", "")).upper() == "TRANSPARENT" and not opens
        ):
            self._found.free += 1
            return
        start, end = _times(event)
        if self._is_ours and str(event.get("UID", "")).startswith("weekly-"):
            self._found.patterns.append(self._pattern(event, start, end, opens=opens))
            return
        last = self._today + timedelta(days=REPEATED_DAYS)
        is_series = ("RRULE" in event or "RDATE" in event) and "RECURRENCE-ID" not in event
        begins = [start]
        if is_series:
            self._found.repeated_until = last
            begins = beginnings(event, start, moved, before=last + timedelta(days=1))
        made = 0
        for begin in begins:
            for day, stretch in self._parts(begin, _ending(begin, start, end), last if is_series else None):
                made += 1
                self._add(event, day, stretch, opens=opens)
        self._found.over += not made and not _begins_after(begins, last)

    def _parts(
        self, start: datetime | date, end: datetime | date, last: date | None
    ) -> Iterator[tuple[date, Interval]]:
        """What it takes of each date, from today on."""
        if not isinstance(start, datetime):
            day = max(start, self._today)
            while day < end and (last is None or day <= last):
                yield day, Interval(0, DAY_MINUTES)
                day += timedelta(days=1)
            return
        begin, stop = instant(start, self._zone), instant(end, self._zone)
        day = max(begin.astimezone(self._zone).date(), self._today)
        while (midnight := instant_of(day, 0, self._zone)) < stop and (last is None or day <= last):
            first = int((begin - midnight).total_seconds() // 60)
            until = -int((midnight - stop).total_seconds() // 60)
            yield from ((day, each) for each in _on_the_wall(day, first, until, self._zone))
            day += timedelta(days=1)

    def _add(self, event: Any, day: date, stretch: Interval, *, opens: bool) -> None:
        if len(self._found.entries) >= MOST:
            raise CalendarFileError(f"The file makes more than {MOST} entries.")
        if stretch.start < LAST_MINUTE:
            title, notes = self._texts(event)
            entry = Entry(new_key(), day, stretch.start, slot_end(stretch.end), opens, title, notes)
            self._found.entries.append(entry)

    def _pattern(self, event: Any, start: datetime | date, end: datetime | date, *, opens: bool) -> Pattern:
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise NoTimeError("weekly hours have times")
        minutes = [each.hour * 60 + each.minute for each in (start, end)]
        title, _ = self._texts(event)
        return Pattern(new_key(), weekday_of(start.date()), minutes[0], minutes[1] or DAY_MINUTES, opens, title)

    def _texts(self, event: Any) -> tuple[str, str]:
        if not self._is_ours:
            return _title(event), ""
        title = str(event.get("SUMMARY", ""))
        # What stands for no title there.
        return "" if title in ("Available", "Blocked") else title, str(event.get("DESCRIPTION", ""))[:NOTES_LIMIT]


def _times(event: Any) -> tuple[datetime | date, datetime | date]:
    start = _moment(event, "DTSTART")
    if start is None:
        raise NoTimeError("it has no beginning")
    if (end := _moment(event, "DTEND")) is None:
        duration = event["DURATION"].dt if "DURATION" in event else None
        if duration is None:
            duration = timedelta(0) if isinstance(start, datetime) else timedelta(days=1)
        end = start + duration
    if isinstance(start, datetime) is not isinstance(end, datetime):
        raise NoTimeError("it begins with a date and ends with a time, or the other way round")
    if end <= start:
        raise NoTimeError("it ends when it begins, or before")
    return start, end


def _moment(event: Any, name: str) -> datetime | date | None:
    if name not in event:
        return None
    found = event[name]
    moment = found.dt
    if not isinstance(moment, date):
        raise NoTimeError("its times cannot be read")
    zone = found.params.get("TZID")
    if zone and isinstance(moment, datetime) and moment.tzinfo is None:
        raise NoTimeError(f"its time zone “{zone}” is not known")
    return moment


def _ending(begin: Any, start: Any, end: Any) -> Any:
    """The end of an occurrence: each is exactly as long as the first (RFC 5545, 3.8.5.3)."""
    if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo is not None:
        return in_utc(begin) + (in_utc(end) - in_utc(start))
    return begin + (end - start)


def _begins_after(begins: list[datetime | date], last: date) -> bool:
    first = begins[0] if begins else last
    return (first.date() if isinstance(first, datetime) else first) > last


def _on_the_wall(day: date, first: int, until: int, zone: tzinfo) -> IntervalSet:
    """What real minutes of a date, counted from its beginning, are on the wall."""
    found: list[Interval] = []
    for segment in segments_of(day, zone):
        start = max(segment.start, segment.start + first - segment.at)
        end = min(segment.end, segment.start + until - segment.at)
        if start < end:
            found.append(Interval(start, end))
    return IntervalSet.of(found)


def _apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same time, each minute once."""
    taken: dict[date, IntervalSet] = {}
    for entry in sorted(entries, key=lambda each: (each.date, each.start, each.end, each.title)):
        stretch = IntervalSet((entry.interval,))
        before = taken.get(entry.date, IntervalSet())
        taken[entry.date] = before.union(stretch)
        for left in stretch.difference(before):
            if left.start < LAST_MINUTE:
                yield replace(entry, start=left.start, end=left.end).with_key(new_key())


def _title(event: Any) -> str:
    if str(event.get("CLASS", "PUBLIC")).upper() != "PUBLIC":
        return ""
    told = event.get("SUMMARY", "")
    shown = "".join(
        each if each.isprintable() else " " for each in str(told[0] if isinstance(told, list) else told)
    )
    title = " ".join(shown.encode(errors="ignore").decode().split())
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…"


def _categories(event: Any) -> set[str]:
    told = event.get("CATEGORIES")
    return {str(each) for each in getattr(told, "cats", ())}
