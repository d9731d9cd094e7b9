"""Items in the words of the command line, which are English like all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import Layer
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import format_time

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Item, Pattern

_DAYS = ("Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays")


def words_of(item: Item) -> str:
    """An item in words, on one line."""
    day = f"{item.date:%a} {item.date.isoformat()}" if isinstance(item, Entry) else _DAYS[item.weekday]
    kind = "available" if item.is_available else "blocked"
    time = f"{format_time(item.start)}-{format_time(item.end)}"
    return f"{day}  {time}  {kind}  {on_one_line(item.title)}".rstrip()


def on_one_line(title: str) -> str:
    """A title comes from anywhere: it must neither look like another line nor command the terminal."""
    return " ".join("".join(each if each.isprintable() else " " for each in title).split())


def reason(layer: Layer, opens: bool, item: Entry | Pattern | None) -> str:
    does = "open" if opens else "closed"
    if item is None:
        return f"{does} by default"
    name = f" “{on_one_line(item.title)}”" if item.title else ""
    kind = "weekly hours" if layer is Layer.PATTERN else "entry"
    return f"{does} by {kind}{name} {format_time(item.start)}-{format_time(item.end)}"


def named(entry: Entry) -> str:
    """An entry of a date that is known, by its title and its time."""
    title = on_one_line(entry.title)
    return f"{f'“{title}” ' if title else ''}{format_time(entry.start)}-{format_time(entry.end)}"
