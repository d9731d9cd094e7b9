"""The history on disk: what is kept, in what order it is read, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.inline_store import InlineStore
from tests.helpers.offline_session import slot

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.store.history import DAY_SECONDS, KEPT_SECONDS
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from triluna_desktop.sync.ports import Transaction

NOW = 1_760_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[InlineStore]:
    store = InlineStore(tmp_path / "calendar.sqlite3")
    store.open()
    yield store
    store.close()


def add(
    store: InlineStore,
    before: Entry | Pattern | None,
    after: Entry | Pattern | None,
    *,
    at: float = NOW,
    actor: Actor = Actor.THIS_APP,
) -> None:
    store.read(lambda tx: tx.add_history(at, actor, before, after))


def test_a_change_is_read_back_as_it_was_written(store: InlineStore) -> None:
    before = replace(slot("a", title="Café “Größe”"), notes="line\nline", server_id=7)
    after = replace(before, start=600, end=660)
    add(store, before, after, actor=Actor.ELSEWHERE)
    (row,) = store.history()
    assert (row.at, row.actor, row.before, row.after, row.key) == (NOW, Actor.ELSEWHERE, before, after, "a")
    assert row.before is not None
    assert row.before.server_id == 7
    assert store.history_row(row.id) == row
    assert store.history_row(row.id + 1) is None


def test_a_pattern_is_read_back_too(store: InlineStore) -> None:
    weekly = Pattern("w", 4, 540, 1020, True, "Hours", 3)
    add(store, weekly, None)
    (row,) = store.history(key="w")
    assert (row.before, row.after) == (weekly, None)


def test_the_newest_comes_first_and_the_rest_page_by_page(store: InlineStore) -> None:
    store.read(
        lambda tx: tx.add_history_of(NOW, Actor.ELSEWHERE, [(None, slot(f"k{number}")) for number in range(7)])
    )
    first = store.history(limit=3)
    assert [row.key for row in first] == ["k6", "k5", "k4"]
    second = store.history(before=first[-1].id, limit=10)
    assert [row.key for row in second] == ["k3", "k2", "k1", "k0"]


def test_it_can_be_read_of_one_entry_by_one_actor_and_by_text(store: InlineStore) -> None:
    add(store, None, slot("a", title="ÄRZTIN"))
    add(store, slot("a", title="ÄRZTIN"), replace(slot("a"), notes="moved by Äsop"), actor=Actor.ELSEWHERE)
    add(store, None, slot("b", title="Lunch"))
    assert [row.key for row in store.history(key="a")] == ["a", "a"]
    assert store.history_count("a") == 2
    assert [row.key for row in store.history(actor=Actor.ELSEWHERE)] == ["a"]
    assert [row.key for row in store.history_with("ärztin").rows] == ["a", "a"]
    assert [row.key for row in store.history_with("ÄSOP").rows] == ["a"]
    assert [row.key for row in store.history_with("lunch").rows] == ["b"]
    assert [row.key for row in store.history_with("ärztin", actor=Actor.ELSEWHERE).rows] == ["a"]
    assert store.history_with("2025") == ((), None)  # It is in no title: a date is not looked at.


def test_a_text_is_looked_for_in_one_part_of_the_history_after_the_other(store: InlineStore) -> None:
    rows: list[tuple[Entry | None, Entry | None]] = [
        (None, slot(f"k{number}", title="rare" if number % 500 == 0 else "often")) for number in range(1001)
    ]
    store.read(lambda tx: tx.add_history_of(NOW, Actor.ELSEWHERE, rows))
    parts = [store.history_with("RARE")]
    while (before := parts[-1].before) is not None:
        parts.append(store.history_with("RARE", before=before))
    assert [[row.key for row in part.rows] for part in parts] == [["k1000"], ["k500"], ["k0"]]


def test_what_is_older_than_ninety_days_goes_with_the_first_change_of_a_day(store: InlineStore) -> None:
    add(store, None, slot("old"), at=NOW - KEPT_SECONDS - 1)
    add(store, None, slot("young"), at=NOW - KEPT_SECONDS + DAY_SECONDS * 2)
    add(store, None, slot("now"))
    add(store, None, slot("tomorrow"), at=NOW + DAY_SECONDS)
    assert [row.key for row in store.history()] == ["tomorrow", "now", "young"]
    add(store, None, slot("late"), at=NOW + DAY_SECONDS * 3)
    assert [row.key for row in store.history()] == ["late", "tomorrow", "now"]


def test_a_clock_that_was_ahead_for_a_day_empties_nothing(store: InlineStore) -> None:
    add(store, None, slot("kept"))
    add(store, None, slot("ahead"), at=NOW + 2 * KEPT_SECONDS)
    add(store, None, slot("ahead"), at=NOW + 2 * KEPT_SECONDS + 3600)
    add(store, None, slot("set right"), at=NOW + DAY_SECONDS)
    assert "kept" in {row.key for row in store.history()}


def test_a_leap_ahead_is_believed_when_another_day_has_followed_it(store: InlineStore) -> None:
    add(store, None, slot("old"))
    add(store, None, slot("half a year later"), at=NOW + 2 * KEPT_SECONDS)
    assert store.history_count("old") == 1
    add(store, None, slot("the day after"), at=NOW + 2 * KEPT_SECONDS + DAY_SECONDS)
    assert store.history_count("old") == 0


def test_the_old_is_looked_for_once_a_day_only(store: InlineStore) -> None:
    hour = 3600
    add(store, None, slot("old"), at=NOW - KEPT_SECONDS - hour)
    add(store, None, slot("not quite ninety days later"), at=NOW - 2 * hour)
    add(store, None, slot("within the same day"))
    assert len(store.history()) == 3
    add(store, None, slot("the next day"), at=NOW + DAY_SECONDS)
    assert len(store.history()) == 3


def test_what_is_rolled_back_leaves_no_trace(store: InlineStore) -> None:
    def fail(tx: Transaction) -> None:
        tx.add_history(NOW, Actor.SYNC, slot("a"), None)
        raise RuntimeError

    add(store, None, slot("a"))
    with pytest.raises(RuntimeError):
        store.read(fail)
    assert len(store.history()) == 1


def test_a_change_of_nothing_is_refused(store: InlineStore) -> None:
    with pytest.raises(ValueError, match="at least one side"):
        add(store, None, None)
