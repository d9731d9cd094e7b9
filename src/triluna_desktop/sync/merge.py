"""What a fresh read of the server means for an edit that is about to be sent, as pure functions.

An update or a delete is made for a version that the user saw. Where the server holds another one by now, both
sides are merged field by field; what both changed differently only the user can settle (R5, R6).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.merging import merge
from triluna_desktop.domain.models import Entry, Item
from triluna_desktop.sync.plan import LOOKS_FOR_ABSENCE
from triluna_desktop.sync.ports import Actor, OpKind
from triluna_desktop.sync.pull import may_be_cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
    from triluna_desktop.sync.ports import Op, Transaction


@dataclass(frozen=True, slots=True)
class Fresh:
    """What the last read that began after an operation was queued says of its item. Kept for one run."""

    began: float
    """When the read began, on the monotonic clock."""
    absences: int = 0
    """How many lists in a row lacked the item, though its date was asked for."""
    is_credible: bool = True
    """Whether the last of them is to be believed: it hid no rows, and did not lack much else besides."""
    is_searched: bool = False
    """Whether it was looked for on other dates, too."""
    is_readable: bool = True
    """Whether anything can be made of what it shows of the item: what nobody can see is not overwritten."""


class Finding(Enum):
    """What is to be done with an update or a delete, now that the server was read."""

    SEND = "send"
    DONE = "done"
    """The server holds what is wanted already."""
    MERGE = "merge"
    """Send the merge of both versions."""
    ASK = "ask"
    """Changed elsewhere, in what was changed here."""
    READ_AGAIN = "read_again"
    """Missing, and one list does not prove it."""
    GONE = "gone"
    UNREADABLE = "unreadable"
    """The server holds something of which nothing can be made here."""


def find(op: Op, theirs: Item | None, fresh: Fresh) -> tuple[Finding, Item | None]:
    """What to do with an update or delete, and the merge where there is one.

    ``theirs`` is what the server holds as far as the cache knows after the read.
    """
    if not fresh.is_readable:
        return Finding.UNREADABLE, None
    if fresh.absences > 0:
        if op.kind is OpKind.DELETE and op.attempt > 0:
            return Finding.SEND, None  # Most likely our own doing; a 404 will say so.
        if fresh.absences < LOOKS_FOR_ABSENCE or not fresh.is_searched:
            return Finding.READ_AGAIN, None
        if fresh.is_credible:
            return Finding.GONE, None
        if any(item is not None and may_be_cut(item) for item in (op.base, theirs)):
            return Finding.UNREADABLE, None  # It may stand there with all of its text.
        # A list that lacks so much, or hides rows, proves nothing. The request will: 404 is the surer word.
        return Finding.SEND, None
    if theirs is None or op.base is None:
        return Finding.SEND, None
    is_same = theirs.content() == op.base.content()
    if op.kind is OpKind.DELETE:
        return (Finding.SEND if is_same else Finding.ASK), None
    if theirs.content() == op.item.content():
        return Finding.DONE, None
    if is_same:
        return Finding.SEND, None
    merged = merged_item(op.base, op.item, theirs)
    if merged is None:
        return Finding.ASK, None
    return (Finding.DONE if merged.content() == theirs.content() else Finding.MERGE), merged


def merged_item(base: Item, mine: Item, theirs: Item) -> Item | None:
    """Both versions in one; None where only the user can tell.

    A pattern cannot be changed in place by anybody, so there is nothing to merge: two versions are two patterns.
    """
    if isinstance(base, Entry) and isinstance(mine, Entry) and isinstance(theirs, Entry):
        return merge(base, mine, theirs).entry
    return None


def remember_merge(tx: Transaction, now: float, theirs: Item, merged: Item) -> None:
    """Keep in the history the version from elsewhere that the merge replaces. ``now``: seconds since the epoch."""
    tx.add_history(now, Actor.SYNC, theirs, merged)


def is_apart(op: Op, other: RemoteEntry | RemotePattern) -> bool:
    """Whether the two share no time."""
    return other.end <= op.item.start or op.item.end <= other.start


def lookalike(
    op: Op, seen: Iterable[RemoteEntry | RemotePattern], ours: frozenset[int]
) -> RemoteEntry | RemotePattern | None:
    """What an uncertain create may have made, and somebody has changed since; None where nothing looks like it.

    It was not there before the create was sent, and has a time or a text in common with it. ``ours`` are the ids
    that other items of this app are known to have, or may claim.
    """
    item = op.item
    for each in seen:
        if each.id in ours or op.baseline is None or each.id in op.baseline:
            continue
        shares_time = each.start == item.start or each.end == item.end
        shares_text = each.title == item.title != "" or (
            isinstance(item, Entry) and getattr(each, "notes", "") == item.notes != ""
        )
        if shares_time or shares_text:
            return each
    return None
