"""Many calendars in one window: what they take of each other's room, prompts, settings and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from tests.helpers.profiles_desk import profiles_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme


async def test_what_is_under_a_long_list_of_calendars_keeps_its_height(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {f"Dr. {name}": account for name in "ABCDEFGHIJ"}) as desk:
        window_theme.install_sheet()
        QApplication.processEvents()
        switcher = desk.switcher
        for button in (switcher.team_button, switcher.manage_button, switcher.add_button):
            assert button.height() >= button.fontMetrics().height(), button.text()
