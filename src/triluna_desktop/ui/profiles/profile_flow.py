"""From one calendar to another: the switcher on each page, the keys, and the dialogs that keep the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from triluna_desktop.system.profile_book import ProfileBookError, ProfileHeldError
from triluna_desktop.ui.profiles.calendar_commands import CalendarCommands
from triluna_desktop.ui.profiles.profile_list import ProfileList
from triluna_desktop.ui.profiles.profile_words import ProfileWords
from triluna_desktop.ui.profiles.switcher import NUMBERED, Switcher, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from triluna_desktop.ui.main_window import MainWindow
    from triluna_desktop.ui.profile_page import ProfilePage
    from triluna_desktop.ui.profiles.profile_state import Leftover, Profiles, ProfileState
    from triluna_desktop.ui.team.team_flow import TeamFlow

_ON_A_BUTTON = 32
"""Characters of a title, which may be of wide ones."""


class ProfileFlow(QObject):
    """Belongs to the window and outlives the pages. `list` is what the tray lists, too."""

    def __init__(self, profiles: Profiles, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.words = ProfileWords()
        self.list = ProfileList(profiles, self)
        self.switcher: Switcher | None = None
        """That of the page that is shown."""
        self.dialog: QDialog | None = None
        """The one that is open, if any."""
        self.team: TeamFlow | None = None
        """The week of all, once it was opened."""
        for number in range(1, NUMBERED + 1):
            shortcut = QShortcut(QKeySequence(key_of(number)), window)
            shortcut.activated.connect(lambda number=number: self.list.switch_to_number(number))
        self.list.changed.connect(self._show_in_title)
        self.list.changed.connect(self._look_for_twins)
        self.list.refused.connect(self._say_refused)
        self._added: set[str] = set()
        """Calendars that were added since the start, until they have a token."""

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {
            "next_calendar": lambda: self.list.turn(1),
            "previous_calendar": lambda: self.list.turn(-1),
            "add_calendar": self.ask_to_add,
            "manage_calendars": self.manage,
            "team_week": self.show_team,
        }

    def equip(self, page: ProfilePage) -> None:
        """Put the switcher on a page."""
        theme = page.theme
        self.switcher = Switcher(self.list, theme, self.words)
        self.switcher.add_requested.connect(self.ask_to_add)
        self.switcher.manage_requested.connect(self.manage)
        self.switcher.team_requested.connect(self.show_team)
        page.take_switcher(self.switcher, self._way_back)
        page.commands.ask_reasons(self._reason)
        page.palettes.calendars = CalendarCommands(self.list, self.words)
        self._show_in_title()

    def _reason(self, name: str) -> str:
        """Why one of `deeds` would do nothing now."""
        if name in ("next_calendar", "previous_calendar") and not self.list.has_several:
            return self.tr("There is no other calendar: “Add a calendar…” makes one.")
        return ""

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is in the switcher."""
        focused: QWidget | None = self._window.focusWidget()
        return self.switcher is not None and focused is not None and self.switcher.isAncestorOf(focused)

    def focus(self) -> bool:
        """Give it the keyboard, if it is on the screen."""
        if self.switcher is None or not self.switcher.isVisible():
            return False
        self.switcher.focus_shown()
        return True

    def ask_to_add(self) -> None:
        """Open the dialog for a new calendar."""
        from triluna_desktop.ui.profiles.calendar_form import AddCalendarDialog

        dialog = AddCalendarDialog(self.list, self._window.profile.theme, self.words, self._window)
        dialog.chosen.connect(self._add)
        self._open(dialog)

    def manage(self) -> None:
        """Open the dialog that keeps the list."""
        from triluna_desktop.ui.profiles.manage_dialog import ManageDialog

        dialog = ManageDialog(self.list, self._window.profile.theme, self.words, self._window)
        dialog.add_requested.connect(self.ask_to_add, Qt.ConnectionType.QueuedConnection)
        dialog.removal_confirmed.connect(self._remove)
        self._open(dialog)

    def show_team(self) -> None:
        """Open the week of all calendars."""
        from triluna_desktop.ui.team.team_flow import TeamFlow

        if self.team is None:
            self.team = TeamFlow(self.list, self.words, self._window)
        self.team.open()

    def end(self) -> None:
        """The window closes."""
        self.list.end()
        if self.team is not None:
            self.team.end()

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        dialog.deleteLater()
        if self.dialog is dialog:
            self.dialog = None

    def _add(self, title: str, colour: str) -> None:
        try:
            known = {state.name for state in self.list.states}
            self.list.profiles.add(title, colour)
            self._added |= {state.name for state in self.list.states} - known
        except ProfileBookError as error:
            self._window.report(self.words.problem(error))

    def _remove(self, name: str, keeps_data: bool) -> None:
        title = next((self.words.title(state.known) for state in self.list.states if state.name == name), name)
        try:
            self.list.profiles.remove(name, keeps_data=keeps_data, left=lambda left: self._say_left(title, left))
            if keeps_data and all(state.name != name for state in self.list.states):
                sentence, advice = self.words.kept(title, name)
                self._window.report(sentence, f"triluna-desktop --profile {name}", advice)
        except ProfileHeldError as error:
            self._window.report(self.words.not_removed(title), str(error), str(error))
        except ProfileBookError as error:
            self._window.report(self.words.problem(error))

    def _say_left(self, title: str, leftover: Leftover) -> None:
        sentence, advice = self.words.left(title, leftover)
        self._window.report(sentence, " ".join((leftover.token, leftover.folder)).strip(), advice)

    def _way_back(self) -> tuple[str, Callable[[], None]] | None:
        """From a calendar without an account: the title of another one, and what shows that."""
        others = [state for state in self.list.states if not state.is_shown]
        if not others:
            return None
        title = self.words.title(others[0].known)
        if len(title) > _ON_A_BUTTON:
            title = f"{title[: _ON_A_BUTTON - 1]}…"
        return title, lambda: self.list.switch(others[0].name)

    def _look_for_twins(self) -> None:
        """One that was just added may show what another one shows: most likely the wrong token was taken."""
        states = {state.name: state for state in self.list.states}
        for name in tuple(self._added):
            state = states.get(name)
            if state is not None and state.is_shown and state.same_as in states:
                self._added.discard(name)
                other = self.words.title(states[state.same_as].known)
                self._window.report(
                    self.words.same_account(other),
                    "",
                    self.tr("Paste the token of the other account in the settings."),
                )

    def _say_refused(self, state: ProfileState) -> None:
        self._window.report(self.words.not_shown(state), state.trouble, state.trouble)

    def _show_in_title(self) -> None:
        """Several calendars: the window's title says which one this is."""
        shown = next((state for state in self.list.states if state.is_shown), None)
        several = self.list.has_several and shown is not None
        self._window.name_calendar(self.words.title(shown.known) if several and shown is not None else "")
