"""Which notice the banner shows for a status, in order of weight: a pure choice, and its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.settings.account_actions import KeyringTrouble
from triluna_desktop.ui.settings.keyring_words import KeyringWords
from triluna_desktop.ui.shapes import Shape
from triluna_desktop.ui.trouble_words import what_happened, what_to_do

if TYPE_CHECKING:
    from triluna_desktop.session import Status


class Action(Enum):
    """What a button in a banner does."""

    CONNECT = "connect"
    SYNC = "sync"
    ACCEPT_SHRINK = "accept_shrink"
    SHOW_DECISION = "show_decision"
    READ_TOKEN = "read_token"  # noqa: S105 - the name of a deed, not a secret.
    COPY_DETAILS = "copy_details"
    EXTEND = "extend"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner's content. ``key`` tells whether it is the one that was put away; ``role`` names its colour."""

    key: str
    shape: Shape
    role: str
    text: str
    advice: str = ""
    actions: tuple[tuple[Action, str], ...] = ()
    can_be_put_away: bool = False
    details: str = ""


class Notices(QObject):
    """Chooses and words them."""

    def notice_for(self, status: Status) -> Notice | None:
        """The weightiest thing there is to say about a status, or None."""
        if status.shrink is not None:
            return self._shrink(status.shrink.missing, status.shrink.known)
        match status.state:
            case ConnectionState.NEEDS_TOKEN:
                return Notice(
                    "needs_token",
                    Shape.KEY,
                    "amber",
                    self.tr("The server does not accept the token: it is wrong, was revoked or has expired."),
                    self.tr("Your edits are kept and are sent once a token works."),
                    ((Action.CONNECT, self.tr("Paste a new token…")),),
                )
            case ConnectionState.NO_TOKEN:
                return Notice(
                    "no_token",
                    Shape.KEY,
                    "amber",
                    self.tr("No account is connected: this is what was seen last."),
                    self.tr("Your edits are kept on this computer until one is."),
                    ((Action.CONNECT, self.tr("Connect your account…")),),
                )
            case ConnectionState.READ_ONLY:
                return Notice(
                    "read_only",
                    Shape.LOCK,
                    "amber",
                    self.tr("Read only: the token lacks the scope write:calendar."),
                    self.tr("You can look at everything. To make changes, use a token that may write."),
                    ((Action.CONNECT, self.tr("Paste another token…")),),
                )
            case _:
                return self._of_connection(status)

    def problem(self, sentence: str, details: str, advice: str | None = None) -> Notice:
        """A fault of the app itself; ``advice`` says what helps where that is known."""
        actions = ((Action.COPY_DETAILS, self.tr("Copy the details")),) if details else ()
        return Notice(
            f"problem:{sentence}",
            Shape.WARNING,
            "red",
            sentence,
            advice or self.tr("What you did before is safe. If it happens again, please report it."),
            actions,
            can_be_put_away=True,
            details=details,
        )

    def keyring(self, trouble: KeyringTrouble) -> Notice:
        """The keyring gave no token, and there should be one."""
        words = KeyringWords(self)
        paste = (Action.CONNECT, self.tr("Paste the token…"))
        again = (Action.READ_TOKEN, self.tr("Read it again"))
        return Notice(
            f"keyring:{trouble.value}",
            Shape.KEY,
            "amber",
            words.unread(trouble),
            words.after_unread(trouble),
            (paste,) if trouble is KeyringTrouble.UNSAFE else (again, paste),
            can_be_put_away=True,
        )

    def session_only(self) -> Notice:
        """The token that was just saved is in no keyring."""
        return Notice(
            "session_only",
            Shape.KEY,
            "amber",
            self.tr("The token is kept only until you quit the app."),
            self.tr("No keyring on this computer took it. At the next start, paste the token again."),
            can_be_put_away=True,
        )

    def _shrink(self, missing: int, known: int) -> Notice:
        text = self.tr(
            "%n entries are missing from the server's list, of {known} that were there.", "", missing
        ).format(known=known)
        return Notice(
            f"shrink:{missing}",
            Shape.WARNING,
            "amber",
            text,
            self.tr("Nothing was removed here. If you did not delete them elsewhere, check the account first."),
            (
                (Action.SYNC, self.tr("Ask the server again")),
                (Action.ACCEPT_SHRINK, self.tr("They are gone: remove them here too")),
            ),
        )

    def _ways_out(self, trouble: Trouble) -> tuple[tuple[Action, str], ...]:
        again = (Action.SYNC, self.tr("Try again"))
        if trouble is Trouble.PERMISSION:
            return ((Action.CONNECT, self.tr("Paste another token…")), again)
        return (again,)

    def _of_connection(self, status: Status) -> Notice | None:
        trouble = status.trouble
        is_busy = status.state is ConnectionState.WAITING and trouble is Trouble.SERVER_ERROR
        if (status.state is ConnectionState.ERROR or is_busy) and trouble is not None:
            advice = what_to_do(trouble)
            if status.message and trouble is Trouble.CERTIFICATE:  # Ours: a setting of this computer.
                advice = self.tr("A setting of this computer decides who is trusted: {message}. {advice}").format(
                    message=status.message, advice=advice
                )
            elif status.message:
                advice = self.tr("The server says: “{message}”. {advice}").format(
                    message=status.message, advice=advice
                )
            return Notice(
                f"error:{trouble.value}",
                Shape.WARNING,
                "amber",
                what_happened(trouble),
                advice,
                () if is_busy else self._ways_out(trouble),  # Asking sooner is what it asked not to do.
                can_be_put_away=True,
            )
        if status.state is ConnectionState.ERROR:
            return Notice(
                "file",
                Shape.WARNING,
                "red",
                self.tr("The calendar's file on this computer cannot be written ({reason}).").format(
                    reason=status.message
                ),
                self.tr(
                    "Make room on the disk. The edits that you see are safe; nothing is sent until it can be "
                    "written."
                ),
                ((Action.SYNC, self.tr("Try again")),),
                can_be_put_away=True,
            )
        if status.needs_decision:  # Refused, or changed elsewhere as well. What stops all else goes before.
            return Notice(
                f"decision:{status.needs_decision}",
                Shape.WARNING,
                "amber",
                self.tr("Not all of your changes could be saved on the server."),
                self.tr("What could not is still here and waits for your decision."),
                ((Action.SHOW_DECISION, self.tr("Show")),),
                can_be_put_away=True,
            )
        if status.state is ConnectionState.OFFLINE:
            text = what_happened(trouble) if trouble is not None else self.tr("You are offline.")
            advice = what_to_do(trouble) if trouble is not None else self.tr("Edits are kept and sent later.")
            if not status.ever_synced:
                text = self.tr("{what} Nothing was loaded yet.").format(what=text)
            return Notice(
                "offline",
                Shape.OFFLINE,
                "muted",
                text,
                advice,
                ((Action.SYNC, self.tr("Try again")),),
                can_be_put_away=True,
            )
        if status.skipped_rows:
            return Notice(
                f"skipped:{status.skipped_rows}",
                Shape.WARNING,
                "amber",
                self.tr(
                    "%n rows of the server's list could not be read and are not shown.", "", status.skipped_rows
                ),
                self.tr("All others are. A newer version of the app may know how to read them."),
                can_be_put_away=True,
            )
        return None
