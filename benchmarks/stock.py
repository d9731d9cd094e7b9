"""Fills a profile's store with a calendar, through the store's own writing: a process of its own.

    python -m benchmarks.stock URL CALENDAR ENTRIES [PROFILES]

The profile is ``default``, with others beside it where there shall be more than one, in the user's own places; the
caller says by the XDG variables where these are.

It is no part of the measuring process, which shall share no library with what it measures: shared pages would be
counted by halves.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from benchmarks import calendars
from benchmarks.marks import say
from triluna_desktop.profile import database_of
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import SYNCED
from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import DEFAULT, profile_book
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from benchmarks.calendars import Calendar
    from triluna_desktop.sync.ports import Transaction
    from triluna_desktop.system.setting_kinds import Setting

OPEN_ALL_DAY: dict[Setting[Any], object] = {
    table.CALENDAR_MODE: "unavailable",
    table.CALENDAR_DEFAULT_START: 0,
    table.CALENDAR_DEFAULT_END: 1440,
}
"""A calendar without weekly hours: whatever the time is, callers can book it."""


def fill(url: str, calendar: Calendar, today: date, profile: str = DEFAULT) -> None:
    """Make the profile, with the calendar as if read from the server at ``url``."""
    paths = app_paths(profile)
    paths.ensure()
    settings = Settings(paths.settings_file)
    # As of somebody who has connected an account: without a sign of a token the app opens on its first page.
    settings.set_all({table.ACCOUNT_BASE_URL: url, table.ACCOUNT_TOKEN_HINT: "full"})
    if not calendar.patterns:
        settings.set_all(OPEN_ALL_DAY)
    store = SqliteStore(database_of(paths, url))
    store.open()

    def write(transaction: Transaction) -> None:
        transaction.put_entries(calendar.entries)
        transaction.put_patterns(calendar.patterns)
        first = calendars.week(today, -calendars.WEEKS_BACK)
        transaction.set_note(SYNCED, datetime.now(UTC).isoformat())
        transaction.add_loaded(first, calendars.week(today, calendars.WEEKS - calendars.WEEKS_BACK))

    try:
        asyncio.run(store.run(write))
    finally:
        store.close()


def main(url: str, kind: str, entries: str, profiles: str = "1") -> int:
    """Fill, and tell."""
    today = date.today()  # noqa: DTZ011 - the user's own date, as the app's week.
    started = time.monotonic()
    calendar = calendars.KINDS[kind](today, int(entries))
    fill(url, calendar, today)
    book = profile_book()
    for number in range(2, int(profiles) + 1):
        book.note(DEFAULT)
        fill(url, calendar, today, book.add(f"Calendar {number}").name)
    say("done", seconds=time.monotonic() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
