"""A vacation with a real mouse: three weeks in one action, the app killed in between, called back, and undone."""

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

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

FIRST = date.fromisoformat(this_week(MONDAY)) + timedelta(weeks=1)
DAYS = 21
SLOW = {"kind": "delay", "method": "POST", "times": 0, "seconds": 0.4}
"""So that a person, or a test, sees the strip."""


def vacations(sandbox: SandboxProcess) -> int:
    return sum(entry["title"] == "Vacation" for entry in sandbox.entries())


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    for day, start, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
        sandbox.add_entry(this_week(day), start, end, title="Landmark")
    return Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)


def block_three_weeks(app: AppProcess, mouse: Mouse) -> None:
    """Open the menu, choose its line, type both dates, look at the preview, apply."""
    mouse.click(app.wait_for_text("More").box.middle)
    mouse.press("Down", "Down", "Down", "Down", "Return")  # After search, dates and quick add.
    for label, day in (("First date", FIRST), ("Last date", FIRST + timedelta(days=DAYS - 1))):
        mouse.click(app.wait_for_thing(label, "text").box.middle, times=3)
        mouse.type(day.isoformat())
    app.wait_for_text(f"{DAYS} new")
    app.wait_for_text("22 requests, less than a minute")
    mouse.click(app.wait_for_text("Apply").box.middle)


def test_a_vacation_survives_a_kill_is_called_back_and_undone(
    start_app: StartApp, home: Home, sandbox: SandboxProcess, mouse: Mouse
) -> None:
    app = start_app(home)
    app.wait_synced()
    sandbox.faults(SLOW)
    block_three_weeks(app, mouse)
    app.wait_for_text(f"of {DAYS} changes sent")
    app.wait_for(lambda: vacations(sandbox) >= 3, "a few of them on the server")
    app.kill()
    app.start()
    app.wait_for_text(f"of {DAYS} changes sent")
    app.wait_for(lambda: vacations(sandbox) >= 6, "that it goes on by itself")
    mouse.click(app.wait_for_text("Take back what has not been sent").box.middle)
    # A POST that the kill cut off may still land for 30 s: so long it is neither sent again nor taken back.
    app.wait_for_status(lambda status: status["state"] == "synced" and not status["unsent"], "all settled", 45)
    assert not any("changes sent" in text for text in app.window.texts())
    stayed = vacations(sandbox)
    assert 6 <= stayed < DAYS
    mouse.press("ctrl+z")
    app.wait_for(lambda: vacations(sandbox) == 0, "that undo takes back what stayed", 20)
    app.wait_synced()
    assert len(sandbox.entries()) == 2
