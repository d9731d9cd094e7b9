"""The first paragraph of the product: a person drags across an afternoon, and the slot is on the server."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.week_on_screen import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, clock, this_week

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


def on_server(sandbox: SandboxProcess) -> list[tuple[str, str, str, bool]]:
    """The server's entries but for the two landmarks, as (date, start, end, available)."""
    return [
        (entry["date"], entry["start_time"][:5], entry["end_time"][:5], entry["is_available"])
        for entry in sandbox.entries()
        if entry["title"] != "Landmark"
    ]


@pytest.fixture
def app(desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path) -> AppProcess:
    """The window on a sandbox whose calendar holds two landmarks, on Monday and Friday."""
    for day, start, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
        sandbox.add_entry(this_week(day), start, end, title="Landmark")
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    running = start_app(home)
    running.wait_synced()
    return running


def test_in_the_demo_a_drag_across_thursday_afternoon_is_on_its_server(
    desktop: Desktop, start_app: StartApp, mouse: Mouse, home_folder: Path
) -> None:
    home = Home(home_folder, profile="demo", environment=desktop.environment)
    app = start_app(home)
    app.wait_synced()
    week = app.week()
    busy = [block for block in app.blocks() if block.day == THURSDAY]
    start = max([minutes_end for block in busy if (minutes_end := block.end)] + [16 * 60])
    mouse.drag(week.at(THURSDAY, clock(start)), week.at(THURSDAY, clock(start + 90)))
    wanted = (THURSDAY, clock(start), clock(start + 90))
    app.wait_for(lambda: any(block.span == wanted for block in app.blocks()), "the new block")
    app.wait_synced()
    told = home.run("list", "--from", this_week(THURSDAY), "--to", this_week(THURSDAY), "--json").json
    (made,) = [entry for entry in told["entries"] if entry["start_time"] == clock(start)]
    assert (made["end_time"], made["is_available"], made["state"]) == (clock(start + 90), True, "sent")
    with closing(sqlite3.connect(f"file:{home.paths.data_dir}/demo-server.sqlite3?mode=ro", uri=True)) as server:
        query = "SELECT date, start_time, end_time FROM entries WHERE id = ?"
        (row,) = server.execute(query, (made["id"],)).fetchall()
    assert row == (this_week(THURSDAY), f"{clock(start)}:00", f"{clock(start + 90)}:00")


def test_drag_move_resize_undo_and_delete_reach_the_server_one_after_the_other(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    week = app.week()
    wednesday, thursday = this_week(WEDNESDAY), this_week(THURSDAY)

    mouse.drag(week.at(THURSDAY, "14:00"), week.at(THURSDAY, "15:30"))
    sandbox.wait_until(lambda: on_server(sandbox) == [(thursday, "14:00", "15:30", True)])

    app.wait_for_thing("Title", "text")  # The inspector, which moves the columns.
    week = app.week()
    mouse.drag(week.at(THURSDAY, "14:45"), week.at(WEDNESDAY, "11:45"))
    sandbox.wait_until(lambda: on_server(sandbox) == [(wednesday, "11:00", "12:30", True)])

    week = app.week()
    x, bottom = week.at(WEDNESDAY, "12:30")
    mouse.drag((x, bottom - 3), week.at(WEDNESDAY, "13:15"))
    sandbox.wait_until(lambda: on_server(sandbox) == [(wednesday, "11:00", "13:15", True)])

    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == [(wednesday, "11:00", "12:30", True)])
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == [(thursday, "14:00", "15:30", True)])

    mouse.click(app.week().at(THURSDAY, "14:30"))
    mouse.press("Delete")
    sandbox.wait_until(lambda: on_server(sandbox) == [])
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == [(thursday, "14:00", "15:30", True)])
    app.wait_synced()


def test_the_brush_decides_what_a_drag_makes_and_several_days_are_one_undo_step(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    week = app.week()
    mouse.click(app.wait_for_text("A drag blocks time").box.middle)
    mouse.drag(week.at(TUESDAY, "12:00"), week.at(THURSDAY, "13:00"))
    days = [this_week(day) for day in (TUESDAY, WEDNESDAY, THURSDAY)]
    sandbox.wait_until(lambda: on_server(sandbox) == [(day, "12:00", "13:00", False) for day in days])
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox) == [])


def test_escape_in_the_middle_of_a_drag_leaves_no_trace(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    week = app.week()
    mouse.press_and_move(week.at(THURSDAY, "14:00"), week.at(THURSDAY, "15:30"))
    mouse.press("Escape")
    mouse.let_go()
    mouse.drag(week.at(WEDNESDAY, "14:00"), week.at(WEDNESDAY, "15:00"))
    sandbox.wait_until(lambda: len(on_server(sandbox)) > 0)
    app.wait_synced()
    assert on_server(sandbox) == [(this_week(WEDNESDAY), "14:00", "15:00", True)]


def test_ctrl_drag_copies(app: AppProcess, mouse: Mouse, sandbox: SandboxProcess) -> None:
    week = app.week()
    mouse.drag(week.at(MONDAY, "09:30"), week.at(TUESDAY, "11:30"), hold=("ctrl",))
    sandbox.wait_until(lambda: len(sandbox.entries()) == 3)
    spans = [(entry["date"], entry["start_time"]) for entry in sandbox.entries() if entry["title"] == "Landmark"]
    assert spans == [
        (this_week(MONDAY), "09:00:00"),
        (this_week(TUESDAY), "11:00:00"),
        (this_week(FRIDAY), "17:00:00"),
    ]


def test_double_click_opens_the_inspector_and_what_is_typed_is_on_the_server_after_enter(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    week = app.week()
    mouse.click(week.at(MONDAY, "09:30"), times=2)
    app.wait_for_thing("Title", "text")
    mouse.press("ctrl+a")
    mouse.type("Client meeting")
    mouse.press("Return")
    sandbox.wait_until(lambda: any(entry["title"] == "Client meeting" for entry in sandbox.entries()))
