"""Settings, Advanced: the server's address, the proxy, the log, and what helps to find a fault."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.system.settings import (
    ACCOUNT_BASE_URL,
    NETWORK_PROXY,
    NETWORK_PROXY_ADDRESS,
    Page,
    SettingError,
)
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.settings.account_actions import ENVIRONMENT_VARIABLE
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.styled import change_look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.local_actions import LocalActions
    from triluna_desktop.ui.settings.page import Ground
    from triluna_desktop.ui.settings.row_text import RowText


class AdvancedPage(SettingsPage):
    """What most people never need."""

    def __init__(
        self,
        ground: Ground,
        account: AccountActions,
        local: LocalActions,
        spawn: Spawn,
        *,
        is_demo: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, parent)
        self._account = account
        self._local = local
        self._spawn = spawn
        self._is_demo = is_demo
        self._text = ground.rows.of(ACCOUNT_BASE_URL)
        self.set_title(Page.ADVANCED)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        self.add_section(self.tr("Server"))
        text = self._text
        self.address = ServerAddress(self.settings, text, self._account, self._spawn)
        if self._is_demo:
            self.address.hide()
            self.add_note(self.tr("The demo has a server of its own, on this computer."))
        else:
            self.add_place(text.label, self.address.edit, f"{text.help} {text.also}")
        self.column.addWidget(self.address)
        yield
        self.add_section(self.tr("Network"))
        yield from self.add_rows(NETWORK_PROXY, NETWORK_PROXY_ADDRESS)
        self.no_proxy = self.add_note(self.tr("No address is given yet: until then no proxy is used."))
        change_look(self.no_proxy, "amber")
        self.add_section(self.tr("When something goes wrong"))
        yield from self.add_rows_of(Page.ADVANCED, besides=(ACCOUNT_BASE_URL,))
        self._build_buttons()
        self.close_column()
        for setting in (NETWORK_PROXY, NETWORK_PROXY_ADDRESS):
            self.rows[setting.key].changed.connect(self._show_proxy)
        self._show_proxy()

    def _build_buttons(self) -> None:
        self.folder_button = QPushButton(self.tr("Open the data folder"))
        self.export_button = QPushButton(self.tr("Export diagnostics…"))
        self.result = QLabel()
        self.result.setProperty("look", "muted")
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder_button)
        row.addWidget(self.export_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.result)
        about = self.tr(
            "A file with the versions, the settings and the log, to send to whoever helps you. The token, titles, "
            "notes and names are removed from it."
        )
        self.add_note(about)
        self.export_button.setAccessibleDescription(about)
        self.folder_button.clicked.connect(self._open_folder)
        self.export_button.clicked.connect(self.ask_where)
        self.add_place(self.folder_button.text(), self.folder_button, self.tr("files, database, log, location"))
        self.add_place(self.export_button.text(), self.export_button, self.tr("bug, report, support, log, help"))

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self.address.show_address()
        self.result.hide()
        self._show_proxy()

    def _show_proxy(self) -> None:
        """The address matters where it is chosen."""
        is_wanted = self.settings.get(NETWORK_PROXY) == "address"
        self.rows[NETWORK_PROXY_ADDRESS.key].setEnabled(is_wanted)
        self.no_proxy.setVisible(is_wanted and not self.settings.get(NETWORK_PROXY_ADDRESS))

    def _open_folder(self) -> None:
        folder = self._local.folder
        with _token_withheld():
            is_shown = QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        if not is_shown:
            self._tell(self.tr("No program here shows folders. It is {folder}.").format(folder=folder))
        else:
            self._tell(str(folder))

    def ask_where(self) -> None:
        """Ask for the file to write."""
        dialog = self.file_dialog = QFileDialog(self, self.tr("Export diagnostics"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(documents or QDir.homePath())
        dialog.selectFile("triluna-diagnostics.zip")
        dialog.fileSelected.connect(self.export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, path: str) -> None:
        """Write the file."""
        self._spawn(self._export(Path(path)), "export diagnostics")

    async def _export(self, path: Path) -> None:
        done = await self._local.export_diagnostics(path)
        if done.problem:
            self._tell(
                self.tr("{file} could not be written: {problem}").format(file=done.path, problem=done.problem)
            )
        else:
            self._tell(self.tr("Written: {file}").format(file=done.path))

    def _tell(self, sentence: str) -> None:
        self.result.setText(sentence)
        self.result.show()


class ServerAddress(QWidget):
    """The server's address. It is used when that is asked for, as the token is forgotten with the old one."""

    def __init__(
        self,
        settings: Settings,
        text: RowText,
        account: AccountActions,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._account = account
        self._spawn = spawn
        self.edit = QLineEdit(settings.get(ACCOUNT_BASE_URL))
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.field = Field(text.label, self.edit)
        self.use_button = QPushButton(self.tr("Use this address"))
        self.default_button = QPushButton(self.tr("Back to the default"))
        self.default_button.setToolTip(ACCOUNT_BASE_URL.default)
        self.default_button.setAccessibleDescription(ACCOUNT_BASE_URL.default)
        self.given = QLabel()
        self.given.setProperty("look", "amber")
        self.given.setWordWrap(True)
        if account.given_url:
            self.given.setText(
                self.tr(
                    "This run was started with --api-url and uses {address}. The address below holds from the "
                    "next start without it."
                ).format(address=account.given_url)
            )
            self.edit.setAccessibleDescription(self.given.text())
        self.given.setVisible(bool(account.given_url))
        note = QLabel(text.help)
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.use_button)
        row.addWidget(self.default_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.given)
        column.addWidget(self.field)
        column.addWidget(note)
        column.addLayout(row)
        self.field.edited.connect(self._check)
        self.edit.returnPressed.connect(self.use)
        self.use_button.clicked.connect(self.use)
        self.default_button.clicked.connect(self._use_default)
        self._check()

    def show_address(self) -> None:
        """Show what holds."""
        self.field.show_text(self._settings.get(ACCOUNT_BASE_URL))
        self._check()

    def use(self) -> None:
        """Use what was typed, if it is an address the token may be sent to."""
        url = self._check()
        if url is not None and url != self._settings.get(ACCOUNT_BASE_URL):
            self._spawn(self._change(url), "change the server's address")

    def _use_default(self) -> None:
        self.field.show_text(ACCOUNT_BASE_URL.default)
        self.use()

    async def _change(self, url: str) -> None:
        await self._account.change_base_url(url)
        self._check()

    def _check(self) -> str | None:
        kept = self._settings.get(ACCOUNT_BASE_URL)
        self.default_button.setEnabled(kept != ACCOUNT_BASE_URL.default)
        try:
            url = ACCOUNT_BASE_URL.checked(self.field.text)
        except SettingError as error:
            self.field.show_problem(error.problem)
            self.use_button.setEnabled(False)
            return None
        self.field.show_problem("")
        self.use_button.setEnabled(url != kept)
        return url


@contextmanager
def _token_withheld() -> Iterator[None]:
    """Around what has Qt start another program: that gets no token of the environment."""
    token = os.environ.pop(ENVIRONMENT_VARIABLE, None)
    try:
        yield
    finally:
        if token is not None:
            os.environ[ENVIRONMENT_VARIABLE] = token
