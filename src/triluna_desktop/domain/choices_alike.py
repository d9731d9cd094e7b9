"""The same way out for many clashes at once, as one edit: each is settled on top of those before it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.choices import ChoiceKind, Clash, ways_out
from triluna_desktop.domain.conflicts import conflicts_with
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.models import Item


@dataclass(frozen=True, slots=True)
class Alike:
    """One edit for many clashes."""

    edit: Edit
    count: int
    """How many clashes it settles; the others have no such way out and stay as they are."""


def alike(
    kind: ChoiceKind, clashes: Iterable[Clash], new_key: Callable[[], str], *, allows_overlaps: bool
) -> Alike | None:
    """Take the same way out of all clashes that have it, in the given order; None where none has it.

    None of the clashes is about a draft. One that is settled by what was done about an earlier one counts as well.
    """
    told = tuple(clashes)
    world = _World(told)
    count = 0
    for clash in told:
        mine = world.now.get(clash.mine.key)
        if mine is None:
            continue  # Something before took it away.
        stands = replace(clash, mine=mine, shown=mine, others=world.in_the_way_of(mine))
        choices = ways_out(stands, new_key, allows_overlaps=allows_overlaps)
        choice = next((each for each in choices if each.kind is kind), None)
        if choice is not None:
            world.carry_out(choice.edit)
            count += 1
        elif not stands:
            # Nothing is in its way any more: what the server refused may go.
            if clash.is_refused:
                world.carry_out(Edit((Change(mine, mine),)))
            count += 1
    edit = world.edit()
    return None if edit is None else Alike(edit, count)


class _World:
    """The entries that any of the clashes is about, as they stand after what was done so far."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.now: dict[str, Entry] = {}
        self._by_date: defaultdict[date, dict[str, Entry]] = defaultdict(dict)
        self._began: dict[str, Entry | None] = {}
        """What was there before, of all that was touched."""
        self._refused = {clash.mine.key for clash in clashes if clash.is_refused}
        for clash in clashes:
            for entry in (clash.mine, *clash.others):
                self._put(entry)

    def in_the_way_of(self, mine: Entry) -> tuple[Entry, ...]:
        return conflicts_with(mine, self._by_date[mine.date].values())

    def carry_out(self, edit: Edit) -> None:
        for change in edit.changes:
            before = self.now.pop(change.key, None)
            self._began.setdefault(change.key, before)
            if before is not None:
                del self._by_date[before.date][before.key]
            if change.after is not None:
                self._put(_entry(change.after))

    def edit(self) -> Edit | None:
        """All that was done, in one step: what goes first makes room for what comes."""
        changes = [
            Change(before, after)
            for key, before in self._began.items()
            for after in (self.now.get(key),)
            if before != after or key in self._refused
            if before is not None or after is not None
        ]
        changes.sort(key=lambda change: change.after is not None)
        return Edit(tuple(changes)) if changes else None

    def _put(self, entry: Entry) -> None:
        self.now[entry.key] = entry
        self._by_date[entry.date][entry.key] = entry


def _entry(item: Item) -> Entry:
    assert isinstance(item, Entry)  # noqa: S101 - the edits of choices are about entries only.
    return item
