"""What is done in the running app for `benchmarks.profiles`."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from benchmarks.gui import BenchmarkError, main_window, outside, paint_now
from benchmarks.marks import pss_of
from triluna_desktop.open_profiles import TIDY_SECONDS, OpenProfiles
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from triluna_desktop.session import Session

ROUNDS = 3
REST_SECONDS = 2.0
"""After a sync, so that what is only of use during it can be given back."""
SYNCED_WITHIN = 180.0


async def show_others(session: Session) -> dict[str, object]:
    """Open all profiles and sync them; then show one after the other, over and over."""
    flow = main_window().profiles
    if flow is None or not isinstance(flow.list.profiles, OpenProfiles):
        raise BenchmarkError("the window has no other calendars")
    profiles = flow.list.profiles
    token = profiles.shown.profile.account._token  # noqa: SLF001 - there is no keyring to give it to the others.
    if token is None:
        raise BenchmarkError("the shown calendar has no token")
    await asyncio.sleep(REST_SECONDS)
    alone = _memory()
    async with asyncio.timeout(SYNCED_WITHIN):
        for run in profiles.runs.values():
            while run.token is None and run is not profiles.shown:  # noqa: ASYNC110 - the app opens them by itself.
                await asyncio.sleep(0.05)
            if run.profile.session is not session:
                run.profile.account.use(token)
                await run.profile.session.sync_now()
                if not run.profile.session.status.ever_synced:
                    raise BenchmarkError(f"{run.name} was not synced")
    await asyncio.sleep(REST_SECONDS)
    together = _memory()
    names = [run.name for run in profiles.runs.values()]
    times = [await _show(profiles, name) for _ in range(ROUNDS) for name in (*names[1:], names[0])]
    # Each that was shown has asked its server, too.
    async with asyncio.timeout(SYNCED_WITHIN):
        while _is_syncing(profiles):  # noqa: ASYNC110 - of ten sessions no one event tells that all of them rest.
            await asyncio.sleep(0.1)
    await _show(profiles, names[1])
    await asyncio.sleep(REST_SECONDS + TIDY_SECONDS)
    return {"alone": alone, "together": together, "after": _memory(), "times": times}


def _is_syncing(profiles: OpenProfiles) -> bool:
    states = [run.profile.session.status.state for run in profiles.runs.values()]
    return ConnectionState.SYNCING in states


def _memory() -> int:
    gc.collect()
    return pss_of(os.getpid())


async def _show(profiles: OpenProfiles, name: str) -> float:
    """Milliseconds from asking for a calendar until it is painted whole."""

    def ask() -> float:
        started = time.perf_counter()
        profiles.show(name)
        paint_now(main_window())
        return (time.perf_counter() - started) * 1000

    taken = await outside(ask)
    if profiles.shown.name != name:
        raise BenchmarkError(f"{name} was not shown")
    await asyncio.sleep(0.3)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return taken
