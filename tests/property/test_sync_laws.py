"""Laws of the planner: whatever was edited and whatever was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.domain.edits import Change
from triluna_desktop.domain.models import Entry
from triluna_desktop.sync.plan import backoff_seconds, plan_change
from triluna_desktop.sync.ports import EntryRow, Op, OpKind, OpState
from triluna_desktop.sync.pull import Known, plan_rows

DAY = date(2025, 9, 4)
VERSIONS = st.none() | st.integers(0, 3).map(lambda hour: Entry("a", DAY, hour * 60, hour * 60 + 60))


def put(queued: list[Op], change: Change, confirmed: Entry | None) -> list[Op]:
    made = plan_change(change, queued, confirmed, 1)
    kept = [op for op in queued if op.id not in made.drop]
    number = max((op.id for op in queued), default=0) + 1
    return kept if made.put is None else [*kept, replace(made.put, id=number)]


@given(VERSIONS, st.lists(VERSIONS, max_size=8), st.none() | st.integers(0, 7), st.booleans())
def test_whatever_is_edited_the_queue_ends_in_what_is_wanted(
    confirmed: Entry | None, versions: list[Entry | None], flies_from: int | None, uncertain: bool
) -> None:
    queued: list[Op] = []
    shown = confirmed
    for number, wanted in enumerate(versions):
        if wanted == shown:
            continue
        queued = put(queued, Change(shown, wanted), confirmed)
        shown = wanted
        if number == flies_from and queued:
            state = OpState.UNCERTAIN if uncertain else OpState.SENDING
            queued = [replace(queued[0], state=state), *queued[1:]]
    flying = [op for op in queued if op.state is not OpState.PENDING]
    assert len(flying) <= 1
    assert len(queued) <= len(flying) + 1
    state_of_things = confirmed
    for op in queued:
        assert (op.kind is OpKind.CREATE) == (state_of_things is None)
        assert op.outcome != state_of_things
        state_of_things = op.outcome if op.outcome is None or isinstance(op.outcome, Entry) else None
    assert state_of_things == shown


ROWS = st.dictionaries(
    st.integers(1, 12),
    st.tuples(st.integers(0, 3), st.integers(0, 9)).map(
        lambda pair: EntryRow("", 0, pair[1], DAY, pair[0] * 60, pair[0] * 60 + 60, True, "", "")
    ),
)


@given(ROWS, ROWS, st.integers(0, 9), st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12)))
def test_a_read_changes_just_what_it_may(
    cached: dict[int, EntryRow], seen: dict[int, EntryRow], begun: int, buried: set[int], busy: set[int]
) -> None:
    rows = [row._replace(key=f"entry:{number}", server_id=number) for number, row in cached.items()]
    ops = [
        Op(number, OpKind.DELETE, row.item(), row.item(), 1)
        for number, row in enumerate(rows, 1)
        if number in busy
    ]
    reply = [row._replace(key="", server_id=number, revision=0) for number, row in seen.items()]
    plan = plan_rows(Known(rows, (), ops, frozenset(buried), frozenset()), reply, begun, "entry")
    upserts = {row.server_id: row for row in plan.upserts}
    missing = {row.server_id for row in plan.missing}
    for number in range(1, 13):
        old, new = cached.get(number), seen.get(number)
        if new is None:
            assert number not in upserts
            live = any(op.key == f"entry:{number}" for op in ops)
            assert (number in missing) == (old is not None and old.revision <= begun and not live)
        elif old is None:
            assert (number in upserts) == (number not in buried)
        else:
            assert number not in missing
            assert (number in upserts) == (old.revision <= begun and old[3:] != new[3:])


@given(ROWS, ROWS)
def test_reading_the_same_twice_changes_nothing_the_second_time(
    cached: dict[int, EntryRow], seen: dict[int, EntryRow]
) -> None:
    rows = {number: row._replace(key=f"entry:{number}", server_id=number) for number, row in cached.items()}
    reply = [row._replace(server_id=number, revision=0) for number, row in seen.items()]
    first = plan_rows(Known(list(rows.values()), (), (), frozenset(), frozenset()), reply, 9, "entry")
    rows |= {row.server_id: row for row in first.upserts}
    for row in first.missing:
        del rows[row.server_id]
    second = plan_rows(Known(list(rows.values()), (), (), frozenset(), frozenset()), reply, 9, "entry")
    assert (second.upserts, second.missing) == ((), ())
    assert {number: row[3:] for number, row in rows.items()} == {number: row[3:] for number, row in seen.items()}


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_the_wait_between_tries_is_never_more_than_a_minute(failures: int, chance: float) -> None:
    assert 0.0 <= backoff_seconds(failures, lambda: chance) <= min(60.0, 0.5 * 2.0 ** min(failures, 7))
