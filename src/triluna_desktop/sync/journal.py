"""The transactions of the outbox: each function runs on the writer thread, and all of it is committed or none.

What is decided, `sync.plan` decides; here it is written down. An operation is SENDING on disk before the first
byte leaves, and it is gone from the outbox in the same transaction that puts the row into the cache.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import ConflictingSlot, Trouble
from triluna_desktop.sync import journal_pattern
from triluna_desktop.sync.edit_order import keep_order, wait_for_the_last
from triluna_desktop.sync.history import decided_over
from triluna_desktop.sync.journal_rows import carry_out, confirmed, give_up, keep, touched, waits_instead
from triluna_desktop.sync.merge import is_apart, lookalike
from triluna_desktop.sync.plan import Verdict, after_error, claim, plan_change, plan_retry, verdict_of
from triluna_desktop.sync.ports import FAILED, Actor, Changes, OpKind, OpState, Phase
from triluna_desktop.sync.saga import can_be_dropped, errand, is_change_of_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import RemoteEntry, RemoteError, RemotePattern
    from triluna_desktop.sync.ports import Op, Row, Transaction


BULK_FROM = 8
"""How many changes make a bulk edit, whose progress is told and which can be called back. What a drag across the
seven days of a week makes is none: it is sent before anybody has read a bar."""


class StaleError(Exception):
    """An item is not as the edit expects it; ``key`` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class BeingSentError(Exception):
    """What is on its way to the server cannot be called back."""


def queue_edit(tx: Transaction, edit: Edit, at: float, *, may_be_batch: bool = True) -> Changes:
    """Queue an edit, made ``at`` seconds since the epoch; many changes as a batch, unless that may not be.

    Raises:
        StaleError: an item is not as the edit expects it.
    """
    for change in edit.changes:
        if shown(tx, change.key) != change.before:
            raise StaleError(change.key)
    replaced = decided_over(tx, edit)
    batch = tx.add_batch(edit, at) if may_be_batch and len(edit.changes) >= BULK_FROM else None
    for change in edit.changes:
        stands = confirmed(tx, change.key)
        goes_back = stands is not None and change.after is not None and stands.content() == change.after.content()
        deletion = journal_pattern.settle(tx, change.key, goes_back=goes_back)
        plan = plan_change(change, tx.ops_of(change.key), confirmed(tx, change.key), tx.revision)
        carry_out(tx, plan, batch)
        if deletion is not None and change.after is not None and not goes_back:
            wait_for_the_last(tx, deletion, change.key)  # The version that it makes room for may be gone by now.
    keep_order(tx, edit)
    # One that is to be sent again as it stands is a part of some edits, and no change.
    changed = [(change.before, change.after) for change in edit.changes if change.before != change.after]
    tx.add_history_of(at, Actor.THIS_APP, [*replaced, *changed])
    return touched(*(item for change in edit.changes for item in (change.before, change.after)))


def shown(tx: Transaction, key: str) -> Item | None:
    """An item as the screen shows it."""
    queued = tx.ops_of(key)
    if queued:
        return queued[-1].item if queued[-1].state in FAILED else queued[-1].outcome
    return confirmed(tx, key)


def discard(tx: Transaction, key: str, at: float) -> Changes:
    """Drop an item's queued operations, ``at`` seconds since the epoch.

    Raises:
        BeingSentError: one of them is on its way.
    """
    queued = tx.ops_of(key)
    if any(op.state is OpState.SENDING or not can_be_dropped(op) for op in queued):
        raise BeingSentError(key)
    before, after = shown(tx, key), confirmed(tx, key)
    journal_pattern.settle(tx, key, goes_back=True)
    for op in queued:
        tx.drop_op(op.id)
    if before != after:
        tx.add_history(at, Actor.THIS_APP, before, after)
    return touched(*(op.item for op in queued), after)


def retry(tx: Transaction, key: str) -> Changes:
    """Queue again what the server refused of an item; nothing else is touched."""
    queued = tx.ops_of(key)
    if not queued or queued[0].state not in FAILED:
        return Changes()
    stands = confirmed(tx, key)
    if queued[0].phase is Phase.REMOVING:
        tx.put_op(replace(queued[0], state=OpState.PENDING, trouble=None, message=""))
    else:
        carry_out(tx, plan_retry(queued, stands, tx.revision))
    return touched(*(op.item for op in queued), stands)


def recover(tx: Transaction) -> tuple[Op, ...]:
    """At start: what was being sent may have been carried out, and a token that was refused is tried again.

    Returns what is uncertain.
    """
    uncertain: list[Op] = []
    queued = tx.ops()
    there = {op.id for op in queued}
    for op in queued:
        now = op
        if op.state is OpState.SENDING:
            now = replace(op, state=OpState.UNCERTAIN)
        elif op.state is OpState.BLOCKED_AUTH:
            now = replace(op, state=OpState.PENDING)
        if now.waits_for is not None and now.waits_for not in there:
            now = replace(now, waits_for=None)
        if now is not op:
            tx.put_op(now)
        if now.state is OpState.UNCERTAIN:
            uncertain.append(now)
    return tuple(uncertain)


