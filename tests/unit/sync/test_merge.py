"""What a fresh read means for an edit, as a table; and what looks like a create that somebody has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from triluna_desktop.domain.models import TITLE_LIMIT, Entry, Pattern
from triluna_desktop.domain.remote import RemoteEntry
from triluna_desktop.sync.merge import Finding, Fresh, find, lookalike, merged_item
from triluna_desktop.sync.ports import Op, OpKind

DAY = date(2025, 9, 4)
BASE = Entry("a", DAY, 540, 600, title="seen")
MINE = replace(BASE, start=550)
CUT = replace(BASE, title="t" * (TITLE_LIMIT - 1) + "…")
"""What the server may hold with a longer title."""
PATTERN = Pattern("p", 1, 540, 600)


def update(**more: object) -> Op:
    return replace(Op(1, OpKind.UPDATE, MINE, BASE, 1), **more)  # type: ignore[arg-type]


DELETE = Op(1, OpKind.DELETE, BASE, BASE, 1)
SEEN = Fresh(0.0)


@pytest.mark.parametrize(
    ("op", "theirs", "fresh", "finding", "merged"),
    [
        (update(), BASE, SEEN, Finding.SEND, None),
        (update(), MINE, SEEN, Finding.DONE, None),
        (update(), replace(BASE, title="new"), SEEN, Finding.MERGE, replace(MINE, title="new")),
        (update(), replace(MINE, title="new"), SEEN, Finding.DONE, replace(MINE, title="new")),
        (update(), replace(BASE, start=530), SEEN, Finding.ASK, None),
        (update(), replace(BASE, end=545), SEEN, Finding.ASK, None),
        (update(), None, SEEN, Finding.SEND, None),
        (update(base=None), BASE, SEEN, Finding.SEND, None),
        (update(), BASE, Fresh(0.0, 1), Finding.READ_AGAIN, None),
        (update(), BASE, Fresh(0.0, 2), Finding.READ_AGAIN, None),
        (update(), BASE, Fresh(0.0, 2, is_searched=True), Finding.GONE, None),
        (update(), BASE, Fresh(0.0, 2, is_credible=False, is_searched=True), Finding.SEND, None),
        (update(), CUT, Fresh(0.0, 2, is_credible=False, is_searched=True), Finding.UNREADABLE, None),
        (update(base=CUT), None, Fresh(0.0, 2, is_credible=False, is_searched=True), Finding.UNREADABLE, None),
        (update(base=CUT), CUT, SEEN, Finding.SEND, None),
        (DELETE, BASE, SEEN, Finding.SEND, None),
        (DELETE, replace(BASE, title="new"), SEEN, Finding.ASK, None),
        (DELETE, BASE, Fresh(0.0, 2, is_searched=True), Finding.GONE, None),
        (replace(DELETE, attempt=1), BASE, Fresh(0.0, 1), Finding.SEND, None),
    ],
)
def test_what_is_found_decides_what_is_done(
    op: Op, theirs: Entry | None, fresh: Fresh, finding: Finding, merged: Entry | None
) -> None:
    assert find(op, theirs, fresh) == (finding, merged)


def test_two_versions_of_a_pattern_are_not_merged() -> None:
    assert merged_item(PATTERN, replace(PATTERN, end=620), replace(PATTERN, start=500)) is None


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        (RemoteEntry(5, DAY, 540, 590), True),
        (RemoteEntry(5, DAY, 0, 600), True),
        (RemoteEntry(5, DAY, 0, 60, title="seen"), True),
        (RemoteEntry(5, DAY, 0, 60, notes="note"), True),
        (RemoteEntry(5, DAY, 0, 60), False),
        (RemoteEntry(1, DAY, 540, 600, title="seen"), False),
        (RemoteEntry(2, DAY, 540, 600, title="seen"), False),
    ],
)
def test_what_appeared_since_and_shares_a_time_or_a_text_may_be_ours(other: RemoteEntry, is_alike: bool) -> None:
    op = Op(1, OpKind.CREATE, replace(BASE, notes="note"), None, 1, baseline=frozenset({1}))
    assert (lookalike(op, [other], frozenset({2})) is other) is is_alike


def test_empty_texts_are_nothing_in_common() -> None:
    op = Op(1, OpKind.CREATE, replace(BASE, title=""), None, 1, baseline=frozenset())
    assert lookalike(op, [RemoteEntry(5, DAY, 0, 60)], frozenset()) is None
    assert lookalike(replace(op, baseline=None), [RemoteEntry(5, DAY, 540, 600)], frozenset()) is None
