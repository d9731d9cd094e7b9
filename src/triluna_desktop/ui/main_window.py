"""The main window: a shell around the page of the profile that is shown.

What is of a profile (its session, settings, account, its week) is in `ui.profile_page`. The shell keeps what
stays when another profile is shown: place and size, the title, the commands about no single calendar, and closing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QStackedWidget

from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from triluna_desktop.ui.profile_page import ProfilePage, Spawn
    from triluna_desktop.ui.settings.account_actions import AccountActions

_SIZE = (1280, 800)
_LEAST = (560, 380)
_TITLE_BAR = 40
"""What the system puts around a window is not known before the window is there: about so much."""


class MainWindow(QMainWindow):
    """The one window of the app. ``closed`` is called when the user closed it and its state is saved.

    The first paint may follow the constructor; nothing works before `furnish`.
    """

    def __init__(self, profile: ProfilePage, *, closed: Callable[[], None]) -> None:
        super().__init__()
        self._closed = closed
        self.profile = profile
        """The page that is shown."""
        self._stack = QStackedWidget()
        self._stack.addWidget(profile)
        self.setCentralWidget(self._stack)
        self._restore_window()
        profile.begin()

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """The commands that are the window's own, by the names of `ui.commands`."""
        return {"quit": self.close}

    def furnish(self, *, spawn: Spawn, account: AccountActions, is_demo: bool = False) -> None:
        """Make the rest of the window and let it work. ``spawn`` may keep work until an event loop runs."""
        self.profile.furnish(spawn=spawn, account=account, deeds=self.deeds, is_demo=is_demo)
        self._fit()

    def _fit(self) -> None:
        """Take the title and the least width of the page that is shown."""
        self.setMinimumWidth(max(_LEAST[0], self.profile.least_width))
        self.profile.title_changed.connect(self.setWindowTitle)
        self.setWindowTitle(self.profile.title)

    def run_command(self, name: str) -> None:
        """Carry out a command by its name, on the profile that is shown."""
        self.profile.run_command(name)

    def report(self, sentence: str, details: str = "", advice: str | None = None) -> None:
        """Show what went wrong in the app itself, in a banner; the error funnel's last stop."""
        self.profile.report(sentence, details, advice)

    def _restore_window(self) -> None:
        self.setMinimumSize(*_LEAST)
        from PySide6.QtCore import QByteArray

        kept = self.profile.settings.get(table.WINDOW_GEOMETRY)
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            room = self.screen().availableSize()
            self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - _TITLE_BAR))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window stood, and show nothing more: the store is closed next."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        chosen.remember(self.profile.settings, {table.WINDOW_GEOMETRY: geometry})
        self.profile.end()
        super().closeEvent(event)
        self._closed()
