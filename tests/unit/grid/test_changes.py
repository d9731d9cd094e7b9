"""The edits that menus and keys make."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.grid.changes import duplicated, excepted, flipped, pasted, shifted, split, stretched
from triluna_desktop.grid.drafts import Edge

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.edits import Edit

MONDAY = date(2026, 11, 16)
CLIENT = Entry("client", MONDAY, 840, 930, False, "Client", "Notes", server_id=7)
HOURS = Pattern("hours", 1, 540, 1020)


def keys() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new {next(numbers)}"


def after(edit: Edit | None) -> list[tuple[int, int, int]]:
    """What an edit leaves: days after Monday, start, end."""
    assert edit is not None
    left = [change.after for change in edit.changes]
    return [((each.date - MONDAY).days, each.start, each.end) for each in left if isinstance(each, Entry)]


def test_shifting_stops_at_the_ends_of_the_day() -> None:
    assert after(shifted([CLIENT], 1, 10_000)) == [(1, 1350, 1440)]
    assert after(shifted([CLIENT], 0, -10_000)) == [(0, 0, 90)]
    assert shifted([], 1, 0) is None
    assert shifted([CLIENT], 0, 0) is None


def test_stretching_keeps_a_quarter_of_an_hour() -> None:
    assert after(stretched([CLIENT], Edge.END, -600)) == [(0, 840, 855)]
    assert after(stretched([CLIENT], Edge.START, 600)) == [(0, 915, 930)]
    assert after(stretched([CLIENT], Edge.END, 6000)) == [(0, 840, 1440)]


def test_flipping_several_makes_all_alike() -> None:
    other = Entry("other", MONDAY, 0, 60, True)
    edit = flipped([CLIENT, other])
    assert edit is not None
    assert [change.key for change in edit.changes] == ["client"]
    assert flipped([]) is None


def test_a_split_keeps_the_words_on_both_parts() -> None:
    edit = split(CLIENT, 870, keys())
    assert after(edit) == [(0, 840, 870), (0, 870, 930)]
    assert edit is not None
    second = edit.changes[1].after
    assert isinstance(second, Entry)
    assert (second.title, second.notes, second.server_id) == ("Client", "Notes", None)
    assert split(CLIENT, 840, keys()) is None


def test_a_duplicate_takes_the_first_free_hours_after_it() -> None:
    later = Entry("later", MONDAY, 930, 960)
    assert after(duplicated([CLIENT], [CLIENT, later], keys())) == [(0, 960, 1050)]


def test_a_duplicate_without_room_goes_to_the_next_free_day() -> None:
    evening = Entry("evening", MONDAY, 1300, 1440)
    busy = Entry("busy", MONDAY + timedelta(days=1), 1330, 1340)
    assert after(duplicated([evening], [evening, busy], keys())) == [(2, 1300, 1440)]


def test_pasting_keeps_distances() -> None:
    second = Entry("second", MONDAY + timedelta(days=1), 600, 660)
    assert after(pasted([second, CLIENT], MONDAY + timedelta(days=3), 480, keys())) == [
        (4, 240, 300),
        (3, 480, 570),
    ]
    assert after(pasted([CLIENT], MONDAY, None, keys())) == [(0, 840, 930)]
    assert pasted([], MONDAY, None, keys()) is None


def test_an_exception_says_the_opposite_and_conflicts_with_none() -> None:
    edit = excepted(HOURS, MONDAY, 600, [CLIENT], keys())
    assert after(edit) == [(0, 540, 840)]
    assert edit is not None
    assert edit.changes[0].item.is_available is False
    assert excepted(HOURS, MONDAY, 850, [CLIENT], keys()) is None
