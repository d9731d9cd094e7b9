"""What to say when the calendar's file was not as it was left, or is deleted while it is open: what is lost."""

from __future__ import annotations

from PySide6.QtCore import QObject


class DamageWords(QObject):
    """Sentences for the banner."""

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

    def put_back(self, title: str) -> str:
        """The folder was deleted under the open calendar; an empty title: there is no other calendar."""
        if not title:
            return self.tr(
                "This calendar's folder was deleted while the app was running. It was put back; nothing is lost."
            )
        return self.tr(
            "The folder of “{title}” was deleted while the app was running. It was put back; nothing is lost."
        ).format(title=title)

    def how_to_delete(self, title: str, other: str) -> str:
        """What to do who meant to delete it; ``other`` is where the file of another program is kept, or empty."""
        if other:
            return self.tr("What another program had begun there is kept as {path}.").format(path=other)
        if not title:
            return self.tr("“Clear local data” in the settings deletes what is kept on this computer.")
        return self.tr("To remove a calendar from this computer, use “Manage calendars…”.")

    def not_put_back(self, title: str) -> str:
        """The same, and the folder cannot be made again."""
        if not title:
            return self.tr("This calendar's folder was deleted while the app was running, and cannot be put back.")
        return self.tr(
            "The folder of “{title}” was deleted while the app was running, and cannot be put back."
        ).format(title=title)

    def until_it_ends(self, unsent: int, reason: str) -> str:
        """What becomes of the calendar that has no folder, and why."""
        if unsent:
            kept = self.tr(
                "%n changes that are not sent yet would be lost when the app ends: leave it open. It tries again.",
                "",
                unsent,
            )
        else:
            kept = self.tr("Everything is on the server. The app tries again.")
        return self.tr("{what_then} ({reason})").format(what_then=kept, reason=reason)
