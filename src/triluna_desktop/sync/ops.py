"""Queued operations: the rows of the outbox, and the states that they go through."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import ConflictingSlot, Trouble


class OpKind(Enum):
    """What a queued operation asks of the server."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class OpState(Enum):
    """Where a queued operation stands. DONE ones are removed; SENDING becomes UNCERTAIN at start-up."""

    PENDING = "pending"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    BLOCKED_AUTH = "blocked_auth"
    DONE = "done"


class Phase(Enum):
    """How far the change of a pattern has come. The API has no PUT for one, so it is a create and a delete."""

    NONE = ""
    """Of every other operation; and of this one before its first request."""
    CREATING = "creating"
    """The new one is being created beside the old."""
    REMOVING = "removing"
    """The new one stands (`Op.new_id`); the old one is being deleted."""
    CLEARING = "clearing"
    """The server lets only one of them stand, so the old one is being deleted first."""
    FILLING = "filling"
    """The old one is gone; the new one is being created."""
    RESTORING = "restoring"
    """The new one was refused for good; the old one is being put back."""


IN_FLIGHT = frozenset({OpState.SENDING, OpState.UNCERTAIN})
"""States in which the server may or may not have carried the operation out. In all others it surely has not."""

FAILED = frozenset({OpState.CONFLICT, OpState.REJECTED})
"""States in which the user decides what happens next."""


@dataclass(frozen=True, slots=True)
class Op:
    """One queued operation: a row of the outbox, and what is known about its sending.

    Waiting times are not kept here: they are counted by the monotonic clock of a run, and begin anew at start.
    """

    id: int
    """Its place in the queue; 0 until it is written."""
    kind: OpKind
    item: Item
    """What shall be on the server; of a delete, what shall go."""
    base: Item | None
    """What was there when it was queued, with its server id; None for a create."""
    queued_at: int
    """The store's revision that its queueing made: a read begun at this revision or later began after it."""
    state: OpState = OpState.PENDING
    attempt: int = 0
    """How often it may have reached the server."""
    started_at: float | None = None
    """Seconds since the epoch at which it was last sent."""
    baseline: frozenset[int] | None = None
    """Of a create: the ids that stood on its date (of a pattern: all) before it was first sent."""
    baseline_skipped: int = 0
    """How many rows of that reply could not be read."""
    waits_for: int | None = None
    """Another operation that must end, whichever way, before this one is tried."""
    trouble: Trouble | None = None
    message: str = ""
    conflicts: tuple[ConflictingSlot, ...] = ()
    phase: Phase = Phase.NONE
    new_id: int | None = None
    """Of a pattern's change: the id that the new one got."""
    batch: int | None = None
    """The bulk edit that it is a part of."""

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key

    @property
    def outcome(self) -> Item | None:
        """What the item is once this is carried out."""
        return None if self.kind is OpKind.DELETE else self.item


class OpHead(NamedTuple):
    """The first queued operation of an item: the only one of the item that may be sent."""

    id: int
    key: str
    kind: OpKind
    state: OpState
    waits_for: int | None
