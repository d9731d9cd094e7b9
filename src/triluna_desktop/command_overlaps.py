"""What is imported where something stands already: the free part of it, and what is said of the rest.

The server takes no two slots of a date, or of a weekday, that overlap. To leave out the whole of an event that
overlaps a little would offer callers the time that it was to block.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.command_words import named, on_one_line, words_of
from triluna_desktop.domain.intervals import IntervalSet
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.time import LAST_MINUTE, format_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.answers import Json
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.models import Item


@dataclass(frozen=True, slots=True)
class Fitted:
    """An item of a file beside what is there, or stands before it in the file."""

    item: Item
    others: tuple[Item, ...] = ()
    """What it overlaps."""
    free: tuple[Item, ...] = ()
    """What of it overlaps nothing: all of it, parts, or nothing."""


def fitted(known: Iterable[Item], wanted: Iterable[Item]) -> list[Fitted]:
    """Each of the wanted items, in their order."""
    taken: dict[object, list[Item]] = {}
    for item in known:
        taken.setdefault(_place(item), []).append(item)
    found: list[Fitted] = []
    for item in wanted:
        beside = taken.setdefault(_place(item), [])
        others = tuple(each for each in beside if each.interval.overlaps(item.interval))
        free = _free(item, others) if others else (item,)
        beside.extend(free)
        found.append(Fitted(item, others, free))
    return found


def _free(item: Item, others: tuple[Item, ...]) -> tuple[Item, ...]:
    left = IntervalSet((item.interval,)).difference(IntervalSet.of(each.interval for each in others))
    # None begins with the last minute of a day.
    return tuple(
        replace(item, key=new_key(), start=each.start, end=each.end) for each in left if each.start < LAST_MINUTE
    )


def _place(item: Item) -> object:
    return item.date if isinstance(item, Entry) else item.weekday


def line_of(each: Fitted) -> str:
    """What becomes of an item that overlaps others."""
    others = ", ".join(_named(other) for other in each.others)
    still = ", ".join(_times(stretch) for stretch in _still_open(each))
    open_ = f" Callers can still book {still}." if still else ""
    if not each.free:
        return f"Left out: {words_of(each.item)}; overlaps {others}.{open_}"
    parts = ", ".join(_times(part.interval) for part in each.free)
    return f"In part: {words_of(each.item)}; only {parts}; overlaps {others}.{open_}"


def _still_open(each: Fitted) -> IntervalSet:
    """What of a block lies in openings, which an import leaves as they are."""
    openings = () if each.item.is_available else (other.interval for other in each.others if other.is_available)
    return IntervalSet.of(openings).intersection(IntervalSet((each.item.interval,)))


def json_of(each: Fitted) -> Json:
    """The same for programs."""
    item = each.item
    when: Json = {"date": item.date.isoformat()} if isinstance(item, Entry) else {"day_of_week": item.weekday}
    return {
        **when,
        **_ends(item),
        "is_available": item.is_available,
        "title": item.title or None,
        "kept": [_ends(part) for part in each.free],
        "still_open": [
            {"start_time": format_time(stretch.start), "end_time": format_time(stretch.end)}
            for stretch in _still_open(each)
        ],
    }


def _ends(item: Item) -> Json:
    return {"start_time": format_time(item.start), "end_time": format_time(item.end)}


def _named(item: Item) -> str:
    if isinstance(item, Entry):
        return named(item)
    title = on_one_line(item.title)
    return f"{f'“{title}” ' if title else ''}{_times(item.interval)}"


def _times(interval: Interval) -> str:
    return f"{format_time(interval.start)}-{format_time(interval.end)}"
