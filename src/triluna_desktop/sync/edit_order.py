"""The order of an edit of weekly hours, held also where requests fail.

What an edit does on one weekday is sent in its order, each when the one before has ended: a block must not go
while the one that takes its place is uncertain. Other weekdays go on meanwhile: what happens there opens nothing
here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Pattern
from triluna_desktop.sync.ports import FAILED, OpState, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.remote import ConflictingSlot
    from triluna_desktop.sync.ports import Op, PatternRow, Transaction


def keep_order(tx: Transaction, edit: Edit) -> None:
    """Let each change of a pattern wait for the one before it on its weekday. The edit has just been queued."""
    last: dict[int, int] = {}
    for change in edit.changes:
        weekdays = {side.weekday for side in (change.before, change.after) if isinstance(side, Pattern)}
        queued = tx.ops_of(change.key) if weekdays else []
        if not queued:
            continue  # An entry, or what came to nothing together with an edit that was not sent.
        op = queued[-1]
        ahead = max((last[weekday] for weekday in weekdays if weekday in last), default=None)
        if ahead is not None and op.state is OpState.PENDING and op.phase is Phase.NONE:
            _let_go_of(tx, op.id, ahead)
            tx.put_op(replace(op, waits_for=ahead))
        last |= dict.fromkeys(weekdays, op.id)


def wait_for_the_last(tx: Transaction, op: Op, key: str) -> None:
    """Let one wait for the last that is queued of an item, if there is any."""
    for last in tx.ops_of(key)[-1:]:
        tx.put_op(replace(op, waits_for=last.id))


def in_their_place(tx: Transaction, op: Op, dropped: Sequence[int], batch: int | None) -> Op:
    """A new operation as it takes the place of others: of weekly hours it waits for what they waited for.

    Where it is of no bulk edit itself, it stays a part of theirs: that one is not through before it is sent.
    """
    replaced = [each for each in map(tx.op, dropped) if each is not None]
    batches = (batch, op.batch, *(each.batch for each in replaced))
    op = replace(op, batch=next((each for each in batches if each is not None), None))
    if not isinstance(op.item, Pattern):
        return op
    ahead = (each.waits_for for each in replaced)
    return replace(op, waits_for=next((each for each in ahead if each is not None and each not in dropped), None))


def _let_go_of(tx: Transaction, op_id: int, ahead: int) -> None:
    """Of two edits in different orders the later one counts: what shall be ahead waits for the other no more."""
    at: int | None = ahead
    while at is not None:
        op = tx.op(at)
        at = None if op is None else op.waits_for
        if op is not None and at == op_id:
            tx.put_op(replace(op, waits_for=None))
            return


def let_go(tx: Transaction, failed: Op) -> None:
    """Let those go that wait for what failed, but no block that its refused successor shall cover.

    That one stays until the user has decided about the successor, or callers would be offered the time of both.
    """
    queued = {each.id: each for each in tx.ops()} if isinstance(failed.item, Pattern) else {}
    held = [op for op in queued.values() if _opens(op, failed) and _waits_for(op, failed.id, queued)]
    tx.release(failed.id)
    for op in held:
        now = tx.op(op.id)
        if now is not None and now.waits_for is not None:
            tx.hand_over(op.id, now.waits_for)
        else:
            tx.release(op.id)
        tx.put_op(replace(op, waits_for=failed.id))


def _opens(op: Op, failed: Op) -> bool:
    """Whether an operation takes a block away where another one, which failed, shall put one."""
    old, new, later = op.base, failed.outcome, op.outcome
    if not isinstance(old, Pattern) or not isinstance(new, Pattern) or old.is_available or new.is_available:
        return False
    start, end = max(old.start, new.start), min(old.end, new.end)
    if old.weekday != new.weekday or start >= end:
        return False
    stays = isinstance(later, Pattern) and not later.is_available and later.weekday == old.weekday
    return later is None or not (stays and later.start <= start and end <= later.end)


def step_aside(tx: Transaction, op: Op, conflicts: Sequence[ConflictingSlot]) -> Sequence[ConflictingSlot]:
    """Let those go first that are in a pattern's way and, by the order of their edit, wait for it.

    This server lets only one of them stand, so the order cannot be kept. Returns the conflicts with others than
    the pattern's own old version, which goes by itself once the others have gone.
    """
    if not isinstance(op.item, Pattern):
        return conflicts
    queued = {each.id: each for each in tx.ops()}
    rows = [row for row in tx.patterns() if row.weekday == op.item.weekday]
    named = {slot: next((row.key for row in rows if _is_of(row, slot)), None) for slot in conflicts}
    in_the_way = set(named.values())
    for other in queued.values():
        if other.key in in_the_way - {op.key} and other.state not in FAILED and _waits_for(other, op.id, queued):
            tx.put_op(replace(other, waits_for=None))
    return [slot for slot in conflicts if named[slot] != op.key]


def _is_of(row: PatternRow, slot: ConflictingSlot) -> bool:
    if slot.id is not None:
        return row.server_id == slot.id
    return (row.start, row.end) == (slot.start, slot.end)


def _waits_for(op: Op, wanted: int, queued: dict[int, Op]) -> bool:
    at = op.waits_for
    while at is not None and at != wanted:
        at = queued[at].waits_for if at in queued else None
    return at is not None
