"""Overlaps that the server refuses, settled with a real mouse; the server ends as the screen shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import AppProcess, Home
from tests.helpers.week_on_screen import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, this_week

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(90)]


def on_server(sandbox: SandboxProcess, day: int) -> list[tuple[str, str, str]]:
    """The server's entries of a weekday but for the landmarks, as (start, end, title)."""
    return sorted(
        (entry["start_time"][:5], entry["end_time"][:5], entry["title"] or "")
        for entry in sandbox.entries()
        if entry["date"] == this_week(day) and entry["title"] != "Landmark"
    )


@pytest.fixture
def app(desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path) -> AppProcess:
    """The window on a sandbox that has something from 14:00 to 15:00 on each day."""
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY):
        sandbox.add_entry(this_week(day), "14:00", "15:00", title="Theirs")
    for day, start, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
        sandbox.add_entry(this_week(day), start, end, title="Landmark")
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    running = start_app(home)
    running.wait_synced()
    return running


def draw_and_choose(app: AppProcess, mouse: Mouse, day: int, start: str, end: str, choice: str) -> None:
    """Drag over hours that are taken, wait for the server's refusal, and click on a way out."""
    week = app.week()
    mouse.drag(week.at(day, start), week.at(day, end))
    app.wait_for_status(lambda status: bool(status["needs_decision"]), "a refusal")
    app.week()
    mouse.click(app.wait_for_thing(choice, "push button").box.middle)
    app.wait_synced()


def test_every_way_out_of_a_refused_overlap_by_mouse(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    theirs = ("14:00", "15:00", "Theirs")

    draw_and_choose(app, mouse, MONDAY, "12:30", "14:30", "Trim this one to 12:30 – 14:00")
    assert on_server(sandbox, MONDAY) == [("12:30", "14:00", ""), theirs]

    draw_and_choose(app, mouse, TUESDAY, "12:30", "14:30", "Trim “Theirs” to 14:30 – 15:00")
    assert on_server(sandbox, TUESDAY) == [("12:30", "14:30", ""), ("14:30", "15:00", "Theirs")]

    draw_and_choose(app, mouse, WEDNESDAY, "12:30", "14:30", "Replace “Theirs”, 14:00 – 15:00: it is deleted")
    assert on_server(sandbox, WEDNESDAY) == [("12:30", "14:30", "")]

    draw_and_choose(
        app, mouse, THURSDAY, "13:00", "16:00", "Split this one around it: 13:00 – 14:00, 15:00 – 16:00"
    )
    assert on_server(sandbox, THURSDAY) == [("13:00", "14:00", ""), theirs, ("15:00", "16:00", "")]

    instead = "Change “Theirs” instead: it becomes available time, 12:30 – 14:30, and this one is deleted"
    draw_and_choose(app, mouse, FRIDAY, "12:30", "14:30", instead)
    assert on_server(sandbox, FRIDAY) == [("12:30", "14:30", "")]

    # What was replaced can be brought back: the way out was one step, and so is the way back.
    mouse.press("ctrl+z")
    app.wait_for_status(lambda status: status["needs_decision"] == 1, "the refusal again")
    refused = next(block for block in app.blocks() if block.span == (FRIDAY, "12:30", "14:30"))
    mouse.click(refused.box.middle)
    mouse.click(app.wait_for_thing("Discard this one: it is not created", "push button").box.middle)
    app.wait_synced()
    assert on_server(sandbox, FRIDAY) == [theirs]


def test_both_are_kept_where_the_server_allows_it(app: AppProcess, mouse: Mouse, sandbox: SandboxProcess) -> None:
    sandbox.configure(allow_overlaps=True)
    week = app.week()
    mouse.drag(week.at(THURSDAY, "13:30"), week.at(THURSDAY, "14:30"))
    app.wait_synced()
    app.week()
    mouse.click(app.wait_for_thing("Keep both: callers may find them overlapping", "push button").box.middle)
    app.wait_for(lambda: not offered(app), "a card that goes")
    assert on_server(sandbox, THURSDAY) == [("13:30", "14:30", ""), ("14:00", "15:00", "Theirs")]


def offered(app: AppProcess) -> bool:
    """Whether a card offers ways out."""
    return any(text.startswith("Keep both") for text in app.window.texts())


def retitle(app: AppProcess, mouse: Mouse, day: int, title: str) -> None:
    """Type another title into what stands at half past two."""
    mouse.click(app.week().at(day, "14:30"), times=2)
    app.wait_for_thing("Title", "text")
    mouse.press("ctrl+a")
    mouse.type(title)
    mouse.press("Return")
    app.wait_for_status(lambda status: status["needs_decision"] == 1, "a question")
    app.week()


def test_what_was_changed_on_both_sides_is_merged_by_mouse(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    (theirs,) = (each["id"] for each in sandbox.entries() if each["date"] == this_week(THURSDAY))
    sandbox.change_entry(theirs, title="Elsewhere", end_time="15:30")

    retitle(app, mouse, THURSDAY, "Here")
    mouse.click(app.wait_for_thing("Title: Theirs, Elsewhere", "radio button").box.middle)
    mouse.click(app.wait_for_thing("Title: Mine, Here", "radio button").box.middle)
    mouse.click(app.wait_for_text("Use this result: ").box.middle)

    app.wait_synced()
    assert on_server(sandbox, THURSDAY) == [("14:00", "15:30", "Here")]
    mouse.press("ctrl+z")
    sandbox.wait_until(lambda: on_server(sandbox, THURSDAY) != [("14:00", "15:30", "Here")])


def test_what_was_deleted_elsewhere_is_created_again_by_mouse(
    app: AppProcess, mouse: Mouse, sandbox: SandboxProcess
) -> None:
    (theirs,) = (each["id"] for each in sandbox.entries() if each["date"] == this_week(THURSDAY))
    sandbox.remove(entry_ids=[theirs])

    retitle(app, mouse, THURSDAY, "Here")
    assert on_server(sandbox, THURSDAY) == []
    mouse.click(app.wait_for_text("Create it again: ").box.middle)

    app.wait_synced()
    assert on_server(sandbox, THURSDAY) == [("14:00", "15:00", "Here")]
