"""The field that takes a token, and the sentence that says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.ui.settings.account_actions import ENVIRONMENT_VARIABLE, Kept
from triluna_desktop.ui.settings.keyring_words import KeyringWords
from triluna_desktop.ui.styled import change_look
from triluna_desktop.ui.trouble_words import what_happened, what_to_do

if TYPE_CHECKING:
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import (
        AccountActions,
        KeyringTrouble,
        SaveOutcome,
        ScopeReport,
    )

_LONGEST = 4096


class TokenWords(QObject):
    """Sentences about tokens."""

    def problem(self, token: str) -> str:
        """What is wrong with a pasted token before anybody is asked; empty if nothing."""
        if not token:
            return self.tr("Paste the token first.")
        if len(token) > _LONGEST or not token.isascii() or not token.isprintable() or " " in token:
            return self.tr(
                "This is no token: it has blanks or signs that no token has. Copy it again, and all of it."
            )
        return ""

    def kept(self, outcome: SaveOutcome) -> str:
        """Where the token is now."""
        if outcome.kept is Kept.REFUSED:
            return outcome.detail or self.tr("This is no token.")
        if outcome.kept is Kept.KEYRING:
            return self.tr("The token is in the system's keyring.")
        return KeyringWords(self).unsaved(outcome.keyring)

    def not_accepted(self) -> str:
        """The server knows no such token, or no longer."""
        return self.tr(
            "The server does not accept this token. Check that you copied all of it, or make a new one."
        )

    def tested(self, outcome: ScopeReport) -> str:
        """Which scopes a token has, or why that could not be found out."""
        if outcome.trouble is Trouble.AUTHENTICATION:
            return self.not_accepted()
        if outcome.trouble is not None and outcome.can_read is None:
            what, advice = what_happened(outcome.trouble), what_to_do(outcome.trouble)
            return self.tr("{what} So the token could not be tested. {advice}").format(what=what, advice=advice)
        match outcome.can_read, outcome.can_write:
            case True, True:
                return self.tr(
                    "The token works: it may read and change your calendar (read:calendar, write:calendar)."
                )
            case True, False:
                return self.tr(
                    "The token may read your calendar, but not change it: it lacks the scope write:calendar. "
                    "The app is read-only with it."
                )
            case True, None:
                return self.tr(
                    "The token may read your calendar. Whether it may change it could not be found out."
                )
            case _:
                return self.tr("The token may not read your calendar: it lacks the scope read:calendar.")


class TokenForm(QWidget):
    """Paste, save, and see at once what the token may do."""

    saved = Signal()
    refused = Signal()
    """The token that was saved may not read the calendar, says the server: another one is needed."""

    def __init__(
        self,
        account: AccountActions,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._account = account
        self._spawn = spawn
        self._words = TokenWords(self)
        self.is_for_this_session = False
        """Whether the token saved last is held in memory only."""
        caption = QLabel(self.tr("API token"))
        caption.setProperty("look", "small")
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setPlaceholderText(self.tr("Paste the token here"))
        self.edit.setAccessibleName(self.tr("API token"))
        # The token must reach no input method, dictionary or clipboard history of the widget's own.
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        caption.setBuddy(self.edit)
        self.save_button = QPushButton(self.tr("Save token"))
        self.save_button.setProperty("look", "primary")
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(caption)
        column.addLayout(row)
        column.addWidget(self.result)
        self.save_button.clicked.connect(self.save)
        self.edit.returnPressed.connect(self.save)
        self.edit.textEdited.connect(lambda: self._tell(""))

    def save(self) -> None:
        """Keep the token and try it out; or say what is wrong with what was pasted."""
        token = self.edit.text().strip().removeprefix("Bearer ").strip()
        problem = self._words.problem(token)
        if problem:
            self._tell(problem, is_wrong=True)
            self.edit.setFocus()
            return
        self._spawn(self._save(token), "save the token")

    def test(self) -> None:
        """Find out what the kept token may do."""
        self._spawn(self._test(), "test the token")

    def tell_known(self, tested: ScopeReport) -> None:
        """What an earlier test of the token found; nobody is asked again."""
        self._tell(self._words.tested(tested), is_wrong=tested.can_read is not True)

    def tell_forgotten(self, trouble: KeyringTrouble | None = None) -> None:
        """The token is gone, or out of use and perhaps still in the keyring."""
        if trouble is not None:
            self._tell(KeyringWords(self).unforgotten(trouble), is_wrong=True)
        else:
            self._tell(self.tr("The token is forgotten. Unsent edits stay on this computer."))

    def tell_set_aside(self) -> None:
        """The token came with the environment, which nobody can make forget it."""
        self._tell(
            self.tr(
                "The token is not used any more until you quit the app. As long as {variable} is set, the next "
                "start uses it again. Unsent edits stay on this computer."
            ).format(variable=ENVIRONMENT_VARIABLE)
        )

    def tell_refused(self) -> None:
        """The token at hand was not accepted, before anything was typed here. What was told already is newer."""
        if not self.result.text():
            self._tell(self._words.not_accepted(), is_wrong=True)

    def tell_unread(self, trouble: KeyringTrouble) -> None:
        """The keyring gave no token at the start, and there should be one."""
        words = KeyringWords(self)
        self._tell(f"{words.unread(trouble)} {words.after_unread(trouble)}", is_wrong=True)

    async def _save(self, token: str) -> None:
        self._set_busy(True)
        self._tell(self.tr("Saving the token…"))
        try:
            outcome = await self._account.save_token(token)
            kept = self._words.kept(outcome)
            if outcome.kept is Kept.REFUSED:
                self._tell(kept, is_wrong=True)
                return
            self.edit.clear()
            self.is_for_this_session = outcome.kept is Kept.SESSION_ONLY
            self.saved.emit()
            self._tell(self.tr("{kept} Testing it…").format(kept=kept))
            tested = await self._account.test()
        finally:
            self._set_busy(False)
        self._tell(f"{self._words.tested(tested)} {kept}", is_wrong=tested.can_read is not True)
        if tested.trouble is Trouble.AUTHENTICATION or tested.can_read is False:
            self.refused.emit()

    async def _test(self) -> None:
        self._set_busy(True)
        self._tell(self.tr("Testing the token…"))
        try:
            tested = await self._account.test()
        finally:
            self._set_busy(False)
        self.tell_known(tested)

    def _set_busy(self, is_busy: bool) -> None:
        self.save_button.setEnabled(not is_busy)
        self.edit.setEnabled(not is_busy)

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        self.result.setText(sentence)
        self.result.setVisible(bool(sentence))
        change_look(self.result, "error" if is_wrong else "muted")
        self.edit.setAccessibleDescription(sentence)
