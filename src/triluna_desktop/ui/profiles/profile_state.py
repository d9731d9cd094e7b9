"""What is told of the calendars of the window, and what can be done with them, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Session
    from triluna_desktop.system.profile_book import KnownProfile


class Standing(Enum):
    """What is the matter with a calendar, the gravest first."""

    NOT_OPEN = "not_open"
    """Its file or its folder cannot be used."""
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of a state, not a secret.
    NO_TOKEN = "no_token"  # noqa: S105 - as above.
    DECISION = "decision"
    """A change was refused or contradicts the server, or rows would vanish: the user is asked."""
    OFFLINE = "offline"
    """Its server cannot be reached."""
    FAILING = "failing"
    """Its server answers, but not as it should."""
    ELSEWHERE = "elsewhere"
    """Another process has it, most likely a window, which is where it is shown."""
    WAITING = "waiting"
    """Its server allows no more requests just now."""
    WELL = "well"


_NEED_THE_USER = frozenset({Standing.NOT_OPEN, Standing.TOKEN_REFUSED, Standing.NO_TOKEN, Standing.DECISION})


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A calendar of the list, as things stand."""

    known: KnownProfile
    is_shown: bool
    unsent: int = 0
    """Items with changes that are not known to be on the server."""
    same_as: str = ""
    """The name of another calendar of the list that has the same account; empty where there is none."""
    trouble: str = ""
    """What kept it from being shown when the user last wanted that; a sentence."""
    standing: Standing = Standing.WELL

    @property
    def name(self) -> str:
        """What it is switched to by."""
        return self.known.name

    @property
    def needs_attention(self) -> bool:
        """Something there waits for the user: a refused edit, the token, or a file that cannot be opened."""
        return self.standing in _NEED_THE_USER


@dataclass(frozen=True, slots=True)
class Removal:
    """What would go with a calendar: unsent changes, and the names of some of the items that they concern."""

    unsent: int
    names: tuple[str, ...]
    is_read: bool = True
    """Whether the calendar's file could be opened; else nobody knows what is in it."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What could not be removed with a calendar; empty where it could."""

    token: str
    """Why the token may still be in the keyring, a sentence."""
    folder: str
    """Where files are left."""


class Profiles(Protocol):
    """What the application around the window does with profiles."""

    def states(self) -> tuple[ProfileState, ...]:
        """All of them, in the user's order."""
        ...

    def session_of(self, name: str) -> Session | None:
        """The session of a profile, None while it is not open."""
        ...

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` when the list, or what it says of a profile, may differ. Returns what ends it."""
        ...

    def show(self, name: str, *, raises: bool = True) -> None:
        """Show another profile in the window; ``raises``: and the window before all others."""
        ...

    def check_title(self, title: str) -> None:
        """Raise `ProfileBookError` unless a new calendar can be called so."""
        ...

    @property
    def other_server(self) -> str:
        """The host where a new calendar will be, like the shown one; empty: that of everybody."""
        ...

    def add(self, title: str, colour: str) -> None:
        """Make a new calendar at the server of the shown one, and show it. Raises `ProfileBookError`."""
        ...

    def change(self, name: str, *, title: str | None = None, colour: str | None = None) -> None:
        """Rename or recolour. Raises `ProfileBookError`."""
        ...

    def move(self, name: str, place: int) -> None:
        """Put it at a place in the order. Raises `ProfileBookError`."""
        ...

    def removal_of(self, name: str) -> Removal:
        """What would go with it. Raises `ProfileHeldError`."""
        ...

    def remove(self, name: str, *, keeps_data: bool, left: Callable[[Leftover], None]) -> None:
        """Forget its token, take it from the list, and delete its files unless they are to stay.

        ``left`` hears of what could not be removed. Raises `ProfileBookError`.
        """
        ...
