"""Two calendars on two servers, in one real window: what is done in one arrives at its own server alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import Home
from tests.helpers.keyring_daemon import KeyringDaemon
from tests.helpers.sandbox import SandboxProcess
from tests.helpers.week_on_screen import FRIDAY, MONDAY, WEDNESDAY, this_week

from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import profile_book
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.app_process import AppProcess
    from tests.helpers.mouse import Mouse
    from tests.helpers.x_display import Desktop

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

TOKENS = ("tl_canary_of_chen_4f9b2c7d", "tl_canary_of_okafor_8e1a55")


def test_a_click_shows_the_other_calendar_and_what_is_drawn_there_reaches_its_server_alone(
    desktop: Desktop, mouse: Mouse, start_app: Callable[[Home], AppProcess], home_folder: Path
) -> None:
    with (
        KeyringDaemon(desktop.bus, home_folder / "keyring"),
        SandboxProcess(tokens=[TOKENS[0]]) as chen,
        SandboxProcess(tokens=[TOKENS[1]]) as okafor,
    ):
        home = Home(home_folder, environment=desktop.environment)
        book = profile_book(home.data_dir)
        for name, title, server in (("default", "Dr. Chen", chen), ("dr-okafor", "Dr. Okafor", okafor)):
            assert (book.note(name) if name == "default" else book.add(title)).name == name
            paths = app_paths(name, home.data_dir)
            paths.ensure()
            Settings(paths.settings_file).set(table.ACCOUNT_BASE_URL, server.url)
            done = home.run("--profile", name, "token", "set", stdin=f"{server.token}\n")
            assert (done.code, done.stderr) == (0, ""), done
            for day, start, end in ((MONDAY, "09:00", "10:00"), (FRIDAY, "17:00", "18:00")):
                server.add_entry(this_week(day), start, end, title=title)
        book.show("default")
        app = start_app(home)
        app.wait_for_text("09:00 to 10:00, available, Dr. Chen")
        mouse.click(app.wait_for_thing("Dr. Okafor", "check box").box.middle)
        app.wait_for_text("09:00 to 10:00, available, Dr. Okafor")
        week = app.week()
        mouse.drag(week.at(WEDNESDAY, "11:00"), week.at(WEDNESDAY, "12:00"))
        app.wait_for(lambda: len(okafor.entries()) == 3, "entry on the server")
        assert [row["date"] for row in okafor.entries() if row["title"] != "Dr. Okafor"] == [this_week(WEDNESDAY)]
        # A command names the other one, which is behind the window now.
        assert home.run("--profile", "default", "block", this_week(WEDNESDAY), "14:00-15:00").code == 0
        assert (len(chen.entries()), len(okafor.entries())) == (3, 3)
        assert all(row["status"] != 401 for server in (chen, okafor) for row in server.log())
