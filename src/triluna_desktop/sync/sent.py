"""What has become of an edit since it was queued: whether it was sent, and whether others have changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.sync.plan import is_under_way

if TYPE_CHECKING:
    from collections.abc import Collection

    from triluna_desktop.domain.edits import Change, Edit
    from triluna_desktop.sync.ports import Transaction


def was_sent(tx: Transaction, change: Change, since: int) -> bool:
    """Whether the server has, or may have, carried out a change, so that only a request takes it back.

    ``since`` is the store's revision that queueing it made. Nothing may have been queued on top of it.
    """
    queued = tx.ops_of(change.key)
    if queued:
        # One that is on its way from before it does not tell of it: the two made up for each other.
        return is_under_way(queued[-1]) and queued[-1].queued_at >= since
    row = tx.row(change.key)
    if row is not None:
        return row.revision > since
    entries, patterns = tx.buried(since)
    return change.item.server_id in (entries if isinstance(change.item, Entry) else patterns)


def changed_elsewhere(tx: Transaction, edit: Edit, known: Collection[str] = (), since: int = 0) -> str | None:
    """The key of an item of the edit that others changed or deleted under a change that was not sent yet.

    Of those that are ``known`` to be changed it counts only where they were once more, ``since`` that revision.
    """
    for change in edit.changes:
        row = tx.row(change.key)
        if change.key in known and (row is None or row.revision <= since):
            continue
        # What waits behind one that is on its way starts from what that one makes, which no row shows yet.
        first = next(iter(tx.ops_of(change.key)), None)
        if first is None or first.base is None or is_under_way(first):
            continue
        if row is None or row.item().content() != first.base.content():
            return change.key
    return None
