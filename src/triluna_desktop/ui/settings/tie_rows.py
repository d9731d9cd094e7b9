"""What the settings say of the desktop around the app, and do with it, beside the rows that the table makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from triluna_desktop.system import settings as table
from triluna_desktop.ui.settings.tick_row import TickRow

if TYPE_CHECKING:
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.dialog import SettingsDialog
    from triluna_desktop.ui.settings.page import SettingsPage
    from triluna_desktop.ui.ties import Ties

_UNDER_HEADING = 1


class TieRows(QObject):
    """Puts its widgets on the pages of a dialog; `show` each time that it opens."""

    def __init__(
        self,
        dialog: SettingsDialog,
        ties: Ties,
        spawn: Spawn,
    ) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self._ties = ties
        self._spawn = spawn
        self.notes: dict[table.Page, QLabel] = {}
        self._start_row = TickRow(
            self.tr("Start when I log in"),
            self.tr("Without the window where a tray shows the app, so that you are told of what happens."),
        )
        self.start = self._start_row.box
        self.start.clicked.connect(self._choose_start)
        dialog.when_made(table.Page.NOTIFICATIONS, self._add_notifications)
        dialog.when_made(table.Page.SHORTCUTS, self._add_shortcuts)
        dialog.when_made(table.Page.TRAY, self._add_start)
        ties.shortcuts_changed.connect(self._show_shortcuts)

    def show(self) -> None:
        """Say how it stands, and ask again how notifications and global shortcuts do."""
        self.start.setChecked(self._ties.starts_with_session)
        self._say(table.Page.NOTIFICATIONS, self._ties.notifications)
        self._show_shortcuts()
        self._spawn(self._ask(), "ask the desktop")

    async def _ask(self) -> None:
        self._say(table.Page.NOTIFICATIONS, await self._ties.ask_notifications())
        self._say(table.Page.SHORTCUTS, await self._ties.ask_shortcuts())

    def _add_notifications(self) -> None:
        self.notes[table.Page.NOTIFICATIONS] = _note(self.dialog.notifications, _UNDER_HEADING)
        self._say(table.Page.NOTIFICATIONS, self._ties.notifications)

    def _add_shortcuts(self) -> None:
        page = self.dialog.shortcuts
        row = page.rows[table.SHORTCUTS_GLOBAL.key]
        self.notes[table.Page.SHORTCUTS] = _note(page, page.column.indexOf(row) + 1)
        self._show_shortcuts()

    def _say(self, page: table.Page, sentence: str) -> None:
        if page in self.notes:  # Else it is said once the page is made.
            _say(self.notes[page], sentence)

    def _add_start(self) -> None:
        page = self.dialog.tray
        row = self._start_row
        self.start.setChecked(self._ties.starts_with_session)
        page.column.insertWidget(_UNDER_HEADING, row)
        page.add_place(row.label, self.start, f"{row.about} {self.tr('autostart, boot, session, login')}")

    def _choose_start(self, is_on: bool) -> None:
        problem = self._ties.start_with_session(is_on=is_on)
        self.dialog.tray.problem.setText(problem)
        self.dialog.tray.problem.setVisible(bool(problem))
        self.start.setChecked(self._ties.starts_with_session)

    def _show_shortcuts(self) -> None:
        self._say(table.Page.SHORTCUTS, self._ties.shortcuts)


def _note(page: SettingsPage, place: int) -> QLabel:
    label = QLabel()
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    label.hide()
    page.column.insertWidget(place, label)
    return label


def _say(label: QLabel, sentence: str) -> None:
    label.setText(sentence)
    label.setVisible(bool(sentence))
