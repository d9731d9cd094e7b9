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
    from triluna_desktop.sync.ports import Op, Transaction


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
            tx.put_op(replace(op, waits_for=ahead))
        last |= dict.fromkeys(weekdays, op.id)


def step_aside(tx: Transaction, op: Op, conflicts: Sequence[ConflictingSlot]) -> None:
    """Let those go first that are in a pattern's way and, by the order of their edit, wait for it.

    This server lets only one of them stand, so the order cannot be kept.
    """
    queued = {each.id: each for each in tx.ops()}
    rows = [row for row in tx.patterns() if isinstance(op.item, Pattern) and row.weekday == op.item.weekday]
    in_the_way = {
        row.key
        for row in rows
        for slot in conflicts
        if row.server_id == slot.id or (slot.id is None and (row.start, row.end) == (slot.start, slot.end))
    }
    for other in queued.values():
        if other.key in in_the_way - {op.key} and other.state not in FAILED and _waits_for(other, op.id, queued):
            tx.put_op(replace(other, waits_for=None))


def _waits_for(op: Op, wanted: int, queued: dict[int, Op]) -> bool:
    at = op.waits_for
    while at is not None and at != wanted:
        at = queued[at].waits_for if at in queued else None
    return at is not None
