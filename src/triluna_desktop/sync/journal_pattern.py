"""The transactions of a pattern's change: each step is written down with what it takes to go on from there.

Which step comes next, `sync.saga` says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Pattern
from triluna_desktop.sync import saga
from triluna_desktop.sync.journal_rows import give_up, keep, touched, waits_instead
from triluna_desktop.sync.plan import Verdict, after_error, verdict_of
from triluna_desktop.sync.ports import FAILED, Op, OpKind, OpState, PatternRow, Phase

if TYPE_CHECKING:
    from triluna_desktop.domain.remote import RemoteEntry, RemoteError, RemotePattern
    from triluna_desktop.sync.ports import Changes, Transaction


def advance(tx: Transaction, op: Op, reply: RemoteEntry | RemotePattern | None) -> Changes:
    """A step was carried out. ``reply`` is what it created; None of a deletion."""
    row = tx.row(op.key)
    old = None if row is None else row.item()
    is_there = tx.op(op.id) is not None
    if op.phase in saga.DELETES:
        if row is not None:
            tx.bury(row)
        if op.phase is Phase.CLEARING:
            tx.put_op(saga.after_clearing(op))
            return touched(op.item, old)
        assert op.new_id is not None  # noqa: S101 - written down with the step before.
        tx.drop_op(op.id)
        return touched(op.item, old, keep(tx, op, op.item, op.new_id, None))
    assert reply is not None  # noqa: S101 - a create without a reply is looked for first.
    if op.phase is Phase.CREATING:
        if is_there:
            tx.put_op(saga.after_create(op, reply.id))
        # Dropped by the user meanwhile: the next read shows both, as they stand on the server.
        return touched(op.item)
    now = keep(tx, op, saga.errand(op).item, reply.id, reply)
    if op.phase is Phase.FILLING:
        tx.drop_op(op.id)
        return touched(op.item, op.base, now)
    assert isinstance(now, Pattern)  # noqa: S101 - of a pattern's change.
    return give_up(tx, saga.restored(op, now))


def fail(tx: Transaction, op: Op, error: RemoteError) -> Changes:
    """A step ended in an error."""
    errand = saga.errand(op)
    verdict = verdict_of(error, errand.kind)
    if verdict is Verdict.GONE:
        return advance(tx, op, None)  # What shall be deleted is gone.
    failed = replace(after_error(errand, error), kind=op.kind, item=op.item)
    if failed.state not in FAILED:
        if op.phase is Phase.RESTORING:
            # What the server said of the new one is told once the old one stands again.
            failed = replace(failed, trouble=op.trouble, message=op.message, conflicts=op.conflicts)
        tx.put_op(saga.unsent(failed))
        return touched(op.item)
    now = saga.after_refusal(op, failed, error, tx.patterns())
    if now.state in FAILED and op.phase is Phase.CREATING and waits_instead(tx, op, errand, error):
        return touched(op.item)
    if now.state in FAILED and now.phase is Phase.REMOVING:
        tx.release(now.id)  # The new one stands: nothing opens if what waited for it goes on.
        if len(tx.ops_of(op.key)) > 1:
            part(tx, now, keeps_new=True)  # What was edited since goes on from the new one.
        else:
            tx.put_op(now)
        return touched(op.item, op.base)
    if now.state not in FAILED:
        tx.put_op(now)
        return touched(op.item, op.base)
    # Where neither could be put back, both are in the operation.
    return give_up(tx, now)


def both_stand(op: Op) -> bool:
    """Whether the new one stands beside the old, which the server refused to delete."""
    return op.phase is Phase.REMOVING and op.state in FAILED


def settle(tx: Transaction, key: str, *, goes_back: bool) -> Op | None:
    """Where both versions of weekly hours stand, and the user has decided: make an item of each.

    Going back to the old one deletes the new one; all else tries again to delete the old one. Returns that
    deletion.
    """
    op = next(iter(tx.ops_of(key)), None)
    if op is None or not both_stand(op):
        return None
    return part(tx, replace(op, state=OpState.PENDING, trouble=None, message=""), keeps_new=not goes_back)


def part(tx: Transaction, op: Op, *, keeps_new: bool) -> Op | None:
    """Make an item of each of two versions that stand side by side; one keeps the key, the other is to be deleted,
    which stands as ``op`` does: to be sent, or refused. Returns the deletion, if there is one.
    """
    assert op.new_id is not None  # noqa: S101 - written down with the step before.
    assert isinstance(op.item, Pattern)  # noqa: S101 - of a pattern's change.
    other = tx.row(op.key)
    tx.drop_op(op.id)
    if keeps_new:
        keep(tx, op, op.item, op.new_id, None)
    else:
        other = PatternRow(op.key, op.new_id, 0, *op.item.content())
    if not isinstance(other, PatternRow):
        return None  # Somebody else has deleted the old one meanwhile.
    other = other._replace(key=f"pattern:{other.server_id}:beside")
    tx.put_patterns([other])
    item = other.item()
    return tx.put_op(
        Op(0, OpKind.DELETE, item, item, tx.revision, state=op.state, trouble=op.trouble, message=op.message)
    )
