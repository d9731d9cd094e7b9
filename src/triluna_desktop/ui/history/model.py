"""The rows of the history for a view, a page at a time."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from triluna_desktop.session.history import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from triluna_desktop.session.history import Actor, History, HistoryRow
    from triluna_desktop.ui.history.history_words import HistoryWords

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """What stands beside each other."""

    WHEN = 0
    WHAT = 1
    WHO = 2


class HistoryModel(QAbstractTableModel):
    """Reads further pages when the view asks for them, so 10,000 rows cost as little as 200.

    A text is looked for in one part of the history a turn, until a page is found.
    """

    looked = Signal()
    """What was looked for is found, or is not there."""

    def __init__(self, history: History, words: HistoryWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._words = words
        self._rows: list[HistoryRow] = []
        self._has_more = False
        self._key: str | None = None
        self._actor: Actor | None = None
        self._text = ""
        self._wanted = PAGE
        """So many rows with the text are wanted now."""
        self._top = 0
        """The id of the newest row when it was looked for the text last."""
        self._before: int | None = None
        """From here on it is looked for the text."""
        self._looking = QTimer(self)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self.look_on)

    @property
    def is_looking(self) -> bool:
        """Whether there may be rows with the text in parts that were not looked through yet."""
        return self._looking.isActive()

    @property
    def is_narrowed(self) -> bool:
        """Whether an actor or a text is asked for."""
        return self._actor is not None or bool(self._text)

    @property
    def key(self) -> str | None:
        """The one item that it is about, or None."""
        return self._key

    def show(self, *, key: str | None, actor: Actor | None, text: str) -> None:
        """Start anew with these rows only."""
        self._key, self._actor, self._text = key, actor, text.strip()
        self._looking.stop()
        self.beginResetModel()
        if self._text:
            self._rows, self._wanted, self._before, self._has_more = [], PAGE, None, True
        else:
            self._rows = list(self._read(None))
            self._has_more = len(self._rows) == PAGE
        self.endResetModel()
        if self._text:
            self._top = self._newest()
            self._looking.start()
            self.look_on()  # What is new is found at once.

    def _newest(self) -> int:
        """The id of the newest row, whatever stands in it."""
        return next((row.id for row in self._history.list(limit=1)), 0)

    def look_on(self) -> None:
        """Look through another part for the text; it happens by itself, a part a turn."""
        part = self._history.look_for(self._text, self._key, self._before, actor=self._actor)
        self._before = part.before
        self._has_more = part.before is not None
        self._append(part.rows)
        if not self._has_more or len(self._rows) >= self._wanted:
            self._looking.stop()
            self.looked.emit()

    def _append(self, older: Sequence[HistoryRow]) -> None:
        if older:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(older) - 1)
            self._rows += older
            self.endInsertRows()

    def refresh(self) -> None:
        """Put in front what has been changed since."""
        newest = self._rows[0].id if self._rows else 0
        if self._text:
            part = self._history.look_for(self._text, self._key, actor=self._actor)
            latest, is_more = part.rows, part.before is not None and part.before > self._top
            self._top = self._newest()
        else:
            latest, is_more = self._read(None), False
        new = [row for row in latest if row.id > newest]
        if is_more or len(new) == PAGE or (not self._rows and not self._text):
            if new or is_more:
                self.show(key=self._key, actor=self._actor, text=self._text)
            return
        if new:
            self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
            self._rows[:0] = new
            self.endInsertRows()

    def _read(self, before: int | None) -> tuple[HistoryRow, ...]:
        return self._history.list(self._key, before, actor=self._actor)

    def row_at(self, index: AnyIndex) -> HistoryRow | None:
        """The row of an index, None for none."""
        return self._rows[index.row()] if index.isValid() else None

    # -- what Qt asks --------------------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """When, what, by whom."""
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there may be older rows."""
        return not parent.isValid() and self._has_more and not self.is_looking

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read another page."""
        if not self.canFetchMore(parent):
            return
        if self._text:
            self._wanted = len(self._rows) + PAGE
            self._looking.start()
            return
        older = self._read(self._rows[-1].id)
        self._has_more = len(older) == PAGE
        self._append(older)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("When"), self.tr("What"), self.tr("By whom"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words. What is elided can be read in the tooltip; a screen reader hears the whole row."""
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(row, Column(index.column()))
            case Qt.ItemDataRole.ToolTipRole:
                return self._words.what(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(self._cell(row, column) for column in (Column.WHAT, Column.WHEN, Column.WHO))
            case _:
                return None

    def _cell(self, row: HistoryRow, column: Column) -> str:
        match column:
            case Column.WHEN:
                return self._words.when(row)
            case Column.WHAT:
                return self._words.what(row)
            case Column.WHO:
                return self._words.actor(row.actor)
