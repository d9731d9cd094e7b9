"""The figures of a chart as a table, for who cannot see it or wants the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    Row = tuple[str, str, date | None]
    """What it is about, its hours, and the date that it stands for."""
    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole


class FigureModel(QAbstractTableModel):
    """Two columns: what it is about, and its hours. A row may stand for a date."""

    def __init__(self, heads: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._heads = heads
        self._count = 0
        self._row: Callable[[int], Row] = ().__getitem__
        self._made: dict[int, Row] = {}

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other figures."""
        self.show_lazily(len(rows), rows.__getitem__)

    def show_lazily(self, count: int, row: Callable[[int], Row]) -> None:
        """The same for many rows, each of them made when it is looked at: to name a year's dates takes long.

        Where there are as many as before, who reads stays where they are.
        """
        if count == self._count and count:
            self._row, self._made = row, {}
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, 1))
            return
        self.beginResetModel()
        self._count, self._row, self._made = count, row, {}
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = index.row()
        if number not in self._made:
            self._made[number] = self._row(number)
        label, hours, day = self._made[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return hours if index.column() else label
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return day if role == DAY else None


class FigureTable(QTreeView):
    """Enter or a double click goes to the row's date."""

    day_chosen = Signal(object)

    def __init__(self, name: str, heads: tuple[str, str], widest: str, parent: QWidget | None = None) -> None:
        """``widest``: what takes most room among the hours, for rows that nobody has looked at yet."""
        super().__init__(parent)
        self.figures = FigureModel(heads, self)
        self.setModel(self.figures)
        self.setAccessibleName(name)
        self.setProperty("look", "list")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setResizeContentsPrecision(0)  # By what is in sight.
        header.setMinimumSectionSize(header.fontMetrics().horizontalAdvance(widest) + 24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.activated.connect(self._tell)

    def _tell(self, index: QModelIndex) -> None:
        day = index.data(DAY)
        if day is not None:
            self.day_chosen.emit(day)
