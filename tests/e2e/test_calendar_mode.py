"""Another calendar mode with a real mouse: the offered times are kept; weeks in turn, and the year of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.week_on_screen import FRIDAY, MONDAY, this_week

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(90)]


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    sandbox.add_entry(this_week(MONDAY), "09:00", "10:00", title="Landmark")
    sandbox.add_entry(this_week(FRIDAY), "17:00", "18:00", title="Landmark")
    for weekday in range(1, 6):
        sandbox.add_pattern(weekday, "09:00", "17:00", is_available=True)
    return Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)


def bookable(home: Home) -> list[object]:
    """What callers are offered in three weeks, as the command line tells it."""
    last = date.fromisoformat(this_week(MONDAY)) + timedelta(days=20)
    done = home.run("bookable", "--from", this_week(MONDAY), "--to", last.isoformat(), "--json")
    return [day["bookable"] for day in done.json["days"]]


def test_another_mode_offers_the_same_times_where_that_is_wanted(
    start_app: StartApp, home: Home, sandbox: SandboxProcess, mouse: Mouse
) -> None:
    app = start_app(home)
    app.wait_synced()
    before = bookable(home)
    mouse.click(app.wait_for_text("Calendar mode: Unavailable times").box.middle)
    mouse.click(app.wait_for_text("Keep the offered times, with weekly hours").box.middle)
    app.wait_for_text("12 weekly hours are added")
    mouse.click(app.wait_for_text("Switch and keep the times").box.middle)
    app.wait_for(lambda: len(sandbox.patterns()) == 17, "the weekly hours on the server", 20)
    app.wait_synced()
    assert bookable(home) == before
    mouse.press("ctrl+z")
    app.wait_for(lambda: len(sandbox.patterns()) == 5, "that undo takes them back", 20)


def test_every_second_week_is_stamped_and_seen_in_the_year(
    start_app: StartApp, home: Home, sandbox: SandboxProcess, mouse: Mouse
) -> None:
    app = start_app(home)
    app.wait_synced()
    mouse.press("ctrl+shift+t")
    app.wait_for_text("12 new")
    mouse.click(app.wait_for_thing("Apply", "").box.middle)
    app.wait_for(lambda: len(sandbox.entries()) == 14, "six weeks of two entries on the server", 20)
    mondays = sorted(entry["date"] for entry in sandbox.entries() if entry["start_time"].startswith("09"))
    first = date.fromisoformat(this_week(MONDAY))
    assert mondays == [(first + timedelta(weeks=2 * number)).isoformat() for number in range(7)]
    app.wait_synced()
    mouse.press("ctrl+shift+y")
    app.wait_for_text("12 weeks from")
    mouse.press("Right", "Right", "Return")
    app.wait_for_text(f"{(first + timedelta(weeks=2)).day} – ")
