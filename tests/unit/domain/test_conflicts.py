"""Which entries stand in each other's way: the guide's own example, and the edges."""

from datetime import date

from triluna_desktop.domain.conflicts import conflicts_among, conflicts_with
from triluna_desktop.domain.models import Entry

DAY = date(2025, 9, 1)
MEETING = Entry("123", DAY, 13 * 60 + 30, 14 * 60 + 30)
WANTED = Entry("new", DAY, 14 * 60, 15 * 60, False)


def test_the_guides_example_conflicts() -> None:
    assert conflicts_with(WANTED, [MEETING]) == (MEETING,)
    assert conflicts_among([WANTED, MEETING]) == {"new": (MEETING,), "123": (WANTED,)}


def test_an_entry_never_conflicts_with_another_version_of_itself() -> None:
    moved = Entry("new", DAY, 14 * 60 + 15, 15 * 60 + 15)
    assert conflicts_with(moved, [WANTED]) == ()


def test_the_same_hours_of_another_date_do_not_conflict() -> None:
    tomorrow = Entry("tomorrow", date(2025, 9, 2), WANTED.start, WANTED.end)
    assert conflicts_with(WANTED, [tomorrow]) == ()
    assert conflicts_among([WANTED, tomorrow]) == {}


def test_two_entries_that_say_the_same_conflict_as_well() -> None:
    twin = Entry("twin", DAY, WANTED.start, WANTED.end, WANTED.is_available)
    assert conflicts_with(WANTED, [twin]) == (twin,)


def test_a_long_entry_conflicts_with_each_of_the_short_ones_under_it_and_they_with_it_alone() -> None:
    long = Entry("long", DAY, 0, 1440)
    short = [Entry(f"s{hour}", DAY, hour * 60, hour * 60 + 60) for hour in (20, 3, 10)]
    found = conflicts_among([short[0], long, *short[1:]])
    assert [each.key for each in found["long"]] == ["s3", "s10", "s20"]
    assert found["s10"] == (long,)
