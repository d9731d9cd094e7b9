"""The pages made of the table and a sentence or two: Sync, Notifications, Tray and start, Appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from triluna_desktop.system.settings import (
    NOTIFICATIONS_QUIET,
    NOTIFICATIONS_QUIET_FROM,
    NOTIFICATIONS_QUIET_TO,
    Page,
)
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.settings.tick_row import TickRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.settings.page import Ground


class Syncing(Protocol):
    """What the session does of it."""

    @property
    def is_paused(self) -> bool:
        """Whether nothing is sent or read by itself."""
        ...

    def pause(self, *, is_on: bool) -> None:
        """Stop it, or let it go on."""
        ...


class SyncPage(SettingsPage):
    """How often the server is asked, and whether at all."""

    def __init__(self, ground: Ground, syncing: Syncing, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self._syncing = syncing
        self.set_title(Page.SYNC)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        row = TickRow(
            self.tr("Pause sync"),
            self.tr(
                "Nothing is sent or read by itself until you go on or the app starts anew. Your edits wait on "
                "this computer."
            ),
        )
        self.pause = row.box
        self.pause.clicked.connect(lambda is_on: self._syncing.pause(is_on=is_on))
        self.column.addWidget(row)
        self.add_place(row.label, self.pause, f"{row.about} {self.tr('offline, stop, airplane, resume')}")
        yield
        yield from self.add_rows_of(Page.SYNC)
        self.add_note(
            self.tr(
                "The server takes 1000 requests an hour. The last hundred of them are kept for your edits, which "
                "are sent at once, however seldom it is asked."
            )
        )
        self.close_column()

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self.pause.setChecked(self._syncing.is_paused)


class NotificationsPage(SettingsPage):
    """What the desktop tells while the window is out of sight."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self.set_title(Page.NOTIFICATIONS)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        yield from self.add_rows_of(Page.NOTIFICATIONS)
        self.close_column()
        self.rows[NOTIFICATIONS_QUIET.key].changed.connect(self._show_quiet)

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self._show_quiet()

    def _show_quiet(self) -> None:
        """From when to when matters where there are quiet hours."""
        for setting in (NOTIFICATIONS_QUIET_FROM, NOTIFICATIONS_QUIET_TO):
            self.rows[setting.key].setEnabled(self.settings.get(NOTIFICATIONS_QUIET))


class TrayPage(SettingsPage):
    """How the app starts, and where it is when its window is closed."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self.set_title(Page.TRAY)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        yield from self.add_rows_of(Page.TRAY)
        self.no_tray = self.add_note("")
        self.close_column()

    def show_settings(self) -> None:
        """Show what holds, and where the same can be done while there is no tray."""
        from triluna_desktop.ui.tray.advice import advice

        super().show_settings()
        self.no_tray.setText(advice())
        self.no_tray.setVisible(bool(self.no_tray.text()))


class AppearancePage(SettingsPage):
    """Colours, density, how times are written, language."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self.set_title(Page.APPEARANCE)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        yield from self.add_rows_of(Page.APPEARANCE)
        self.close_column()
