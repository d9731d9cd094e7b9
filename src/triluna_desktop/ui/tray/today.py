"""Today as a narrow strip: the grid of the week with one day, to drag over, without what needs the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent

from triluna_desktop.ui.week_menu import WeekMenu
from triluna_desktop.ui.week_view import WeekView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from triluna_desktop.domain.models import Entry, Pattern
    from triluna_desktop.grid.hits import Hit

LEAST_WIDTH, LEAST_HEIGHT = 240, 160
_BEFORE_NOW = 60
"""Minutes of the past that stand above the now line."""


class TodayMenu(WeekMenu):
    """What can be done with a stretch of today, here."""

    def _for_entries(self, menu: QMenu, entry: Entry, hit: Hit) -> None:
        view = self._view
        if len(view.selected) == 1:
            self._add(menu, self.tr("Edit in the window…"), lambda: view.open_requested.emit(entry.key))
        flip = self.tr("Block") if view.board.selected[0].is_available else self.tr("Make available")
        self._add(menu, flip, view.flip, writes=True)
        if len(view.selected) == 1:
            self._add(menu, self.tr("Split here"), lambda: view.split(hit.minute), writes=True)
        menu.addSeparator()
        text = (
            self.tr("Delete") if len(view.selected) == 1 else self.tr("Delete %n entries", "", len(view.selected))
        )
        self._add(menu, text, view.delete_selected, writes=True)

    def _for_pattern(self, menu: QMenu, pattern: Pattern, hit: Hit) -> None:
        def flip_this_date() -> None:
            self._view.editing.except_pattern(pattern.key, hit.day, hit.minute)

        flip = self.tr("Block on this date") if pattern.is_available else self.tr("Make available on this date")
        self._add(menu, flip, flip_this_date, writes=True)

    def _for_empty(self, menu: QMenu, hit: Hit) -> None:  # noqa: ARG002 - where the week's menu asks why.
        self._add_create(menu)


class TodayView(WeekView):
    """A grid of today. Single letters are no shortcuts here: what most of them call is in the window."""

    turns = False

    def furnish(self) -> None:
        """As the week's, with a menu of its own."""
        super().furnish()
        self._menu = TodayMenu(self)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setAccessibleName(self.tr("Today"))
        self.set_letters(is_on=False)

    def show_now(self) -> None:
        """Bring the present minute near the top."""
        self.update_now()
        now = self.clock.now()
        self.scroll_to(max(0, now.hour * 60 + now.minute - _BEFORE_NOW))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """As the week's, but for the heading, which has no menu here."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard or event.pos().y() >= self.grid.header:
            super().contextMenuEvent(event)
