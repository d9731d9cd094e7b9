"""What to say when the keyring did not do what it was asked: why, what that means for the token, what helps."""

from __future__ import annotations

from PySide6.QtCore import QObject

from triluna_desktop.ui.settings.account_actions import KeyringTrouble


class KeyringWords(QObject):
    """Whole sentences for each trouble: a locked keyring needs another hand than one that is not there."""

    def unread(self, trouble: KeyringTrouble) -> str:
        """The token could not be read at the start."""
        match trouble:
            case KeyringTrouble.LOCKED:
                return self.tr("The token could not be read: the keyring is locked.")
            case KeyringTrouble.DISMISSED:
                return self.tr("The token could not be read: the keyring's question was closed.")
            case KeyringTrouble.HANGING:
                return self.tr("The token could not be read: the keyring does not answer.")
            case KeyringTrouble.ABSENT:
                return self.tr("The token could not be read: no keyring is running on this computer.")
            case KeyringTrouble.UNSAFE:
                return self.tr("The token was not read: the keyring on this computer keeps no secrets safe.")
            case KeyringTrouble.FAILED:
                return self.tr("The token could not be read: the keyring failed.")

    def after_unread(self, trouble: KeyringTrouble) -> str:
        """What helps then."""
        match trouble:
            case KeyringTrouble.LOCKED:
                return self.tr("Unlock it and read the token again. Your edits are kept until then.")
            case KeyringTrouble.DISMISSED:
                return self.tr("Read the token again and answer the question. Your edits are kept until then.")
            case KeyringTrouble.HANGING:
                return self.tr(
                    "Perhaps its question stands behind another window. Answer it and read the token again. Your "
                    "edits are kept until then."
                )
            case _:
                return self.tr("Paste the token again to go on. Your edits are kept until then.")

    def unsaved(self, trouble: KeyringTrouble) -> str:
        """The token is used, but not kept."""
        match trouble:
            case KeyringTrouble.LOCKED:
                return self.tr(
                    "The keyring is locked, so the token is kept only until you quit the app. Unlock it and save "
                    "the token again to keep it."
                )
            case KeyringTrouble.DISMISSED:
                return self.tr(
                    "The keyring's question was closed, so the token is kept only until you quit the app. Save "
                    "the token again and answer the question to keep it."
                )
            case KeyringTrouble.HANGING:
                return self.tr(
                    "The keyring does not answer, so the token is kept only until you quit the app. Perhaps its "
                    "question stands behind another window: answer it and save the token again."
                )
            case KeyringTrouble.FAILED:
                return self.tr("The keyring failed, so the token is kept only until you quit the app.")
            case KeyringTrouble.ABSENT | KeyringTrouble.UNSAFE:
                return self.tr(
                    "This computer has no keyring that keeps secrets, so the token is kept only until you quit "
                    "the app."
                )

    def unforgotten(self, trouble: KeyringTrouble) -> str:
        """The token is no longer used, but may still be kept."""
        match trouble:
            case KeyringTrouble.LOCKED:
                return self.tr(
                    "The app no longer uses the token, but the keyring is locked and may still hold it. Unlock it "
                    "and forget the token again."
                )
            case KeyringTrouble.DISMISSED:
                return self.tr(
                    "The app no longer uses the token, but the keyring may still hold it: its question was "
                    "closed. Forget the token again and answer the question."
                )
            case KeyringTrouble.HANGING:
                return self.tr(
                    "The app no longer uses the token, but the keyring may still hold it: it does not answer. "
                    "Perhaps its question stands behind another window."
                )
            case _:
                return self.tr("The app no longer uses the token, but the keyring may still hold it: it failed.")
