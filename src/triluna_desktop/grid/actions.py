"""What menus and keys do to the selection and at the slot cursor. Each tells whether it asked for an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.edits import create, delete
from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.changes import duplicated, excepted, flipped, pasted, shifted, split, stretched
from triluna_desktop.grid.drafts import snapped

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.grid.board import Board
    from triluna_desktop.grid.drafts import Edge


class Actions:
    """The edits that do not come from a drag."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._copied: tuple[Entry, ...] = ()

    @property
    def can_paste(self) -> bool:
        """Whether something was copied."""
        return bool(self._copied)

    def create_at_cursor(self, fallback: date) -> bool:
        """Create what the slot cursor covers, with the brush in hand; select it."""
        board = self._board
        cursor = board.cursor_or_near(fallback)
        drafts = cursor.entries(is_available=board.options.brush_available)
        return self._request_new(create(*(draft.with_key(board.new_key()) for draft in drafts)))

    def delete(self) -> bool:
        """Delete the selection."""
        selected = self._board.selected
        return self._board.request(delete(*selected) if selected else None)

    def flip(self) -> bool:
        """Make the selection blocked or available: the other one of what its first entry is."""
        return self._board.request(flipped(self._board.selected))

    def duplicate(self) -> bool:
        """Copy the selection to the next free hours."""
        board = self._board
        return self._request_new(duplicated(board.selected, board.content.entries(), board.new_key))

    def copy(self) -> None:
        """Remember the selection for `paste`."""
        if self._board.selected:
            self._copied = self._board.selected

    def paste(self, fallback: date) -> bool:
        """Put what was copied at the slot cursor; without one, at its own hours on ``fallback``."""
        board, cursor = self._board, self._board.cursor
        day, start = (cursor.day, cursor.start) if cursor else (fallback, None)
        return self._request_new(pasted(self._copied, day, start, board.new_key))

    def split(self, minute: float | None = None) -> bool:
        """Cut the selected entry at the nearest step to ``minute``, or in the middle."""
        board = self._board
        if len(board.selected) != 1:
            return False
        entry = board.selected[0]
        at = (entry.start + entry.end) / 2 if minute is None else minute
        cut = snapped(at, board.options.snap)
        if not entry.start < cut < entry.end:
            cut = snapped(at, 5)
        return board.request(split(entry, cut, board.new_key))

    def move(self, days: int, minutes: int) -> bool:
        """Move the selection."""
        return self._board.request(shifted(self._board.selected, days, minutes))

    def stretch(self, edge: Edge, minutes: int) -> bool:
        """Move one end of each selected entry."""
        return self._board.request(stretched(self._board.selected, edge, minutes))

    def except_pattern(self, key: str, day: date, minute: float) -> bool:
        """Override a pattern on one date by an entry; see `changes.excepted`."""
        board = self._board
        pattern = board.content.item(key)
        if not isinstance(pattern, Pattern):
            return False
        taken = board.content.entries_on(day)
        return self._request_new(excepted(pattern, day, int(minute), taken, board.new_key))

    def _request_new(self, edit: Edit | None) -> bool:
        keys = [change.key for change in edit.changes] if edit else None
        return self._board.request(edit, keys)
