"""The figures of a chart as a table, for who cannot see it or wants the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeView

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole


class FigureModel(QAbstractTableModel):
    """Two columns: what it is about, and its hours. A row may stand for a date."""

    def __init__(self, heads: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._heads = heads
        self._rows: tuple[tuple[str, str, date | None], ...] = ()

    def show_rows(self, rows: tuple[tuple[str, str, date | None], ...]) -> None:
        """Show other figures. Where there are as many, who reads stays where they are."""
        if len(rows) == len(self._rows) and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, hours, day = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hours if index.column() else label
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return day if role == DAY else None


class FigureTable(QTreeView):
    """Enter or a double click goes to the row's date."""

    day_chosen = Signal(object)

    def __init__(self, name: str, heads: tuple[str, str], parent: QWidget | None = None) -> None:
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
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.activated.connect(self._tell)

    def _tell(self, index: QModelIndex) -> None:
        day = index.data(DAY)
        if day is not None:
            self.day_chosen.emit(day)
