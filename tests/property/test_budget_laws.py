"""I10: at most 1000 requests leave in any hour, whatever restarts, other processes and clocks do meanwhile."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.helpers.inline_store import InlineStore
from tests.helpers.manual_clock import ManualClock

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain.requests import COUNTED_SECONDS, RequestKind, kept_for_edits, poll_seconds
from triluna_desktop.store.request_book import RequestBook
from triluna_desktop.sync.ledger import RequestLedger

LIMIT, RESERVE = 6, 2

steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["edit", "read", "test elsewhere"]), st.integers(1, 4)),
        st.tuples(st.just("time passes"), st.floats(0, 4000)),
        st.tuples(st.just("the clock is set"), st.floats(-2e5, 2e5)),
        st.tuples(st.just("429"), st.floats(0, 5000)),
        st.tuples(st.just("restart"), st.just(0)),
    ),
    max_size=40,
)


class Machine:
    """A computer with a window and a command on one database, of which the window may be started anew."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.path = folder / "calendar.sqlite3"
        self.left: list[float] = []
        """When requests left, in the time that truly passed."""
        self.reads: list[float] = []
        self.held_until = 0.0
        self.open()

    def open(self) -> None:
        self.store = InlineStore(self.path)
        self.store.open()
        ledger = RequestLedger(self.store, self.clock, self.clock.monotonic)
        self.budget = RequestBudget(self.clock, limit=LIMIT, reserve=RESERVE, ledger=ledger)

    async def do(self, what: str, amount: float) -> None:
        match what:
            case "edit" | "read":
                for _ in range(int(amount)):
                    await self.send(self.budget, in_background=what == "read")
            case "test elsewhere":
                with RequestBook(self.path) as book:
                    ledger = RequestLedger(book, self.clock, self.clock.monotonic)
                    await self.send(RequestBudget(self.clock, limit=LIMIT, ledger=ledger), in_background=False)
            case "time passes":
                self.clock.advance(amount)
            case "the clock is set":
                self.clock.set_wall(self.clock.now() + timedelta(seconds=amount))
            case "429":
                await self.budget.hold(amount)
                self.held_until = max(self.held_until, self.clock.monotonic() + min(amount, 3600))
            case "restart":
                self.store.close()
                self.open()

    async def send(self, budget: RequestBudget, *, in_background: bool) -> None:
        now = self.clock.monotonic()
        wait = await budget.take(RequestKind.READ, in_background=in_background)
        if wait > 0:
            assert wait <= COUNTED_SECONDS + 0.01, "no wait is longer than an hour"
            return
        # A clock that is set a little at a time is told apart from one that drifts to half a second.
        assert now >= self.held_until - 1.0, "the server's wait was not kept"
        recent = [at for at in self.left if at > now - 3600.0]
        assert len(recent) < LIMIT, "more than the limit in an hour"
        if in_background:
            assert len(recent) < LIMIT - RESERVE, "reading took of the reserve"
        self.left.append(now)


@settings(deadline=None, max_examples=100)
@given(steps)
@example([("edit", 6), ("the clock is set", 7200.0), ("edit", 1)])
@example([("edit", 6), ("the clock is set", 7200.0), ("restart", 0), ("edit", 1), ("test elsewhere", 1)])
@example([("read", 4), ("the clock is set", -9e4), ("read", 1), ("time passes", 3000.0), ("read", 1)])
@example([("429", 3000.0), ("the clock is set", 5000.0), ("restart", 0), ("edit", 1)])
def test_no_hour_ever_sees_more_than_the_limit_and_reading_leaves_the_reserve(
    script: list[tuple[str, float]],
) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            machine = Machine(Path(folder))
            for what, amount in script:
                await machine.do(what, amount)
            machine.store.close()

    asyncio.run(run())


@settings(deadline=None, max_examples=100)
@given(steps)
@example([("edit", 4), ("edit", 1), ("test elsewhere", 1)])
@example([("429", 1.48), ("the clock is set", 0.5)])
def test_whoever_waits_as_told_may_send(script: list[tuple[str, float]]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            machine = Machine(Path(folder))
            for what, amount in script:
                await machine.do(what, amount)
            await machine.budget.take(RequestKind.CREATE)  # From now on it knows what left elsewhere.
            wait = machine.budget.wait_needed()
            machine.clock.advance(wait + 0.001)
            if late := await machine.budget.take(RequestKind.CREATE):
                # A step as long as what is taken for drift may be found out by now, once.
                assert late < 0.51
                assert any(what == "the clock is set" for what, _ in script)
                machine.clock.advance(late + 0.001)
                assert await machine.budget.take(RequestKind.CREATE) == 0
            machine.store.close()

    asyncio.run(run())


# --- polling


@pytest.mark.parametrize(
    ("used", "seconds"),
    [(0, 60), (141, 60), (450, 60), (675, 120), (800, 270), (855, 600), (890, 2700), (899, 3601)],
)
def test_polls_come_every_minute_while_half_is_left_and_then_ever_more_seldom(used: int, seconds: float) -> None:
    assert poll_seconds(60.0, used, 1000, 100) == pytest.approx(seconds)


def test_a_hidden_window_slows_down_alike() -> None:
    assert poll_seconds(300.0, 100, 1000, 100) == 300
    assert poll_seconds(300.0, 675, 1000, 100) == 600


@pytest.mark.parametrize("used", [900, 950, 1000, 1200])
def test_with_nothing_left_for_reading_polls_rest_for_an_hour(used: int) -> None:
    assert poll_seconds(60.0, used, 1000, 100) == COUNTED_SECONDS


amounts = st.integers(2, 1200).flatmap(lambda limit: st.tuples(st.just(limit), st.integers(0, limit - 1)))


@given(st.floats(0.01, 5000), amounts, st.integers(0, 1500))
def test_the_more_is_used_the_more_seldom_is_polled(base: float, amount: tuple[int, int], used: int) -> None:
    limit, kept = amount
    assert base <= poll_seconds(base, used, limit, kept) <= poll_seconds(base, used + 1, limit, kept)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.5, 900), st.integers(2, 200).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_polling_alone_never_comes_to_what_is_kept_for_edits(base: float, amount: tuple[int, int]) -> None:
    limit, kept = amount
    polls: list[float] = []
    now = 0.0
    while now < 3 * COUNTED_SECONDS:
        polls.append(now)
        polls = [at for at in polls if at > now - COUNTED_SECONDS]
        assert len(polls) <= limit - kept
        now += poll_seconds(base, len(polls), limit, kept)


@given(st.integers(0, 5000), st.integers(1, 2000), st.integers(0, 500))
def test_at_least_the_reserve_is_kept_and_never_more_than_there_is(waiting: int, limit: int, reserve: int) -> None:
    kept = kept_for_edits(waiting, limit, reserve)
    assert min(reserve, limit) <= kept <= limit
