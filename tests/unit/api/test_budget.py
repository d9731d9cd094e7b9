"""Counting requests, and waiting so that they stay within the limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.manual_clock import START, ManualClock

from triluna_desktop.api.budget import RequestBudget


def test_a_new_budget_has_used_nothing_and_need_not_wait() -> None:
    budget = RequestBudget(ManualClock())
    assert (budget.used, budget.limit, budget.wait_needed()) == (0, 1000, 0)


def test_requests_count_for_an_hour() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    budget.note_request()
    clock.advance(3599)
    budget.note_request()
    assert budget.used == 2
    clock.advance(1)
    assert budget.used == 1


def test_at_the_limit_the_wait_lasts_until_the_oldest_is_an_hour_old() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=3)
    for _ in range(3):
        budget.note_request()
        clock.advance(10)
    assert budget.wait_needed() == 3600 - 30
    clock.advance(3600 - 30)
    assert budget.wait_needed() == 0


def test_the_count_survives_a_restart() -> None:
    clock = ManualClock()
    before = RequestBudget(clock, limit=2)
    before.note_request()
    clock.advance(1800)
    before.note_request()
    after = RequestBudget(clock, limit=2, times=before.export())
    assert after.used == 2
    assert after.wait_needed() == 1800
    clock.advance(1800)
    assert after.export() == [START.timestamp() + 1800]


def test_a_clock_set_back_forgets_no_request_and_holds_for_an_hour_at_most() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=1)
    budget.note_request()
    clock.set_wall(START - timedelta(days=3))
    assert budget.used == 1
    assert budget.wait_needed() == 3600


def test_a_429_holds_as_long_as_the_server_said_and_an_hour_at_most() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    budget.hold(30)
    budget.hold(5)
    assert budget.wait_needed() == 30
    clock.set_wall(START + timedelta(days=1))
    assert budget.wait_needed() == 30
    clock.advance(30)
    assert budget.wait_needed() == 0
    budget.hold(1e9)
    assert budget.wait_needed() == 3600


@pytest.mark.parametrize("prefix", ["x-ratelimit-", "ratelimit-"])
@pytest.mark.parametrize("reset", ["60", str(int(START.timestamp()) + 60)])
def test_none_remaining_holds_until_the_reset(prefix: str, reset: str) -> None:
    budget = RequestBudget(ManualClock())
    budget.note_headers({f"{prefix}limit": "1000", f"{prefix}remaining": "0", f"{prefix}reset": reset})
    assert budget.wait_needed() == 60
    assert budget.used == 1000


def test_the_servers_count_is_shown_where_another_device_uses_the_account_too() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    budget.note_request()
    budget.note_headers({"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "700"})
    assert budget.used == 300
    clock.advance(1)
    budget.note_request()
    assert budget.used == 301
    clock.advance(3600)
    assert budget.used == 1 - 1


def test_a_limit_of_another_stretch_of_time_is_not_taken_for_the_hours() -> None:
    budget = RequestBudget(ManualClock())
    budget.note_headers({"ratelimit-limit": "10, 10;w=1", "ratelimit-remaining": "9", "ratelimit-reset": "1"})
    assert (budget.used, budget.limit, budget.wait_needed()) == (0, 1000, 0)


@pytest.mark.parametrize("garbage", ["", "many", "-1", "9" * 30, "0x10", "٣"])
def test_headers_that_are_no_numbers_change_nothing(garbage: str) -> None:
    budget = RequestBudget(ManualClock())
    budget.note_headers(
        {"x-ratelimit-limit": "1000", "x-ratelimit-remaining": garbage, "x-ratelimit-reset": garbage}
    )
    budget.note_headers({"x-ratelimit-limit": garbage, "x-ratelimit-remaining": "0", "x-ratelimit-reset": garbage})
    assert (budget.used, budget.wait_needed()) == (0, 0)


@given(st.lists(st.floats(0, 4000), max_size=60), st.integers(1, 5))
def test_whoever_waits_as_told_never_makes_more_than_the_limit_in_any_hour(
    pauses: list[float], limit: int
) -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=limit)
    made: list[float] = []
    for pause in pauses:
        clock.advance(pause)
        while (wait := budget.wait_needed()) > 0:
            clock.advance(max(wait, 0.001))
        budget.note_request()
        made.append(clock.now().timestamp())
        budget = RequestBudget(clock, limit=limit, times=budget.export())
    for earlier, later in zip(made, made[limit:], strict=False):
        assert later - earlier >= 3600
