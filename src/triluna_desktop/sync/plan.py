"""What to do next with a queued operation, as pure functions: nothing here reads a clock, a disk or a socket.

The one question behind all of it: *may the server have carried it out?* Only what it surely has not is merged
with later edits or sent again; what it may have is looked for first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Item
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteError,
    SurelyUnsentError,
    Trouble,
)
from triluna_desktop.sync.ports import FAILED, IN_FLIGHT, Op, OpHead, OpKind, OpState, Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from triluna_desktop.domain.edits import Change
    from triluna_desktop.domain.remote import ConflictingSlot
    from triluna_desktop.sync.ports import Row

SETTLE_SECONDS = 30.0
"""Longer than an old request can live: after it, what did not land will not."""
SETTLE_STRICT_SECONDS = 2.0
"""For a create, where this server has shown that it refuses overlaps: a late one is then refused, not doubled."""
SECOND_LOOK_SECONDS = 1.0
"""Between two reads that must agree that something is absent."""
LOOKS_FOR_ABSENCE = 2
"""How many well-formed lists must lack a thing before it counts as absent."""
LOOKS_AT_MOST = 6
"""How many lists may hide rows, and so say nothing, before the user is asked."""
REFUSED_READ_SECONDS = 600.0
"""How long an edit waits whose dates the server refuses to list, so that the others get their turn."""
PATIENCE_CAP_SECONDS = 300.0
BACKOFF_BASE_SECONDS = 0.5
BACKOFF_CAP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """What an edit of one item does to its queued operations: some go, at most one comes."""

    drop: tuple[int, ...]
    put: Op | None


def plan_change(change: Change, queued: Sequence[Op], confirmed: Item | None, revision: int) -> QueuePlan:
    """Put a change on top of an item's queued operations.

    Operations that the server surely has not carried out are merged into one, or into none (create, move and
    delete are nothing); one that may have been carried out, in part or whole, is left alone and the change comes
    after it.
    """
    flying = [op for op in queued if is_under_way(op)]
    waiting = [op for op in queued if not is_under_way(op)]
    stands = flying[-1].outcome if flying else confirmed
    return QueuePlan(tuple(op.id for op in waiting), _op_for(waiting, stands, change.after, revision))


def plan_retry(queued: Sequence[Op], confirmed: Item | None, revision: int) -> QueuePlan:
    """Merge what failed of an item, and what waits behind it, into one operation that is sent again.

    An update of what is gone from the server becomes a create.
    """
    put = _op_for(queued, confirmed, queued[-1].outcome, revision)
    if put is not None:
        put = replace(put, batch=queued[-1].batch)
    return QueuePlan(tuple(op.id for op in queued), put)


def is_under_way(op: Op) -> bool:
    """Whether the server may have carried it out, be it in part: then no later edit is merged into it."""
    if op.state in IN_FLIGHT or op.phase is Phase.REMOVING:
        return True
    # A create that is sent again was missing after the settling time, which may be shorter than a request lives.
    has_begun = op.phase is not Phase.NONE or (op.kind is OpKind.CREATE and op.attempt > 0)
    return has_begun and op.state not in FAILED


def base_of(waiting: Sequence[Op], confirmed: Item | None) -> Item | None:
    """What an edit on top of others that wait starts from: what the user saw at the first of them.

    What a read brought since is not in it, so that a change elsewhere is found, and merged, when it is sent.
    Where the user was asked about just that change and goes on, the version from elsewhere is what they saw.
    """
    if not waiting or confirmed is None:
        return confirmed
    first = waiting[0]
    was_asked = first.state in FAILED and first.trouble in (Trouble.CHANGED, Trouble.NOT_FOUND)
    return confirmed if first.base is None or was_asked else first.base


def _op_for(waiting: Sequence[Op], stands: Item | None, wanted: Item | None, revision: int) -> Op | None:
    if stands is not None and wanted is not None and stands.content() == wanted.content():
        return None
    return _op_between(base_of(waiting, stands), wanted, revision)


def _op_between(base: Item | None, wanted: Item | None, revision: int) -> Op | None:
    if base is None:
        return None if wanted is None else Op(0, OpKind.CREATE, wanted, None, revision)
    if wanted is None:
        return Op(0, OpKind.DELETE, base, base, revision)
    if base.content() == wanted.content():
        return None
    return Op(0, OpKind.UPDATE, wanted, base, revision)


def choose(heads: Iterable[OpHead], not_before: Mapping[int, float], now: float) -> OpHead | None:
    """The operation to go on with: the first in order that may be sent and need not wait, on one clock."""
    for head in heads:
        ready = head.state in (OpState.PENDING, OpState.UNCERTAIN) and head.waits_for is None
        if ready and not_before.get(head.id, now) <= now:
            return head
    return None


def next_time(heads: Iterable[OpHead], not_before: Mapping[int, float]) -> float | None:
    """When the first of the operations that only wait for time may be sent; None where none does."""
    times = [
        not_before[head.id]
        for head in heads
        if head.id in not_before and head.state in (OpState.PENDING, OpState.UNCERTAIN) and head.waits_for is None
    ]
    return min(times, default=None)


def settle_seconds(op: Op, *, refuses_overlaps: bool) -> float:
    """How long to wait before something uncertain is sent again.

    A late PUT would overwrite a newer one whatever the server thinks of overlaps, so only the create of an entry
    profits from what is known about them. A late DELETE is taken to find nothing, or what it was sent for: that a
    server gives an id a second time, the API neither says nor rules out, and the sandbox never does it.
    """
    is_entry = isinstance(op.item, Entry)
    if op.kind is OpKind.DELETE or (op.kind is OpKind.CREATE and is_entry and refuses_overlaps):
        return SETTLE_STRICT_SECONDS
    return SETTLE_SECONDS


def patience_seconds(unanswered: int) -> float:
    """How long to wait, after so many requests for one operation that nobody answered, before the next of them."""
    return min(PATIENCE_CAP_SECONDS, 2.0 ** (min(unanswered, 16) - 1))


def is_about_the_dates(error: RemoteError) -> bool:
    """Whether a read failed for the dates that it asked for, so that one of others may end well all the same."""
    is_refused = isinstance(error, RefusedError) and not isinstance(error, NotFoundError)
    return is_refused or error.trouble is Trouble.TOO_LARGE


def backoff_seconds(failures: int, rng: Callable[[], float]) -> float:
    """Full jitter: anything from 0 to 0.5 s doubled with each failure in a row, at most 60 s."""
    return rng() * min(BACKOFF_CAP_SECONDS, BACKOFF_BASE_SECONDS * 2.0 ** min(failures, 16))


class Verdict(Enum):
    """What the end of a request means for the operation that it was sent for."""

    UNSENT = "unsent"
    """Nothing reached the server: again after a while."""
    LIMITED = "limited"
    """Not carried out: again when the server says."""
    UNCERTAIN = "uncertain"
    CONFLICT = "conflict"
    GONE = "gone"
    """The server has no such thing."""
    REJECTED = "rejected"
    BLOCKED = "blocked"
    """The token is refused: no more requests."""
    FORBIDDEN = "forbidden"
    """The token may not write: no more writes."""


def verdict_of(error: RemoteError, kind: OpKind) -> Verdict:
    """What an error means. What is not known to be harmless is uncertain."""
    match error:
        case SurelyUnsentError():
            return Verdict.UNSENT
        case RateLimitedError():
            return Verdict.LIMITED
        case ConflictError():
            return Verdict.CONFLICT
        case NotFoundError():
            return Verdict.REJECTED if kind is OpKind.CREATE else Verdict.GONE
        case RefusedError():
            return Verdict.REJECTED
        case AuthenticationError():
            return Verdict.BLOCKED
        case PermissionDeniedError():
            return Verdict.FORBIDDEN
        case _:
            return Verdict.UNCERTAIN


_STATES = {
    Verdict.UNSENT: OpState.PENDING,
    Verdict.LIMITED: OpState.PENDING,
    Verdict.FORBIDDEN: OpState.PENDING,
    Verdict.UNCERTAIN: OpState.UNCERTAIN,
    Verdict.CONFLICT: OpState.CONFLICT,
    Verdict.GONE: OpState.CONFLICT,
    Verdict.REJECTED: OpState.REJECTED,
    Verdict.BLOCKED: OpState.BLOCKED_AUTH,
}


def after_error(op: Op, error: RemoteError) -> Op:
    """The operation as it stands after a request for it ended in an error."""
    state = _STATES[verdict_of(error, op.kind)]
    told = state in FAILED
    return replace(
        op,
        state=state,
        attempt=op.attempt if state is OpState.UNCERTAIN or told else op.attempt - 1,
        trouble=error.trouble if told else None,
        message=error.message if told else "",
        conflicts=error.conflicts if isinstance(error, ConflictError) else (),
    )


def claim(op: Op, seen: Iterable[tuple[int, tuple[object, ...]]], claimed: Collection[int]) -> int | None:
    """The server's id of what a create made, among the ``(id, content)`` pairs of a list; None if not there.

    It is equal in content, did not stand there before the create was sent, and belongs to no other item.
    """
    baseline = op.baseline or frozenset()
    wanted = op.item.content()
    matching = [
        server_id
        for server_id, content in seen
        if content == wanted and server_id not in baseline and server_id not in claimed
    ]
    return min(matching, default=None)


def is_absence(op: Op, skipped: int) -> bool:
    """Whether a list that lacks what a create made counts: not where it hides more rows than the baseline did."""
    return skipped <= op.baseline_skipped


def may_be_ours(op: Op, conflicts: Sequence[ConflictingSlot]) -> bool:
    """Whether what is in a create's way might be that very create, carried out by an earlier request."""
    return op.kind is OpKind.CREATE and (
        op.attempt > 1
        or not conflicts
        or any((slot.start, slot.end) == (op.item.start, op.item.end) for slot in conflicts)
    )


