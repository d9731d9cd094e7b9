"""JSON to and from what the domain speaks of, tolerant in what it reads and exact in what it writes.

Reading: unknown fields are ignored; missing or null optional fields have their defaults; a row that cannot be read
is left out and counted and hides none of the others; of rows with one id the last counts. The list of a reply is
found under its documented key, else it is the only list in the object, else the body itself is the list.

The wire cannot say 24:00: an end at the end of the day is written as 23:59, and 23:59 or 23:59:59 read as an end
is the end of that day.
"""

from __future__ import annotations

import datetime  # noqa: TC003 - msgspec reads the annotations of its structs at run time.
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import msgspec

from triluna_desktop.domain.remote import ConflictingSlot, RemoteCalendar, RemoteEntry, RemotePattern
from triluna_desktop.domain.time import DAY_MINUTES, format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from triluna_desktop.domain.models import Entry, Pattern

ENTRY_KEY = "availability"
PATTERN_KEY = "recurring"

_Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_R = TypeVar("_R", RemoteEntry, RemotePattern)


class UnreadableError(ValueError):
    """The body is no JSON, or not of the shape that was asked for."""


class _Slot(msgspec.Struct):
    """What an entry and a pattern share on the wire."""

    id: _Id
    start_time: str
    end_time: str
    is_available: bool | None = None
    title: str | None = None


class _EntryRow(_Slot, kw_only=True):
    date: datetime.date
    notes: str | None = None
    created_at: object = None
    updated_at: object = None


class _PatternRow(_Slot, kw_only=True):
    day_of_week: Annotated[int, msgspec.Meta(ge=0, le=6)]


# --- writing


def encode_new_entry(entry: Entry) -> bytes:
    """The body of a POST. Texts that are empty are left out.

    Raises:
        ValueError: a text holds half a character (a lone surrogate), which UTF-8 cannot carry.
    """
    texts = {"title": entry.title, "notes": entry.notes}
    given = {name: text for name, text in texts.items() if text}
    return msgspec.json.encode({"date": entry.date.isoformat(), **_slot_body(entry), **given})


def encode_whole_entry(entry: Entry) -> bytes:
    """The body of a PUT: every field, so that an emptied text is emptied there too. Raises the same."""
    texts = {"title": entry.title or None, "notes": entry.notes or None}
    return msgspec.json.encode({"date": entry.date.isoformat(), **_slot_body(entry), **texts})


def encode_new_pattern(pattern: Pattern) -> bytes:
    """The body of a POST of a recurring pattern. Raises as `encode_new_entry`."""
    texts = {"title": pattern.title} if pattern.title else {}
    return msgspec.json.encode({"day_of_week": pattern.weekday, **_slot_body(pattern), **texts})


def _slot_body(item: Entry | Pattern) -> dict[str, object]:
    return {
        "start_time": format_time(item.start),
        "end_time": "23:59" if item.end == DAY_MINUTES else format_time(item.end),
        "is_available": item.is_available,
    }


# --- reading


def parse(body: bytes) -> object:
    """Any JSON document as plain objects.

    Raises:
        UnreadableError: it is no JSON.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return _parse_leniently(body)


def _parse_leniently(body: bytes) -> object:
    """A title cut in the middle of an emoji holds half a character; that must not hide the other entries."""
    try:
        document = json.loads(body.decode("utf-8", "replace"))
        return msgspec.json.decode(
            json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
        )
    except (ValueError, RecursionError):
        raise UnreadableError("the body is no JSON") from None


def read_calendar(document: object, *, with_patterns: bool) -> RemoteCalendar:
    """The reply to a GET of entries; patterns only where asked for and given under their key.

    Raises:
        UnreadableError: no list of entries is in it.
    """
    entries, skipped = _read_list(document, ENTRY_KEY, _read_entry, not_under=PATTERN_KEY)
    if not with_patterns or not isinstance(document, dict) or not isinstance(document.get(PATTERN_KEY), list):
        return RemoteCalendar(entries, None, skipped)
    patterns, skipped_patterns = _read_rows(document[PATTERN_KEY], _read_pattern)
    return RemoteCalendar(entries, patterns, skipped + skipped_patterns)


def read_patterns(document: object) -> RemoteCalendar:
    """The reply to a GET of patterns. Raises as `read_calendar`."""
    patterns, skipped = _read_list(document, PATTERN_KEY, _read_pattern)
    return RemoteCalendar((), patterns, skipped)


def read_entry(document: object) -> RemoteEntry:
    """The entry that a POST or PUT answers with.

    Raises:
        UnreadableError: there is none, or it has no id.
    """
    return _read_one(document, ENTRY_KEY, _read_entry)


def read_replaced_entry(document: object) -> RemoteEntry | None:
    """The entry that a PUT answers with, None where it only says that it worked. Raises as `read_entry`."""
    said = as_object(document)
    if said.get("success") is True and "id" not in said and not any(isinstance(v, dict) for v in said.values()):
        return None
    return read_entry(document)


def read_pattern(document: object) -> RemotePattern:
    """The pattern that a POST answers with. Raises as `read_entry`."""
    return _read_one(document, PATTERN_KEY, _read_pattern)


def read_conflicts(rows: object) -> tuple[ConflictingSlot, ...]:
    """The slots of an error's ``conflicts`` whose times can be read."""
    found: list[ConflictingSlot] = []
    for row in rows if isinstance(rows, list) else ():
        try:
            start, end = _times(row["start_time"], row["end_time"])
        except (TypeError, KeyError, ValueError, AttributeError):
            continue
        known = row.get("id")
        found.append(ConflictingSlot(known if type(known) is int else None, start, end))
    return tuple(found)


