"""Five minutes before blocked time ends, and not where it goes on."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import format_time, parse_time
from triluna_desktop.session import ItemView
from triluna_desktop.session.block_ends import until_next_warning, warned_ends

TODAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 20)
BERLIN = ZoneInfo("Europe/Berlin")


def block(times: str, day: date = TODAY, *, is_available: bool = False) -> ItemView:
    start, _, end = times.partition("-")
    return ItemView(Entry(f"{day} {times}", day, parse_time(start), parse_time(end), is_available))


def at(time: str, seconds: int = 0, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).replace(
        hour=parse_time(time) // 60, minute=parse_time(time) % 60, second=seconds
    )


def warned(time: str, *views: ItemView) -> list[str]:
    return [format_time(entry.end) for entry in warned_ends(views, at(time))]


@pytest.mark.parametrize(
    ("time", "ends"), [("14:54", []), ("14:55", ["15:00"]), ("14:59", ["15:00"]), ("15:00", [])]
)
def test_a_block_is_warned_of_in_its_last_five_minutes(time: str, ends: list[str]) -> None:
    assert warned(time, block("14:00-15:00")) == ends


def test_a_block_that_another_one_follows_or_outlasts_is_not_warned_of() -> None:
    assert warned("14:56", block("14:00-15:00"), block("15:00-16:00")) == []
    assert warned("14:56", block("14:00-15:00"), block("13:00-15:30")) == []


def test_open_time_that_ends_is_not_warned_of() -> None:
    assert warned("14:56", block("14:00-15:00", is_available=True)) == []


def test_a_block_that_has_not_begun_is_not_warned_of() -> None:
    assert warned("14:56", block("14:57-15:00")) == []


def test_a_block_up_to_midnight_goes_on_where_tomorrow_begins_blocked() -> None:
    assert warned("23:56", block("22:00-24:00")) == ["24:00"]
    assert warned("23:56", block("22:00-24:00"), block("00:00-08:00", TOMORROW)) == []


def test_the_next_warning_is_five_minutes_before_an_end_or_at_the_start_of_a_short_block() -> None:
    assert until_next_warning([block("14:00-15:00")], at("14:00")) == 55 * 60
    assert until_next_warning([block("14:00-14:03")], at("13:59", 30)) == 30
    assert until_next_warning([block("14:00-15:00")], at("14:56")) is None
    assert until_next_warning([block("09:00-10:00", TOMORROW)], at("09:55")) == 24 * 3600
    assert until_next_warning([], at("14:00")) is None
