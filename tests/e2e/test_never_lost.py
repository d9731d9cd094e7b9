"""What was dragged is never lost and never doubled: with the server killed, the app killed, and both at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.sandbox import SandboxProcess
from tests.helpers.week_on_screen import FRIDAY, MONDAY, THURSDAY, this_week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


def dragged(server: SandboxProcess) -> list[tuple[str, str, str]]:
    """The server's entries but for the two landmarks, as (date, start, end)."""
    return [
        (entry["date"], entry["start_time"][:5], entry["end_time"][:5])
        for entry in server.entries()
        if entry["title"] != "Landmark"
    ]


def posts(server: SandboxProcess) -> int:
    """How often the running server was asked to make an entry."""
    return sum(request["method"] == "POST" for request in server.log())


THE_DRAG = (this_week(THURSDAY), "14:00", "15:30")


def drag(app: AppProcess, mouse: Mouse) -> None:
    """The same in each test: Thursday afternoon."""
    week = app.week()
    mouse.drag(week.at(THURSDAY, "14:00"), week.at(THURSDAY, "15:30"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SandboxProcess]:
    """A server of the test's own, to be killed, with its calendar in a file; landmarks on Monday and Friday."""
    with SandboxProcess(database=tmp_path / "server.sqlite3") as running:
        for day, start, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
            running.add_entry(this_week(day), start, end, title="Landmark")
        yield running


@pytest.fixture
def home(desktop: Desktop, server: SandboxProcess, home_folder: Path) -> Home:
    return Home(home_folder, api_url=server.url, token=server.token, environment=desktop.environment)


@pytest.fixture
def app(start_app: StartApp, home: Home) -> AppProcess:
    running = start_app(home)
    running.wait_synced()
    return running


def test_a_drag_while_the_server_is_away_is_said_to_be_unsent_and_arrives_once_when_it_is_back(
    app: AppProcess, mouse: Mouse, server: SandboxProcess, home: Home
) -> None:
    server.kill()
    drag(app, mouse)
    app.wait_for_text("Thursday 14:00 to 15:30, available, not sent yet")
    app.wait_for_text("The server cannot be reached.")
    app.wait_for_text("not sent yet")
    app.wait_for_text("Offline")
    told = home.run("list", "--json")
    assert told.code == 3
    assert [entry["state"] for entry in told.json["entries"] if entry["id"] is None] == ["pending"]
    assert told.json["unsent"] == 1

    server.start()
    mouse.click(app.wait_for_text("Ask the server now").box.middle)
    app.wait_synced()
    assert (dragged(server), posts(server)) == ([THE_DRAG], 1)
    app.wait_for(
        lambda: not any("not sent yet" in text for text in app.window.texts()), "a screen without “unsent”"
    )


def test_a_drag_arrives_by_itself_when_the_server_is_back(
    app: AppProcess, mouse: Mouse, server: SandboxProcess
) -> None:
    server.kill()
    drag(app, mouse)
    app.wait_for_status(lambda status: status["state"] == "offline" and status["unsent"] == 1, "state “offline”")
    server.start()
    server.wait_until(lambda: dragged(server) == [THE_DRAG], 30)
    app.wait_synced()
    assert posts(server) == 1


def test_an_unsent_drag_survives_kill_9_and_arrives_once_at_the_next_start(
    app: AppProcess, mouse: Mouse, server: SandboxProcess
) -> None:
    server.kill()
    drag(app, mouse)
    app.wait_for_status(lambda status: status["unsent"] == 1, "queued drag")
    app.kill()
    server.start()
    app.start()
    app.wait_synced()
    assert (dragged(server), posts(server)) == ([THE_DRAG], 1)


@pytest.mark.parametrize("kind", ["hold", "hold_after"], ids=["it lands late", "it has landed"])
def test_kill_9_while_the_post_is_on_its_way_makes_no_second_entry(
    app: AppProcess, mouse: Mouse, server: SandboxProcess, home: Home, kind: str
) -> None:
    teach_that_overlaps_are_refused(home, server)
    before = posts(server)
    server.faults({"kind": kind, "method": "POST"})
    drag(app, mouse)
    landed = [THE_DRAG] if kind == "hold_after" else []
    server.wait_until(lambda: posts(server) == before + 1 and dragged(server) == landed)
    app.kill()
    app.start()
    app.wait_for_text("Thursday 14:00 to 15:30, available, being confirmed")
    server.release()
    app.wait_synced()
    app.wait_for_text("Thursday 14:00 to 15:30, available")
    assert (dragged(server), posts(server)) == ([THE_DRAG], before + 1)


def teach_that_overlaps_are_refused(home: Home, server: SandboxProcess) -> None:
    """A server that is known to refuse overlaps needs 2 s to settle what is uncertain, instead of 30."""
    refused = home.run("block", this_week(MONDAY), "09:30-10:30", "--json")
    assert refused.code == 4, refused
    assert home.run("delete", refused.json["entries"][0]["key"]).code == 0
    assert dragged(server) == []
