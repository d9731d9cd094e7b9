"""The menu of a block, of weekly hours, and of an empty place. Opened, never executed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.cursor import SlotCursor
from triluna_desktop.grid.hits import Zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.grid.hits import Hit
    from triluna_desktop.ui.week_view import WeekView


class WeekMenu(QObject):
    """Builds a menu for what is under the pointer, or under the slot cursor when the Menu key asks."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self._view = view

    def open_for(self, event: QContextMenuEvent) -> None:
        """Open the menu for a right click or the Menu key."""
        view = self._view
        view.cancel_gesture()
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        point = self._point_of_keyboard() if by_key else QPointF(event.pos())
        hit = view.pointer.hit(point)
        if hit.zone is Zone.OUTSIDE:
            return
        menu = self._week_menu() if hit.zone is Zone.HEADER else self.build(hit)
        menu.popup(view.mapToGlobal(point.toPoint()))
        event.accept()

    def build(self, hit: Hit) -> QMenu:
        """The menu for a place. It deletes itself when it closes."""
        view = self._view
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        block = hit.block
        if block is not None and block.entry is not None:
            if block.key not in view.selected:
                view.select((block.key,))
            self._for_entries(menu, block.entry, hit)
            return menu
        cursor = view.slot_cursor
        if cursor is None or not (hit.day in cursor.days and cursor.start <= hit.minute < cursor.end):
            view.select(())
            view.board.set_cursor(SlotCursor.at(hit.day, hit.minute, view.board.options.snap))
        if block is not None and isinstance(block.item, Pattern):
            self._for_pattern(menu, block.item, hit)
            menu.addSeparator()
        self._for_empty(menu, hit)
        return menu

    def _week_menu(self) -> QMenu:
        """The menu of the week itself, at the names of its days."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_bulk(menu)
        self._add_command(menu, self.tr("Stamp weeks in turn (A/B weeks)…"), "stamp_weeks")
        self._add_command(menu, self.tr("Change many…"), "bulk")
        return menu

    def _add_bulk(self, menu: QMenu) -> None:
        self._add_command(menu, self.tr("Block a range of dates…"), "block_dates")
        self._add_command(menu, self.tr("Copy this week to…"), "copy_week")

    def _add_command(self, menu: QMenu, text: str, name: str) -> None:
        self._add(menu, text, lambda: self._view.command_requested.emit(name), writes=True)

    def _for_entries(self, menu: QMenu, entry: Entry, hit: Hit) -> None:
        view = self._view
        count = len(view.selected)
        if count == 1:
            self._add(menu, self.tr("Edit"), lambda: view.open_requested.emit(entry.key))
        self._add(menu, self.tr("Duplicate"), view.duplicate, writes=True)
        if count == 1:
            self._add(
                menu,
                self.tr("Repeat weekly…"),
                lambda: view.weekly_hours_requested.emit(entry),
                writes=True,
            )
        flip = self.tr("Block") if view.board.selected[0].is_available else self.tr("Make available")
        self._add(menu, flip, view.flip, writes=True)
        if count == 1:
            self._add(menu, self.tr("Split here"), lambda: view.split(hit.minute), writes=True)
            self._add_why(menu, hit)
        else:
            self._add_command(menu, self.tr("Change many…"), "bulk")
        menu.addSeparator()
        text = self.tr("Delete") if count == 1 else self.tr("Delete %n entries", "", count)
        self._add(menu, text, view.delete_selected, writes=True)

    def _for_pattern(self, menu: QMenu, pattern: Pattern, hit: Hit) -> None:
        view = self._view
        self._add(menu, self.tr("Edit weekly hours…"), lambda: view.weekly_editor_requested.emit(pattern))

        for text, reach in (
            (self.tr("Change only this date…"), "only"),
            (self.tr("Change this date and later…"), "later"),
        ):
            self._add(menu, text, partial(view.exception_requested.emit, pattern, hit.day, reach), writes=True)

        def flip_this_date() -> None:
            if view.editing.except_pattern(pattern.key, hit.day, hit.minute):
                view.open_requested.emit(view.selected[-1])

        flip = self.tr("Block on this date") if pattern.is_available else self.tr("Make available on this date")
        self._add(menu, flip, flip_this_date, writes=True)

    def _for_empty(self, menu: QMenu, hit: Hit) -> None:
        self._add_create(menu)
        self._add_why(menu, hit)
        menu.addSeparator()
        self._add_bulk(menu)

    def _add_create(self, menu: QMenu) -> None:
        """What can be put at the slot cursor."""
        view = self._view

        def create(*, is_available: bool) -> None:
            view.set_brush(is_available)
            view.create_at_cursor()

        self._add(menu, self.tr("Make available"), lambda: create(is_available=True), writes=True)
        self._add(menu, self.tr("Block time"), lambda: create(is_available=False), writes=True)
        if view.editing.can_paste:
            self._add(menu, self.tr("Paste"), view.paste, writes=True)

    def _add_why(self, menu: QMenu, hit: Hit) -> None:
        self._add(menu, self.tr("Why?"), lambda: self._view.why_requested.emit(hit.day, int(hit.minute)))

    def _add(self, menu: QMenu, text: str, deed: Callable[[], object], *, writes: bool = False) -> None:
        action = menu.addAction(text)
        action.setEnabled(not (writes and self._view.is_read_only))
        action.triggered.connect(lambda _checked=False: deed())

    def _point_of_keyboard(self) -> QPointF:
        """The middle of the selected block or of the slot cursor."""
        view, grid = self._view, self._view.grid
        cursor = view.board.cursor_or_near(view.cursor_day)
        day, start, end = cursor.head, cursor.start, cursor.end
        block = view.board.scene.find(view.selected[-1]) if view.selected else None
        if block is not None:
            column = grid.column_of(block.day) or 0
            rect = grid.block_rect(column, block.item.start, block.item.end, block.place)
            return QPointF(rect.x + rect.width / 2, rect.y + rect.height / 2)
        view.reveal(start, end)
        rect = view.grid.block_rect(grid.column_of(day) or 0, start, end)
        return QPointF(rect.x + rect.width / 2, rect.y + rect.height / 2)
