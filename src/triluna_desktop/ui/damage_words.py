"""What to say when the calendar's file on this computer was not as it was left: what is lost, and what is not."""

from __future__ import annotations

from PySide6.QtCore import QObject


class DamageWords(QObject):
    """Sentences for the banner of the start that found it."""

    def gone(self) -> str:
        """There is no file any more."""
        return self.tr(
            "The calendar's file on this computer is gone. Changes that were not sent yet are lost with it; all "
            "else is read from the server again."
        )

    def empty(self) -> str:
        """There is a file with nothing in it."""
        return self.tr(
            "The calendar's file on this computer was empty. Changes that were not sent yet are lost; all else is "
            "read from the server again."
        )

    def damaged(self, saved: int) -> str:
        """The file could not be read whole; ``saved`` unsent changes could be."""
        if saved:
            return self.tr(
                "The calendar's file on this computer was damaged. Changes not sent yet that were saved from it: "
                "{count}. Others may be lost. All else is read from the server again."
            ).format(count=saved)
        return self.tr(
            "The calendar's file on this computer was damaged. No change that was not sent yet was found in it; "
            "if you had made some, make them again. All else is read from the server again."
        )

    def look(self) -> str:
        """What to do where the file is gone or empty."""
        return self.tr("Look through the coming weeks, and make again what is missing.")

    def kept(self, path: str) -> str:
        """What to do where the damaged file was set aside."""
        return self.tr(
            "Look through the coming weeks, and make again what is missing. The damaged file is kept as {path}."
        ).format(path=path)
