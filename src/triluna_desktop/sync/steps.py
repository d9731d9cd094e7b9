"""Choosing what to do next with the outbox: one transaction, at whose end it is on disk.

Nothing that was never sent leaves without a fresh read of its date, begun after it was queued: a create, so that
what stood there before is known; an update or a delete, so that nothing is overwritten unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Item
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync.journal_rows import confirmed, give_up, touched
from triluna_desktop.sync.merge import Finding, find, remember_merge
from triluna_desktop.sync.plan import LOOKS_FOR_ABSENCE, choose, next_time
from triluna_desktop.sync.ports import Changes, OpKind, OpState, Phase
from triluna_desktop.sync.saga import DELETES, begun, is_change_of_pattern
from triluna_desktop.sync.window import Span, cluster_around

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from triluna_desktop.sync.late import LateCreates
    from triluna_desktop.sync.merge import Fresh
    from triluna_desktop.sync.ports import Op, Transaction


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing can be sent now; at ``until`` (monotonic) something can, or never by itself."""

    until: float | None


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """The server is to be read before this one is sent. One read serves all that lies near it."""

    op: Op
    span: Span | None
    """The dates to read; None for the patterns."""
    everywhere: bool = False
    """It was missing there: it is to be looked for on all dates near and far, too."""


@dataclass(frozen=True, slots=True)
class Look:
    """It may have been carried out: look for it on the server."""

    op: Op


@dataclass(frozen=True, slots=True)
class Send:
    """It is written down as being sent: send it now. ``target`` is the server's id, None for a create."""

    op: Op
    target: int | None


@dataclass(frozen=True, slots=True)
class Noted:
    """It is settled without a request, or the user must decide: written down already."""

    op: Op
    changes: Changes


Step = Idle | ReadFirst | Look | Send | Noted


def take(
    tx: Transaction,
    not_before: Mapping[int, float],
    fresh: Mapping[int, Fresh],
    late: LateCreates,
    monotonic: float,
    now: float,
) -> Step:
    """Choose what to do next, and write it down if it is to send something.

    ``fresh`` is what reads young enough say of operations; ``now`` is in seconds since the epoch.
    """
    not_before = late.hold_back(tx.heads(), not_before)
    head = choose(tx.heads(), not_before, monotonic)
    if head is None:
        return Idle(next_time(tx.heads(), not_before))
    op = tx.op(head.id)
    assert op is not None  # noqa: S101 - the head of the same transaction.
    resting = {op_id for op_id, at in not_before.items() if at > monotonic}
    if op.phase is Phase.REMOVING:
        return _removing(tx, op, fresh.get(op.id), now)
    if op.phase in DELETES:
        return _sending(tx, op, _target(tx, op), now)
    if op.kind is OpKind.CREATE or op.phase is not Phase.NONE:
        if op.state is OpState.UNCERTAIN:
            return Look(op)
        if needs_read(op) and op.id not in fresh:
            return _read_first(tx, op, fresh, resting)
        return _sending(tx, op, None, now)
    target = _target(tx, op)
    if target is None:
        # Only what was saved from a damaged file can have lost its id.
        failed = replace(op, state=OpState.CONFLICT, trouble=Trouble.NOT_FOUND)
        return Noted(op, give_up(tx, failed))
    seen = fresh.get(op.id)
    if seen is None or seen.began < not_before.get(op.id, seen.began):
        return _read_first(tx, op, fresh, resting)
    return _as_found(tx, op, target, seen, now)


def needs_read(op: Op) -> bool:
    """Whether it is sent only on a fresh read: what was never sent, and a change that may have been made."""
    if op.state is OpState.PENDING:
        return op.attempt == 0 or (op.kind is not OpKind.CREATE and op.phase is Phase.NONE)
    return op.state is OpState.UNCERTAIN and op.kind is not OpKind.CREATE and op.phase is Phase.NONE


def home(tx: Transaction, op: Op) -> date | None:
    """The date on which an operation's entry is to be seen before it is sent; None for a pattern."""
    if not isinstance(op.item, Entry):
        return None
    if op.kind is OpKind.CREATE:
        return op.item.date
    stands = confirmed(tx, op.key) or op.base
    return stands.date if isinstance(stands, Entry) else op.item.date


