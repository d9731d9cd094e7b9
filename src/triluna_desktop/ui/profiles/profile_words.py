"""What is said of the calendars and what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.system.profile_book import COLOURS, TITLE_LIMIT, TitleProblem
from triluna_desktop.ui.profiles.profile_state import Standing

if TYPE_CHECKING:
    from triluna_desktop.system.profile_book import KnownProfile, ProfileBookError
    from triluna_desktop.ui.profiles.profile_state import Leftover, ProfileState, Removal


class ProfileWords(QObject):
    """Sentences in the user's language."""

    def title(self, known: KnownProfile) -> str:
        """What the user calls it; one that was given no title goes by its name."""
        if known.title:
            return known.title
        return self.tr("My calendar") if known.name == "default" else known.name

    def colour(self, name: str) -> str:
        """A colour's name."""
        names = {
            "violet": self.tr("Violet"),
            "teal": self.tr("Teal"),
            "rose": self.tr("Rose"),
            "amber": self.tr("Amber"),
            "blue": self.tr("Blue"),
            "green": self.tr("Green"),
            "brown": self.tr("Brown"),
            "grey": self.tr("Grey"),
        }
        return names[name if name in COLOURS else "grey"]

    def state(self, state: ProfileState) -> str:
        """How things stand with a calendar, for a tooltip and a screen reader; empty if all is well."""
        said = []
        if state.is_shown:
            said.append(self.tr("Shown."))
        if state.unsent:
            said.append(self.tr("%n changes are not sent yet.", "", state.unsent))
        said.append(self._standing(state.standing))
        return " ".join(each for each in said if each)

    def _standing(self, standing: Standing) -> str:
        match standing:
            case Standing.NOT_OPEN:
                return self.tr("It cannot be opened.")
            case Standing.TOKEN_REFUSED:
                return self.tr("Its token was refused: it needs another one.")
            case Standing.NO_TOKEN:
                return self.tr("It has no token yet.")
            case Standing.DECISION:
                return self.tr("Something there waits for your decision.")
            case Standing.OFFLINE:
                return self.tr("Its server cannot be reached.")
            case Standing.FAILING:
                return self.tr("Its server does not answer as it should.")
            case Standing.ELSEWHERE:
                return self.tr("It is open in another window or command of this program.")
            case Standing.WAITING:
                return self.tr("Its server allows no more requests just now.")
            case Standing.WELL:
                return ""

    def with_key(self, state: ProfileState, key: str) -> str:
        """The same, with the key that shows the calendar."""
        said = self.state(state)
        shows = self.tr("{key} shows it.").format(key=key) if key and not state.is_shown else ""
        return " ".join(each for each in (said, shows) if each)

    def tooltip(self, state: ProfileState, key: str = "") -> str:
        """Its name, which may be cut off where it stands, and the same."""
        return "\n".join(each for each in (self.title(state.known), self.with_key(state, key)) if each)

    def same_account(self, other: str) -> str:
        """What is said of a calendar that shows what another one shows."""
        return self.tr("This is the account of “{title}”, too: both show the same calendar.").format(title=other)

    def not_shown(self, state: ProfileState) -> str:
        """What is said of a calendar that cannot be opened."""
        return self.tr("“{title}” cannot be shown.").format(title=self.title(state.known))

    def unsent(self, count: int) -> str:
        """The badge of a calendar with unsent changes."""
        return self.tr("%n unsent", "", count)

    def problem(self, error: ProfileBookError) -> str:
        """Why a name or a change is not taken."""
        match error.problem:
            case TitleProblem.EMPTY:
                return self.tr("Give the calendar a name.")
            case TitleProblem.LONG:
                return self.tr("A name has at most %n characters.", "", TITLE_LIMIT)
            case TitleProblem.TAKEN:
                return self.tr("There is a calendar of this name already. Choose another one.")
            case None:
                return self.tr("The list of calendars could not be saved. ({reason})").format(reason=error)

    def remove_question(self, title: str) -> str:
        """What is asked before a calendar is removed."""
        return self.tr("Remove “{title}” from this computer?").format(title=title)

    def remove_details(self, removal: Removal) -> str:
        """What goes with it, and what stays."""
        said = [self.tr("The calendar on the server stays as it is. Its token is removed from the keyring.")]
        if not removal.is_read:
            said.append(self.tr("Its file cannot be opened. It may hold changes that were never sent."))
        if removal.unsent:
            said.append(self.tr("%n changes were never sent; callers do not know of them.", "", removal.unsent))
        if removal.names:
            names = self.tr(", ", "between two names").join(removal.names)
            said.append(self.tr("Among them: {names}.").format(names=names))
        return "\n\n".join(said)

    def not_removed(self, title: str) -> str:
        """What is said of a calendar that has to stay."""
        return self.tr("“{title}” was not removed.").format(title=title)

    def kept(self, title: str, name: str) -> tuple[str, str]:
        """What is said of a calendar that was removed while its data stay, and how it comes back."""
        said = self.tr("“{title}” was removed; its data are kept on this computer.").format(title=title)
        command = f"triluna-desktop --profile {name}"
        return said, self.tr("The command {command} shows it again.").format(command=command)

    def left(self, title: str, leftover: Leftover) -> tuple[str, str]:
        """What is said where not all of a calendar could be removed, and what to do about it."""
        if leftover.token:
            said = self.tr("“{title}” was removed, but its token may still be in the keyring.")
            advice = self.tr("Delete it there, or at the server. ({reason})").format(reason=leftover.token)
        else:
            said = self.tr("“{title}” was removed, but not all of its files.")
            advice = self.tr("Delete the folder {folder}.").format(folder=leftover.folder)
        return said.format(title=title), advice

    def at_server(self, host: str) -> str:
        """Where a new calendar will be, if it is not where everybody's is."""
        return self.tr(
            "It will be on the server of the calendar that is shown, {server}. Its settings can name another one."
        ).format(server=host)
