"""The words for days, months and halves of the day that a person may type: English, and those of the locale.

Data only. `ui` fills one from Qt's locale; English words are always understood beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEWEST_LETTERS = 3
"""Of a name that is cut short: fewer may begin several names, or be a word of their own."""

_WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def begun(names: Iterable[str], first: int = 0) -> dict[str, int]:
    """Each name and each beginning of it of three letters and more, casefolded, with its number.

    A beginning that two names share ("mar" of mardi and of mars, within one list) belongs to neither.
    """
    found: dict[str, int] = {}
    shared: set[str] = set()
    whole = [name.casefold().strip(".") for name in names]
    for number, name in enumerate(whole, start=first):
        for length in range(FEWEST_LETTERS, len(name)):
            start = name[:length]
            if found.setdefault(start, number) != number:
                shared.add(start)
    found = {start: number for start, number in found.items() if start not in shared}
    return {**found, **{name: number for number, name in enumerate(whole, start=first) if name}}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, casefolded and without full stops."""

    weekdays: Mapping[str, int]
    """0 is Sunday."""
    months: Mapping[str, int]
    """1 is January."""
    near: Mapping[str, int]
    """"tomorrow" and the like: days from today."""
    am: frozenset[str] = frozenset({"am", "a.m."})
    pm: frozenset[str] = frozenset({"pm", "p.m."})
    block: frozenset[str] = field(default=frozenset({"block", "blocked", "busy", "unavailable"}))
    open: frozenset[str] = field(default=frozenset({"open", "available", "free", "make available", "unblock"}))
    order: str = "dMy"
    """The order of day, month and year in a date of numbers."""
    first_weekday: int = 1
    """On which weeks start; 0 is Sunday."""

    def with_words(self, other: Vocabulary) -> Vocabulary:
        """This one, understanding the other's words as well; where both know a word, this one's meaning counts."""
        return Vocabulary(
            {**other.weekdays, **self.weekdays},
            {**other.months, **self.months},
            {**other.near, **self.near},
            self.am | other.am,
            self.pm | other.pm,
            self.block | other.block,
            self.open | other.open,
            self.order,
            self.first_weekday,
        )


ENGLISH = Vocabulary(
    {**begun(_WEEKDAYS), "tues": 2, "weds": 3, "thurs": 4},
    {**begun(_MONTHS, 1), "sept": 9},
    {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2},
)