def names_an_overlap(op: Op, conflicts: Sequence[ConflictingSlot]) -> bool:
    """Whether a refusal shows that this server takes no two that overlap. One that names none may not."""
    return any(slot.start < op.item.end and op.item.start < slot.end for slot in conflicts)


def blocker(op: Op, conflicts: Sequence[ConflictingSlot], rows: Iterable[Row], live: Sequence[Op]) -> int | None:
    """The queued operation to wait for, where all that is in the way is about to move out of it by itself.

    ``rows`` are the confirmed rows of the date, ``live`` all queued operations. None where somebody must decide:
    something else is in the way, or the one in the way waits for this one.
    """
    moving = {other.key: other for other in live if other.state not in FAILED and other.key != op.key}
    waiting = {other.id: other.waits_for for other in live}
    by_id = {row.server_id: row.key for row in rows}
    by_slot = {(row.start, row.end): row.key for row in rows}
    found: list[int] = []
    for slot in conflicts:
        key = by_id.get(slot.id) if slot.id is not None else by_slot.get((slot.start, slot.end))
        other = moving.get(key) if key is not None else None
        if other is None or other.kind is OpKind.CREATE or _waits(other.id, op.id, waiting):
            return None
        found.append(other.id)
    return max(found, default=None)


def _waits(op_id: int, for_id: int, waiting: Mapping[int, int | None]) -> bool:
    """Whether one waits for another, by however many steps."""
    at: int | None = op_id
    while at is not None:
        if at == for_id:
            return True
        at = waiting.get(at)
    return False
