"""Puts a window's store into the states that a server's answer leaves: refused, changed or deleted elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync.ports import EntryRow, Op, OpKind, OpState, SendState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import ConflictingSlot
    from triluna_desktop.sync.ports import Transaction


def hold_on_server(page: WindowPage, *entries: Entry) -> None:
    """Let these be entries that the server has; each needs a ``server_id``."""

    def write(tx: Transaction) -> None:
        for entry in entries:
            for op in tx.ops_of(entry.key):
                tx.drop_op(op.id)
        tx.put_entries([_row(entry) for entry in entries])

    page.store.read(write)
    page.window.profile.week.refresh_now()


def refuse(page: WindowPage, *keys: str, slots: Iterable[ConflictingSlot] = ()) -> None:
    """Let the server have refused these creates, as overlapping the slots."""

    def write(tx: Transaction) -> None:
        for key in keys:
            (op,) = tx.ops_of(key)
            tx.put_op(replace(op, state=OpState.CONFLICT, trouble=Trouble.CONFLICT, conflicts=tuple(slots)))

    page.store.read(write)
    for key in keys:
        page.say_of(key, SendState.CONFLICT)


def diverge(page: WindowPage, base: Entry, mine: Entry, theirs: Entry | None) -> None:
    """Let an entry have been changed here to ``mine``, and elsewhere to ``theirs``, or been deleted there."""

    def write(tx: Transaction) -> None:
        for op in tx.ops_of(base.key):
            tx.drop_op(op.id)
        if theirs is not None:
            tx.put_entries([_row(theirs)])
        trouble = Trouble.NOT_FOUND if theirs is None else Trouble.CHANGED
        tx.put_op(Op(0, OpKind.UPDATE, mine, base, tx.revision, OpState.CONFLICT, trouble=trouble))

    page.store.read(write)
    page.say_of(base.key, SendState.CONFLICT)


def leave_in_doubt(page: WindowPage, key: str, slot: ConflictingSlot) -> None:
    """Let a create have got no answer, and something that looks like it stand there."""

    def write(tx: Transaction) -> None:
        (op,) = tx.ops_of(key)
        tx.put_op(replace(op, state=OpState.CONFLICT, trouble=Trouble.CHANGED, conflicts=(slot,), attempt=1))

    page.store.read(write)
    page.say_of(key, SendState.CONFLICT)


def _row(entry: Entry) -> EntryRow:
    assert entry.server_id is not None
    return EntryRow(entry.key, entry.server_id, 0, *entry.content())
