"""Weekly hours with a real mouse: the guide's own week, drawn, looked at, applied, live, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import PICTURES
from tests.helpers.app_process import Home
from tests.helpers.week_on_screen import MONDAY, THURSDAY, TUESDAY, WEDNESDAY

from triluna_desktop.system.settings import APPEARANCE_THEME, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(90)]

SLOW = {"kind": "delay", "method": "POST", "times": 0, "seconds": 0.5}
"""So that a person, or a test, sees what is live and what is not."""


def on_server(sandbox: SandboxProcess) -> list[tuple[int, str, str, bool]]:
    """The server's weekly hours but for the landmarks, as (weekday, start, end, available)."""
    return [
        (each["day_of_week"], each["start_time"][:5], each["end_time"][:5], each["is_available"])
        for each in sandbox.patterns()
        if each["title"] != "Landmark"
    ]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def app(
    desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path, theme: str
) -> AppProcess:
    """The window on a sandbox whose weekly hours hold two landmarks, on Monday and Friday."""
    for weekday, start, end in ((1, "09:00", "10:00"), (5, "17:00", "18:00")):
        sandbox.add_pattern(weekday, start, end, title="Landmark")
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    settings = Settings(home.paths.settings_file)
    settings.load()
    settings.set_all({APPEARANCE_THEME: theme})
    running = start_app(home)
    running.wait_synced()
    return running


def test_a_week_is_drawn_looked_at_applied_and_taken_back(
    app: AppProcess, desktop: Desktop, mouse: Mouse, sandbox: SandboxProcess, theme: str
) -> None:
    mouse.press("ctrl+h")
    app.wait_for_text("Stretches of the week")
    week = app.week()
    # As TriLuna's user guide has it: available Mon 14-16 and Wed 10-12, blocked Tue 13-14 and Thu 15-17.
    mouse.drag(week.at(MONDAY, "14:00"), week.at(MONDAY, "16:00"))
    mouse.drag(week.at(WEDNESDAY, "10:00"), week.at(WEDNESDAY, "12:00"))
    mouse.press("b")
    mouse.drag(week.at(TUESDAY, "13:00"), week.at(TUESDAY, "14:00"))
    mouse.drag(week.at(THURSDAY, "15:00"), week.at(THURSDAY, "17:00"))
    # Onto what is there: it does not land, and a sentence says why.
    mouse.drag(week.at(MONDAY, "15:00"), week.at(MONDAY, "10:30"))
    app.wait_for_text("would overlap")
    assert on_server(sandbox) == []
    mouse.click(app.wait_for_text("Apply…").box.middle)
    app.wait_for_text("4 new")
    desktop.take_picture(PICTURES / f"weekly-hours-review-{theme}.png")
    app.wait_for_text("(+4 h)")
    sandbox.faults(SLOW)
    mouse.click(app.wait_for_thing("Apply", "push button").box.middle)
    app.wait_for_text("Not sent yet")
    wanted = [
        (1, "14:00", "16:00", True),
        (2, "13:00", "14:00", False),
        (3, "10:00", "12:00", True),
        (4, "15:00", "17:00", False),
    ]
    sandbox.wait_until(lambda: on_server(sandbox) == wanted)
    app.wait_synced()
    app.wait_for(lambda: not any("Not sent yet" in text for text in app.window.texts()), "all of it live")
    desktop.take_picture(PICTURES / f"weekly-hours-{theme}.png")
    mouse.press("Escape")
    mouse.press("Escape")
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == [])
