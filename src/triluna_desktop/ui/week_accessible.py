"""The week for a screen reader: each block is a child of the grid with a name, a place and a state.

Qt keeps only borrowed pointers to the blocks' interfaces, so none is ever let go: each is registered once, says by
`isValid` when its block is gone, and then serves for another block. The grid's interface belongs to Qt, which asks
for another one each time the view's meta-object has changed (PySide makes a new one for a late connection), and
deletes them all with the view: to give it the same object twice crashes at the end. They have no actions of their
own: overriding ``interface_cast`` in Python crashes; the keyboard does all.
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
_blocks: dict[WeekView, Blocks] = {}
"""What was made for those that were asked about; kept for good, as Qt keeps pointers to it."""
_is_installed: list[bool] = []


class BlockAccessible(QAccessibleInterface):
    """A block. ``key`` and ``day`` name it across repaints."""

    def __init__(self, blocks: Blocks, block: Block) -> None:
        super().__init__()
        self._blocks = blocks
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
        return self._blocks.grids[-1]

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
        is_selected = self.block.key in self._blocks.view.selected
        for name, value in (("selectable", True), ("selected", is_selected), ("focusable", True)):
            setattr(state, name, value)
        state.focused = is_selected and self._blocks.view.hasFocus()
        return state

    def text(self, kind: QAccessible.Text, /) -> str:
        """The block in a sentence, and its notes."""
        if kind is QAccessible.Text.Name:
            return self._blocks.view.words.spoken(self.block)
        entry = self.block.entry
        if entry is None or kind is not QAccessible.Text.Description:
            return ""
        return self._blocks.view.words.notes(entry)

    def setText(self, _kind: QAccessible.Text, _text: str, /) -> None:
        """Names come from the calendar."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._blocks.rect_of(self.block)


class Blocks:
    """The blocks of a view, the same for each interface that Qt has asked for."""

    def __init__(self, view: WeekView) -> None:
        self.view = view
        self.grids: list[WeekAccessible] = []
        """Oldest first. The last one is the one that Qt uses."""
        self.order: list[BlockAccessible] = []
        self._children: dict[tuple[str, object], BlockAccessible] = {}
        self._spare: list[BlockAccessible] = []
        """Those whose block is gone. Qt still points to them, so they wait here for another block to speak for."""

    def refresh(self) -> None:
        """Take the blocks that are on screen now; those that are not any more turn invalid."""
        held = self._children
        blocks = [
            block for column in self.view.board.scene.columns for block in (*column.patterns, *column.entries)
        ]
        self._children = {(block.key, block.day): self._child_for(block, held) for block in blocks}
        self.order = list(self._children.values())
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

    def index_of(self, block: Block) -> int:
        """The place of what is drawn as this block."""
        return next(index for index, each in enumerate(self.order) if each.block == block)

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


class WeekAccessible(QAccessibleWidget):
    """The grid, with a child for each block in order of time, patterns included."""

    def __init__(self, blocks: Blocks) -> None:
        super().__init__(blocks.view, QAccessible.Role.List, blocks.view.accessibleName())
        self._blocks = blocks

    def childCount(self) -> int:
        """How many blocks are on screen."""
        return len(self._blocks.order)

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt allows none.
        """A block by its place in time."""
        return self._blocks.order[index] if 0 <= index < len(self._blocks.order) else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        """The place of a block in time."""
        return next((index for index, each in enumerate(self._blocks.order) if each is child), -1)

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # As above.
        """The block at a point of the screen."""
        found = [each for each in self._blocks.order if each.rect().contains(x, y)]
        return found[-1] if found else None

    def text(self, kind: QAccessible.Text, /) -> str:
        """The grid's name; as its value the slot cursor."""
        if kind is QAccessible.Text.Value and self._blocks.view.slot_cursor is not None:
            return self._blocks.view.words.spoken_cursor(self._blocks.view.slot_cursor)
        return self._blocks.view.accessibleName() if kind is QAccessible.Text.Name else ""


def attach(view: WeekView) -> None:
    """Let screen readers see the view, and tell them when its blocks changed."""
    _views.add(view)
    if not _is_installed:
        QAccessible.installFactory(_make)
        _is_installed.append(True)
    blocks = _blocks.get(view)
    if blocks is not None:
        blocks.refresh()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.ObjectReorder))


def announce(view: WeekView, block: Block | None) -> None:
    """Say that the keyboard is now on a block, or (None) on the slot cursor."""
    blocks = _blocks.get(view)
    if blocks is None or not QAccessible.isActive():
        return
    if block is None:
        value = blocks.grids[-1].text(QAccessible.Text.Value)
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(view, value))
        return
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(blocks.index_of(block))
    QAccessible.updateAccessibility(event)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for an object's interface when a screen reader looks at it, and again as said on top."""
    view = next((each for each in _views if each is thing), None)
    if view is None:
        return None
    blocks = _blocks.get(view)
    if blocks is None:
        blocks = _blocks[view] = Blocks(view)
    grid = WeekAccessible(blocks)
    blocks.grids.append(grid)
    blocks.refresh()
    return grid
