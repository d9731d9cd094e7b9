"""A calendar as a JSON file, with nothing lost: entries and weekly hours, in the words of the API.

    {"format": "triluna-calendar", "version": 1, "first": DATE, "last": DATE,
     "entries": [{"id", "date", "start_time", "end_time", "is_available", "title", "notes"}, …],
     "recurring": [{"id", "day_of_week", "start_time", "end_time", "is_available", "title"}, …]}

Times are HH:MM of the wall day, 24:00 its end. Ids are told and not taken in: they are the server's to give.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.models import Entry, InvalidSlotError, Pattern, new_key
from triluna_desktop.domain.time import LAST_MINUTE, format_time, parse_time, slot_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORMAT = "triluna-calendar"
VERSION = 1
_PROBLEMS = {
    "zero_length": "the end must lie after the start",
    "ends_before_start": "the end must lie after the start",
    "title_too_long": "the title is too long",
    "notes_too_long": "the notes are too long",
    "no_such_weekday": "the weekday goes from 0 (Sunday) to 6 (Saturday)",
    "starts_outside_day": "the start lies outside of the day",
    "ends_outside_day": "the end lies outside of the day",
}


class CalendarFileError(ValueError):
    """The file cannot be taken in; the message is a sentence, or several, that name the place."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file holds."""

    entries: tuple[Entry, ...]
    patterns: tuple[Pattern, ...]


def to_json(first: date, last: date, entries: Iterable[Entry], patterns: Iterable[Pattern]) -> str:
    """The text of the file."""
    told = {
        "format": FORMAT,
        "version": VERSION,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "entries": [
            {
                "id": each.server_id,
                "date": each.date.isoformat(),
                **_times(each),
                "title": each.title,
                "notes": each.notes,
            }
            for each in entries
        ],
        "recurring": [
            {"id": each.server_id, "day_of_week": each.weekday, **_times(each), "title": each.title}
            for each in patterns
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> CalendarFile:
    """What the text of a file holds, each item under a new key.

    Raises:
        CalendarFileError: one thing or more is wrong with it; the first five are told.
    """
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise CalendarFileError(
            f"Line {error.lineno}, column {error.colno}: this is no JSON: {error.msg}."
        ) from None
    except RecursionError:
        raise CalendarFileError("This is no calendar: it is nested too deeply.") from None
    except ValueError:  # Python reads no number of more than 4300 digits.
        raise CalendarFileError("This is no calendar: a number in it is too long.") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise CalendarFileError(f"This is no calendar of TriLuna Desktop: “format” is not “{FORMAT}”.")
    version = told.get("version")
    if type(version) is not int or version < 1:
        raise CalendarFileError(f"This is no calendar of TriLuna Desktop: “version” is not {VERSION}.")
    if version > VERSION:
        raise CalendarFileError(f"A newer version of TriLuna Desktop wrote this file; this one reads {VERSION}.")
    wrong: list[str] = []
    entries = _read(told, "entries", _entry, wrong)
    patterns = _read(told, "recurring", _pattern, wrong)
    if wrong:
        more = [f"And {len(wrong) - 5} more."] if len(wrong) > 5 else []
        raise CalendarFileError(" ".join((*wrong[:5], *more)))
    return CalendarFile(
        tuple(each for each in entries if isinstance(each, Entry)),
        tuple(each for each in patterns if isinstance(each, Pattern)),
    )


def _times(item: Entry | Pattern) -> dict[str, object]:
    return {
        "start_time": format_time(item.start),
        "end_time": format_time(item.end),
        "is_available": item.is_available,
    }


def _read(
    told: dict[str, Any], name: str, read: Callable[[dict[str, Any]], Entry | Pattern], wrong: list[str]
) -> list[Entry | Pattern]:
    rows = told.get(name, [])
    if not isinstance(rows, list):
        wrong.append(f"“{name}” is no list.")
        return []
    found: list[Entry | Pattern] = []
    for number, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise CalendarFileError("it is no object")
            found.append(read(row))
        except InvalidSlotError as error:
            wrong.append(f"{name}, number {number}: {_PROBLEMS[error.problem]}.")
        except ValueError as error:
            wrong.append(f"{name}, number {number}: {error}.")
    return found


def _entry(row: dict[str, Any]) -> Entry:
    text = _field(row, "date", str)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CalendarFileError(f"“{text}” is no date; write it as YYYY-MM-DD") from None
    return Entry(new_key(), day, *_span(row), _opens(row), _text(row, "title"), _text(row, "notes"))


def _pattern(row: dict[str, Any]) -> Pattern:
    return Pattern(new_key(), _field(row, "day_of_week", int), *_span(row), _opens(row), _text(row, "title"))


def _span(row: dict[str, Any]) -> tuple[int, int]:
    start, end = (parse_time(_field(row, name, str)) for name in ("start_time", "end_time"))
    if start == LAST_MINUTE:
        raise CalendarFileError("nothing can begin at 23:59, which is the end of the day")
    return start, slot_end(end)


def _opens(row: dict[str, Any]) -> bool:
    return bool(_field(row, "is_available", bool))


def _text(row: dict[str, Any], name: str) -> str:
    text = "" if row.get(name) is None else str(_field(row, name, str))
    try:
        text.encode()
    except UnicodeEncodeError:  # JSON can say half of a character, which neither the disk nor the server takes.
        raise CalendarFileError(f"“{name}” holds half of a character") from None
    return text


def _field(row: dict[str, Any], name: str, kind: type) -> Any:
    found = row.get(name)
    if type(found) is not kind:  # A bool is an int to isinstance.
        kinds = {str: "a text", int: "a number", bool: "true or false"}
        raise CalendarFileError(f"“{name}” is missing" if found is None else f"“{name}” is not {kinds[kind]}")
    return found
