"""What it takes to make the weekly hours on the server those of a draft: calls, in the order that is safe.

The API can create and delete patterns, and nothing else. A change of one that stays on its weekday is left to
`sync.saga`, which creates the new one first; all else is a create or a delete of its own.

The law: at no moment is a minute open that is open neither before nor after. A weekday on which nothing overlaps
is opened by its openings alone, and closed by its blocks alone. So an opening may go or come at any time, and what
must wait is the end of a block: until each block is there that closes the same minutes afterwards.

1 openings go · 2 blocks go of whose minutes none stays blocked · 3 openings change · 4 blocks come · 5 the other
changes, each after those that take over minutes from it · 6 openings come · 7 the other blocks go

Within that, what finds its place free goes first: so a server that takes no overlaps refuses the least.

Where stretches overlap, which a server may allow, a change could open for a moment what lies below a block. On
such a weekday nothing is changed: openings go, blocks come, openings come, blocks go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.weekly import WEEKDAYS, WeekDraft, in_week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from triluna_desktop.domain.models import Entry


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of one stretch, for a person to read. No ``before``: it is new. No ``after``: it goes."""

    before: Pattern | None
    after: Pattern | None
    calls: int
    """Requests that it takes: one, or a create and a delete."""

    @property
    def item(self) -> Pattern:
        """The stretch as it will be, or as it was."""
        item = self.after if self.after is not None else self.before
        assert item is not None  # noqa: S101 - a row has at least one side.
        return item


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The way from the patterns that are shown to a draft."""

    rows: tuple[Row, ...]
    """In order of the week."""
    changes: tuple[Change, ...]
    """In the order in which they are to be carried out."""

    @property
    def edit(self) -> Edit | None:
        """All of it as one undo step; None where nothing differs."""
        return Edit(self.changes) if self.changes else None

    @property
    def calls(self) -> int:
        """How many requests change something."""
        return sum(row.calls for row in self.rows)


def plan_week(shown: Mapping[str, Pattern], draft: WeekDraft, new_key: Callable[[], str]) -> WeekPlan:
    """What leads from the patterns that are shown, by key, to a draft.

    ``new_key`` names what is to stand elsewhere than what it comes from: that is another pattern then.
    """
    wanted = {each.key: each for each in draft.stretches}
    pairs = [(shown.get(key), wanted.get(key)) for key in shown.keys() | wanted.keys()]
    pairs = [(before, after) for before, after in pairs if before != after]
    rows = [Row(before, after, 1 if before is None or after is None else 2) for before, after in pairs]
    risky = _overlapping_days(shown.values()) | _overlapping_days(draft.stretches)
    parts = [part for before, after in pairs for part in _parts(before, after, risky, new_key)]
    changes = [change for weekday in WEEKDAYS for change in _in_order(weekday, parts, draft.on(weekday), risky)]
    return WeekPlan(tuple(sorted(rows, key=lambda row: in_week(row.item))), tuple(changes))


def overriding(entries: Iterable[Entry], rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The dated entries that lie over hours which rows change: on those dates they decide, before and after."""
    touched = [side for row in rows for side in (row.before, row.after) if side is not None]
    return tuple(
        entry
        for entry in sorted(entries, key=lambda each: (each.date, each.start, each.end, each.key))
        if any(
            side.weekday == entry.date.isoweekday() % 7 and side.interval.overlaps(entry.interval)
            for side in touched
        )
    )


def _parts(
    before: Pattern | None, after: Pattern | None, risky: frozenset[int], new_key: Callable[[], str]
) -> list[Change]:
    """One change, or two where the stretch is to stand elsewhere or may not be changed in its place."""
    if before is None or after is None:
        return [Change(before, None if after is None else replace(after, server_id=None))]
    stays = before.weekday == after.weekday and before.interval.overlaps(after.interval)
    if stays and before.weekday not in risky:
        return [Change(before, after)]
    return [Change(before, None), Change(None, replace(after, key=new_key(), server_id=None))]


def _in_order(
    weekday: int, parts: Sequence[Change], wanted: Sequence[Pattern], risky: frozenset[int]
) -> list[Change]:
    mine = sorted((part for part in parts if _pattern(part).weekday == weekday), key=_when)
    creates = [part for part in mine if part.before is None]
    deletes = [part for part in mine if part.after is None]
    changes = [part for part in mine if part.before is not None and part.after is not None]
    blocked = [each for each in wanted if not each.is_available]
    final = [
        part
        for part in deletes
        if not _pattern(part).is_available
        and (weekday not in risky and not any(_pattern(part).interval.overlaps(each.interval) for each in blocked))
    ]
    return [
        *(part for part in deletes if _pattern(part).is_available),
        *final,
        *_takers_first([part for part in changes if _stays_open(part)]),
        *(part for part in creates if not _pattern(part).is_available),
        *_takers_first([part for part in changes if not _stays_open(part)]),
        *(part for part in creates if _pattern(part).is_available),
        *(part for part in deletes if not _pattern(part).is_available and part not in final),
    ]


def _stays_open(change: Change) -> bool:
    return all(side is not None and side.is_available for side in (change.before, change.after))


def _takers_first(changes: Sequence[Change]) -> list[Change]:
    """Each change after those whose new block closes minutes that its old block closes.

    There is always one to go on with: nothing overlaps before nor after, and each stays where it overlaps itself.
    """
    waiting = list(changes)
    ordered: list[Change] = []
    while waiting:
        others = {id(part): [other for other in waiting if other is not part] for part in waiting}
        may_go = [
            part for part in waiting if not any(_takes_over(other, part) for other in others[id(part)])
        ] or waiting
        ready = next((part for part in may_go if _lands_free(part, others[id(part)])), may_go[0])
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def _lands_free(change: Change, others: Sequence[Change]) -> bool:
    after = change.after
    return after is not None and not any(
        other.before is not None and other.before.interval.overlaps(after.interval) for other in others
    )


def _takes_over(taker: Change, giver: Change) -> bool:
    after, before = taker.after, giver.before
    return (
        after is not None
        and before is not None
        and not after.is_available
        and not before.is_available
        and after.interval.overlaps(before.interval)
    )


def _overlapping_days(patterns: Iterable[Pattern]) -> frozenset[int]:
    return frozenset(one.weekday for one, _ in WeekDraft.of(patterns).overlapping())


def _pattern(change: Change) -> Pattern:
    assert isinstance(change.item, Pattern)  # noqa: S101 - of a plan for weekly hours.
    return change.item


def _when(change: Change) -> tuple[int, int, int, str]:
    return in_week(_pattern(change))
