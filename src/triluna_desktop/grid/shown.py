"""What the grid is given to show. Protocols: the session's own classes fit them, the grid imports none of them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from triluna_desktop.domain.models import Entry, Item
    from triluna_desktop.domain.remote import Trouble


class Mark(Enum):
    """What a block says about how far its content has got to the server. Each has a shape of its own."""

    SENT = "sent"
    WAITING = "waiting"
    CONFIRMING = "confirming"
    REFUSED = "refused"
    ASKED = "asked"
    """Changed or deleted elsewhere as well: nobody has refused anything, the user decides."""


_MARKS = {
    "sent": Mark.SENT,
    "pending": Mark.WAITING,
    "blocked_auth": Mark.WAITING,
    "confirming": Mark.CONFIRMING,
    "conflict": Mark.REFUSED,
    "rejected": Mark.REFUSED,
}


def mark_of(state: str, trouble: Trouble | None = None) -> Mark:
    """The mark for a send state by the name the sync layer gives it, and for what is the matter.

    Raises:
        KeyError: there is no such state.
    """
    if state == "conflict":
        from triluna_desktop.domain.remote import Trouble  # Most weeks hold none.

        if trouble in (Trouble.CHANGED, Trouble.NOT_FOUND):
            return Mark.ASKED
    return _MARKS[state]


class NamedState(Protocol):
    """A send state; its value is its name."""

    @property
    def value(self) -> str: ...


class ShownItem(Protocol):
    """An item as the screen shows it: unsent edits included."""

    @property
    def item(self) -> Item: ...

    @property
    def state(self) -> NamedState: ...

    @property
    def trouble(self) -> Trouble | None: ...


class ShownDays(Protocol):
    """The dates that a grid shows and what is on them."""

    @property
    def first(self) -> date: ...

    @property
    def days(self) -> int: ...

    @property
    def entries(self) -> Sequence[ShownItem]: ...

    @property
    def patterns(self) -> Sequence[ShownItem]: ...

    @property
    def conflicts(self) -> Mapping[str, Sequence[Entry]]: ...

    @property
    def loaded(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Layers:
    """Which kinds of things are drawn."""

    available: bool = True
    blocked: bool = True
    patterns: bool = True
