"""A session in a process of its own that a test can kill: opens a store, applies one create, and goes on.

Arguments: the store's file, the base URL, the token, the key. It prints "applied" when the edit is on disk.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.edits import create
from triluna_desktop.domain.models import Entry
from triluna_desktop.session import Session
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.system.clock import SystemClock

DAY = date(2026, 11, 26)


async def run(path: Path, url: str, token: str, key: str) -> None:
    clock = SystemClock()
    store = SqliteStore(path)
    store.open()
    client = TriLunaClient(url, lambda: token, clock=clock, budget=RequestBudget(clock))
    session = Session(store, client, clock, mode_settings=ModeSettings())
    await session.start()
    await session.apply(create(Entry(key, DAY, 540, 600, title=key)))
    sys.stdout.write("applied\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), *sys.argv[2:]))
