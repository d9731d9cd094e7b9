"""The week by keyboard. What concerns the whole window goes out as a command by name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from triluna_desktop.grid.drafts import MIN_MINUTES, Edge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.grid.cursor import SlotCursor
    from triluna_desktop.ui.week_view import WeekView

_ASKED_FOR = {"day": "day_view", "week": "week_view"}
"""Commands of `ui.commands` that the view asks for under another name."""
_MIRRORED = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}

_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_MODIFIERS = {
    int(Qt.Key.Key_Control): Qt.KeyboardModifier.ControlModifier,
    int(Qt.Key.Key_Shift): Qt.KeyboardModifier.ShiftModifier,
    int(Qt.Key.Key_Alt): Qt.KeyboardModifier.AltModifier,
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class KeyControl:
    """What keys do. ``letters``: whether single letters are shortcuts."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self.letters = True
        self.bindings: Mapping[str, str] | None = None
        """Commands of `ui.commands` by key, as `ui.keymap.Keymap.grid_bindings`; None for those of the table."""
        self.custom: frozenset[str] = frozenset()
        """The commands to which the user gave other keys: the system's usual ones are not theirs any more."""
        self._standard: tuple[tuple[QKeySequence.StandardKey, str], ...] = (
            (QKeySequence.StandardKey.Undo, "undo"),
            (QKeySequence.StandardKey.Redo, "redo"),
            (QKeySequence.StandardKey.Copy, "copy"),
            (QKeySequence.StandardKey.Paste, "paste"),
            (QKeySequence.StandardKey.SelectAll, "select_all"),
        )
        self.deeds: dict[str, Callable[[], object]] = {
            "undo": view.undo_requested.emit,
            "redo": view.redo_requested.emit,
            "copy": view.copy,
            "paste": view.paste,
            "select_all": self._select_all,
            "duplicate": view.duplicate,
            "delete": view.delete_selected,
            "why": self._why,
            "brush_open": lambda: view.set_brush(True),
            "brush_block": lambda: view.set_brush(False),
        }

    def release(self, event: QKeyEvent) -> bool:
        """A modifier that is let go changes what a drag does; tells whether it was one."""
        modifier = _MODIFIERS.get(event.key())
        if modifier is None:
            return False
        self._view.pointer.modifiers_changed(event.modifiers() & ~modifier)
        return True

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key; tells whether it was one of the grid's."""
        modifier = _MODIFIERS.get(event.key())
        if modifier is not None:
            self._view.pointer.modifiers_changed(event.modifiers() | modifier)
            return True
        name = self._bound(event)
        if name is not None:
            self._run(name)
            return True
        for standard, usual in self._standard:
            if usual not in self.custom and event.matches(standard):
                self._run(usual)
                return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in _STEPS:
            return self._arrow(*_STEPS[key], modifiers)
        return modifiers == Qt.KeyboardModifier.NoModifier and self._plain(key)

    def _bound(self, event: QKeyEvent) -> str | None:
        """The command to which the key belongs. A letter counts by what it types, wherever it stands."""
        if self.bindings is None:
            from triluna_desktop.ui.keymap import default_bindings

            self.bindings = default_bindings()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typed = event.text().upper()
        if modifiers in {Qt.KeyboardModifier.NoModifier, _SHIFT} and len(typed) == 1 and typed.isprintable():
            return self.bindings.get(typed) if self.letters and typed != " " else None
        key = Qt.Key(event.key())
        if self._view.grid.rtl:
            key = _MIRRORED.get(key, key)  # "Back" is where the reading comes from.
        pressed = QKeySequence(QKeyCombination(modifiers, key))
        return self.bindings.get(pressed.toString(QKeySequence.SequenceFormat.PortableText))

    def _run(self, name: str) -> None:
        deed = self.deeds.get(name)
        if deed is not None:
            deed()
        else:
            self._view.command_requested.emit(_ASKED_FOR.get(name, name))

    def _plain(self, key: Qt.Key) -> bool:
        view = self._view
        match key:
            case Qt.Key.Key_Escape:
                return self._escape()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                if view.selected:
                    view.open_requested.emit(view.selected[-1])
                elif key is not Qt.Key.Key_F2 and view.slot_cursor is not None:
                    view.create_at_cursor()
                else:
                    return False
            case Qt.Key.Key_Space:
                if view.slot_cursor is None:
                    return False
                view.create_at_cursor()
            case _:
                return False
        return True

    def _escape(self) -> bool:
        """A drag first, then the slot cursor or the selection; else the key is free for others."""
        view = self._view
        if view.cancel_gesture() or view.pointer.is_down:
            view.pointer.cancel()
            return True
        had_something = bool(view.selected) or view.slot_cursor is not None
        view.board.set_cursor(None)
        view.select(())
        view.escaped.emit(had_something)
        return had_something

    def _why(self) -> None:
        cursor = self._view.board.cursor_or_near(self._view.cursor_day)
        self._view.why_requested.emit(cursor.head, cursor.start)

    def _select_all(self) -> None:
        self._view.select(block.key for block in self._view.board.scene.blocks())

    def _arrow(self, sideways: int, down: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Move the slot cursor; with modifiers, or on a block, stretch or move."""
        view = self._view
        if view.board.gestures.is_dragging:
            return True
        days = -sideways if view.grid.rtl else sideways
        minutes = down * view.board.options.snap
        on_block = bool(view.selected)
        if modifiers == _CONTROL and on_block:
            view.editing.move(days, minutes)
        elif modifiers == _SHIFT and on_block and minutes:
            view.editing.stretch(Edge.END, minutes)
        elif modifiers == (_ALT | _SHIFT) and on_block and minutes:
            view.editing.stretch(Edge.START, minutes)
        elif modifiers == _SHIFT:
            self._extend(days, minutes)
        elif modifiers == Qt.KeyboardModifier.NoModifier:
            self._step(days, minutes)
        else:
            return False
        return True

    def _step(self, days: int, minutes: int) -> None:
        view = self._view
        was_there = view.slot_cursor is not None or bool(view.selected)
        cursor = view.board.cursor_or_near(view.cursor_day)
        # The first arrow only shows where the cursor is.
        moved = cursor.stepped(minutes).on(cursor.head + timedelta(days=days)) if was_there else cursor
        self._put(moved, days)

    def _extend(self, days: int, minutes: int) -> None:
        view = self._view
        cursor = view.board.cursor_or_near(view.cursor_day)
        reached = cursor.reaching(days) if days else cursor.stretched(minutes, MIN_MINUTES)
        if view.grid.column_of(reached.head) is None:
            return
        self._put(reached, 0)
        if reached.end != cursor.end:  # A cursor longer than the screen: what moves is to be seen.
            view.reveal(max(reached.start, reached.end - MIN_MINUTES), reached.end)

    def _put(self, cursor: SlotCursor, days: int) -> None:
        view = self._view
        if view.grid.column_of(cursor.head) is None:
            if not view.turns:
                return
            view.request_turn(1 if days > 0 else -1)
        view.select(())
        view.board.set_cursor(cursor)
        view.reveal(cursor.start, cursor.end)
