"""The two weeks of TriLuna's own guide, drawn with a real mouse: what callers are offered then, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import PICTURES
from tests.helpers import guide_week
from tests.helpers.app_process import Home
from tests.helpers.week_on_screen import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, clock, this_week

from triluna_desktop.system.settings import APPEARANCE_THEME, CALENDAR_MODE, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    from triluna_desktop.domain.models import Entry

    StartApp = Callable[[Home], AppProcess]
    StartOn = Callable[[str], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def next_week(day: int) -> str:
    """A date of the week after the one that the app opens on: none of it is over. Monday is 0."""
    return (date.fromisoformat(this_week(day)) + timedelta(days=7)).isoformat()


def spans(entries: Iterable[Entry]) -> list[tuple[str, str, str, bool]]:
    """The guide's entries as they should be on the server, in next week."""
    return [
        (next_week(each.date.weekday()), clock(each.start), clock(each.end), each.is_available) for each in entries
    ]


def on_server(sandbox: SandboxProcess) -> list[tuple[str, str, str, bool]]:
    """The server's entries but for the landmarks, in order."""
    return sorted(
        (each["date"], each["start_time"][:5], each["end_time"][:5], each["is_available"])
        for each in sandbox.entries()
        if each["title"] != "Landmark"
    )


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def start_on(
    desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path, theme: str, mouse: Mouse
) -> StartOn:
    """Start the window in a calendar mode, on next week, which holds two landmarks to find the hours by."""

    def start(mode: str) -> AppProcess:
        for day, begin, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
            sandbox.add_entry(next_week(day), begin, end, title="Landmark", is_available=mode == "available")
        home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
        settings = Settings(home.paths.settings_file)
        settings.load()
        settings.set_all({APPEARANCE_THEME: theme, CALENDAR_MODE: mode})
        app = start_app(home)
        app.wait_synced()
        mouse.press("j")
        return app

    return start


def draw(app: AppProcess, mouse: Mouse, entries: Iterable[Entry]) -> None:
    """Drag each of the guide's entries into the week, with the brush as the mode has it."""
    for each in entries:
        week = app.week()
        day = each.date.weekday()
        mouse.drag(week.at(day, clock(each.start)), week.at(day, clock(each.end)))
        # The inspector comes and goes a moment later and moves the columns.
        app.wait_for_thing("Title", "text")
        mouse.press("Escape")
        app.wait_for(lambda: app.window.find(lambda name: name == "Title", "text") is None, "the inspector gone")


def take_landmarks_away(app: AppProcess, sandbox: SandboxProcess) -> None:
    """Delete them as a command in a terminal does."""
    for each in sandbox.entries():
        if each["title"] == "Landmark":
            assert app.home.run("delete", str(each["id"])).code == 0
    sandbox.wait_until(lambda: all(each["title"] != "Landmark" for each in sandbox.entries()))
    app.wait_synced()


def offered(app: AppProcess) -> dict[str, list[tuple[str, str]]]:
    """By date, what the command line says that callers are offered in next week."""
    told = app.home.run("bookable", "--from", next_week(MONDAY), "--to", next_week(6), "--json").json
    return {
        day["date"]: [(each["start"], each["end"]) for each in day["bookable"]]
        for day in told["days"]
        if day["bookable"]
    }


def test_available_times_open_monday_afternoon_and_wednesday_morning(
    start_on: StartOn, desktop: Desktop, mouse: Mouse, sandbox: SandboxProcess, theme: str
) -> None:
    app = start_on("available")
    draw(app, mouse, guide_week.OPENED)
    sandbox.wait_until(lambda: on_server(sandbox) == spans(guide_week.OPENED))
    week = app.week()
    take_landmarks_away(app, sandbox)

    assert offered(app) == {next_week(MONDAY): [("14:00", "16:00")], next_week(WEDNESDAY): [("10:00", "12:00")]}
    app.wait_for_thing("4 h", "label")

    mouse.move(week.at(WEDNESDAY, "14:30"))
    app.wait_for_text(": not bookable")
    mouse.click(week.at(TUESDAY, "10:10"))
    mouse.press("i")
    app.wait_for_text("closed unless something opens it. This decides.")
    desktop.take_picture(PICTURES / f"guide-available-why-{theme}.png")
    mouse.press("Escape")

    mouse.press("a")
    app.wait_for_text(" at 14:00, 14:30 or 15:00")
    desktop.take_picture(PICTURES / f"guide-available-{theme}.png")


def test_unavailable_times_leave_eight_to_twenty_but_for_what_is_blocked(
    start_on: StartOn, desktop: Desktop, mouse: Mouse, sandbox: SandboxProcess, theme: str
) -> None:
    app = start_on("unavailable")
    draw(app, mouse, guide_week.BLOCKED)
    sandbox.wait_until(lambda: on_server(sandbox) == spans(guide_week.BLOCKED))
    week = app.week()
    take_landmarks_away(app, sandbox)

    whole = [("08:00", "20:00")]
    wanted = {next_week(day): whole for day in range(7)}
    wanted[next_week(TUESDAY)] = [("08:00", "13:00"), ("14:00", "20:00")]
    wanted[next_week(THURSDAY)] = [("08:00", "15:00"), ("17:00", "20:00")]
    assert offered(app) == wanted
    app.wait_for_thing("81 h", "label")

    mouse.click(week.at(THURSDAY, "15:30"))
    mouse.press("i")
    app.wait_for_text("A blocked entry blocks 15:00 – 17:00. This decides.")
    desktop.take_picture(PICTURES / f"guide-unavailable-why-{theme}.png")
    # Delete the block, from inside the answer: open again.
    mouse.press("Tab", "Tab", "Return")
    sandbox.wait_until(lambda: on_server(sandbox) == spans(guide_week.BLOCKED[:1]))
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == spans(guide_week.BLOCKED))

    mouse.press("Escape")
    mouse.press("a")
    app.wait_for_text(" at 08:00, 08:30 or 09:00")
    desktop.take_picture(PICTURES / f"guide-unavailable-{theme}.png")
