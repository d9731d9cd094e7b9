"""A desktop that says through its portal whether it is dark, as GNOME does: a real window on a real bus."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from tests.helpers.app_process import AppProcess, Home
from tests.helpers.screen_reader import Box
from tests.helpers.settings_portal import DARK, LIGHT, settings_portal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.x_display import Desktop

    StartApp = Callable[[Home], AppProcess]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


async def test_the_window_is_as_light_or_dark_as_the_desktop_says_and_remembers_it(
    desktop: Desktop, start_app: StartApp, sandbox: SandboxProcess, home_folder: Path
) -> None:
    home = Home(home_folder, api_url=sandbox.url, token=sandbox.token, environment=desktop.environment)
    picture = home_folder / "window.png"

    def lightness() -> int:
        """Of the ground of the window's toolbar."""
        desktop.take_picture(picture)
        box = max(desktop.boxes("--class", "triluna"), key=lambda each: each.width, default=Box(0, 0, 0, 0))
        return QImage(str(picture)).pixelColor(box.x + box.width // 2, box.y + 4).lightness()

    async with settings_portal(desktop.bus, DARK) as portal:
        app = await asyncio.to_thread(start_app, home)
        await asyncio.to_thread(app.wait_for, lambda: lightness() < 64, "dark window")
        assert json.loads(home.paths.settings_file.read_text())["window.desktop_scheme"] == "dark"
        await portal.turn(LIGHT)
        await asyncio.to_thread(app.wait_for, lambda: lightness() > 192, "light window")
