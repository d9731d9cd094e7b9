"""The corners of the outbox that a session reaches only through damage, or by a hair's breadth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.helpers.inline_store import InlineStore

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import ConflictError, RefusedError, RemoteEntry, Trouble
from triluna_desktop.sync import journal, steps
from triluna_desktop.sync.late import LateCreates
from triluna_desktop.sync.merge import Fresh
from triluna_desktop.sync.ports import Changes, Op, OpKind, OpState, PatternRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2025, 9, 4)
ENTRY = Entry("a", DAY, 540, 600)
PATTERN = Pattern("p", 1, 540, 600)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[InlineStore]:
    store = InlineStore(tmp_path / "profile" / "calendar.db")
    store.open()
    yield store
    store.close()


def put(store: InlineStore, op: Op) -> Op:
    return store.read(lambda tx: tx.put_op(op))


def test_what_waits_for_something_that_was_lost_waits_no_more(store: InlineStore) -> None:
    put(store, Op(0, OpKind.CREATE, ENTRY, None, 1, waits_for=77))
    assert store.read(journal.recover) == ()
    assert store.read(lambda tx: tx.ops())[0].waits_for is None


def test_an_edit_that_lost_the_id_of_its_item_waits_for_a_decision(store: InlineStore) -> None:
    put(store, Op(0, OpKind.UPDATE, ENTRY, ENTRY, 1))
    assert isinstance(store.read(lambda tx: steps.take(tx, {}, {}, LateCreates(), 0.0, 0.0)), steps.Noted)
    assert store.read(lambda tx: steps.take(tx, {}, {}, LateCreates(), 0.0, 0.0)) == steps.Idle(None)
    (op,) = store.read(lambda tx: tx.ops())
    assert (op.state, op.trouble) == (OpState.CONFLICT, Trouble.NOT_FOUND)


def test_an_edit_saved_from_a_damaged_file_knows_its_id(store: InlineStore) -> None:
    known = Entry("a", DAY, 540, 600, server_id=7)
    op = put(store, Op(0, OpKind.DELETE, known, known, 1))
    assert store.read(lambda tx: steps.take(tx, {}, {}, LateCreates(), 0.0, 0.0)) == steps.ReadFirst(
        op, (DAY, DAY)
    )
    step = store.read(lambda tx: steps.take(tx, {}, {op.id: Fresh(0.0)}, LateCreates(), 0.0, 0.0))
    assert isinstance(step, steps.Send)
    assert step.target == 7
    store.read(lambda tx: journal.finish(tx, step.op, None, 7))
    assert store.read(lambda tx: tx.ops()) == []


def test_what_was_dropped_while_it_was_looked_for_stays_dropped(store: InlineStore) -> None:
    op = put(store, Op(0, OpKind.CREATE, ENTRY, None, 1, OpState.UNCERTAIN, 1))
    store.read(lambda tx: journal.discard(tx, "a", 0.0))
    assert store.read(lambda tx: journal.mark(tx, op, OpState.PENDING)) == Changes()
    assert store.read(lambda tx: journal.fail(tx, op, RefusedError(Trouble.UNREADABLE))) == Changes()
    assert store.read(lambda tx: tx.ops()) == []


def test_what_was_dropped_and_then_found_is_on_the_server_and_shown(store: InlineStore) -> None:
    op = put(store, Op(0, OpKind.CREATE, ENTRY, None, 1, OpState.UNCERTAIN, 1, baseline=frozenset()))
    store.read(lambda tx: journal.discard(tx, "a", 0.0))
    seen = [RemoteEntry(5, DAY, 540, 600)]
    assert store.read(lambda tx: journal.settle_found(tx, op, seen)) is not None
    assert store.read(lambda tx: tx.ops()) == []
    view = store.item_view("a")
    assert view is not None
    assert view.item.server_id == 5


def test_a_reply_that_no_item_can_be_made_of_is_taken_for_its_id_only(store: InlineStore) -> None:
    op = put(store, Op(0, OpKind.CREATE, ENTRY, None, 1, OpState.SENDING, 1))
    store.read(lambda tx: journal.finish(tx, op, RemoteEntry(5, DAY, 540, 600, title="x" * 500), None))
    view = store.item_view("a")
    assert view is not None
    assert (view.item, view.item.server_id) == (ENTRY, 5)


def test_a_pattern_that_conflicts_with_another_needs_a_decision(store: InlineStore) -> None:
    store.read(lambda tx: tx.put_patterns([PatternRow("other", 3, 0, 1, 500, 560, True, "")]))
    op = put(store, Op(0, OpKind.CREATE, PATTERN, None, 1, OpState.SENDING, 1))
    store.read(lambda tx: journal.fail(tx, op, ConflictError("overlap")))
    assert [each.state for each in store.read(lambda tx: tx.ops())] == [OpState.CONFLICT]
