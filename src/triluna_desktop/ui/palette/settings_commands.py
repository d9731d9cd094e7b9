"""The pages of the settings as commands of the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from triluna_desktop.system.settings import Page
from triluna_desktop.ui.window_commands import WindowCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.settings.dialog import SettingsDialog

translate = QCoreApplication.translate


class SettingsCommands:
    """Each opens the settings at its page. ``open_settings`` opens them."""

    def __init__(self, open_settings: Callable[[], SettingsDialog]) -> None:
        self._open = open_settings
        self._pages: tuple[tuple[str, str], ...] = (
            ("account", translate("SettingsCommands", "Settings: account")),
            ("calendar", translate("SettingsCommands", "Settings: calendar mode, hours, week")),
            ("sync", translate("SettingsCommands", "Settings: sync")),
            ("notifications", translate("SettingsCommands", "Settings: notifications")),
            ("tray", translate("SettingsCommands", "Settings: tray and start")),
            ("shortcuts", translate("SettingsCommands", "Settings: shortcuts")),
            ("appearance", translate("SettingsCommands", "Settings: appearance")),
            ("privacy", translate("SettingsCommands", "Settings: privacy")),
            ("advanced", translate("SettingsCommands", "Settings: advanced")),
        )

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each name does."""
        return {f"settings_{name}": partial(self._show, name) for name, _ in self._pages}

    def _show(self, name: str) -> None:
        dialog = self._open()
        dialog.show_page(dialog.page(Page(name)))

    def listed(self) -> list[WindowCommand]:
        """All of them."""
        group = translate("SettingsCommands", "Settings")
        return [WindowCommand(f"settings_{name}", group, text, (), (), True) for name, text in self._pages]
