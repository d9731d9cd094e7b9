"""Entries and patterns: what they take, and when two are the same."""

from dataclasses import replace
from datetime import date

import pytest

from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Entry, InvalidSlotError, Pattern

DAY = date(2026, 11, 23)
ENTRY = Entry("e", DAY, 540, 600, False, "Client meeting", "Bring the plan", 7)
PATTERN = Pattern("p", 1, 540, 1020, True, "Monday business hours", 3)


@pytest.mark.parametrize(
    ("start", "end", "field", "problem"),
    [
        (-1, 60, "start", "starts_outside_day"),
        (1440, 1440, "start", "starts_outside_day"),
        (0, 1441, "end", "ends_outside_day"),
        (0, 0, "end", "ends_outside_day"),
        (540, 540, "end", "zero_length"),
        (600, 540, "end", "ends_before_start"),
    ],
)
def test_wrong_times_are_refused_at_the_field_they_stand_in(
    start: int, end: int, field: str, problem: str
) -> None:
    for make in (lambda: Entry("e", DAY, start, end), lambda: Pattern("p", 0, start, end)):
        with pytest.raises(InvalidSlotError) as caught:
            make()
        assert (caught.value.field, caught.value.problem) == (field, problem)


def test_texts_may_reach_their_limits_and_not_pass_them() -> None:
    replace(ENTRY, title="t" * TITLE_LIMIT, notes="n" * NOTES_LIMIT)
    replace(PATTERN, title="t" * TITLE_LIMIT)
    with pytest.raises(InvalidSlotError, match="title_too_long"):
        replace(ENTRY, title="t" * (TITLE_LIMIT + 1))
    with pytest.raises(InvalidSlotError, match="notes_too_long"):
        replace(ENTRY, notes="n" * (NOTES_LIMIT + 1))
    with pytest.raises(InvalidSlotError, match="title_too_long"):
        replace(PATTERN, title="t" * (TITLE_LIMIT + 1))


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(weekday: int) -> None:
    with pytest.raises(InvalidSlotError, match="no_such_weekday"):
        Pattern("p", weekday, 540, 600)


def test_a_slot_may_be_the_whole_day() -> None:
    assert Entry("e", DAY, 0, 1440).interval.minutes == 1440
    assert PATTERN.interval.minutes == 480


def test_the_servers_id_says_nothing_about_what_an_item_is() -> None:
    assert replace(ENTRY, server_id=None) == ENTRY
    assert replace(PATTERN, server_id=None) == PATTERN
    assert replace(ENTRY, key="other") != ENTRY


def test_two_items_have_the_same_content_if_the_server_sees_no_difference() -> None:
    assert ENTRY.same_content(replace(ENTRY, key="other", server_id=None))
    assert PATTERN.same_content(replace(PATTERN, key="other", server_id=None))
    for other in (
        replace(ENTRY, date=date(2026, 11, 24)),
        replace(ENTRY, start=541),
        replace(ENTRY, end=601),
        replace(ENTRY, is_available=True),
        replace(ENTRY, title=""),
        replace(ENTRY, notes=""),
    ):
        assert not ENTRY.same_content(other)
    assert not PATTERN.same_content(replace(PATTERN, weekday=2))


def test_a_copy_is_another_thing_that_the_server_does_not_know() -> None:
    copy = ENTRY.with_key("copy")
    assert (copy.key, copy.server_id) == ("copy", None)
    assert copy.same_content(ENTRY)
