"""Bulk edits against the sandbox, over a real socket: what they cost, and a week of them where requests fail."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.helpers.api_client import open_client
from tests.helpers.clock import FakeClock
from tests.helpers.sandbox import FULL_TOKEN, SandboxProcess

from triluna_desktop.domain import bulk as actions
from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.bulk import Filter, Kind
from triluna_desktop.domain.bulk_dates import WHOLE_DAY, Existing, Overlap, following_weeks
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import format_time
from triluna_desktop.session import ItemView, Session
from triluna_desktop.store.calendar import SqliteStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.domain.bulk import BulkPlan

SUNDAY = date(2026, 11, 22)
KINDS = ("drop_before", "drop_after", "status_before", "status_after", "truncate")
ONE_IN_FIVE = 0.2


def week_of_entries() -> list[Entry]:
    """Fifty entries, ten on each working day, half of them blocked."""
    return [
        Entry(
            f"e{day}-{number}", SUNDAY + timedelta(days=day), 480 + number * 60, 525 + number * 60, number % 2 == 0
        )
        for day in range(1, 6)
        for number in range(10)
    ]


@asynccontextmanager
async def running(path: Path, url: str) -> AsyncIterator[tuple[Session, FakeClock]]:
    clock = FakeClock()
    clock.set_wall(datetime(2026, 11, 23, 10, tzinfo=UTC))
    store = SqliteStore(path)
    store.open()
    async with open_client(url, FULL_TOKEN, clock=clock) as client:
        session = Session(store, client, clock, mode_settings=ModeSettings(), rng=lambda: 0.5, sleep=clock.sleep)
        await session.start()
        try:
            yield session, clock
        finally:
            await session.stop()
            store.close()


async def all_sent(session: Session, clock: FakeClock) -> None:
    """Let time pass until nothing waits to be sent; what the server refused for good is a failure."""
    async with asyncio.timeout(90):
        while session.status.unsent:
            await session.send_now()
            assert session.status.needs_decision == 0, undecided(session)
            await clock.run_for(5)


def undecided(session: Session) -> list[ItemView]:
    """What waits for a decision: in this test nothing should."""
    return [view for view in session.days(SUNDAY, 70).entries if view.trouble is not None]


def on_server(sandbox: SandboxProcess) -> list[tuple[object, ...]]:
    return sorted(
        (
            each["date"],
            each["start_time"][:5],
            each["end_time"][:5].replace("23:59", "24:00"),
            each["is_available"],
            each["title"] or "",
        )
        for each in sandbox.entries()
    )


def on_screen(session: Session) -> list[tuple[object, ...]]:
    entries = [view.item for view in session.days(SUNDAY - timedelta(days=70), 300).entries]
    return sorted(
        (each.date.isoformat(), format_time(each.start), format_time(each.end), each.is_available, each.title)
        for each in entries
        if isinstance(each, Entry)
    )


async def test_500_queued_creates_take_at_most_one_and_a_half_requests_each(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    sandbox.configure(rate_limit=100_000)
    async with running(tmp_path / "profile" / "calendar.db", sandbox.url) as (session, clock):
        await session.sync_now()
        await session.apply(edits.create(*week_of_entries()))
        await all_sent(session, clock)
        before = len(sandbox.log())
        plan = session.bulk.copy_week(SUNDAY, following_weeks(SUNDAY, 10), overlap=Overlap.SKIP)
        assert len(plan.changes) == 500
        await session.bulk.apply(plan)
        await all_sent(session, clock)
        requests = sandbox.log()[before:]
        assert len(sandbox.entries()) == 550
        assert sum(each["method"] == "POST" for each in requests) == 500
        assert len(requests) <= 1.5 * 500
        assert on_server(sandbox) == on_screen(session)


async def test_a_week_of_bulk_edits_on_a_server_that_fails_one_request_in_five_ends_equal_on_both_sides(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    sandbox.configure(rate_limit=100_000)
    # Each kind draws from the same seed, so each begins at another request.
    share = ONE_IN_FIVE / len(KINDS)
    sandbox.faults(
        *({"kind": kind, "probability": share, "times": 0, "skip": number} for number, kind in enumerate(KINDS))
    )
    async with running(tmp_path / "profile" / "calendar.db", sandbox.url) as (session, clock):
        bulk = session.bulk

        async def do(plan: BulkPlan) -> None:
            assert plan.edit is not None
            await bulk.apply(plan)
            await all_sent(session, clock)

        monday, next_week = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=7)
        await session.apply(edits.create(*week_of_entries()))
        await all_sent(session, clock)
        await do(bulk.copy_week(SUNDAY, following_weeks(SUNDAY, 2), overlap=Overlap.SKIP))
        tuesday = monday + timedelta(days=1)
        await do(bulk.move(bulk.chosen_between(monday, tuesday), minutes=15))
        await do(
            actions.make_kind(bulk.chosen_between(SUNDAY, next_week, Filter(Kind.BLOCKED)), is_available=True)
        )
        await do(actions.retitle(bulk.chosen_between(SUNDAY, SUNDAY + timedelta(days=6)), "Practice"))
        for first, last, hours, existing in (
            (next_week, next_week + timedelta(days=6), Interval(600, 840), Existing.KEEP_BLOCKS),
            (monday, tuesday, WHOLE_DAY, Existing.REPLACE),
        ):
            await do(bulk.block_dates(first, last, hours=hours, existing=existing, title="Vacation"))
        await do(
            actions.delete(bulk.chosen_between(next_week + timedelta(days=7), next_week + timedelta(days=10)))
        )
        assert await session.undo() is not None
        await all_sent(session, clock)
        failed = sum(bool(each["faults"]) for each in sandbox.log())
        share_failed = failed / len(sandbox.log())
        sandbox.clear_faults()
        await session.sync_now()
        await session.sync_now()
        assert on_server(sandbox) == on_screen(session)
        assert 0.12 < share_failed < 0.3
        assert session.status.unsent == 0
