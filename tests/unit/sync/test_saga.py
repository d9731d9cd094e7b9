"""The steps of a pattern's change, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    ConflictError,
    ConflictingSlot,
    RefusedError,
    RemoteError,
    Trouble,
    ValidationError,
)
from triluna_desktop.sync import saga
from triluna_desktop.sync.plan import after_error
from triluna_desktop.sync.ports import Op, OpKind, OpState, PatternRow, Phase

OLD = Pattern("p", 1, 540, 600, True, "old", server_id=7)
NEW = replace(OLD, end=660)
ROW = PatternRow("p", 7, 0, 1, 540, 600, True, "old")
OTHER = PatternRow("o", 8, 0, 1, 640, 700, True, "other")
INVALID = ValidationError(Trouble.INVALID, "no")


def op(phase: Phase, **more: object) -> Op:
    return replace(Op(1, OpKind.UPDATE, NEW, OLD, 1, OpState.SENDING, phase=phase, attempt=1), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phase", "kind", "item"),
    [
        (Phase.NONE, OpKind.CREATE, NEW),
        (Phase.CREATING, OpKind.CREATE, NEW),
        (Phase.REMOVING, OpKind.DELETE, OLD),
        (Phase.CLEARING, OpKind.DELETE, OLD),
        (Phase.FILLING, OpKind.CREATE, NEW),
        (Phase.RESTORING, OpKind.CREATE, OLD),
    ],
)
def test_each_step_is_one_request(phase: Phase, kind: OpKind, item: Pattern) -> None:
    errand = saga.errand(op(phase))
    assert (errand.kind, errand.item) == (kind, item)


def test_other_operations_have_no_steps() -> None:
    create = Op(1, OpKind.CREATE, NEW, None, 1)
    assert saga.errand(create) is create
    assert saga.begun(create) is create


def test_it_begins_with_the_new_one() -> None:
    assert saga.begun(op(Phase.NONE)).phase is Phase.CREATING
    assert saga.begun(op(Phase.FILLING)).phase is Phase.FILLING


def test_what_surely_was_not_sent_begins_anew() -> None:
    assert saga.unsent(op(Phase.CREATING, attempt=0)).phase is Phase.NONE
    assert saga.unsent(op(Phase.CREATING, attempt=1)).phase is Phase.CREATING
    assert saga.unsent(op(Phase.CLEARING, attempt=0)).phase is Phase.CLEARING


@pytest.mark.parametrize(
    ("phase", "error", "expected", "state"),
    [
        (Phase.CREATING, INVALID, Phase.NONE, OpState.REJECTED),
        (
            Phase.CREATING,
            ConflictError(conflicts=(ConflictingSlot(7, 540, 600),)),
            Phase.CLEARING,
            OpState.PENDING,
        ),
        (Phase.CREATING, ConflictError(conflicts=(ConflictingSlot(8, 640, 700),)), Phase.NONE, OpState.CONFLICT),
        (Phase.REMOVING, INVALID, Phase.REMOVING, OpState.REJECTED),
        (Phase.CLEARING, INVALID, Phase.NONE, OpState.REJECTED),
        (Phase.FILLING, INVALID, Phase.RESTORING, OpState.PENDING),
        (Phase.FILLING, ConflictError(), Phase.RESTORING, OpState.PENDING),
        (Phase.RESTORING, INVALID, Phase.RESTORING, OpState.REJECTED),
    ],
)
def test_each_refusal_leads_somewhere(phase: Phase, error: RefusedError, expected: Phase, state: OpState) -> None:
    now = op(phase)
    after = saga.after_refusal(now, after_error(now, error), error, [ROW, OTHER])
    assert (after.phase, after.state) == (expected, state)


def test_the_first_refusal_is_the_one_that_is_told() -> None:
    filling = op(Phase.FILLING)
    restoring = saga.after_refusal(filling, after_error(filling, INVALID), INVALID, [])
    later: RemoteError = ValidationError(Trouble.INVALID, "later")
    assert isinstance(later, RefusedError)
    ended = saga.after_refusal(restoring, after_error(restoring, later), later, [])
    assert ended.message == "no"
    assert saga.restored(restoring, replace(OLD, server_id=9)).message == "no"


@pytest.mark.parametrize(
    ("conflicts", "rows", "expected"),
    [
        ((), [ROW], True),
        ((), [ROW, OTHER], False),
        ((), [OTHER], False),
        ((ConflictingSlot(7, 540, 600),), [ROW, OTHER], True),
        ((ConflictingSlot(7, 540, 600), ConflictingSlot(8, 640, 700)), [ROW, OTHER], False),
        ((ConflictingSlot(None, 540, 600),), [ROW, OTHER], True),
        ((ConflictingSlot(None, 640, 700),), [ROW, OTHER], False),
        ((ConflictingSlot(None, 540, 600),), [ROW, OTHER._replace(start=540, end=600)], False),
    ],
)
def test_whether_only_the_old_one_is_in_the_way(
    conflicts: tuple[ConflictingSlot, ...], rows: list[PatternRow], expected: bool
) -> None:
    assert saga.only_the_old_is_in_the_way(op(Phase.CREATING), conflicts, rows) is expected


def test_times_on_another_weekday_are_not_the_old_ones() -> None:
    moved = op(Phase.CREATING, item=replace(NEW, weekday=2))
    slots = (ConflictingSlot(None, 540, 600),)
    assert not saga.only_the_old_is_in_the_way(moved, slots, [ROW, OTHER._replace(weekday=2)])


@pytest.mark.parametrize(
    ("phase", "state", "expected"),
    [
        (Phase.NONE, OpState.PENDING, True),
        (Phase.CREATING, OpState.UNCERTAIN, True),
        (Phase.REMOVING, OpState.PENDING, False),
        (Phase.REMOVING, OpState.REJECTED, True),
        (Phase.CLEARING, OpState.UNCERTAIN, False),
        (Phase.FILLING, OpState.BLOCKED_AUTH, False),
        (Phase.RESTORING, OpState.REJECTED, True),
    ],
)
def test_what_can_be_dropped(phase: Phase, state: OpState, expected: bool) -> None:
    assert saga.can_be_dropped(op(phase, state=state)) is expected


def test_the_update_of_an_entry_is_one_request() -> None:
    entry = Entry("e", date(2025, 9, 4), 0, 60)
    assert not saga.is_change_of_pattern(Op(1, OpKind.UPDATE, entry, entry, 1))
