"""The change of a pattern, step by step, as pure functions.

The API can only create and delete patterns, so a change is a create and a delete (R7). The new one is created
first; only where the server lets just one of them stand does the old one go first, and it is put back if the new
one is refused for good. Each step is on disk before its request leaves, with all it takes to go on from there.

NONE ─► CREATING ─► REMOVING ─► done
            └─ only the old one in the way ─► CLEARING ─► FILLING ─► done
                                                             └─ refused for good ─► RESTORING ─► refused
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import ConflictError
from triluna_desktop.sync.ports import FAILED, Op, OpKind, OpState, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triluna_desktop.domain.remote import ConflictingSlot, RemoteError
    from triluna_desktop.sync.ports import PatternRow

DELETES = frozenset({Phase.REMOVING, Phase.CLEARING})
"""Steps that delete the old one. All others create something."""


def is_change_of_pattern(op: Op) -> bool:
    """Whether it takes these steps."""
    return op.kind is OpKind.UPDATE and isinstance(op.item, Pattern)


def errand(op: Op) -> Op:
    """The operation that the next, or the present, request is for: of a pattern's change a create or a delete."""
    if not is_change_of_pattern(op):
        return op
    assert op.base is not None  # noqa: S101 - an update has one.
    if op.phase in DELETES:
        return replace(op, kind=OpKind.DELETE, item=op.base)
    if op.phase is Phase.RESTORING:
        return replace(op, kind=OpKind.CREATE, item=op.base)
    return replace(op, kind=OpKind.CREATE)


def can_be_dropped(op: Op) -> bool:
    """Whether the user may take it back: not while the server may hold both, or neither, on the way to one."""
    return op.phase in (Phase.NONE, Phase.CREATING) or op.state in FAILED


def begun(op: Op) -> Op:
    """The operation as its next request leaves: what has not begun, begins with the new one."""
    return replace(op, phase=Phase.CREATING) if is_change_of_pattern(op) and op.phase is Phase.NONE else op


def after_create(op: Op, new_id: int) -> Op:
    """The new one stands beside the old, which is to go."""
    return _next(op, Phase.REMOVING, new_id=new_id)


def after_clearing(op: Op) -> Op:
    """The old one is gone; the new one is to be created."""
    return _next(op, Phase.FILLING)


def after_refusal(op: Op, failed: Op, error: RemoteError, rows: Sequence[PatternRow]) -> Op:
    """The operation after the server refused a step for good.

    ``failed`` is the operation as one that the user must decide on; ``rows`` are the confirmed patterns.
    """
    if op.phase is Phase.CREATING:
        if isinstance(error, ConflictError) and only_the_old_is_in_the_way(op, error.conflicts, rows):
            return _next(op, Phase.CLEARING)
        return replace(failed, phase=Phase.NONE)
    if op.phase is Phase.FILLING:
        # What the server said of the new one is kept until the old one stands again.
        return replace(failed, state=OpState.PENDING, phase=Phase.RESTORING)
    if op.phase is Phase.CLEARING:
        return replace(failed, phase=Phase.NONE)
    if op.phase is Phase.RESTORING:
        return replace(failed, trouble=op.trouble or failed.trouble, message=op.message or failed.message)
    return failed


def restored(op: Op, old: Pattern) -> Op:
    """The old one stands again, under a new id; the change is refused with what the server said of it."""
    state = OpState.CONFLICT if op.conflicts else OpState.REJECTED
    return replace(op, base=old, state=state, phase=Phase.NONE, attempt=0, baseline=None)


def unsent(op: Op) -> Op:
    """A step that has surely not reached the server: what has not begun needs a fresh read again."""
    return replace(op, phase=Phase.NONE) if op.phase is Phase.CREATING and op.attempt == 0 else op


def only_the_old_is_in_the_way(op: Op, conflicts: Sequence[ConflictingSlot], rows: Iterable[PatternRow]) -> bool:
    """Whether the new one could stand if the old one did not. A reply that names nothing is taken for all that
    overlaps the new one.
    """
    old, new = op.base, op.item
    assert isinstance(old, Pattern)  # noqa: S101 - of a pattern's change.
    assert isinstance(new, Pattern)  # noqa: S101 - of a pattern's change.
    there = {row.server_id: row for row in rows if row.weekday == new.weekday}
    if conflicts:
        by_slot = {(row.start, row.end): row.server_id for row in there.values() if row.key != op.key}
        return all(
            slot.id == old.server_id
            if slot.id is not None
            else (old.weekday == new.weekday and (slot.start, slot.end) == (old.start, old.end))
            and (slot.start, slot.end) not in by_slot
            for slot in conflicts
        )
    in_the_way = {row.key for row in there.values() if row.start < new.end and new.start < row.end}
    return in_the_way == {op.key}


def _next(op: Op, phase: Phase, *, new_id: int | None = None) -> Op:
    return replace(op, state=OpState.PENDING, phase=phase, new_id=new_id, trouble=None, message="", conflicts=())
