"""Calling back a bulk edit that is under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import Edit
from triluna_desktop.sync.journal import queue_edit, shown
from triluna_desktop.sync.plan import is_under_way
from triluna_desktop.sync.ports import FAILED, Changes

if TYPE_CHECKING:
    from triluna_desktop.domain.edits import Change
    from triluna_desktop.sync.ports import Transaction


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What became of a bulk edit that was called back, counted in changes."""

    taken_back: int = 0
    """Never sent, and now as if they had never been made."""
    sent: int = 0
    """On the server."""
    in_flight: int = 0
    """May be on the server: what has begun is finished."""
    edited_since: int = 0
    """Taken in by a later edit of the same item, which is not sent yet."""
    refused: int = 0
    """The server refused them; they wait for a decision."""
    whole: Edit | None = None
    """The edit as it was made; None where there was nothing to call back any more."""
    revision: int = 0
    """The store's revision that the queueing of what stays made; 0 where it is not known any more."""
    stays: Edit | None = None
    """What of it was not taken back; None where all was."""


def queued_at(tx: Transaction, batch: int) -> int:
    """The store's revision that the queueing of a batch made; 0 where nothing of it is left."""
    return max((op.queued_at for op in tx.ops() if op.batch == batch), default=0)


def cancel(tx: Transaction, batch: int, at: float) -> tuple[Cancelled, Changes]:
    """Take back what of a batch surely was not sent, ``at`` seconds since the epoch, and forget the batch.

    What is taken back is the change, not the operation: a change that was merged with an earlier one of the same
    item, not sent either, leaves the earlier one standing.
    """
    whole = tx.batch_edit(batch)
    if whole is None:
        return Cancelled(), Changes()
    back: list[Change] = []
    stays: list[Change] = []
    in_flight = refused = edited_since = 0
    revision = queued_at(tx, batch)
    for change in whole.changes:
        queued = tx.ops_of(change.key)
        mine = [op for op in queued if op.batch == batch]
        last = mine[-1] if mine and mine[-1] is queued[-1] else None
        can_go = last is not None and not is_under_way(last) and last.state not in FAILED
        if can_go and shown(tx, change.key) == change.after:
            back.append(change)
            continue
        stays.append(change)
        is_flying = any(is_under_way(op) and op.state not in FAILED for op in mine)
        is_refused = any(op.state in FAILED for op in mine)
        in_flight += is_flying
        refused += is_refused
        edited_since += bool(queued) and not is_flying and not is_refused
    changes = Changes(status=True)
    if back:
        changes = queue_edit(tx, Edit(tuple(change.inverted() for change in back)), at, may_be_batch=False)
    tx.drop_batch(batch)
    sent = len(stays) - in_flight - refused - edited_since
    kept = Edit(tuple(stays)) if stays else None
    outcome = Cancelled(len(back), sent, in_flight, edited_since, refused, whole, revision, kept)
    return outcome, changes