def set_blocked(tx: Transaction, *, blocked: bool) -> Changes:
    """Mark all that waits as held up by a refused token, or no longer so."""
    before, after = OpState.PENDING, OpState.BLOCKED_AUTH
    if not blocked:
        before, after = after, before
    moved = [tx.put_op(replace(op, state=after)).item for op in tx.ops() if op.state is before]
    return touched(*moved) if moved else Changes()


def finish(tx: Transaction, op: Op, reply: RemoteEntry | RemotePattern | None, target: int | None) -> Changes:
    """It is carried out: the row goes into the cache, or out of it, and the operation is done.

    ``reply`` is the server's word on it; where there is none, what was asked for holds. Of a pattern's change this
    is one step, and the operation goes on.
    """
    if is_change_of_pattern(op):
        return journal_pattern.advance(tx, op, reply)
    row = tx.row(op.key)
    old = None if row is None else row.item()
    tx.drop_op(op.id)
    if op.kind is OpKind.DELETE:
        if row is not None:
            tx.bury(row)
        return touched(op.item, old)
    server_id = target if reply is None else reply.id
    assert server_id is not None  # noqa: S101 - a create without a reply is looked for first.
    return touched(op.item, old, keep(tx, op, op.item, server_id, reply))


def settle_found(tx: Transaction, op: Op, seen: Sequence[RemoteEntry | RemotePattern]) -> Changes | None:
    """Claim what an uncertain create made, if a list shows it; None where it does not."""
    ids = [each.id for each in seen]
    rows: Iterable[Row] = tx.entries_with_ids(ids) if isinstance(op.item, Entry) else tx.patterns()
    claimed = {row.server_id for row in rows if row.key != op.key}
    server_id = claim(errand(op), ((each.id, each.content()) for each in seen), claimed)
    if server_id is None:
        return None
    return finish(tx, op, next(each for each in seen if each.id == server_id), None)


def settle_absent(
    tx: Transaction, op: Op, seen: Sequence[RemoteEntry | RemotePattern], *, refuses_overlaps: bool
) -> Changes:
    """It has settled, and no list shows what a create made: send it again.

    But where something new stands there that looks like it, somebody may have changed it meanwhile: then the user
    is asked, for nobody else can tell. A server that refuses overlaps tells by itself of what is in the way.
    """
    if tx.op(op.id) is None:
        return Changes()  # The user has dropped it meanwhile.
    if op.kind is OpKind.CREATE:
        apart = [
            each for each in seen if not (refuses_overlaps and isinstance(op.item, Entry)) or is_apart(op, each)
        ]
        other = lookalike(op, apart, _ours(tx, op, seen))
        if other is not None:
            slot = ConflictingSlot(other.id, other.start, other.end)
            failed = replace(op, state=OpState.CONFLICT, trouble=Trouble.CHANGED, message="", conflicts=(slot,))
            return give_up(tx, failed, may_be_there=True)
    return mark(tx, op, OpState.PENDING)


def _ours(tx: Transaction, op: Op, seen: Sequence[RemoteEntry | RemotePattern]) -> frozenset[int]:
    """The ids of a list that other items of this app are known to have, or that their creates may claim.

    What came from the server with a read has a key made of its id; all else was made here.
    """
    rows: Iterable[Row]
    if isinstance(op.item, Entry):
        rows, prefix = tx.entries_with_ids([each.id for each in seen]), "entry"
    else:
        rows, prefix = tx.patterns(), "pattern"
    made_here = {row.server_id for row in rows if not row.key.startswith(f"{prefix}:{row.server_id}")}
    wanted = {errand(other).item.content() for other in tx.ops() if other.id != op.id and other.attempt > 0}
    return frozenset(made_here.union(each.id for each in seen if each.content() in wanted))


def mark(tx: Transaction, op: Op, state: OpState) -> Changes:
    """Write down where an operation stands now, unless the user has dropped it meanwhile."""
    if tx.op(op.id) is None:
        return Changes()
    tx.put_op(replace(op, state=state))
    return touched(op.item)


def fail(tx: Transaction, op: Op, error: RemoteError) -> Changes:
    """Write down how a request ended that did not end well.

    What failed for good takes in the later edits of the same item.
    """
    if tx.op(op.id) is None:
        return Changes()  # The user has dropped it meanwhile.
    if is_change_of_pattern(op):
        return journal_pattern.fail(tx, op, error)
    verdict = verdict_of(error, op.kind)
    if verdict is Verdict.GONE and op.kind is OpKind.DELETE:
        return finish(tx, op, None, None)
    if waits_instead(tx, op, op, error):
        return touched(op.item)
    failed = after_error(op, error)
    if failed.state not in FAILED:
        tx.put_op(failed)
        return touched(op.item)
    # What was looked for in vain, in lists that hid rows, may be in one of these.
    may_be_there = op.state is OpState.UNCERTAIN
    return give_up(tx, failed, is_gone=verdict is Verdict.GONE, may_be_there=may_be_there, at=op.started_at)
