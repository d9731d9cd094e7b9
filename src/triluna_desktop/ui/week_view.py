"""The week, or a day: one painted widget. It shows what the session says and asks for edits; it changes nothing.

The way of a gesture: `week_pointer` and `week_keys` turn events into calls of the `Board`, the board asks for an
edit, `edit_requested` carries it out of here, and `finish_edit` tells that it was answered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Signal

from triluna_desktop.domain.models import new_key
from triluna_desktop.grid.cursor import SlotCursor
from triluna_desktop.grid.hand import SNAPS
from triluna_desktop.grid.shown import Layers
from triluna_desktop.ui.week_canvas import WeekCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.grid.shown import ShownDays
    from triluna_desktop.ui.theme import Theme


class WeekView(WeekCanvas):
    """The grid. The owner answers each `edit_requested` by `set_days` (if it was done) and `finish_edit`."""

    edit_requested = Signal(object)  # domain.edits.Edit
    selection_changed = Signal(object)  # tuple[str, ...]: keys
    open_requested = Signal(str)  # key: edit it in the inspector, title focused
    escaped = Signal(bool)  # Esc, and no drag to give up; whether there was a selection or a slot cursor
    let_go = Signal()  # the button is up again, or the drag was given up
    days_requested = Signal(object, int)  # first date, number of days
    slot_cursor_changed = Signal(object)  # grid.cursor.SlotCursor or None
    brush_changed = Signal(bool)  # whether what is drawn is available
    hand_moved = Signal()  # what would be there if the drag ended now is something else: `gestures.trying`
    why_requested = Signal(object, int)  # date, minute
    weekly_hours_requested = Signal(object)  # the Pattern to show, or the Entry to repeat
    exception_requested = Signal(object, object, str)  # the Pattern, the date, "only" that one or "later" too
    weekly_editor_requested = Signal(object)  # the Pattern at which to open it
    undo_requested = Signal()
    redo_requested = Signal()
    command_requested = Signal(str)  # a name of ui.commands, or of window_commands

    turns = True
    """Whether there are weeks before and after the one on screen."""
    most_deleted: int | None = None
    """The owner is asked by the command ``delete_many`` before more entries than this are deleted at once."""
    _is_wired = False
    """Whether `furnish` is through."""

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        *,
        first_weekday: int,
        snap: int = 15,
        new_key: Callable[[], str] = new_key,
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, clock, new_key, locale, parent)
        self.first_weekday = first_weekday
        self.board.options = replace(self.board.options, snap=snap)

    def furnish(self) -> None:
        """Take what the user does, and let screen readers look: what the first paint can do without."""
        from PySide6.QtCore import Qt

        from triluna_desktop.grid.actions import Actions
        from triluna_desktop.ui.week_accessible import announce, attach
        from triluna_desktop.ui.week_keys import KeyControl
        from triluna_desktop.ui.week_menu import WeekMenu
        from triluna_desktop.ui.week_pointer import PointerControl

        self.editing = Actions(self.board)
        self.pointer = PointerControl(self, self._clock)
        self._keys = KeyControl(self)
        self._menu = WeekMenu(self)
        self._attach, self._announce = attach, announce
        self._is_wired = True
        self.add_scroll_bar()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Week"))
        attach(self)

    # -- what is shown ---------------------------------------------------------------------------------------

    def set_days(self, view: ShownDays, availability: Iterable[DayAvailability]) -> None:
        """Show these days. A drag in progress goes on over the new ones."""
        turned = (view.first, view.days) != (self.grid.first, self.grid.days)
        self.grid = replace(self.grid, first=view.first, days=view.days)
        self.board.show(view, availability)
        if turned:
            self.moved_under_pointer()

    def finish_edit(self) -> None:
        """The oldest edit asked for was answered. After `set_days`, so that nothing flashes."""
        self.board.answered()

    def set_layers(self, *, available: bool, blocked: bool, patterns: bool) -> None:
        """Choose what is drawn."""
        self.board.set_layers(Layers(available, blocked, patterns))

    def set_read_only(self, is_read_only: bool) -> None:
        """Refuse every edit, or allow them again."""
        if is_read_only:
            self.cancel_gesture()
        self.board.options = replace(self.board.options, may_write=not is_read_only)

    @property
    def is_read_only(self) -> bool:
        """Whether edits are refused."""
        return not self.board.options.may_write

    def set_brush(self, is_available: bool) -> None:
        """Choose what a drag over empty time makes: openings or blocks."""
        if is_available is not self.board.options.brush_available:
            self.board.options = replace(self.board.options, brush_available=is_available)
            self.brush_changed.emit(is_available)

    @property
    def brush(self) -> bool:
        """Whether what is drawn is available."""
        return self.board.options.brush_available

    def set_snap(self, minutes: int) -> None:
        """Choose what drags snap to.

        Raises:
            ValueError: not one of `grid.drafts.SNAPS`.
        """
        if minutes not in SNAPS:
            raise ValueError(f"{minutes} minutes is no step; one of {SNAPS} is")
        self.board.options = replace(self.board.options, snap=minutes)

    def set_letters(self, *, is_on: bool) -> None:
        """Let single letters be shortcuts, or not."""
        self._keys.letters = is_on

    def set_keys(self, bindings: Mapping[str, str], custom: frozenset[str]) -> None:
        """Take the user's keys: `ui.keymap.Keymap.grid_bindings`, and which commands have keys of their own."""
        self._keys.bindings, self._keys.custom = bindings, custom

    def take_keys_of(self, other: WeekView) -> None:
        """Understand the same keys as another grid."""
        self._keys.bindings, self._keys.custom = other._keys.bindings, other._keys.custom

    def own_keys_of(self, command: str) -> tuple[str, ...] | None:
        """The keys that the user gave a command, without letters; None where it has those of the system."""
        if command not in self._keys.custom:
            return None
        return tuple(key for key, name in (self._keys.bindings or {}).items() if name == command and len(key) > 1)

    def letter_of(self, command: str) -> str:
        """The letter that does a command here; empty where it has none, or letters are switched off."""
        letters = (key for key, name in (self._keys.bindings or {}).items() if name == command and len(key) == 1)
        return next(letters, "") if self.letters else ""

    @property
    def letters(self) -> bool:
        """Whether single letters are shortcuts."""
        return self._keys.letters

    # -- selection and slot cursor ---------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """The keys of the selected entries."""
        return self.board.selection

    def select(self, keys: Iterable[str]) -> None:
        """Select just these, as far as they are on screen."""
        self.board.select(keys)

    @property
    def slot_cursor(self) -> SlotCursor | None:
        """Where the slot cursor is, if anywhere."""
        return self.board.cursor

    def set_slot_cursor(self, day: date, start: int, end: int) -> None:
        """Put the slot cursor somewhere and bring it into view."""
        self.board.select(())
        self.board.set_cursor(SlotCursor(day, start, end, day))
        self.reveal(start, end)

    @property
    def cursor_day(self) -> date:
        """Where a key without a slot cursor would act: today if it is on screen, else the first day."""
        return self.today if self.grid.column_of(self.today) is not None else self.grid.first

    @property
    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What the grid's keys do, by the names of `ui.commands`."""
        return self._keys.deeds

    def create_at_cursor(self) -> bool:
        """Create at the slot cursor with the brush in hand."""
        return self.editing.create_at_cursor(self.cursor_day)

    def delete_selected(self) -> bool:
        """Ask to delete the selection; the owner may ask back before it does so."""
        if self.most_deleted is not None and len(self.selected) > self.most_deleted:
            self.command_requested.emit("delete_many")
            return True
        return self.editing.delete()

    def duplicate(self) -> bool:
        """Ask for copies of the selection in the next free hours."""
        return self.editing.duplicate()

    def copy(self) -> None:
        """Remember the selection."""
        self.editing.copy()

    def paste(self) -> bool:
        """Ask for what was copied at the slot cursor, or at its own hours."""
        return self.editing.paste(self.cursor_day)

    def flip(self) -> bool:
        """Ask for the selection to be blocked, or available."""
        return self.editing.flip()

    def split(self, minute: float | None = None) -> bool:
        """Ask for the selected entry to be cut in two."""
        return self.editing.split(minute)

    def cancel_gesture(self) -> bool:
        """Forget the drag in progress, exactly; tells whether there was one."""
        return self._is_wired and self.pointer.cancel()

    def request_turn(self, weeks: int) -> None:
        """Ask for the next days, or those before, if there are any."""
        if not self.turns:
            return
        by = timedelta(days=weeks * self.grid.days)
        self.days_requested.emit(self.grid.first + by, self.grid.days)

    # -- what the board tells (grid.board.BoardListener) ------------------------------------------------------

    def edit_asked(self, edit: Edit) -> None:
        """An edit is wanted."""
        self.edit_requested.emit(edit)

    def scene_changed(self) -> None:
        """There is other content."""
        super().scene_changed()
        if self._is_wired:
            self._attach(self)

    def moved_under_pointer(self) -> None:
        """A drag goes on over hours that were scrolled, or over other days."""
        if self._is_wired:
            self.pointer.follow()

    def selection_moved(self) -> None:
        """Other entries are selected."""
        super().selection_moved()
        self.selection_changed.emit(self.board.selection)
        block = self.board.scene.find(self.board.selection[-1]) if self.board.selection else None
        if block is not None:
            if not self.board.gestures.is_dragging and not self.pointer.is_down:
                self.reveal(block.item.start, block.item.end)
            self._announce(self, block)

    def cursor_moved(self) -> None:
        """The slot cursor is somewhere else."""
        super().cursor_moved()
        self.slot_cursor_changed.emit(self.board.cursor)
        if self.board.cursor is not None:
            self._announce(self, None)

    # -- events ----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of something, in the week as it is."""
        self.clear_outcome()
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what a press would do."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was hit."""
        self.pointer.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, turn the week, or zoom."""
        self.pointer.wheel(event)

    def event(self, event: QEvent) -> bool:
        """Pinches and tool tips come by this way."""
        return (self._is_wired and self.pointer.other(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Work without a mouse."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A modifier that is let go changes what a drag does."""
        if not self._keys.release(event):
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks the blocks before it leaves the grid."""
        return self.board.walk(1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not survive the loss of focus."""
        self.cancel_gesture()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is here."""
        self._menu.open_for(event)
