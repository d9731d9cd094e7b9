"""What a read changes in the cache, and how many lists it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
from triluna_desktop.sync import pull
from triluna_desktop.sync.ports import EntryRow, Op, OpKind, OpState, PatternRow

DAY = date(2025, 9, 4)


def row(number: int, title: str = "", revision: int = 1, key: str | None = None) -> EntryRow:
    return EntryRow(
        key if key is not None else f"entry:{number}", number, revision, DAY, 540, 600, True, title, ""
    )


def known(
    *rows: EntryRow, ops: tuple[Op, ...] = (), **more: frozenset[int] | frozenset[str]
) -> pull.Known[EntryRow]:
    lent, buried = more.get("lent_keys", frozenset()), more.get("buried", frozenset())
    return pull.Known(rows, (), ops, buried, lent)  # type: ignore[arg-type]


def reply(*rows: EntryRow) -> list[EntryRow]:
    return [each._replace(key="", revision=0) for each in rows]


def test_new_and_changed_rows_are_written_and_equal_ones_left_alone() -> None:
    plan = pull.plan_rows(known(row(1), row(2)), reply(row(1), row(2, "new"), row(3)), 1, "entry")
    assert plan.upserts == (row(2, "new", 0), row(3, "", 0))
    assert plan.missing == ()


def test_a_row_written_since_the_read_began_is_neither_overwritten_nor_missing() -> None:
    plan = pull.plan_rows(known(row(1, "mine", 5), row(2, "mine", 5)), reply(row(1, "old")), 4, "entry")
    assert (plan.upserts, plan.missing, plan.droppable) == ((), (), 0)


def test_what_was_deleted_since_the_read_began_does_not_come_back() -> None:
    assert pull.plan_rows(known(buried=frozenset({1})), reply(row(1)), 4, "entry").upserts == ()


def test_an_id_named_twice_counts_once() -> None:
    assert len(pull.plan_rows(known(), reply(row(1), row(1, "again")), 4, "entry").upserts) == 1


def test_a_row_under_an_unsent_edit_is_not_missing() -> None:
    entry = row(1).item()
    op = Op(1, OpKind.UPDATE, replace(entry, start=0), entry, 1)
    plan = pull.plan_rows(known(row(1), ops=(op,)), [], 4, "entry")
    assert (plan.missing, plan.droppable) == ((), 0)


@pytest.mark.parametrize(
    ("state", "attempt", "baseline", "is_taken"),
    [
        (OpState.UNCERTAIN, 1, frozenset[int](), False),
        (OpState.PENDING, 1, frozenset[int](), False),
        (OpState.SENDING, 1, frozenset({9}), True),
        (OpState.PENDING, 0, frozenset[int](), True),
        (OpState.PENDING, 0, None, True),
        (OpState.CONFLICT, 1, frozenset[int](), True),
    ],
)
def test_what_may_be_an_unconfirmed_create_is_left_to_it(
    state: OpState, attempt: int, baseline: frozenset[int] | None, is_taken: bool
) -> None:
    op = Op(1, OpKind.CREATE, Entry("k", DAY, 540, 600), None, 1, state, attempt, baseline=baseline)
    plan = pull.plan_rows(known(ops=(op,)), reply(row(9)), 4, "entry")
    assert bool(plan.upserts) is is_taken


def test_a_key_that_is_in_use_is_not_given_again() -> None:
    op = Op(1, OpKind.CREATE, Entry("entry:2", DAY, 0, 60), None, 1)
    taken = frozenset({"entry:1", "entry:1:again"})
    plan = pull.plan_rows(known(ops=(op,), lent_keys=taken), reply(row(1), row(2)), 4, "entry")
    assert [each.key for each in plan.upserts] == ["entry:1:again:again", "entry:2:again"]


@pytest.mark.parametrize(
    "bad",
    [
        row(1)._replace(start=600),
        row(1)._replace(end=1441),
        row(1)._replace(start=-1),
        PatternRow("", 1, 0, 7, 0, 60, True, ""),
    ],
)
def test_a_row_that_no_item_can_be_made_of_is_counted(bad: EntryRow | PatternRow) -> None:
    assert not pull.is_readable(bad)
    if isinstance(bad, EntryRow):
        assert pull.plan_rows(known(), reply(bad), 1, "entry").unreadable == 1


def test_a_row_with_a_text_that_is_too_long_is_taken_with_the_text_cut() -> None:
    long = row(1)._replace(title="x" * 201, notes="y" * 2001)
    assert not pull.is_readable(long)
    plan = pull.plan_rows(known(), reply(long), 1, "entry")
    (taken,) = plan.upserts
    assert (taken.title, taken.notes, plan.unreadable) == ("x" * 199 + "…", "y" * 1999 + "…", 0)
    assert taken.item().title == taken.title
    again = pull.plan_rows(known(taken._replace(revision=1)), reply(long), 1, "entry")
    assert (again.upserts, again.missing, again.unreadable) == ((), (), 0)
    weekly = PatternRow("", 1, 0, 1, 0, 60, True, "x" * 201)
    assert not pull.is_readable(weekly)
    assert pull.as_shown(weekly).title == "x" * 199 + "…"


def test_dates_that_were_not_asked_for_are_passed_over() -> None:
    remote = [RemoteEntry(n, DAY + timedelta(days=n), 0, 60) for n in range(5)]
    rows = pull.entry_rows(DAY + timedelta(days=1), DAY + timedelta(days=3), remote)
    assert [each.server_id for each in rows] == [1, 2, 3]
    assert pull.pattern_rows([RemotePattern(1, 2, 0, 60)]) == [PatternRow("", 1, 0, 2, 0, 60, True, "")]


@pytest.mark.parametrize(
    ("missing", "droppable", "expected"),
    [
        (0, 0, False),
        (0, 9, False),
        (1, 1, True),
        (1, 2, False),
        (5, 6, False),
        (6, 7, True),
        (6, 20, False),
        (7, 20, True),
    ],
)
def test_much_is_all_or_more_than_five_and_thirty_percent(missing: int, droppable: int, expected: bool) -> None:
    assert pull.is_suspicious(missing, droppable) is expected


@pytest.mark.parametrize(
    ("missing", "suspicious", "accepted", "asked", "hidden", "reads"),
    [
        (0, False, False, False, False, 1),
        (2, False, False, False, False, 2),
        (2, False, False, False, True, 1),
        (9, True, False, False, False, 3),
        (9, True, False, True, False, 1),
        (9, True, True, True, False, 2),
    ],
)
def test_how_many_lists_must_agree(
    missing: int, suspicious: bool, accepted: bool, asked: bool, hidden: bool, reads: int
) -> None:
    needed = pull.reads_needed(missing, suspicious=suspicious, accepted=accepted, asked=asked, hidden=hidden)
    assert needed == reads


def test_others_get_a_turn_every_few_rows() -> None:
    turns: list[None] = []
    pull.plan_rows(known(), reply(*(row(n) for n in range(250))), 1, "entry", lambda: turns.append(None))
    assert len(turns) == 3
