"""What a read of the server tells of changes that this app did not make, for the history."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync.ports import FAILED, SYNCED, Actor, EntryRow
from triluna_desktop.sync.pull import ROWS_A_BREATH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.sync.ports import Op, Row, Transaction


class Elsewhere:
    """Collects what one reply changes. To be made before any of the reply is written.

    Two things are no change elsewhere: what stands on dates that were never read before, and what an edit of ours
    has done whose answer was lost.
    """

    def __init__(self, tx: Transaction, at: float, ops: Sequence[Op], span: tuple[date, date] | None) -> None:
        """``at``: when the reply came, in seconds since the epoch. ``span``: the dates that were asked for."""
        self._tx = tx
        self._at = at
        self._loaded = [] if span is None else tx.loaded(*span)
        self._knows_patterns = tx.note(SYNCED) is not None
        self._own = {(op.key, op.item.content()) for op in ops if op.attempt > 0}
        self._changes: list[tuple[Row | None, Row | None]] = []

    def wrote(self, before: Row | None, after: Row) -> None:
        """A row is new, or is another one now. What the store said of it before is ``before``."""
        if (before is not None or self._was_read(after)) and (after.key, after[3:]) not in self._own:
            self._changes.append((before, after))

    def dropped(self, row: Row) -> None:
        """A row is gone."""
        self._changes.append((row, None))

    def save(self, breathe: Callable[[], None]) -> None:
        """Write it all down; ``breathe`` is called every few rows."""
        left = iter(self._changes)
        while batch := list(islice(left, ROWS_A_BREATH)):
            breathe()
            changes = [(_item(before), _item(after)) for before, after in batch]
            self._tx.add_history_of(self._at, Actor.ELSEWHERE, changes)

    def _was_read(self, row: Row) -> bool:
        if not isinstance(row, EntryRow):
            return self._knows_patterns
        return any(first <= row.date <= last for first, last in self._loaded)


def _item(row: Row | None) -> Item | None:
    return None if row is None else row.item()


def decided_over(tx: Transaction, edit: Edit) -> list[tuple[Item | None, Item | None]]:
    """What others had made of an item, and what an edit, about to be queued, makes of that.

    Where the user was asked about it, the edit starts from their own version, and does not tell.
    """
    replaced: list[tuple[Item | None, Item | None]] = []
    for change in edit.changes:
        asked = [op for op in tx.ops_of(change.key)[:1] if op.state in FAILED and op.trouble is Trouble.CHANGED]
        row = tx.row(change.key) if asked and change.after is not None else None
        if row is not None and row.item() not in (change.before, change.after):
            replaced.append((row.item(), change.after))
    return replaced


def note_reply(tx: Transaction, at: float, asked: Item, said: Item) -> None:
    """Keep what was asked for where the server, in carrying it out, made something else of it."""
    if asked.content() != said.content():
        tx.add_history(at, Actor.SYNC, asked, said)
