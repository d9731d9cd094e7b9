"""Where the same can be done where no tray shows the app; light enough for a page of the settings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSystemTrayIcon

from triluna_desktop.ui import commands

translate = QCoreApplication.translate
COMMAND = "triluna-desktop block 30m"


def advice() -> str:
    """Why there is no icon, and what to do instead; empty where there is a tray."""
    return "" if QSystemTrayIcon.isSystemTrayAvailable() else without_tray()


def without_tray() -> str:
    """The sentences, whether there is a tray or not."""
    every = [command for group in commands.groups() for command in group.commands]
    palette = next(command.text for command in every if command.name == "palette")
    return translate(
        "TrayAdvice",
        "This desktop shows no tray icons (GNOME does with the extension AppIndicator), so closing the window "
        "ends the app. To block or open time from now on choose that under “{palette}” in the window, or let a "
        "shortcut of the desktop run a command: {command}",
    ).format(palette=palette, command=COMMAND)
