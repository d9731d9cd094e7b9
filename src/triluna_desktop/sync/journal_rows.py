"""What the transactions of the outbox share: what becomes of rows and of queued operations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.remote import ConflictError, RemoteEntry, RemotePattern
from triluna_desktop.sync.edit_order import in_their_place, let_go, step_aside
from triluna_desktop.sync.history import note_reply
from triluna_desktop.sync.plan import blocker, plan_retry
from triluna_desktop.sync.ports import Actor, Changes, EntryRow, OpState, PatternRow
from triluna_desktop.sync.pull import is_readable
from triluna_desktop.sync.saga import unsent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.remote import ConflictingSlot, RemoteError
    from triluna_desktop.sync.plan import QueuePlan
    from triluna_desktop.sync.ports import Op, Row, Transaction


def touched(*items: Item | None) -> Changes:
    """The places where a change of these items shows."""
    return Changes(
        dates=frozenset(item.date for item in items if isinstance(item, Entry)),
        patterns=any(isinstance(item, Pattern) for item in items),
        status=True,
    )


def carry_out(tx: Transaction, plan: QueuePlan, batch: int | None = None) -> None:
    """Do with an item's queued operations as planned. ``batch``: the bulk edit that it is a part of.

    What takes the place of others takes their place in the order, too.
    """
    if plan.put is not None:
        put = tx.put_op(in_their_place(tx, plan.put, plan.drop, batch))
        for op_id in plan.drop:
            tx.hand_over(op_id, put.id)
    for op_id in plan.drop:
        tx.drop_op(op_id)


def confirmed(tx: Transaction, key: str) -> Item | None:
    """An item as the server is known to hold it."""
    row = tx.row(key)
    return None if row is None else row.item()


def keep(tx: Transaction, op: Op, asked: Item, server_id: int, reply: RemoteEntry | RemotePattern | None) -> Item:
    """Write what the server holds now of what it was asked for; what it said of it outranks that."""
    new = _row_of(asked, server_id, reply)
    if isinstance(new, EntryRow):
        tx.put_entries([new])
    else:
        tx.put_patterns([new])
    now = new.item()
    for later in tx.ops_of(op.key)[:1]:
        # The server may have put it in another form: no later edit shall take that for a change.
        if later.id != op.id and later.base is not None and later.base.content() == asked.content():
            tx.put_op(replace(later, base=now))
    if op.started_at is not None:
        note_reply(tx, op.started_at, asked, now)
    return now


def _row_of(item: Item, server_id: int, reply: RemoteEntry | RemotePattern | None) -> Row:
    wanted: Row
    if isinstance(item, Entry):
        wanted = EntryRow(item.key, server_id, 0, *item.content())
        said: Row | None = (
            EntryRow(item.key, server_id, 0, *reply.content()) if isinstance(reply, RemoteEntry) else None
        )
    else:
        wanted = PatternRow(item.key, server_id, 0, *item.content())
        said = PatternRow(item.key, server_id, 0, *reply.content()) if isinstance(reply, RemotePattern) else None
    return said if said is not None and is_readable(said) else wanted


def waits_instead(tx: Transaction, op: Op, errand: Op, error: RemoteError) -> bool:
    """Let it wait where all that is in its way is about to move by itself. ``errand`` is what was sent for it."""
    if not isinstance(error, ConflictError):
        return False
    conflicts = step_aside(tx, errand, error.conflicts)
    other = blocker(errand, conflicts, rows_around(tx, errand.item), tx.ops())
    if other is None:
        return False
    tx.put_op(unsent(replace(op, state=OpState.PENDING, attempt=op.attempt - 1, waits_for=other)))
    return True


def knows_the_way(tx: Transaction, errand: Op, conflicts: Sequence[ConflictingSlot]) -> bool:
    """Whether all that a refusal names is on the screen already, and so is not this very thing, sent before."""
    if errand.attempt > 1 or not conflicts:
        return False
    rows = rows_around(tx, errand.item)
    ids, slots = {row.server_id for row in rows}, {(row.start, row.end) for row in rows}
    return all(slot.id in ids if slot.id is not None else (slot.start, slot.end) in slots for slot in conflicts)


def rows_around(tx: Transaction, item: Item) -> list[EntryRow] | list[PatternRow]:
    """The confirmed rows of an entry's date, or of a pattern's weekday."""
    if isinstance(item, Entry):
        return tx.entries(item.date, item.date)
    return [row for row in tx.patterns() if row.weekday == item.weekday]


def give_up(
    tx: Transaction, failed: Op, *, is_gone: bool = False, may_be_there: bool = False, at: float | None = None
) -> Changes:
    """Write down an operation that the user must decide on, or try what was edited since in its place.

    Later edits of the same item were made on top of something that does not exist, and the last of them is what
    the user wants. ``is_gone``: the server has no such thing any more, noticed ``at`` seconds since the epoch.
    ``may_be_there``: it may have been created, so nothing is sent in its place unasked.
    """
    row = tx.row(failed.key)
    old = None if row is None else row.item()
    if is_gone and row is not None:
        tx.bury(row)
        if at is not None:
            tx.add_history(at, Actor.ELSEWHERE, old, None)
    queued = tx.ops_of(failed.key)
    if len(queued) == 1:
        tx.put_op(failed)
        let_go(tx, failed)
    elif is_gone or may_be_there:
        tx.release(failed.id)
        for later in queued[1:]:
            tx.drop_op(later.id)
        if queued[-1].outcome is None:
            tx.drop_op(failed.id)
        else:
            tx.put_op(replace(failed, item=queued[-1].item))
    else:
        carry_out(tx, plan_retry(queued, old, tx.revision))
    return touched(*(each.item for each in queued), failed.item, failed.base, old)
