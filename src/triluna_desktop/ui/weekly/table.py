"""The stretches as a list: the same draft as the grid's, for the keyboard and for who cannot see the grid."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.models import Pattern
    from triluna_desktop.ui.weekly.words import WeeklySentences

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FEWEST_CHARACTERS = 6
"""A title of which less can be seen tells nothing."""
_PADDING = 24
"""What the style sheet puts around a cell's words, in pixels."""


class Column(IntEnum):
    """What stands beside each other."""

    DAY = 0
    START = 1
    END = 2
    KIND = 3
    TITLE = 4
    STATE = 5


class StretchModel(QAbstractTableModel):
    """Rows in order of the week, beginning with the weekday that the locale begins with."""

    def __init__(self, words: WeeklySentences, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.rows: tuple[Pattern, ...] = ()
        self._state_of: Callable[[Pattern], str] = lambda _: ""

    def show_stretches(self, rows: Sequence[Pattern], state_of: Callable[[Pattern], str]) -> None:
        """Show these; ``state_of`` says in few words how far one has got to the server."""
        shown = [each.key for each in self.rows]
        if shown and shown == [each.key for each in rows]:
            self.rows, self._state_of = tuple(rows), state_of
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(Column) - 1))
            return  # Whoever reads the list stays where they are.
        self.beginResetModel()
        self.rows, self._state_of = tuple(rows), state_of
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Day"),
            self.tr("From"),
            self.tr("To"),
            self.tr("Kind"),
            self.tr("Title"),
            self.tr("State"),
        )[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell. What is elided can be read in the tooltip; a screen reader hears the whole row."""
        row = self.rows[index.row()]
        state = self._state_of(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(row, Column(index.column()), state)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                said = self._words.stretch(row)
                return self.tr("{stretch}. {state}").format(stretch=said, state=state) if state else said
            case _:
                return None

    def _cell(self, row: Pattern, column: Column, state: str) -> str:
        match column:
            case Column.DAY:
                return self._words.day(row.weekday)
            case Column.START:
                return self._words.time(row.start)
            case Column.END:
                return self._words.time(row.end)
            case Column.KIND:
                return self._words.kind(row)
            case Column.TITLE:
                return self._words.title(row)
            case Column.STATE:
                return state


class StretchTable(QTreeView):
    """Enter edits, Delete deletes, Insert begins a new one."""

    edit_requested = Signal()
    delete_requested = Signal()
    new_requested = Signal()
    chosen = Signal(object)
    """The user selected just these: a tuple of keys."""

    def __init__(self, words: WeeklySentences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stretches = StretchModel(words, self)
        self._is_told = False
        """Whether the selection is being set from outside."""
        self.setModel(self.stretches)
        self.setProperty("look", "list")
        self.setAccessibleName(self.tr("Stretches of the week"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._size_columns(words)
        self.selectionModel().selectionChanged.connect(lambda: self._on_selection())
        self.doubleClicked.connect(lambda: self.edit_requested.emit())

    def _size_columns(self, words: WeeklySentences) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(10)
        width = self.fontMetrics().horizontalAdvance
        texts = {
            Column.DAY: [words.day(weekday) for weekday in range(7)],
            Column.START: [words.time(22 * 60 + 30)],
            Column.END: [words.time(22 * 60 + 30)],
            Column.KIND: [self.tr("Available"), self.tr("Blocked")],
            Column.STATE: [self.tr("Not accepted"), self.tr("Not applied")],
        }
        for column, samples in texts.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, max(map(width, (*samples, self._heading(column)))) + _PADDING)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)

    def _heading(self, column: Column) -> str:
        return str(self.stretches.headerData(column, Qt.Orientation.Horizontal))

    def show_stretches(self, rows: Sequence[Pattern], state_of: Callable[[Pattern], str]) -> None:
        """Show these; what was selected stays selected. Where all is on the server, nothing is said of it."""
        self.setColumnHidden(Column.STATE, not any(state_of(row) for row in rows))
        self._fit()
        kept, self._is_told = self.selected, True
        self.stretches.show_stretches(rows, state_of)
        self._is_told = False
        self.select(kept)

    def _fit(self) -> None:
        """Where there is no room for all, the titles go: the fields below the list have them, and the tooltip."""
        others = sum(self.header().sectionSize(each) for each in Column if each is not Column.TITLE)
        room = self.viewport().width() - others
        is_narrow = room < self.fontMetrics().averageCharWidth() * _FEWEST_CHARACTERS
        self.setColumnHidden(Column.TITLE, is_narrow)
        self.header().setStretchLastSection(is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def selected(self) -> tuple[str, ...]:
        """The keys of what is selected, in order of the week."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self.stretches.rows[row].key for row in rows)

    def select(self, keys: Collection[str]) -> None:
        """Select just these, silently."""
        if set(keys) == set(self.selected):
            return
        self._is_told = True
        rows = [row for row, each in enumerate(self.stretches.rows) if each.key in keys]
        selection = QItemSelection()
        for row in rows:
            selection.select(self.stretches.index(row, 0), self.stretches.index(row, len(Column) - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if rows:
            place = self.stretches.index(rows[-1], 0)
            self.selectionModel().setCurrentIndex(place, flags.NoUpdate)
            self.scrollTo(place)
        self._is_told = False

    def _on_selection(self) -> None:
        if not self._is_told:
            self.chosen.emit(self.selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete_requested.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.edit_requested.emit()
            case Qt.Key.Key_Insert:
                self.new_requested.emit()
            case _:
                super().keyPressEvent(event)
