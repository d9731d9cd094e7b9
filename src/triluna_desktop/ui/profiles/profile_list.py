"""The calendars as the window, the tray and the dialogs list them, and what is told when one changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Session
    from triluna_desktop.system.profile_book import KnownProfile


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A calendar of the list, as things stand."""

    known: KnownProfile
    is_shown: bool
    unsent: int = 0
    """Items with changes that are not known to be on the server."""
    needs_attention: bool = False
    """Something there waits for the user: an edit that was refused, the token, or a file that cannot be opened."""

    @property
    def name(self) -> str:
        """What it is switched to by."""
        return self.known.name


@dataclass(frozen=True, slots=True)
class Removal:
    """What would go with a calendar: unsent changes, and the names of some of the items that they concern."""

    unsent: int
    names: tuple[str, ...]


class Profiles(Protocol):
    """What the application around the window does with profiles."""

    def states(self) -> tuple[ProfileState, ...]:
        """All of them, in the user's order."""
        ...

    def session_of(self, name: str) -> Session | None:
        """The session of a profile, None while it is not open."""
        ...

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` when the list, or what it says of a profile, may be different."""
        ...

    def show(self, name: str) -> None:
        """Show another profile in the window."""
        ...

    def check_title(self, title: str) -> None:
        """Raise `ProfileBookError` unless a new calendar can be called so."""
        ...

    def add(self, title: str, colour: str) -> None:
        """Make a new calendar and show it. Raises `ProfileBookError`."""
        ...

    def change(self, name: str, *, title: str | None = None, colour: str | None = None) -> None:
        """Rename or recolour. Raises `ProfileBookError`."""
        ...

    def move(self, name: str, place: int) -> None:
        """Put it at a place in the order. Raises `ProfileBookError`."""
        ...

    def removal_of(self, name: str) -> Removal:
        """What would go with it."""
        ...

    def remove(self, name: str, *, keeps_data: bool) -> None:
        """Forget its token, take it from the list, and delete its files unless they are to stay."""
        ...


class ProfileList(QObject):
    """The list, told anew when a calendar is added, renamed, shown, or when what it says of itself changes."""

    changed = Signal()

    def __init__(self, profiles: Profiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.profiles = profiles
        self._told: tuple[ProfileState, ...] = ()
        # A sync tells of many changes one after the other.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.tell)
        profiles.subscribe(self._soon.start)

    @property
    def states(self) -> tuple[ProfileState, ...]:
        """All calendars, in the user's order."""
        return self.profiles.states()

    @property
    def has_several(self) -> bool:
        """Whether there is something to switch to."""
        return len(self.states) > 1

    def switch(self, name: str) -> None:
        """Show this calendar in the window."""
        self.profiles.show(name)

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

    def tell(self) -> None:
        """Tell of it now, if it is different."""
        states = self.states
        if states != self._told:
            self._told = states
            self.changed.emit()
