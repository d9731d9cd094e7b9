"""The transactions of the outbox: each function runs on the writer thread, and all of it is committed or none.

What is decided, `sync.plan` decides; here it is written down. An operation is SENDING on disk before the first
byte leaves, and it is gone from the outbox in the same transaction that puts the row into the cache.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.remote import ConflictError, RemoteEntry, RemotePattern, Trouble
from triluna_desktop.sync.history import note_reply
from triluna_desktop.sync.plan import (
    PatternInPlaceError,
    Verdict,
    after_error,
    blocker,
    choose,
    claim,
    next_time,
    plan_change,
    plan_retry,
    verdict_of,
)
from triluna_desktop.sync.ports import FAILED, Actor, Changes, EntryRow, OpKind, OpState, PatternRow
from triluna_desktop.sync.pull import is_readable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.remote import RemoteError
    from triluna_desktop.sync.plan import QueuePlan
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


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing can be sent now; at ``until`` (monotonic) something can, or never by itself."""

    until: float | None


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """These creates need a baseline before they are sent."""

    ops: tuple[Op, ...]


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
class Ask:
    """It is written down as one that the user must decide on."""

    op: Op


Step = Idle | ReadFirst | Look | Send | Ask


def touched(*items: Item | None) -> Changes:
    """The places where a change of these items shows."""
    return Changes(
        dates=frozenset(item.date for item in items if isinstance(item, Entry)),
        patterns=any(isinstance(item, Pattern) for item in items),
        status=True,
    )


def queue_edit(tx: Transaction, edit: Edit, at: float) -> Changes:
    """Queue an edit, made ``at`` seconds since the epoch; many changes as a batch.

    Raises:
        StaleError: an item is not as the edit expects it.
        PatternInPlaceError: a pattern on the server would have to be changed in place.
    """
    for change in edit.changes:
        if shown(tx, change.key) != change.before:
            raise StaleError(change.key)
    batch = tx.add_batch(edit, at) if len(edit.changes) >= BULK_FROM else None
    for change in edit.changes:
        row = tx.row(change.key)
        confirmed = None if row is None else row.item()
        _carry_out(tx, plan_change(change, tx.ops_of(change.key), confirmed, tx.revision), batch)
    tx.add_history_of(at, Actor.THIS_APP, [(change.before, change.after) for change in edit.changes])
    return touched(*(item for change in edit.changes for item in (change.before, change.after)))


def shown(tx: Transaction, key: str) -> Item | None:
    """An item as the screen shows it."""
    queued = tx.ops_of(key)
    if queued:
        return queued[-1].item if queued[-1].state in FAILED else queued[-1].outcome
    row = tx.row(key)
    return None if row is None else row.item()


def discard(tx: Transaction, key: str, at: float) -> Changes:
    """Drop an item's queued operations, ``at`` seconds since the epoch.

    Raises:
        BeingSentError: one of them is on its way.
    """
    queued = tx.ops_of(key)
    if any(op.state is OpState.SENDING for op in queued):
        raise BeingSentError(key)
    before, row = shown(tx, key), tx.row(key)
    for op in queued:
        tx.drop_op(op.id)
    after = None if row is None else row.item()
    if before != after:
        tx.add_history(at, Actor.THIS_APP, before, after)
    return touched(*(op.item for op in queued), None if row is None else row.item())


def retry(tx: Transaction, key: str) -> Changes:
    """Queue again what the server refused of an item; nothing else is touched."""
    queued = tx.ops_of(key)
    if not queued or queued[0].state not in FAILED:
        return Changes()
    row = tx.row(key)
    confirmed = None if row is None else row.item()
    _carry_out(tx, plan_retry(queued, confirmed, tx.revision))
    return touched(*(op.item for op in queued), confirmed)


def _carry_out(tx: Transaction, plan: QueuePlan, batch: int | None = None) -> None:
    for op_id in plan.drop:
        tx.drop_op(op_id)
    if plan.put is not None:
        tx.put_op(plan.put if batch is None else replace(plan.put, batch=batch))


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


def take(
    tx: Transaction, not_before: Mapping[int, float], based: Collection[int], monotonic: float, now: float
) -> Step:
    """Choose what to do next, and write it down if it is to send something.

    ``based`` are the creates whose baseline is young enough; ``now`` is in seconds since the epoch.
    """
    heads = tx.heads()
    head = choose(heads, not_before, monotonic)
    if head is None:
        return Idle(next_time(heads, not_before))
    op = tx.op(head.id)
    assert op is not None  # noqa: S101 - the head of the same transaction.
    if op.kind is OpKind.CREATE:
        if op.state is OpState.UNCERTAIN:
            return Look(op)
        if op.attempt == 0 and op.id not in based:
            return ReadFirst(tuple(each for each in tx.ops() if needs_baseline(each) and each.id not in based))
        return _sending(tx, op, None, now)
    row = tx.row(op.key)
    target = row.server_id if row is not None else op.item.server_id
    if target is None:
        # Only what was saved from a damaged file can have lost its id.
        return Ask(tx.put_op(replace(op, state=OpState.CONFLICT, trouble=Trouble.NOT_FOUND)))
    if op.kind is OpKind.DELETE and row is not None and op.base is not None:
        stands = row.item()
        if stands.content() != op.base.content():
            # Changed elsewhere since: what would be deleted is not what the user saw. It is shown again.
            return Ask(
                tx.put_op(replace(op, item=stands, base=stands, state=OpState.CONFLICT, trouble=Trouble.CONFLICT))
            )
    return _sending(tx, op, target, now)


