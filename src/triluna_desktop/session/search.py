"""Looking for entries and weekly hours by what a person types: a title, notes, a date, a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.search import Query, read_query
from triluna_desktop.sync.ports import Found, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.vocabulary import Vocabulary
    from triluna_desktop.sync.ports import CalendarStore

__all__ = ["Found", "Query", "Search", "StoreError"]

MOST = 100
"""Rows that are shown; who wants others says more of what is looked for."""


class Search:
    """The search of one session: over all that this computer knows, sent or not."""

    def __init__(self, store: CalendarStore, clock: Clock, mode: Callable[[], ModeSettings]) -> None:
        self._store = store
        self._clock = clock
        self._mode = mode

    def read(self, text: str, vocabulary: Vocabulary, *, is_masked: bool = False) -> Query:
        """What a line looks for; ``is_masked`` while titles are hidden: dates and times alone."""
        return read_query(text, self._clock.now().date(), self._mode(), vocabulary, is_masked=is_masked)

    async def find(self, query: Query) -> Found:
        """What fits. The window goes on meanwhile.

        Raises:
            StoreError: the calendar's file could not be read.
        """
        return await self._store.search(query, self._clock.now(), MOST) if query else Found()
