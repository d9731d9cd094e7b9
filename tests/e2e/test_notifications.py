"""Notifications by a real service, of a real window that nobody looks at; and without any such service."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import AppProcess, Home
from tests.helpers.dunst import Dunst
from tests.helpers.tray_host import ItemHost

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]
OPEN_ALL_DAY = {"calendar.mode": "unavailable", "calendar.default_start": 0, "calendar.default_end": 1440}
"""Whenever the tests run, there is something to block."""


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    home.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    home.paths.settings_file.write_text(json.dumps(OPEN_ALL_DAY), encoding="utf-8")
    return home


def put_away(app: AppProcess, desktop: Desktop) -> None:
    """Minimise the window: nobody looks at it."""
    (window,) = desktop.windows()
    desktop.minimise(window)
    app.wait_for(lambda: desktop.windows() == [], "minimised window")


@pytest.mark.parametrize("way", ["tray", "command"])
def test_block_now_is_notified_of_and_undo_in_the_notification_frees_the_time_on_the_server(
    desktop: Desktop, start_app: StartApp, home: Home, sandbox: SandboxProcess, way: str
) -> None:
    with Dunst(desktop, home.folder) as dunst, ItemHost(desktop.bus) as host:
        app = start_app(home)
        app.wait_synced()
        put_away(app, desktop)
        if way == "tray":
            app.wait_for(lambda: host.items, "icon in the tray")
            host.click(host.lines(host.lines()["Block now"])["30 minutes"])
        else:
            assert home.run("block", "30m").code == 0
        app.wait_for(lambda: sandbox.entries(), "block on the server")
        app.wait_for(lambda: dunst.shown, "notification")
        assert len(dunst.shown) == 1
        # At midnight there are two.
        assert dunst.shown[0].startswith(("Blocked until ", "2 entries created"))
        dunst.choose("Undo")
        app.wait_for(lambda: sandbox.entries() == [], "server without the block")
        assert desktop.windows() == []


def test_a_click_on_what_was_booked_elsewhere_brings_the_window_up_at_its_date(
    desktop: Desktop, start_app: StartApp, home: Home, sandbox: SandboxProcess
) -> None:
    with Dunst(desktop, home.folder) as dunst:
        app = start_app(home)
        app.wait_synced()
        put_away(app, desktop)
        # Within what is kept in step, and not on the screen.
        day = (datetime.now(UTC) + timedelta(days=21)).date()
        # Late enough to be out of sight at first.
        sandbox.add_entry(day, "23:00", "23:30", is_available=False, title="Anna")
        assert home.run("sync").code == 0
        app.wait_for(lambda: dunst.shown == ["Booked or blocked elsewhere"], "notification")
        dunst.choose("Open")
        app.wait_for(lambda: len(desktop.windows()) == 1, "window")
        app.wait_for_text("23:00 to 23:30, blocked, Anna")
        app.wait_for_thing("Blocked time", "label")  # The heading of the inspector.


def test_without_a_notification_service_the_app_works_and_notes_once_why_nothing_is_shown(
    start_app: StartApp, home: Home, sandbox: SandboxProcess
) -> None:
    app = start_app(home)
    app.wait_synced()
    assert home.run("block", "30m").code == 0
    app.wait_for(lambda: "Notifications cannot be shown" in home.log(), "word about notifications")
    assert home.run("release").code == 0
    app.wait_synced()
    assert all(entry["is_available"] for entry in sandbox.entries())
    assert home.log().count("Notifications cannot be shown") == 1
