"""What queued work will take, in requests and minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.domain.forecast import Hour, Work, forecast, requests_for
from triluna_desktop.domain.requests import COUNTED_SECONDS

FRESH = Hour(1000, 0)


def test_nothing_queued_takes_nothing() -> None:
    nothing = forecast(Work(), Hour(1000, 1000, held=50.0), has_read=False)
    assert (nothing.requests, nothing.seconds, nothing.minutes) == (0, 0.0, 0)


@pytest.mark.parametrize(
    ("work", "requests"),
    [
        (Work(creates=1), 2),
        (Work(creates=200), 201),
        (Work(creates=201), 203),
        (Work(creates=500), 503),
        (Work(updates=3, deletes=4), 7),
        (Work(pattern_creates=2), 3),
        (Work(pattern_changes=1), 3),
        (Work(pattern_deletes=1), 1),
        (Work(creates=10, pattern_creates=1), 13),
    ],
)
def test_a_batch_of_creates_costs_one_read_a_minute_and_all_else_one_request_each(
    work: Work, requests: int
) -> None:
    assert requests_for(work, 0.3, has_read=True) == requests


def test_the_first_read_of_a_run_is_counted_and_serves_as_a_baseline() -> None:
    assert requests_for(Work(deletes=2), 0.3, has_read=False) == 3
    assert requests_for(Work(creates=2), 0.3, has_read=False) == 3


def test_within_the_hour_it_takes_its_pace() -> None:
    taken = forecast(Work(deletes=100), FRESH, 0.3)
    assert taken.seconds == pytest.approx(30)
    assert taken.minutes == 1


def test_with_the_hour_nearly_used_up_it_waits_for_the_oldest_to_count_no_longer() -> None:
    leaving = tuple(1000.0 + number for number in range(990))
    taken = forecast(Work(deletes=312), Hour(1000, 990, leaving), 0.3)
    assert taken.requests == 312
    # Ten go at once, the others as one request after the other leaves the hour from second 1000 on.
    assert taken.seconds == pytest.approx(1000 + 301 + 0.3)
    assert taken.minutes == 22


def test_more_than_an_hours_requests_go_on_in_the_next_hour() -> None:
    taken = forecast(Work(deletes=1500), FRESH, 0.3)
    assert taken.seconds == pytest.approx(COUNTED_SECONDS + 500 * 0.3, abs=1)


def test_what_the_server_asked_to_wait_comes_first() -> None:
    assert forecast(Work(deletes=1), Hour(1000, 0, held=120.0), 0.3).seconds == pytest.approx(120.3)


def test_requests_of_other_devices_are_taken_for_the_latest() -> None:
    assert forecast(Work(deletes=1), Hour(1000, 1000, (5.0,)), 0.3).seconds == pytest.approx(5.3)
    assert forecast(Work(deletes=1), Hour(1000, 1001, (5.0,)), 0.3).seconds == pytest.approx(COUNTED_SECONDS + 0.3)


@given(st.integers(0, 60), st.lists(st.floats(0, 3600), max_size=30), st.integers(1, 20), st.floats(0.01, 5))
def test_no_forecast_breaks_the_limit(requests: int, leaving: list[float], limit: int, pace: float) -> None:
    hour = Hour(limit, len(leaving), tuple(sorted(leaving)))
    taken = forecast(Work(deletes=requests), hour, pace)
    more = forecast(Work(deletes=requests + 1), hour, pace)
    assert taken.seconds <= more.seconds
    assert taken.seconds >= requests * pace * 0.999
    assert taken.seconds >= (requests - 1) // limit * COUNTED_SECONDS
