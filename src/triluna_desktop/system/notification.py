"""A notification, and who shows it: what the window and the desktop's service say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Urgency(Enum):
    """How much a notification wants to be seen; the values are those of the desktop's protocol."""

    LOW = 0
    NORMAL = 1
    CRITICAL = 2


class Reach(Enum):
    """Whether notifications come through to the user."""

    UNKNOWN = "unknown"
    """Nobody has asked yet."""
    FULL = "full"
    NO_ACTIONS = "no_actions"
    """They are shown, but without buttons."""
    NO_BUS = "no_bus"
    NO_SERVICE = "no_service"
    """Nothing on this desktop shows them."""
    SILENT = "silent"
    """What shows them does not answer, or refuses."""
    OTHER = "other"
    """This system has no such service; the tray's own bubbles are used."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something that the user may do from the notification itself."""

    name: str
    text: str


DEFAULT = "default"
"""The name of the button that a click on the notification itself presses."""


@dataclass(frozen=True, slots=True)
class Notification:
    """Plain texts; whoever shows them escapes them."""

    title: str
    body: str = ""
    buttons: tuple[Button, ...] = ()
    urgency: Urgency = Urgency.NORMAL


class NoNotifier:
    """A `Notifier` where the system has no such service: nothing is shown by it."""

    reach = Reach.OTHER

    async def look(self) -> Reach:
        """There is nothing to ask."""
        return self.reach

    async def show(self, notification: Notification, pressed: Callable[[str, str], None]) -> bool:  # noqa: ARG002 - the port's.
        """It cannot."""
        return False

    async def revise(self, notification: Notification) -> None:
        """There is nothing to write anew."""

    async def withdraw(self) -> None:
        """There is nothing to take away."""


class Notifier(Protocol):
    """Shows notifications, one at a time: a new one takes the place of the one before."""

    @property
    def reach(self) -> Reach:
        """What the last attempt told."""
        ...

    async def look(self) -> Reach:
        """Ask whether notifications would come through; shows nothing."""
        ...

    async def show(self, notification: Notification, pressed: Callable[[str, str], None]) -> bool:
        """Show it; whether that worked. `reach` says why not.

        ``pressed`` is called with the name of the button, at most once, and with what the desktop needs to let a
        window come to the front for it (an XDG activation token), or an empty text.
        """
        ...

    async def revise(self, notification: Notification) -> None:
        """Write what is shown anew, with the buttons that it has; nothing where the user has put it away."""
        ...

    async def withdraw(self) -> None:
        """Take away what is shown: it is not true any more, or nobody is left to press its buttons for."""
        ...
