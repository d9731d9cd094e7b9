"""API clients for tests, closed when the test is over."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.helpers.manual_clock import ManualClock
from tests.helpers.sandbox import FULL_TOKEN

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.api.limits import Timeouts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from triluna_desktop.domain.time import Clock

PATIENT = Timeouts(connect=10, read=10, write=10, pool=10, total=10)
"""For tests in which nothing times out, on machines that are busy."""

HASTY = Timeouts(connect=0.2, read=0.2, write=0.2, pool=0.2, total=0.4)


@asynccontextmanager
async def open_client(
    url: str,
    token: str | None = FULL_TOKEN,
    *,
    clock: Clock | None = None,
    budget: RequestBudget | None = None,
    timeouts: Timeouts = PATIENT,
) -> AsyncIterator[TriLunaClient]:
    """A client of `url`."""
    clock = clock or ManualClock()
    client = TriLunaClient(
        url, lambda: token, clock=clock, budget=budget or RequestBudget(clock), timeouts=timeouts
    )
    try:
        yield client
    finally:
        await client.aclose()
