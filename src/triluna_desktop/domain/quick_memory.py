"""What the quick actions did, so that it can be released: kept on disk as one short text.

Items are known by their key, which stays when the server gives an id and when the app starts anew. What is
remembered and no longer there, or no longer as it was left, counts as taken over by somebody: it is left alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Made:
    """An entry that a quick action created or lengthened, as it left it."""

    key: str
    date: date
    interval: Interval
    opens: bool

    @classmethod
    def of(cls, entry: Entry) -> Made:
        """The entry as it is."""
        return cls(entry.key, entry.date, entry.interval, entry.is_available)

    def still(self, entries: Mapping[str, Entry]) -> Entry | None:
        """The entry, while it is on that date and says what it said; others may have lengthened or named it."""
        entry = entries.get(self.key)
        is_it = entry is not None and (entry.date, entry.is_available) == (self.date, self.opens)
        return entry if is_it else None


@dataclass(frozen=True, slots=True)
class Cut:
    """What a quick block took out of an opening of the user's."""

    opening: Entry
    """As it was before."""
    interval: Interval
    """What was taken out."""
    before: str | None
    """The key of what is left of it and ends where the cut begins."""
    after: str | None
    """The key of what is left of it and begins where the cut ends."""

    def in_force(self, entries: Mapping[str, Entry]) -> bool:
        """Whether the opening is still as the cut left it, at one of its ends at least.

        An opening of which nothing was left is taken for gone by the cut: entries that cover its time tell
        otherwise, and whoever gives it back looks at these.
        """
        before, after = (entries.get(key) if key is not None else None for key in (self.before, self.after))
        if self.before is None and self.after is None:
            return self.opening.key not in entries
        return (before is not None and self._is_part(before) and before.end == self.interval.start) or (
            after is not None and self._is_part(after) and after.start == self.interval.end
        )

    def _is_part(self, entry: Entry) -> bool:
        return entry.is_available and entry.date == self.opening.date


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered of the quick actions of today and later."""

    made: tuple[Made, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the entries that quick actions made."""
        return frozenset(each.key for each in self.made)

    @property
    def last_date(self) -> date | None:
        """The last date of which anything is remembered."""
        return max((*(each.date for each in self.made), *(each.opening.date for each in self.cuts)), default=None)

    def since(self, day: date) -> Memory:
        """Without what is of the dates before."""
        return Memory(
            tuple(each for each in self.made if each.date >= day),
            tuple(each for each in self.cuts if each.opening.date >= day),
        )

    def with_made(self, entries: Iterable[Entry]) -> Memory:
        """With these entries as made by a quick action, as they are now."""
        new = {entry.key: Made.of(entry) for entry in entries}
        return replace(self, made=(*(each for each in self.made if each.key not in new), *new.values()))

    def with_cut(self, cut: Cut, source: str) -> Memory:
        """With a cut out of the entry ``source``; one that goes on where another ended becomes one with it."""
        for number, known in enumerate(self.cuts):
            if known.after == source and known.interval.end == cut.interval.start and cut.before is None:
                joined = replace(known, interval=Interval(known.interval.start, cut.interval.end), after=cut.after)
                return replace(self, cuts=(*self.cuts[:number], joined, *self.cuts[number + 1 :]))
        return replace(self, cuts=(*self.cuts, cut))

    def turned(self, one: Memory, other: Memory) -> Memory:
        """With what ``other`` has and ``one`` has not, and without what only ``one`` has."""
        gone = {each.key for each in one.made if each not in other.made}
        made = [each for each in other.made if each not in one.made]
        gone |= {each.key for each in made}
        cuts = [each for each in self.cuts if each in other.cuts or each not in one.cuts]
        return Memory(
            (*(each for each in self.made if each.key not in gone), *made),
            (*cuts, *(each for each in other.cuts if each not in one.cuts and each not in cuts)),
        )

    def without(self, cuts: Collection[Cut]) -> Memory:
        """With these cuts forgotten."""
        return replace(self, cuts=tuple(each for each in self.cuts if each not in cuts))

    def to_text(self) -> str:
        """All of it, for the disk."""
        made = [[each.key, each.date.isoformat(), *_ends(each.interval), each.opens] for each in self.made]
        cuts = [[_entry(each.opening), *_ends(each.interval), each.before, each.after] for each in self.cuts]
        return json.dumps({"made": made, "cuts": cuts}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of_text(cls, text: str | None) -> Memory:
        """What `to_text` wrote; nothing for None."""
        if text is None:
            return cls()
        told = json.loads(text)
        return cls(
            tuple(
                Made(key, date.fromisoformat(day), Interval(start, end), opens)
                for key, day, start, end, opens in told["made"]
            ),
            tuple(
                Cut(_read_entry(opening), Interval(start, end), before, after)
                for opening, start, end, before, after in told["cuts"]
            ),
        )


NOTHING_KNOWN = Memory()


def _ends(interval: Interval) -> tuple[int, int]:
    return interval.start, interval.end


def _entry(entry: Entry) -> list[Any]:
    day, *rest = entry.content()
    return [entry.key, day.isoformat(), *rest]


def _read_entry(told: list[Any]) -> Entry:
    key, day, *rest = told
    return Entry(key, date.fromisoformat(day), *rest)
