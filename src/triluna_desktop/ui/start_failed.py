"""The dialog of a start that cannot go on. Who started the app from a menu sees no terminal."""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox


class StartFailure(Enum):
    """Why the window cannot be opened."""

    NEWER = "newer"
    """A newer version of the app has written the calendar's file."""
    DISK_FULL = "disk_full"
    UNUSABLE = "unusable"
    """The calendar's file cannot be opened, or not brought up to date."""
    FOLDER = "folder"
    BUSY = "busy"
    """Another process has the calendar open and does not answer."""


class StartWords(QObject):
    """What is wrong, and what helps."""

    def what(self, failure: StartFailure, detail: str) -> str:
        """One sentence; ``detail`` is the system's own reason, perhaps empty."""
        match failure:
            case StartFailure.NEWER:
                return self.tr("A newer version of TriLuna Desktop has written this calendar's file.")
            case StartFailure.DISK_FULL:
                return self.tr("TriLuna Desktop cannot start: there is no room left on the disk.")
            case StartFailure.UNUSABLE:
                return self.tr("The calendar's file on this computer cannot be used ({reason}).").format(
                    reason=detail.rstrip(".")
                )
            case StartFailure.FOLDER:
                return self.tr("TriLuna Desktop cannot start: {reason}").format(reason=detail)
            case StartFailure.BUSY:
                return self.tr("TriLuna Desktop is running already, but does not answer.")

    def help(self, failure: StartFailure) -> str:
        """One or two sentences."""
        match failure:
            case StartFailure.NEWER:
                return self.tr("Start the newer version. Nothing was changed; what was not sent yet is kept.")
            case StartFailure.DISK_FULL:
                return self.tr("Make room and start it again. Nothing was changed; what was not sent yet is kept.")
            case StartFailure.UNUSABLE:
                return self.tr(
                    "Start it again; if that does not help, restart the computer. Nothing was changed; what was "
                    "not sent yet is kept in the file."
                )
            case StartFailure.FOLDER:
                return self.tr("Ask whoever looks after this computer. Nothing was changed.")
            case StartFailure.BUSY:
                return self.tr(
                    "Wait a moment and start it again. If that does not help, log out and in again. What was not "
                    "sent yet is kept."
                )


def dialog(failure: StartFailure, detail: str = "") -> QMessageBox:
    """The dialog, not yet open."""
    words = StartWords()
    box = QMessageBox(
        QMessageBox.Icon.Warning, "TriLuna", words.what(failure, detail), QMessageBox.StandardButton.Close
    )
    box.setInformativeText(words.help(failure))
    return box


def show_alone(failure: StartFailure, detail: str, version: str) -> None:
    """Show it as the whole of the app, and return when it was closed."""
    from triluna_desktop.ui.application import Application
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.translation import install

    app = Application(sys.argv[:1], version)
    install(app)
    theme = Theme(app, "system")
    theme.install()
    theme.install_sheet()
    app.dress()
    box = dialog(failure, detail)
    box.finished.connect(lambda: QApplication.exit(0))
    app.quit_asked.connect(box.close)
    box.open()
    app.exec()
