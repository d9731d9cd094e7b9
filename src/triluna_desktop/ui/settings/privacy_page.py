"""Settings, Privacy: titles while the screen is shared, the history, clearing what is on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from triluna_desktop.system.settings import PRIVACY_HISTORY, PRIVACY_HISTORY_DAYS, PRIVACY_MASK_TITLES, Page
from triluna_desktop.ui.settings.page import SettingsPage
from triluna_desktop.ui.settings.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.local_actions import LocalActions
    from triluna_desktop.ui.settings.page import Ground


class PrivacyPage(SettingsPage):
    """Nothing is deleted before it was said what goes with it."""

    history_requested = Signal()

    def __init__(self, ground: Ground, local: LocalActions, spawn: Spawn, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self._local = local
        self._spawn = spawn
        self._losing = 0
        self.set_title(Page.PRIVACY)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        self.history_button = QPushButton(self.tr("What changed…"))
        self.clear_history_button = QPushButton(self.tr("Clear the history…"))
        self.history_question = Question()
        self.clear_button = QPushButton(self.tr("Clear local data…"))
        self.clear_question = Question()
        self.result = QLabel()
        self.result.setProperty("look", "muted")
        self.result.setWordWrap(True)
        self.result.hide()
        yield from self._build()
        self.history_button.clicked.connect(lambda: self.history_requested.emit())
        self.clear_history_button.clicked.connect(self._ask_about_history)
        self.history_question.agreed.connect(lambda: self._spawn(self._clear_history(), "clear the history"))
        self.history_question.ended.connect(self.clear_history_button.setFocus)
        self.clear_button.clicked.connect(lambda: self._spawn(self._ask(), "count unsent edits"))
        self.clear_question.agreed.connect(lambda: self._spawn(self._clear(), "clear local data"))
        self.clear_question.ended.connect(self.clear_button.setFocus)

    def _build(self) -> Iterator[None]:
        column = self.column
        self.add_section(self.tr("While you share your screen"))
        yield from self.add_rows(PRIVACY_MASK_TITLES)
        self.add_section(self.tr("History"))
        yield from self.add_rows(PRIVACY_HISTORY, PRIVACY_HISTORY_DAYS)
        yield from self.add_rows_of(Page.PRIVACY)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.history_button)
        buttons.addWidget(self.clear_history_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.history_question)
        yield
        self.add_section(self.tr("This computer"))
        self.add_note(
            self.tr(
                "The calendar is kept on this computer, so that it is there without a connection. What is on the "
                "server stays there and is read again. The settings, the remembered weeks and the token stay, too."
            )
        )
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.clear_question)
        column.addWidget(self.result)
        self.add_place(self.history_button.text(), self.history_button, self.tr("history, versions, restore"))
        self.add_place(
            self.clear_history_button.text(), self.clear_history_button, self.tr("delete, remove, versions")
        )
        self.add_place(
            self.clear_button.text(), self.clear_button, self.tr("delete, remove, cache, reset, wipe, database")
        )
        self.close_column()

    def show_settings(self) -> None:
        """Show what holds; nothing is being asked."""
        super().show_settings()
        for part in (self.history_question, self.clear_question, self.result):
            part.hide()

    # -- the history ---------------------------------------------------------------------------------------------

    def _ask_about_history(self) -> None:
        self.history_question.ask(
            self.tr("Every version that was replaced is deleted for good and can no longer be restored."),
            self.tr("Clear the history"),
        )

    async def _clear_history(self) -> None:
        problem = await self._local.clear_history()
        self._tell(problem or self.tr("The history is cleared."))

    # -- all of it -----------------------------------------------------------------------------------------------

    async def _ask(self) -> None:
        self._losing = await self._local.unsent()
        if self._losing:
            self.clear_question.ask(
                self.tr(
                    "%n changes are not on the server yet. They would be lost for good. Cancel to have them sent "
                    "first.",
                    "",
                    self._losing,
                ),
                self.tr("Lose %n changes and clear", "", self._losing),
            )
        else:
            self.clear_question.ask(
                self.tr("The calendar and its history are deleted from this computer, and the app starts anew."),
                self.tr("Clear local data"),
            )

    async def _clear(self) -> None:
        cleared = await self._local.clear(self._losing)
        if cleared.is_done:
            return
        if cleared.problem:
            sentence = self.tr("Nothing was cleared: the calendar's file could not be written ({problem}).")
            self._tell(sentence.format(problem=cleared.problem))
        else:
            self._tell(self.tr("Nothing was cleared: there is a change by now that is not on the server."))

    def _tell(self, sentence: str) -> None:
        self.result.setText(sentence)
        self.result.show()
