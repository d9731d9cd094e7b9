"""The week for a screen reader: each block is a child of the grid with a name, a place and a state.

Qt keeps only borrowed pointers to these objects, so none is ever let go: each is registered once, says by
`isValid` when its block is gone, and then serves for another block. They have no actions of their own: overriding
``interface_cast`` in Python crashes; the keyboard does all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from triluna_desktop.grid.scene import Block
    from triluna_desktop.ui.week_view import WeekView

_views: WeakSet[WeekView] = WeakSet()
"""The views that may be asked about. Qt's factory is one for the process and gets only a bare object."""
_grids: dict[WeekView, WeekAccessible] = {}
"""What was made for those that were asked about; kept for good, as Qt keeps pointers to it."""
_is_installed: list[bool] = []


class BlockAccessible(QAccessibleInterface):
    """A block. ``key`` and ``day`` name it across repaints."""

    def __init__(self, grid: WeekAccessible, block: Block) -> None:
        super().__init__()
        self._grid = grid
        self.block = block
        self.is_gone = False

    def isValid(self) -> bool:
        """Whether the block is still on screen."""
        return not self.is_gone

    def object(self) -> QObject | None:  # type: ignore[override]  # Qt allows none; its stub does not say so.
        """A painted block is no object of Qt's."""
        return None

    def parent(self) -> QAccessibleInterface:
        """The grid."""
        return self._grid

    def child(self, _index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # As above.
        """A block holds nothing."""
        return None

    def childAt(self, _x: int, _y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # As above.
        """A block holds nothing."""
        return None

    def childCount(self) -> int:
        """A block holds nothing."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface, /) -> int:
        """A block holds nothing."""
        return -1

    def role(self) -> QAccessible.Role:
        """One of the things in a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected or not."""
        state = QAccessible.State()
        is_selected = self.block.key in self._grid.view.selected
        for name, value in (("selectable", True), ("selected", is_selected), ("focusable", True)):
            setattr(state, name, value)
        state.focused = is_selected and self._grid.view.hasFocus()
        return state

    def text(self, kind: QAccessible.Text, /) -> str:
        """The block in a sentence, and its notes."""
        if kind is QAccessible.Text.Name:
            return self._grid.view.words.spoken(self.block)
        entry = self.block.entry
        return entry.notes if entry is not None and kind is QAccessible.Text.Description else ""

    def setText(self, _kind: QAccessible.Text, _text: str, /) -> None:
        """Names come from the calendar."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._grid.rect_of(self.block)


class WeekAccessible(QAccessibleWidget):
    """The grid, with a child for each block in order of time, patterns included."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self.view = view
        self._children: dict[tuple[str, object], BlockAccessible] = {}
        self._order: list[BlockAccessible] = []
        self._spare: list[BlockAccessible] = []
        """Those whose block is gone. Qt still points to them, so they wait here for another block to speak for."""
        self.refresh()

    def refresh(self) -> None:
        """Take the blocks that are on screen now; those that are not any more turn invalid."""
        held = self._children
        blocks = [
            block for column in self.view.board.scene.columns for block in (*column.patterns, *column.entries)
        ]
        self._children = {(block.key, block.day): self._child_for(block, held) for block in blocks}
        self._order = list(self._children.values())
        for child in held.values():
            child.is_gone = True
            self._spare.append(child)

    def _child_for(self, block: Block, held: dict[tuple[str, object], BlockAccessible]) -> BlockAccessible:
        child = held.pop((block.key, block.day), None)
        if child is None and self._spare:
            child = self._spare.pop()
        if child is None:
            child = BlockAccessible(self, block)
            QAccessible.registerAccessibleInterface(child)
        child.block, child.is_gone = block, False
        return child

    def childCount(self) -> int:
        """How many blocks are on screen."""
        return len(self._order)

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt allows none.
        """A block by its place in time."""
        return self._order[index] if 0 <= index < len(self._order) else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        """The place of a block in time."""
        return next((index for index, each in enumerate(self._order) if each is child), -1)

    def index_of(self, block: Block) -> int:
        """The place of what is drawn as this block."""
        return next(index for index, each in enumerate(self._order) if each.block == block)

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # As above.
        """The block at a point of the screen."""
        found = [each for each in self._order if each.rect().contains(x, y)]
        return found[-1] if found else None

    def rect_of(self, block: Block) -> QRect:
        """Where a block is on the screen, as far as it is not scrolled away."""
        grid = self.view.grid
        column = grid.column_of(block.day)
        if column is None:
            return QRect()
        rect = grid.block_rect(column, block.item.start, block.item.end, block.place)
        body = QRect(0, grid.header, grid.width, grid.viewport_height)
        shown = QRect(rect.x, rect.y, rect.width, rect.height) & body
        return QRect(self.view.mapToGlobal(QPoint(shown.x(), shown.y())), shown.size())

    def text(self, kind: QAccessible.Text, /) -> str:
        """The grid's name; as its value the slot cursor."""
        if kind is QAccessible.Text.Value and self.view.slot_cursor is not None:
            return self.view.words.spoken_cursor(self.view.slot_cursor)
        return self.view.accessibleName() if kind is QAccessible.Text.Name else ""


def attach(view: WeekView) -> None:
    """Let screen readers see the view, and tell them when its blocks changed."""
    _views.add(view)
    if not _is_installed:
        QAccessible.installFactory(_make)
        _is_installed.append(True)
    interface = _grids.get(view)
    if interface is not None:
        interface.refresh()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.ObjectReorder))


def announce(view: WeekView, block: Block | None) -> None:
    """Say that the keyboard is now on a block, or (None) on the slot cursor."""
    interface = _grids.get(view)
    if interface is None or not QAccessible.isActive():
        return
    if block is None:
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(view, interface.text(QAccessible.Text.Value)))
        return
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(interface.index_of(block))
    QAccessible.updateAccessibility(event)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for an object's interface the first time a screen reader looks at it."""
    view = next((each for each in _views if each is thing), None)
    if view is None:
        return None
    found = _grids.get(view)
    if found is None:
        found = _grids[view] = WeekAccessible(view)
    return found
