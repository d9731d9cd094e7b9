"""The tray: a real icon in real hosts, a real mouse, a window that lives there when it is closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from tests.helpers.app_process import AppProcess, Home
from tests.helpers.tray_host import ItemHost, Trayer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.mouse import Mouse
    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.screen_reader import Box, ScreenReader
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(90)]
OPEN_ALL_DAY = {
    "calendar.mode": "unavailable",
    "calendar.default_start": 0,
    "calendar.default_end": 1440,
    "window.close_to_tray": True,
    "window.hiding_told": True,
}
"""Whenever the tests run, there is something to block; and no balloon comes up that is a window, too."""


@pytest.fixture
def home(desktop: Desktop, sandbox: SandboxProcess, home_folder: Path) -> Home:
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    file = home.paths.settings_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(OPEN_ALL_DAY), encoding="utf-8")
    return home


def minutes_from_now_on(sandbox: SandboxProcess) -> int:
    """How many minutes are blocked on the server, of which the first must be the present one or the one before."""
    entries = sorted(sandbox.entries(), key=lambda entry: (entry["date"], entry["start_time"]))
    if not entries:
        return 0
    assert not any(entry["is_available"] for entry in entries)
    now = datetime.now(UTC).astimezone(ZoneInfo("Europe/Berlin")).replace(second=0, microsecond=0, tzinfo=None)
    start = datetime.fromisoformat(f"{entries[0]['date']}T{entries[0]['start_time']}")
    assert now - timedelta(minutes=2) <= start <= now
    lengths = [
        datetime.fromisoformat(f"{entry['date']}T{entry['end_time']}")
        - datetime.fromisoformat(f"{entry['date']}T{entry['start_time']}")
        for entry in entries
    ]
    total = int(sum(lengths, timedelta()).total_seconds() // 60)
    return total + (1 if entries[0]["end_time"].startswith("23:59") else 0)


def test_block_now_with_the_mouse_and_a_window_that_lives_in_the_tray(
    desktop: Desktop, start_app: StartApp, reader: ScreenReader, mouse: Mouse, home: Home, sandbox: SandboxProcess
) -> None:
    with Trayer(desktop) as trayer:
        app = start_app(home)
        app.wait_synced()
        app.wait_for(trayer.icon, "icon in the tray")
        icon = trayer.icon()
        assert icon is not None

        # The menu, its first submenu, and the second line of that: *Block now*, 30 minutes.
        mouse.click(icon, button=3)
        menu = wait_for_new(app, desktop, [])
        before = desktop.boxes("--class", "triluna")
        submenu = None
        for step in range(menu.y + 60, menu.y + menu.height, 8):
            mouse.move((menu.x + menu.width // 2, step))
            submenu = new_box(app, desktop, before, seconds=0.6)
            if submenu is not None:
                break
        assert submenu is not None, "no submenu opened under the pointer"
        lines = 5  # 15, 30, 60 minutes, until…, rest of the day: no entry comes next.
        mouse.click((submenu.x + submenu.width // 2, submenu.y + submenu.height * 3 // (2 * lines)))
        app.wait_for(lambda: minutes_from_now_on(sandbox) == 30, "30 blocked minutes on the server")
        app.wait_for(app.blocks, "block in the week")
        blocked = len(sandbox.entries())

        # The popover.
        mouse.click(icon)
        app.wait_for_thing("Block now: 30 min", "push button")
        # A drag over today in it, beside the block from before: over hours that are on the strip for sure.
        strip = next(box for box in desktop.boxes("--class", "triluna") if 300 < box.width < 400)
        top, bottom = (0.55, 0.6) if datetime.now(ZoneInfo("Europe/Berlin")).hour >= 19 else (0.75, 0.85)
        x = strip.x + strip.width * 3 // 5
        mouse.drag((x, strip.y + int(strip.height * top)), (x, strip.y + int(strip.height * bottom)))
        app.wait_for(lambda: len(sandbox.entries()) == blocked + 1, "what was dragged, on the server")
        mouse.press("Escape", "Escape")  # The first one lets go of what was made.
        app.wait_for(lambda: "Block now: 30 min" not in app.window.texts(), "closed popover")

        # Closed to the tray, fetched back by a second start.
        (window,) = desktop.windows()
        desktop.close(window)
        app.wait_for(lambda: desktop.windows() == [], "hidden window")
        assert app.status() is not None
        assert home.run("--hidden").code == 0
        assert desktop.windows() == []
        assert home.run().code == 0
        app.wait_for(lambda: desktop.windows() == [window], "window in front")

        # A tray that goes brings the window back; without one, closing ends the app.
        desktop.close(window)
        app.wait_for(lambda: desktop.windows() == [], "hidden window")
        trayer.kill()
        app.wait_for(lambda: desktop.windows() == [window], "window that is back")
        desktop.close(window)
        assert app.wait() == 0

    # A start without the window.
    with Trayer(desktop) as trayer:
        hidden = AppProcess(home, desktop, reader)
        try:
            hidden.start("--hidden", is_hidden=True)
            hidden.wait_for(trayer.icon, "icon in the tray")
            assert desktop.windows() == []
        finally:
            hidden.stop()


def test_a_host_on_the_bus_that_comes_late_and_goes_again(
    desktop: Desktop, start_app: StartApp, home: Home, sandbox: SandboxProcess
) -> None:
    app = start_app(home)
    app.wait_synced()
    with ItemHost(desktop.bus) as host:
        app.wait_for(lambda: host.items, "icon that is made for the late host")
        assert {size for size, _, _ in host.property("IconPixmap")} >= {16, 22, 32}
        app.wait_for(lambda: "Bookable all day" in str(host.property("ToolTip")), "tooltip")
        host.click(host.lines(host.lines()["Block now"])["30 minutes"])
        app.wait_for(lambda: minutes_from_now_on(sandbox) == 30, "30 blocked minutes on the server")
        host.activate()
        app.wait_for_thing("Block now: 30 min", "push button")
        host.click(host.lines()["Show today…"])
        app.wait_for(lambda: "Block now: 30 min" not in app.window.texts(), "closed popover")
        (window,) = desktop.windows()
        desktop.close(window)
        app.wait_for(lambda: desktop.windows() == [], "hidden window")
        host.click(host.lines()["Show the window"])
        app.wait_for(lambda: desktop.windows() == [window], "window in front")
        desktop.close(window)
        app.wait_for(lambda: desktop.windows() == [], "hidden window")
    app.wait_for(lambda: desktop.windows() == [window], "window that is back")


def wait_for_new(app: AppProcess, desktop: Desktop, before: list[Box]) -> Box:
    found = new_box(app, desktop, before, seconds=10, above=200)
    assert found is not None
    return found


def new_box(app: AppProcess, desktop: Desktop, before: list[Box], *, seconds: float, above: int = 0) -> Box | None:
    """A window of the app that was not there before: a menu."""
    found: list[Box] = []

    def look() -> bool:
        boxes = [box for box in desktop.boxes("--class", "triluna") if box not in before]
        found[:] = [box for box in boxes if box.height > above and box.width < 600]
        return bool(found)

    try:
        app.wait_for(look, "a menu", seconds)
    except AssertionError:
        return None
    return found[0]
