"""The budget of requests: the hour, the reserve for edits, and the server's own word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.helpers.manual_clock import START, ManualClock

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain.requests import COUNTED_SECONDS, RequestKind

READ = RequestKind.READ
FAST = 0.3


async def take(budget: RequestBudget, times: int = 1, *, in_background: bool = False) -> None:
    """Let so many requests leave, each of which may."""
    for _ in range(times):
        assert await budget.take(READ, in_background=in_background) == 0


async def test_a_new_budget_has_used_nothing_and_need_not_wait() -> None:
    budget = RequestBudget(ManualClock())
    assert (budget.used, budget.limit, budget.kept, budget.wait_needed()) == (0, 1000, 100, 0)


async def test_a_request_counts_for_an_hour_and_a_second() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    await take(budget)
    clock.advance(3599)
    await take(budget)
    clock.advance(1)
    assert budget.used == 2
    clock.advance(1)
    assert budget.used == 1


async def test_at_the_limit_the_wait_lasts_until_the_oldest_counts_no_longer() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=3, reserve=0)
    for _ in range(3):
        await take(budget)
        clock.advance(10)
    assert budget.wait_needed() == await budget.take(READ) == COUNTED_SECONDS - 30
    assert budget.used == 3, "what may not leave is not counted"
    clock.advance(COUNTED_SECONDS - 30)
    assert await budget.take(READ) == 0


async def test_reading_in_the_background_leaves_a_hundred_requests_for_edits() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    await take(budget, 899)
    await take(budget, in_background=True)
    assert await budget.take(READ, in_background=True) == COUNTED_SECONDS
    assert budget.wait_needed() == 0
    await take(budget, 100)
    assert budget.wait_needed() == COUNTED_SECONDS


async def test_edits_that_wait_go_before_any_reading_in_the_background() -> None:
    waiting = 300
    budget = RequestBudget(ManualClock(), edits_waiting=lambda: waiting)
    await take(budget, 700)
    assert await budget.take(READ, in_background=True) > 0
    waiting = 99
    await take(budget, in_background=True)


async def test_edits_that_are_stuck_do_not_end_all_reading() -> None:
    budget = RequestBudget(ManualClock(), edits_waiting=lambda: 5000)
    assert budget.kept == 500
    await take(budget, 500, in_background=True)
    assert await budget.take(READ, in_background=True) > 0


@pytest.mark.parametrize(
    "step", [timedelta(days=3), timedelta(days=-3), timedelta(hours=-1), timedelta(minutes=30)]
)
async def test_setting_the_clock_neither_frees_a_request_nor_holds_it_longer(step: timedelta) -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=1, reserve=0)
    await take(budget)
    clock.advance(600)
    clock.set_wall(clock.now() + step)
    assert budget.used == 1
    assert await budget.take(READ) == pytest.approx(COUNTED_SECONDS - 600)
    clock.advance(COUNTED_SECONDS - 599.9)
    await take(budget)


async def test_a_429_holds_as_long_as_the_server_said_and_an_hour_at_most() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    await budget.note_reply({}, 30, FAST)
    await budget.note_reply({}, 5, FAST)
    assert await budget.take(READ) == 30
    clock.set_wall(START + timedelta(days=1))
    assert budget.wait_needed() == pytest.approx(30)
    clock.advance(30.001)
    assert budget.wait_needed() == 0
    await budget.hold(1e9)
    assert budget.wait_needed() == pytest.approx(3600)


@pytest.mark.parametrize("prefix", ["x-ratelimit-", "ratelimit-"])
@pytest.mark.parametrize("reset", ["60", str(int(START.timestamp()) + 60)])
async def test_none_remaining_holds_until_the_reset(prefix: str, reset: str) -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    headers = {f"{prefix}limit": "1000", f"{prefix}remaining": "0", f"{prefix}reset": reset}
    await budget.note_reply(headers, None, FAST)
    assert budget.wait_needed() == 60
    assert budget.used == 1000
    clock.advance(61)
    assert (budget.wait_needed(), budget.used) == (0, 0)


async def test_the_servers_count_is_shown_where_another_device_uses_the_account_too() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    await take(budget)
    await budget.note_reply({"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "700"}, None, FAST)
    assert budget.used == 300
    clock.advance(1)
    await take(budget)
    assert budget.used == 301
    clock.advance(3601)
    assert budget.used == 0


async def test_the_servers_count_loosens_nothing() -> None:
    budget = RequestBudget(ManualClock(), limit=10, reserve=0)
    await take(budget, 10)
    await budget.note_reply({"x-ratelimit-limit": "10", "x-ratelimit-remaining": "10"}, None, FAST)
    assert budget.used == 10
    assert await budget.take(READ) == COUNTED_SECONDS


@pytest.mark.parametrize(("reset", "wait"), [({}, 300), ({"x-ratelimit-reset": "90"}, 90)])
async def test_where_the_server_counts_more_the_reserve_is_kept_of_what_it_leaves(
    reset: dict[str, str], wait: float
) -> None:
    clock = ManualClock()
    budget = RequestBudget(clock)
    headers = {"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "101", **reset}
    await budget.note_reply(headers, None, FAST)
    await take(budget, in_background=True)
    assert await budget.take(READ, in_background=True) == wait
    await take(budget)
    clock.advance(wait)
    await take(budget, in_background=True)


async def test_a_limit_of_another_stretch_of_time_is_not_taken_for_the_hours() -> None:
    budget = RequestBudget(ManualClock())
    headers = {"ratelimit-limit": "10, 10;w=1", "ratelimit-remaining": "9", "ratelimit-reset": "1"}
    await budget.note_reply(headers, None, FAST)
    assert (budget.used, budget.limit, budget.wait_needed()) == (0, 1000, 0)


@pytest.mark.parametrize("garbage", ["", "many", "-1", "9" * 30, "0x10", "٣"])
async def test_headers_that_are_no_numbers_change_nothing(garbage: str) -> None:
    budget = RequestBudget(ManualClock())
    for limit, remaining in (("1000", garbage), (garbage, "0")):
        headers = {"x-ratelimit-limit": limit, "x-ratelimit-remaining": remaining, "x-ratelimit-reset": garbage}
        await budget.note_reply(headers, None, FAST)
    assert (budget.used, budget.wait_needed()) == (0, 0)


async def test_the_pace_comes_to_what_requests_take() -> None:
    budget = RequestBudget(ManualClock())
    assert budget.pace == pytest.approx(0.3)
    for _ in range(50):
        await budget.note_reply({}, None, 2.0)
    assert budget.pace == pytest.approx(2.0, abs=0.02)