def _target(tx: Transaction, op: Op) -> int | None:
    row = tx.row(op.key)
    return row.server_id if row is not None else op.base.server_id if op.base is not None else None


def _read_first(tx: Transaction, op: Op, fresh: Mapping[int, Fresh], resting: Container[int]) -> ReadFirst:
    """``resting`` are the operations that wait for time: the server may refuse to list their dates."""
    day = home(tx, op)
    if day is None:
        return ReadFirst(op, None)
    served = (other for other in tx.ops() if needs_read(other) and other.id not in fresh)
    waiting = (home(tx, other) for other in served if other.id not in resting)
    return ReadFirst(op, cluster_around(day, [near for near in waiting if near is not None]))


def _removing(tx: Transaction, op: Op, seen: Fresh | None, now: float) -> Step:
    """Old weekly hours go only while the new ones are known to stand: else nothing would be left of the two."""
    if seen is None or not seen.is_readable or 0 < seen.absences < LOOKS_FOR_ABSENCE:
        return ReadFirst(op, None)
    if seen.absences == 0:
        return _sending(tx, op, _target(tx, op), now)
    # Somebody has deleted the new ones: the user decides, and the change begins anew or the old ones stay.
    undone = replace(op, phase=Phase.NONE, new_id=None, attempt=0, baseline=None)
    asked = replace(undone, state=OpState.CONFLICT, trouble=Trouble.CHANGED, message="", conflicts=())
    return Noted(op, give_up(tx, asked))


def _as_found(tx: Transaction, op: Op, target: int, seen: Fresh, now: float) -> Step:
    """What comes of an update or a delete, now that the server was read."""
    theirs = _theirs(tx, op, target)
    finding, merged = find(op, theirs, seen)
    if finding is Finding.READ_AGAIN:
        day = home(tx, op)
        return ReadFirst(op, None if day is None else (day, day), everywhere=True)
    if finding is Finding.DONE:
        tx.drop_op(op.id)
        return Noted(op, touched(op.item, op.base, theirs))
    if finding is Finding.GONE:
        if op.kind is OpKind.DELETE:
            row = tx.row(op.key)
            tx.drop_op(op.id)
            if row is not None:
                tx.bury(row)
            return Noted(op, touched(op.item, theirs))
        gone = replace(op, state=OpState.CONFLICT, trouble=Trouble.NOT_FOUND, message="", conflicts=())
        return Noted(op, give_up(tx, gone, is_gone=True, at=now))
    if finding is Finding.UNREADABLE:
        odd = replace(op, state=OpState.REJECTED, trouble=Trouble.UNREADABLE, message="", conflicts=(), attempt=0)
        return Noted(op, give_up(tx, odd))
    if finding is Finding.ASK:
        # What shall be deleted is not what the user saw: it is shown again, as it is now.
        item = theirs if op.kind is OpKind.DELETE and theirs is not None else op.item
        asked = replace(
            op, item=item, state=OpState.CONFLICT, trouble=Trouble.CHANGED, message="", conflicts=(), attempt=0
        )
        return Noted(op, give_up(tx, asked))
    if finding is Finding.MERGE and merged is not None and theirs is not None:
        remember_merge(tx, now, theirs, merged)
        op = replace(op, item=merged, base=theirs)
    elif theirs is not None and op.base is not None and theirs.content() == op.base.content():
        op = replace(op, base=theirs)  # With the id that it has now.
    return _sending(tx, op, target, now)


def _theirs(tx: Transaction, op: Op, target: int) -> Item | None:
    """What the server holds of an operation's item, as far as the cache knows."""
    row = tx.row(op.key)
    if row is None and isinstance(op.item, Entry):
        row = next(iter(tx.entries_with_ids([target])), None)
    return None if row is None else replace(row.item(), key=op.key)


def _sending(tx: Transaction, op: Op, target: int | None, now: float) -> Send:
    sending = replace(begun(op), state=OpState.SENDING, attempt=op.attempt + 1, started_at=now, waits_for=None)
    if is_change_of_pattern(op) and op.phase is Phase.NONE:
        target = None  # It begins with a create.
    return Send(tx.put_op(sending), target)