def needs_baseline(op: Op) -> bool:
    """Whether it is a create that was never sent: from then on its baseline stays as it is."""
    return op.kind is OpKind.CREATE and op.state is OpState.PENDING and op.attempt == 0


def _sending(tx: Transaction, op: Op, target: int | None, now: float) -> Send:
    sending = replace(op, state=OpState.SENDING, attempt=op.attempt + 1, started_at=now, waits_for=None)
    return Send(tx.put_op(sending), target)


def finish(tx: Transaction, op: Op, reply: RemoteEntry | RemotePattern | None, target: int | None) -> Changes:
    """It is carried out: the row goes into the cache, or out of it, and the operation is done.

    ``reply`` is the server's word on it; where there is none, what was asked for holds.
    """
    row = tx.row(op.key)
    old = None if row is None else row.item()
    tx.drop_op(op.id)
    if op.kind is OpKind.DELETE:
        if row is not None:
            tx.bury(row)
        return touched(op.item, old)
    server_id = target if reply is None else reply.id
    assert server_id is not None  # noqa: S101 - a create without a reply is looked for first.
    new = _row_of(op.item, server_id, reply)
    if isinstance(new, EntryRow):
        tx.put_entries([new])
    else:
        tx.put_patterns([new])
    _rebase(tx, op, new.item())
    if op.started_at is not None:
        note_reply(tx, op.started_at, op.item, new.item())
    return touched(op.item, old, new.item())


def _rebase(tx: Transaction, op: Op, now: Item) -> None:
    """The server may have put what it was given in another form: no later edit shall take that for a change."""
    for later in tx.ops_of(op.key)[:1]:
        if later.base is not None and later.base.content() == op.item.content():
            tx.put_op(replace(later, base=now))


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


def settle_found(tx: Transaction, op: Op, seen: Sequence[RemoteEntry | RemotePattern]) -> Changes | None:
    """Claim what an uncertain create made, if a list shows it; None where it does not."""
    ids = [each.id for each in seen]
    rows: Iterable[Row] = tx.entries_with_ids(ids) if isinstance(op.item, Entry) else tx.patterns()
    claimed = {row.server_id for row in rows if row.key != op.key}
    server_id = claim(op, ((each.id, each.content()) for each in seen), claimed)
    if server_id is None:
        return None
    return finish(tx, op, next(each for each in seen if each.id == server_id), None)


def mark(tx: Transaction, op: Op, state: OpState) -> Changes:
    """Write down where an operation stands now, unless the user has dropped it meanwhile."""
    if tx.op(op.id) is None:
        return Changes()
    tx.put_op(replace(op, state=state))
    return touched(op.item)


def fail(tx: Transaction, op: Op, error: RemoteError) -> Changes:
    """Write down how a request ended that did not end well.

    What failed for good takes in the later edits of the same item: they were made on top of something that does
    not exist, and the last of them is what the user wants.
    """
    if tx.op(op.id) is None:
        return Changes()  # The user has dropped it meanwhile.
    verdict = verdict_of(error, op.kind)
    row = tx.row(op.key)
    if verdict is Verdict.GONE and op.kind is OpKind.DELETE:
        return finish(tx, op, None, None)
    failed = after_error(op, error)
    if isinstance(error, ConflictError):
        rows = _rows_around(tx, op.item)
        other = blocker(op, error.conflicts, rows, tx.ops())
        if other is not None:
            tx.put_op(replace(op, state=OpState.PENDING, attempt=op.attempt - 1, waits_for=other))
            return touched(op.item)
    if failed.state not in FAILED:
        tx.put_op(failed)
        return touched(op.item)
    tx.release(op.id)
    old = None if row is None else row.item()
    if verdict is Verdict.GONE and row is not None:
        tx.bury(row)
        if op.started_at is not None:
            tx.add_history(op.started_at, Actor.ELSEWHERE, old, None)
    queued = tx.ops_of(op.key)
    if len(queued) == 1:
        tx.put_op(failed)
    elif verdict is Verdict.GONE:
        for later in queued[1:]:
            tx.drop_op(later.id)
        if queued[-1].outcome is None:
            tx.drop_op(op.id)
        else:
            tx.put_op(replace(failed, item=queued[-1].item))
    else:
        try:
            _carry_out(tx, plan_retry(queued, old, tx.revision))
        except PatternInPlaceError:
            tx.put_op(failed)  # What comes after a pattern's refused deletion waits behind it, in sight.
    return touched(*(each.item for each in queued), old)


def _rows_around(tx: Transaction, item: Item) -> list[EntryRow] | list[PatternRow]:
    if isinstance(item, Entry):
        return tx.entries(item.date, item.date)
    return [row for row in tx.patterns() if row.weekday == item.weekday]


def span_of(ops: Iterable[Op]) -> tuple[date, date] | None:
    """The first and the last date of the entries among some operations."""
    days = [op.item.date for op in ops if isinstance(op.item, Entry)]
    return (min(days), max(days)) if days else None
