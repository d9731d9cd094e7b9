"""The calendars as the window, the tray and the dialogs list them, and what is told when one changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from triluna_desktop.ui.profiles.profile_state import Profiles, ProfileState


class ProfileList(QObject):
    """The list, told anew when a calendar is added, renamed, shown, or when what it says of itself changes."""

    changed = Signal()
    refused = Signal(object)
    """A calendar that could not be shown, as a `ProfileState` that says why."""

    def __init__(self, profiles: Profiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.profiles = profiles
        self._told: tuple[ProfileState, ...] = ()
        self._telling: tuple[ProfileState, ...] | None = None
        """What is told just now, and need not be found out by each who hears of it."""
        self._wanted = ""
        """What the user wanted to be shown last, until it is known that it cannot be."""
        # A sync tells of many changes one after the other.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.tell)
        self._unsubscribe = profiles.subscribe(self._soon.start)

    @property
    def states(self) -> tuple[ProfileState, ...]:
        """All calendars, in the user's order."""
        return self.profiles.states() if self._telling is None else self._telling

    @property
    def has_several(self) -> bool:
        """Whether there is something to switch to."""
        return len(self.states) > 1

    def switch(self, name: str, *, raises: bool = True) -> None:
        """Show this calendar in the window; ``raises``: and the window before all others."""
        self._wanted = name
        self.profiles.show(name, raises=raises)
        self._say_refused()

    def _say_refused(self) -> None:
        """Whether it can be shown is known at once, or once the process has answered that has it."""
        for state in self.states:
            if state.name == self._wanted and state.trouble and not state.is_shown:
                self._wanted = ""
                self.refused.emit(state)

    def switch_to_number(self, number: int) -> None:
        """Show the calendar at a place of the list, counted from 1; nothing where there is none."""
        states = self.states
        if 1 <= number <= len(states):
            self.switch(states[number - 1].name)

    def turn(self, steps: int) -> None:
        """Go on (1) or back (-1) in the list, and around at its ends."""
        states = self.states
        at = next((place for place, each in enumerate(states) if each.is_shown), 0)
        if len(states) > 1:
            self.switch(states[(at + steps) % len(states)].name)

    def end(self) -> None:
        """Follow the calendars no more: the window closes."""
        self._soon.stop()
        self._unsubscribe()

    def tell(self) -> None:
        """Tell of it now, if it is different."""
        states = self.states
        if states != self._told:
            self._told = self._telling = states
            try:
                self.changed.emit()
            finally:
                self._telling = None
        if self._wanted:
            self._say_refused()
