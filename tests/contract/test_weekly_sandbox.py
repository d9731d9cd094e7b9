"""A whole new week of weekly hours against the sandbox, over a real socket, while one request in five fails."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from tests.contract.test_bulk_sandbox import KINDS, ONE_IN_FIVE, SUNDAY, all_sent, running

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.time import format_time
from triluna_desktop.domain.weekly import Preset, WeekDraft
from triluna_desktop.session.weekly import Weekly

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.clock import FakeClock
    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.session import Session


def on_server(sandbox: SandboxProcess) -> list[tuple[object, ...]]:
    return sorted(
        (
            each["day_of_week"],
            each["start_time"][:5],
            each["end_time"][:5].replace("23:59", "24:00"),
            each["is_available"],
            each["title"] or "",
        )
        for each in sandbox.patterns()
    )


def in_words(patterns: tuple[Pattern, ...]) -> list[tuple[object, ...]]:
    return sorted(
        (each.weekday, format_time(each.start), format_time(each.end), each.is_available, each.title)
        for each in patterns
    )


def fail_one_in_five(sandbox: SandboxProcess) -> None:
    """Each kind draws from the same seed, so each begins at another request."""
    share = ONE_IN_FIVE / len(KINDS)
    sandbox.faults(
        *({"kind": kind, "probability": share, "times": 0, "skip": number} for number, kind in enumerate(KINDS))
    )


async def ends_equal(sandbox: SandboxProcess, session: Session, clock: FakeClock, draft: WeekDraft) -> None:
    """Apply a draft, and look at what stands on the server once nothing waits."""
    weekly = Weekly(session, clock)
    await weekly.apply(weekly.preview(draft).plan)
    await all_sent(session, clock)
    assert on_server(sandbox) == in_words(draft.stretches)


@pytest.mark.parametrize("allows_overlaps", [False, True])
async def test_week_after_week_ends_equal_while_one_request_in_five_fails(
    sandbox: SandboxProcess, tmp_path: Path, allows_overlaps: bool
) -> None:
    sandbox.configure(rate_limit=100_000, allow_overlaps=allows_overlaps)
    for weekday in range(1, 6):
        sandbox.add_pattern(weekday, "08:30", "12:00", title="Mornings")
        sandbox.add_pattern(weekday, "12:00", "13:00", is_available=False, title="Lunch")
    fail_one_in_five(sandbox)
    numbers = count()

    def new_key() -> str:
        return f"drafted {next(numbers)}"

    async with running(tmp_path / "profile" / "calendar.db", sandbox.url) as (session, clock):
        await session.sync_now()
        weekly = Weekly(session, clock)
        # A read may have failed as well.
        while len(weekly.patterns()) < 10:
            await clock.run_for(60)
            await session.sync_now()
        began = weekly.patterns()
        draft = WeekDraft.of(began)

        # Each stretch a little later: openings and blocks that overlap what they were, and each other's old hours.
        shifted = WeekDraft.of(replace(each, start=each.start + 30, end=each.end + 30) for each in began)
        await ends_equal(sandbox, session, clock, shifted)

        # A block where an opening was, the opening split around it, a day copied to all others.
        monday = [each for each in WeekDraft.of(weekly.patterns()).on(1) if each.is_available]
        around = WeekDraft.of(weekly.patterns()).put(replace(monday[0], end=600))
        around = around.put(
            Pattern(new_key(), 1, 600, 630, False, "Stand-up"), Pattern(new_key(), 1, 630, 750, True, "Late")
        )
        await ends_equal(sandbox, session, clock, around.copied(1, range(7), new_key))

        # All kinds switched, in place.
        flipped = [replace(each, is_available=not each.is_available) for each in weekly.patterns()]
        await ends_equal(sandbox, session, clock, WeekDraft.of(flipped))

        # A week from a preset, taken back, and nothing at all.
        before = on_server(sandbox)
        office = WeekDraft.of(weekly.patterns()).preset(Preset.OFFICE, session.mode_settings, new_key)
        await ends_equal(sandbox, session, clock, office)
        assert await session.undo() is not None
        await all_sent(session, clock)
        assert on_server(sandbox) == before
        await ends_equal(sandbox, session, clock, WeekDraft())

        failed = sum(bool(each["faults"]) for each in sandbox.log())
        share_failed = failed / len(sandbox.log())
        sandbox.clear_faults()
        await session.sync_now()
        assert on_server(sandbox) == in_words(weekly.patterns()) == []
        assert 0.1 < share_failed < 0.35
        assert draft.stretches
        assert session.days(SUNDAY).patterns == ()


async def test_what_callers_must_not_book_stays_blocked_at_each_step(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    """Openings of nine to five with a block at noon become a block of the whole day: it comes before they go."""
    sandbox.configure(rate_limit=100_000, allow_overlaps=True)
    sandbox.add_pattern(1, "12:00", "13:00", is_available=False, title="Lunch")
    fail_one_in_five(sandbox)
    async with running(tmp_path / "profile" / "calendar.db", sandbox.url) as (session, clock):
        weekly = Weekly(session, clock)
        while not weekly.patterns():
            await session.sync_now()
            await clock.run_for(60)
        await ends_equal(sandbox, session, clock, WeekDraft.of([Pattern("whole", 1, 0, 1440, False, "Away")]))
    writes = [each for each in sandbox.log() if each["method"] != "GET" and each["done"]]
    assert next(each["method"] for each in writes) == "POST"
    assert writes[-1]["method"] == "DELETE"
