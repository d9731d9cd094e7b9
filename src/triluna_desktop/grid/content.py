"""What the screen shows while edits are on their way: the session's days with the unanswered edits on top.

Letting go of a drag asks for an edit; until the session has answered, the block stays where it was dropped, and
a second key press builds on the first. An answer, yes or no, takes the edit off again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.conflicts import conflicts_among
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.grid.scene import Scene, WeeklyPlaces, build_scene
from triluna_desktop.grid.shown import Layers, Mark, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.grid.shown import ShownDays


class Content:
    """The days on screen and the edits that nobody has answered yet."""

    def __init__(self) -> None:
        self._days: ShownDays | None = None
        self._availability: tuple[DayAvailability, ...] = ()
        self._unanswered: deque[Edit] = deque()
        self._items: dict[str, tuple[Item, Mark]] = {}
        self._by_day: defaultdict[date, list[Entry]] = defaultdict(list)
        self._weekly = WeeklyPlaces()
        self.layers = Layers()

    def show(self, days: ShownDays, availability: Iterable[DayAvailability]) -> None:
        """Take what the session now says."""
        self._days = days
        self._availability = tuple(availability)
        self._lay_on()

    def expect(self, edit: Edit) -> None:
        """Show an edit as done until `answered`."""
        self._unanswered.append(edit)
        self._lay_on()

    def answered(self) -> None:
        """The oldest unanswered edit was carried out or refused: show what the session says."""
        if self._unanswered:
            self._unanswered.popleft()
            self._lay_on()

    def shows(self, day: date) -> bool:
        """Whether a date is among those on screen."""
        return self._days is not None and 0 <= (day - self._days.first).days < self._days.days

    @property
    def is_loaded(self) -> bool:
        """Whether the server has been asked about these dates at least once."""
        return self._days is not None and self._days.loaded

    def item(self, key: str) -> Item | None:
        """An item as it is on screen."""
        held = self._items.get(key)
        return held[0] if held else None

    def entry(self, key: str) -> Entry | None:
        """An entry as it is on screen."""
        item = self.item(key)
        return item if isinstance(item, Entry) else None

    def entries(self) -> list[Entry]:
        """All entries on screen."""
        return [item for item, _ in self._items.values() if isinstance(item, Entry)]

    def entries_on(self, day: date) -> list[Entry]:
        """The entries of a date."""
        if not self._by_day:
            for entry in self.entries():
                self._by_day[entry.date].append(entry)
        return self._by_day.get(day, [])

    def scene(self) -> Scene:
        """What to draw."""
        if self._days is None:
            return Scene(())
        entries = [(item, mark) for item, mark in self._items.values() if isinstance(item, Entry)]
        patterns = [(item, mark) for item, mark in self._items.values() if isinstance(item, Pattern)]
        # The session's conflicts know nothing of an edit that it has not answered.
        conflicts = conflicts_among(entry for entry, _ in entries) if self._unanswered else self._days.conflicts
        # Of dates that nobody has read and that hold nothing but what was made here since, it is not known what is
        # bookable: all looks plain.
        is_known = self.is_loaded or any(mark is Mark.SENT for _, mark in self._items.values())
        availability = self._availability if is_known else ()
        scene = build_scene(
            self._days.first,
            self._days.days,
            entries,
            patterns,
            conflicts,
            availability,
            self.layers,
            self._weekly,
        )
        if self.is_loaded:
            return scene
        # What is known, weekly hours above all, closes the rest, but counts no hours: entries may be missing.
        return Scene(tuple(replace(column, bookable=None) for column in scene.columns))

    def _lay_on(self) -> None:
        if self._days is None:
            return
        shown = (*self._days.patterns, *self._days.entries)
        items = {view.item.key: (view.item, mark_of(view.state.value, view.trouble)) for view in shown}
        for edit in self._unanswered:
            for change in edit.changes:
                if change.after is None:
                    items.pop(change.key, None)
                else:
                    items[change.key] = (change.after, Mark.WAITING)
        self._items = items
        self._by_day.clear()
