"""What an edit that is only being considered would leave: ghosts of what stands then, and what would go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.grid.lanes import lay_out
from triluna_desktop.grid.scene import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.edits import Edit


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the entries of an edit would stand. Nothing is done yet."""

    ghosts: tuple[Block, ...] = ()
    """What there would be, each in the lane that it would get beside what is left alone."""
    touched: frozenset[str] = frozenset()
    """The keys of what it is about: they are drawn as ghosts, or would be gone."""
    gone: frozenset[str] = frozenset()
    """Of those, the keys of what would be deleted."""


def outcome_of(edit: Edit, entries_on: Callable[[date], Iterable[Entry]]) -> Outcome:
    """The outcome of an edit; ``entries_on`` gives what is on screen of a date. Patterns are passed over."""
    changes = [change for change in edit.changes if isinstance(change.item, Entry)]
    about = {change.key for change in changes}
    after = [change.after for change in changes if isinstance(change.after, Entry)]
    ghosts: list[Block] = []
    for day in sorted({entry.date for entry in after}):
        coming = [entry for entry in after if entry.date == day]
        staying = [entry for entry in entries_on(day) if entry.key not in about]
        places = lay_out((*coming, *staying))
        ghosts += [Block(entry, day, places[entry.key]) for entry in coming]
    return Outcome(
        tuple(ghosts), frozenset(about), frozenset(change.key for change in changes if change.after is None)
    )