def _read_list(
    document: object, key: str, read: Callable[[object], _R], *, not_under: str = ""
) -> tuple[tuple[_R, ...], int]:
    if isinstance(document, dict) and isinstance(document.get(key), list):
        return _read_rows(document[key], read)
    rows = _only_list(document, key, not_under)
    found, skipped = _read_rows(rows, read)
    if skipped and not found:
        raise UnreadableError("the only list in it is of something else")
    return found, skipped


def _only_list(document: object, key: str, not_under: str) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or key in document:
        raise UnreadableError(f"there is no list “{key}”")
    lists = [value for name, value in document.items() if isinstance(value, list) and name != not_under]
    if len(lists) != 1:
        raise UnreadableError(f"there is no list “{key}”")
    return lists[0]


def _read_rows(rows: list[object], read: Callable[[object], _R]) -> tuple[tuple[_R, ...], int]:
    by_id: dict[int, _R] = {}
    for row in rows:
        try:
            found = read(row)
        except ValueError:
            continue
        by_id.pop(found.id, None)  # So that the last one also stands where it stood.
        by_id[found.id] = found
    return tuple(by_id.values()), len(rows) - len(by_id)


def _read_one(document: object, key: str, read: Callable[[object], _R]) -> _R:
    if not isinstance(document, dict):
        raise UnreadableError("the body is no object")
    wrapped = document.get(key)
    if not isinstance(wrapped, dict):
        inner = [value for value in document.values() if isinstance(value, dict)]
        wrapped = inner[0] if len(inner) == 1 and "id" not in document else document
    try:
        return read(wrapped)
    except ValueError:
        raise UnreadableError(f"there is no readable “{key}”") from None


def _read_entry(row: object) -> RemoteEntry:
    read = msgspec.convert(row, _EntryRow)
    start, end = _times(read.start_time, read.end_time)
    return RemoteEntry(
        read.id,
        read.date,
        start,
        end,
        read.is_available is not False,
        read.title or "",
        read.notes or "",
        _stamp(read.created_at),
        _stamp(read.updated_at),
    )


def _read_pattern(row: object) -> RemotePattern:
    read = msgspec.convert(row, _PatternRow)
    start, end = _times(read.start_time, read.end_time)
    return RemotePattern(read.id, read.day_of_week, start, end, read.is_available is not False, read.title or "")


def _stamp(value: object) -> str:
    """A time stamp is only shown: one of another type is as good as none."""
    return value if isinstance(value, str) else ""


@lru_cache(maxsize=2048)
def _times(start_text: str, end_text: str) -> tuple[int, int]:
    """Start and end in minutes of the day. Raises ValueError where they are no stretch of a day."""
    start, end = parse_time(start_text), parse_time(end_text)
    if end == DAY_MINUTES - 1:
        end = DAY_MINUTES
    if not start < end:
        raise ValueError("it ends before it starts")
    return start, end


def as_object(document: object) -> Mapping[str, object]:
    """The document if it is an object, else an empty one."""
    return cast("Mapping[str, object]", document) if isinstance(document, dict) else {}
