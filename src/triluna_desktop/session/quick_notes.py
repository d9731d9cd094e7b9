"""What the quick actions did, as it lies on disk: a note, written in the transaction of the edit that it is about.

So no crash leaves a memory of what was never done, or of what was taken back: a release would go by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.quick_memory import Memory
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.sync.ports import CalendarStore, Changes, Transaction

_MEMORY = "quick_actions"
"""The note in the store that holds the `Memory`."""


def known(store: CalendarStore) -> Memory:
    """What is remembered."""
    return Memory.of_text(store.note(_MEMORY))


def remembering(memory: Memory) -> Callable[[Transaction], None]:
    """To be written beside the edit of a quick action: what is to be remembered from then on."""
    text = memory.to_text()
    return lambda tx: tx.set_note(_MEMORY, text)


def turning(one: Memory, other: Memory) -> Callable[[Transaction], None]:
    """To be written beside the undo of a quick action, or its redo: see `Memory.turned`."""

    def turn(tx: Transaction) -> None:
        tx.set_note(_MEMORY, Memory.of_text(tx.note(_MEMORY)).turned(one, other).to_text())

    return turn


def discarded(tx: Transaction, key: str, at: float) -> Changes:
    """Drop an item's queued operations, ``at`` seconds since the epoch, and forget the cut that this undoes.

    Else an opening that is whole again, and that somebody removes later, would be given back by a release.

    Raises:
        EditRefusedError: STALE while one of the operations is on its way to the server.
    """
    from triluna_desktop.sync import journal  # The window is up long before anything is dropped.

    try:
        changes = journal.discard(tx, key, at)
    except journal.BeingSentError as error:
        raise EditRefusedError(RefusalReason.STALE, key) from error
    memory = Memory.of_text(tx.note(_MEMORY))
    about = [each for each in memory.cuts if key in (each.opening.key, each.before, each.after)]
    if about:
        pieces = {
            name for each in about for name in (each.opening.key, each.before, each.after) if name is not None
        }
        entries = {name: item for name in pieces if isinstance(item := journal.shown(tx, name), Entry)}
        undone = [each for each in about if not each.in_force(entries)]
        tx.set_note(_MEMORY, memory.without(undone).to_text())
    return changes
