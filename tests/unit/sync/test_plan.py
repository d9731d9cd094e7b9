"""What to do next with a queued operation: the rules as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    ConflictingSlot,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteError,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)
from triluna_desktop.sync import plan
from triluna_desktop.sync.plan import Verdict
from triluna_desktop.sync.ports import EntryRow, Op, OpHead, OpKind, OpState, PatternRow, Phase

DAY = date(2025, 9, 4)
A = Entry("a", DAY, 540, 600)
B = Entry("a", DAY, 660, 720)
C = Entry("a", DAY, 780, 840)
PATTERN = Pattern("p", 1, 0, 60)


def op(
    kind: OpKind = OpKind.CREATE, item: Entry | Pattern = A, state: OpState = OpState.PENDING, **more: object
) -> Op:
    base = None if kind is OpKind.CREATE else A if isinstance(item, Entry) else item
    return Op(**{"id": 1, "kind": kind, "item": item, "base": base, "queued_at": 0, "state": state, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("queued", "confirmed", "wanted", "kind"),
    [
        ([], None, A, OpKind.CREATE),
        ([], A, B, OpKind.UPDATE),
        ([], A, None, OpKind.DELETE),
        ([], A, A, None),
        ([op()], None, B, OpKind.CREATE),
        ([op()], None, None, None),
        ([op(OpKind.UPDATE, B)], A, A, None),
        ([op(OpKind.UPDATE, B)], A, C, OpKind.UPDATE),
        ([op(OpKind.UPDATE, B)], A, None, OpKind.DELETE),
        ([op(OpKind.DELETE)], A, B, OpKind.UPDATE),
        ([op(state=OpState.CONFLICT)], None, B, OpKind.CREATE),
        ([op(state=OpState.REJECTED)], None, None, None),
        ([op(state=OpState.BLOCKED_AUTH)], None, B, OpKind.CREATE),
        ([op(OpKind.UPDATE, B, OpState.CONFLICT)], None, C, OpKind.CREATE),
    ],
)
def test_what_was_surely_not_carried_out_is_merged_into_one_operation_or_none(
    queued: list[Op], confirmed: Entry | None, wanted: Entry | None, kind: OpKind | None
) -> None:
    before = queued[-1].outcome if queued else confirmed
    made = plan.plan_change(Change(before or A, wanted), queued, confirmed, 7)
    assert made.drop == tuple(each.id for each in queued)
    assert (None if made.put is None else made.put.kind) == kind
    if made.put is not None:
        assert (made.put.outcome, made.put.queued_at, made.put.attempt) == (wanted, 7, 0)


@pytest.mark.parametrize("state", [OpState.SENDING, OpState.UNCERTAIN])
@pytest.mark.parametrize(
    ("flying", "wanted", "kind"),
    [
        (op(), B, OpKind.UPDATE),
        (op(), None, OpKind.DELETE),
        (op(), A, None),
        (op(OpKind.DELETE), A, OpKind.CREATE),
        (op(OpKind.UPDATE, B), C, OpKind.UPDATE),
    ],
)
def test_what_may_have_been_carried_out_is_left_alone_and_followed(
    state: OpState, flying: Op, wanted: Entry | None, kind: OpKind | None
) -> None:
    flying = replace(flying, state=state)
    later = op(OpKind.UPDATE, C, id=2)
    made = plan.plan_change(Change(C, wanted), [flying, later], A, 7)
    assert made.drop == (2,)
    assert (None if made.put is None else made.put.kind) == kind


def test_an_edit_on_top_of_one_that_waits_starts_from_what_the_user_saw_first() -> None:
    elsewhere = replace(A, title="elsewhere")
    made = plan.plan_change(Change(B, C), [op(OpKind.UPDATE, B)], elsewhere, 7)
    assert made.put is not None
    assert made.put.base == A


@pytest.mark.parametrize("trouble", [Trouble.CHANGED, Trouble.NOT_FOUND])
def test_an_edit_of_what_the_user_was_asked_about_starts_from_the_version_from_elsewhere(trouble: Trouble) -> None:
    elsewhere = replace(A, title="elsewhere")
    asked = op(OpKind.UPDATE, B, OpState.CONFLICT, trouble=trouble)
    for made in (plan.plan_change(Change(B, C), [asked], elsewhere, 7), plan.plan_retry([asked], elsewhere, 7)):
        assert made.put is not None
        assert made.put.base == elsewhere


@pytest.mark.parametrize(
    ("state", "phase", "is_merged"),
    [
        (OpState.PENDING, Phase.NONE, True),
        (OpState.PENDING, Phase.CREATING, False),
        (OpState.BLOCKED_AUTH, Phase.REMOVING, False),
        (OpState.REJECTED, Phase.REMOVING, False),
        (OpState.PENDING, Phase.FILLING, False),
        (OpState.REJECTED, Phase.RESTORING, True),
    ],
)
def test_a_change_of_a_pattern_that_is_under_way_is_followed_not_merged(
    state: OpState, phase: Phase, is_merged: bool
) -> None:
    moved, later = replace(PATTERN, weekday=2), replace(PATTERN, weekday=3)
    queued = op(OpKind.UPDATE, moved, state, base=PATTERN, phase=phase)
    made = plan.plan_change(Change(moved, later), [queued], PATTERN, 1)
    assert made.put is not None
    assert (made.drop, made.put.base) == (((1,), PATTERN) if is_merged else ((), moved))


@pytest.mark.parametrize(
    ("error", "on_create", "on_delete"),
    [
        (SurelyUnsentError(Trouble.NO_CONNECTION), Verdict.UNSENT, Verdict.UNSENT),
        (UncertainError(Trouble.TIMEOUT), Verdict.UNCERTAIN, Verdict.UNCERTAIN),
        (RemoteError(Trouble.UNREADABLE), Verdict.UNCERTAIN, Verdict.UNCERTAIN),
        (RateLimitedError(), Verdict.LIMITED, Verdict.LIMITED),
        (ConflictError(), Verdict.CONFLICT, Verdict.CONFLICT),
        (ValidationError(Trouble.INVALID), Verdict.REJECTED, Verdict.REJECTED),
        (RefusedError(Trouble.REFUSED), Verdict.REJECTED, Verdict.REJECTED),
        (NotFoundError(Trouble.NOT_FOUND), Verdict.REJECTED, Verdict.GONE),
        (AuthenticationError(Trouble.AUTHENTICATION), Verdict.BLOCKED, Verdict.BLOCKED),
        (PermissionDeniedError(), Verdict.FORBIDDEN, Verdict.FORBIDDEN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, RemoteError) else value.value,
)
def test_each_error_has_its_meaning(error: RemoteError, on_create: Verdict, on_delete: Verdict) -> None:
    assert plan.verdict_of(error, OpKind.CREATE) is on_create
    assert plan.verdict_of(error, OpKind.DELETE) is on_delete


@pytest.mark.parametrize(
    ("error", "state", "attempt"),
    [
        (SurelyUnsentError(Trouble.NO_CONNECTION), OpState.PENDING, 0),
        (RateLimitedError(), OpState.PENDING, 0),
        (UncertainError(Trouble.TIMEOUT), OpState.UNCERTAIN, 1),
        (AuthenticationError(Trouble.AUTHENTICATION), OpState.BLOCKED_AUTH, 0),
        (ValidationError(Trouble.INVALID, "why"), OpState.REJECTED, 1),
    ],
)
def test_an_attempt_counts_only_where_it_may_have_reached_the_server(
    error: RemoteError, state: OpState, attempt: int
) -> None:
    after = plan.after_error(op(state=OpState.SENDING, attempt=1), error)
    assert (after.state, after.attempt) == (state, attempt)
    assert after.message == ("why" if state is OpState.REJECTED else "")


def test_a_conflict_keeps_what_is_in_the_way() -> None:
    slots = (ConflictingSlot(1, 0, 60),)
    assert plan.after_error(op(), ConflictError(conflicts=slots)).conflicts == slots


@pytest.mark.parametrize(
    ("kind", "item", "strict", "seconds"),
    [
        (OpKind.CREATE, A, False, 30),
        (OpKind.CREATE, A, True, 2),
        (OpKind.CREATE, PATTERN, True, 30),
        (OpKind.UPDATE, A, True, 30),
        (OpKind.DELETE, A, False, 2),
    ],
)
def test_how_long_to_wait_for_an_old_request_to_land(
    kind: OpKind, item: Entry | Pattern, strict: bool, seconds: float
) -> None:
    assert plan.settle_seconds(op(kind, item), refuses_overlaps=strict) == seconds


@pytest.mark.parametrize(("failures", "most"), [(0, 0.5), (1, 1.0), (6, 32.0), (7, 60.0), (1000, 60.0)])
def test_the_wait_between_tries_grows_to_a_minute(failures: int, most: float) -> None:
    assert plan.backoff_seconds(failures, lambda: 0.0) == 0.0
    assert plan.backoff_seconds(failures, lambda: 0.5) == most / 2


def test_the_first_that_need_not_wait_is_chosen() -> None:
    heads = [
        OpHead(1, "a", OpKind.CREATE, OpState.CONFLICT, None),
        OpHead(2, "b", OpKind.CREATE, OpState.UNCERTAIN, None),
        OpHead(3, "c", OpKind.CREATE, OpState.PENDING, 2),
        OpHead(4, "d", OpKind.CREATE, OpState.PENDING, None),
    ]
    assert plan.choose(heads, {2: 50.0}, 49.0) == heads[3]
    assert plan.choose(heads, {2: 50.0}, 50.0) == heads[1]
    assert plan.choose(heads[:1], {}, 0.0) is None
    assert plan.next_time(heads, {1: 1.0, 2: 50.0, 3: 2.0, 4: 60.0}) == 50.0
    assert plan.next_time(heads[:1], {}) is None


def test_only_a_new_equal_unclaimed_entry_is_claimed() -> None:
    create = op(baseline=frozenset({1}))
    seen = [(1, A.content()), (2, B.content()), (3, A.content()), (4, A.content())]
    assert plan.claim(create, seen, {3}) == 4
    assert plan.claim(create, seen, {3, 4}) is None
    assert plan.claim(op(), seen, ()) == 1


def test_a_list_that_hides_more_rows_than_the_baseline_says_nothing() -> None:
    assert plan.is_absence(op(baseline_skipped=2), 2)
    assert not plan.is_absence(op(baseline_skipped=2), 3)


@pytest.mark.parametrize(
    ("create", "slots", "expected"),
    [
        (op(attempt=1), [ConflictingSlot(1, 540, 600)], True),
        (op(attempt=1), [ConflictingSlot(1, 500, 600)], False),
        (op(attempt=1), [], True),
        (op(attempt=2), [ConflictingSlot(1, 500, 600)], True),
        (op(OpKind.UPDATE, attempt=2), [], False),
    ],
)
def test_what_is_in_the_way_may_be_ours(create: Op, slots: list[ConflictingSlot], expected: bool) -> None:
    assert plan.may_be_ours(create, slots) is expected


def row(key: str, server_id: int, start: int) -> EntryRow:
    return EntryRow(key, server_id, 0, DAY, start, start + 60, True, "", "")


def test_it_waits_for_what_is_about_to_move_out_of_its_way() -> None:
    mine = op(OpKind.UPDATE, A, id=5)
    rows = [row("x", 10, 540), row("y", 11, 600)]
    x, y = Entry("x", DAY, 0, 60), Entry("y", DAY, 60, 120)
    moves = [op(OpKind.UPDATE, x, id=6), op(OpKind.DELETE, y, id=7)]
    named = [ConflictingSlot(10, 540, 600), ConflictingSlot(11, 600, 660)]
    unnamed = [ConflictingSlot(None, 540, 600)]
    assert plan.blocker(mine, named, rows, [mine, *moves]) == 7
    assert plan.blocker(mine, unnamed, rows, [mine, *moves]) == 6
    assert plan.blocker(mine, [], rows, [mine, *moves]) is None
    assert plan.blocker(mine, named, rows, [mine, moves[0]]) is None
    failed = replace(moves[0], state=OpState.CONFLICT)
    assert plan.blocker(mine, unnamed, rows, [mine, failed]) is None
    waiting = replace(moves[0], waits_for=8)
    third = op(OpKind.UPDATE, y, id=8, waits_for=5)
    assert plan.blocker(mine, unnamed, rows, [mine, waiting, third]) is None
    made = op(OpKind.CREATE, x, id=6)
    assert plan.blocker(mine, unnamed, rows, [mine, made]) is None


def test_a_retry_sends_the_last_wish_as_what_it_takes_now() -> None:
    failed = [op(OpKind.UPDATE, B, OpState.CONFLICT)]
    for confirmed, kind in ((A, OpKind.UPDATE), (None, OpKind.CREATE), (B, None)):
        made = plan.plan_retry(failed, confirmed, 1)
        assert made.drop == (1,)
        assert (None if made.put is None else made.put.kind) == kind


def test_rows_know_their_items() -> None:
    entry = EntryRow("k", 5, 0, DAY, 0, 60, False, "t", "n").item()
    assert (entry, entry.server_id) == (Entry("k", DAY, 0, 60, False, "t", "n"), 5)
    pattern = PatternRow("p", 6, 0, 1, 0, 60, True, "t").item()
    assert (pattern, pattern.server_id) == (Pattern("p", 1, 0, 60, True, "t"), 6)
