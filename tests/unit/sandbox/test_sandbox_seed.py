"""The sample calendar."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.sandbox.seed import WEEKS_AHEAD, WEEKS_BACK, seed_demo
from triluna_desktop.sandbox.storage import EntryValues, Storage

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = datetime.date(2026, 11, 19)
STAMP = "2026-11-19T10:00:00.000Z"


@pytest.fixture
def storage() -> Iterator[Storage]:
    storage = Storage.open(None)
    yield storage
    storage.close()


def slots(storage: Storage) -> list[tuple[object, ...]]:
    keys = ("date", "start_time", "end_time", "is_available", "title")
    return [tuple(entry[key] for key in keys) for entry in storage.entries()]


def test_the_present_week_is_the_one_of_the_pictures(storage: Storage) -> None:
    seed_demo(storage, TODAY, STAMP)
    week = storage.entries("2026-11-16", "2026-11-22")
    assert [f"{entry['date']} {entry['start_time']} {entry['title']}" for entry in week] == [
        "2026-11-16 12:00:00 Lunch",
        "2026-11-17 11:00:00 Supervision group",
        "2026-11-18 10:00:00 Dentist",
        "2026-11-18 17:00:00 Evening clinic",
        "2026-11-19 12:00:00 Lunch",
        "2026-11-19 14:00:00 Client meeting",
        "2026-11-19 15:00:00 Supervision",
        "2026-11-20 13:00:00 Travel",
        "2026-11-21 10:00:00 Saturday intake",
    ]
    assert [entry["title"] for entry in week if entry["is_available"]] == ["Evening clinic", "Saturday intake"]


def test_monday_to_friday_have_weekly_hours(storage: Storage) -> None:
    seed_demo(storage, TODAY, STAMP)
    assert [(p["day_of_week"], p["start_time"], p["end_time"], p["title"]) for p in storage.patterns()] == [
        (day, "09:00:00", "17:00:00", "Weekly hours") for day in (1, 2, 3, 4, 5)
    ]


@pytest.mark.parametrize("weeks", range(0, 60, 7))
def test_no_entries_overlap_and_every_week_around_has_some(storage: Storage, weeks: int) -> None:
    today = TODAY + datetime.timedelta(weeks=weeks)
    seed_demo(storage, today, STAMP)
    entries = slots(storage)
    for before, after in pairwise(entries):
        assert before[0] != after[0] or str(before[2]) <= str(after[1]), (before, after)
    days = {datetime.date.fromisoformat(str(entry[0])) for entry in entries}
    assert len({day.isocalendar()[:2] for day in days}) == WEEKS_BACK + 1 + WEEKS_AHEAD
    assert any(entry[4] == "Holiday" for entry in entries)


def test_the_same_day_gives_the_same_calendar(storage: Storage) -> None:
    seed_demo(storage, TODAY, STAMP)
    other = Storage.open(None)
    seed_demo(other, TODAY, STAMP)
    assert slots(other) == slots(storage)
    other.close()


def test_a_later_start_adds_the_missing_weeks_and_nothing_twice(storage: Storage) -> None:
    seed_demo(storage, TODAY, STAMP)
    before = slots(storage)
    seed_demo(storage, TODAY, STAMP)
    assert slots(storage) == before
    seed_demo(storage, TODAY + datetime.timedelta(weeks=2), STAMP)
    after = slots(storage)
    assert after[: len(before)] == before
    assert {str(slot[0]) for slot in after[len(before) :]} >= {"2027-02-17"}


def test_a_deleted_entry_is_not_seeded_again(storage: Storage) -> None:
    seed_demo(storage, TODAY, STAMP)
    for entry in storage.entries():
        assert isinstance(entry["id"], int)
        storage.delete_entry(entry["id"])
    seed_demo(storage, TODAY, STAMP)
    assert storage.entries() == []


def test_an_entry_of_the_user_keeps_its_place(storage: Storage) -> None:
    mine = storage.add_entry(EntryValues("2026-11-16", "11:30:00", "12:30:00", title="Mine"), STAMP)
    seed_demo(storage, TODAY, STAMP)
    assert storage.entries("2026-11-16", "2026-11-16") == [mine]
