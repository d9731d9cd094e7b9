"""What is done with a calendar's file as a whole: the port that `store` implements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Upkeep(Protocol):
    """Works inside of a transaction."""

    def wipe(self, losing: int) -> bool:
        """Delete all that is known of the calendar: cache, outbox, history; the requests of the hour stay counted.

        ``losing``: how many unsent edits may go with it. False, and nothing is deleted, where there are more.
        """
        ...

    def clear_history(self) -> None:
        """Delete every version that was kept."""
        ...

    def keep_history(self, days: int, now: float) -> None:
        """From now on keep versions for so many days; 0 for none any more, those that are there stay.

        ``now``: seconds since the epoch.
        """
        ...

    def texts(self) -> frozenset[str]:
        """Every title and every notes text in the file, wherever it stands."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has, and how many edits are in which state."""
        ...
