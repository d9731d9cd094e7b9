"""The two things a calendar is made of: entries (one date) and recurring patterns (weekly).

Both carry a ``key``, the app's own name for the thing. It never changes, also not when the server gives an id
to what was created here, so a selection, an undo step and a queued edit go on meaning the same thing.
"""

from __future__ import annotations

import os
from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    import datetime

TITLE_LIMIT = 200
"""Characters of a title, and of a pattern's title."""
NOTES_LIMIT = 2000
"""Characters of an entry's notes."""


def new_key() -> str:
    """A key that nothing else has: 128 random bits."""
    return os.urandom(16).hex()


class InvalidSlotError(ValueError):
    """What was typed or dragged is no slot.

    ``field`` names the field at fault (start, end, title, notes, weekday) and ``problem`` what is wrong with it.
    """

    def __init__(self, field_name: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field_name
        self.problem = problem


def _check(start: int, end: int, title: str, notes: str = "") -> None:
    if not 0 <= start < DAY_MINUTES:
        raise InvalidSlotError("start", "starts_outside_day")
    if not 0 < end <= DAY_MINUTES:
        raise InvalidSlotError("end", "ends_outside_day")
    if end <= start:
        raise InvalidSlotError("end", "zero_length" if end == start else "ends_before_start")
    if len(title) > TITLE_LIMIT:
        raise InvalidSlotError("title", "title_too_long")
    if len(notes) > NOTES_LIMIT:
        raise InvalidSlotError("notes", "notes_too_long")


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot on one date. Times are minutes of the wall day, half-open; an entry never crosses midnight.

    Raises:
        InvalidSlotError: the times are no stretch of a day, or a text is over its limit.
    """

    key: str
    date: datetime.date
    start: int
    end: int
    is_available: bool = True
    title: str = ""
    notes: str = ""
    server_id: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _check(self.start, self.end, self.title, self.notes)

    @property
    def interval(self) -> Interval:
        """The stretch of its date."""
        return Interval(self.start, self.end)

    def same_content(self, other: Entry) -> bool:
        """Whether the server would see no difference: everything but ``key`` and ``server_id`` is equal."""
        return self.content() == other.content()

    def content(self) -> tuple[datetime.date, int, int, bool, str, str]:
        """What the wire carries of it."""
        return (self.date, self.start, self.end, self.is_available, self.title, self.notes)

    def with_key(self, key: str) -> Entry:
        """A copy that is another thing: a new key, no server id."""
        return replace(self, key=key, server_id=None)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A slot of every week, without an end. ``weekday`` is 0 for Sunday to 6 for Saturday, as on the wire.

    Raises:
        InvalidSlotError: the times are no stretch of a day, or the title is over its limit.
    """

    key: str
    weekday: int
    start: int
    end: int
    is_available: bool = True
    title: str = ""
    server_id: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise InvalidSlotError("weekday", "no_such_weekday")
        _check(self.start, self.end, self.title)

    @property
    def interval(self) -> Interval:
        """The stretch of its weekday."""
        return Interval(self.start, self.end)

    def same_content(self, other: Pattern) -> bool:
        """Whether the server would see no difference."""
        return self.content() == other.content()

    def content(self) -> tuple[int, int, int, bool, str]:
        """What the wire carries of it."""
        return (self.weekday, self.start, self.end, self.is_available, self.title)


Item: TypeAlias = Entry | Pattern
"""Either thing that an edit can be about."""
