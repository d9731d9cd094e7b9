"""The grid of the week without dates, its words and its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from triluna_desktop.grid.hand import Kind
from triluna_desktop.ui.week_menu import WeekMenu
from triluna_desktop.ui.week_view import WeekView
from triluna_desktop.ui.week_words import WeekWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QMenu

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.grid.cursor import SlotCursor
    from triluna_desktop.grid.hand import Preview
    from triluna_desktop.grid.hits import Hit


class WeeklyWords(WeekWords):
    """What a grid says whose days are weekdays."""

    def heading(self, day: date) -> tuple[str, str]:
        """The weekday alone, large."""
        return "", self.weekday(day)

    def several(self, preview: Preview) -> str:
        """How many days, or stretches."""
        count = len(preview.entries)
        return self.tr("%n days", "", count) if preview.kind is Kind.CREATE else self.tr("%n stretches", "", count)

    def spoken_cursor(self, cursor: SlotCursor) -> str:
        """The slot cursor in words."""
        return self.tr("{day} {start} to {end}, empty").format(
            day=self._locale.dayName(cursor.head.isoweekday(), QLocale.FormatType.LongFormat),
            start=self.time(cursor.start),
            end=self.time(cursor.end),
        )


class WeeklyMenu(WeekMenu):
    """What can be done with a stretch, or with a weekday."""

    def __init__(self, view: WeeklyView) -> None:
        super().__init__(view)
        self._weekly = view

    def _week_menu(self) -> QMenu:
        return self._weekly.week_menu()

    def _for_entries(self, menu: QMenu, entry: Entry, hit: Hit) -> None:
        view = self._view
        count = len(view.selected)
        if count == 1:
            self._add(menu, self.tr("Edit"), lambda: view.open_requested.emit(entry.key))
        self._add(menu, self.tr("Duplicate"), view.duplicate, writes=True)
        flip = self.tr("Block") if view.board.selected[0].is_available else self.tr("Make available")
        self._add(menu, flip, view.flip, writes=True)
        if count == 1:
            self._add(menu, self.tr("Split here"), lambda: view.split(hit.minute), writes=True)
            self._add(
                menu, self.tr("Copy this day…"), lambda: view.days_requested.emit(entry.date, 1), writes=True
            )
        menu.addSeparator()
        text = self.tr("Delete") if count == 1 else self.tr("Delete %n stretches", "", count)
        self._add(menu, text, view.delete_selected, writes=True)

    def _for_empty(self, menu: QMenu, hit: Hit) -> None:
        self._add_create(menu)
        menu.addSeparator()
        days = self._view.days_requested
        self._add(menu, self.tr("Copy this day…"), lambda: days.emit(hit.day, 1), writes=True)


class WeeklyView(WeekView):
    """A grid of seven weekdays: no date, no present minute, no week before or after."""

    turns = False
    week_menu: Callable[[], QMenu]
    """Makes the menu of the whole week, which opens at the names of its days."""

    def make_words(self) -> WeekWords:
        return WeeklyWords(self._locale or self.locale(), self)

    def furnish(self) -> None:
        """As the week's, with a menu of its own."""
        super().furnish()
        self._menu = WeeklyMenu(self)
        self.setAccessibleName(self.tr("Weekly hours"))
