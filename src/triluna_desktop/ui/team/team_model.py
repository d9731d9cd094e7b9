"""The team week as a table: a row a calendar, a column a date, in the first column what the calendar is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from triluna_desktop.domain.intervals import IntervalSet

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QObject

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.team.team_words import TeamWords
    from triluna_desktop.ui.words import Words

    Index = QModelIndex | QPersistentModelIndex

DAYS = 7
_ROOT = QModelIndex()
_EARLIEST, _LATEST = 8 * 60, 18 * 60
"""The bars show at least these hours, in minutes of the day."""


@dataclass(frozen=True, slots=True)
class Row:
    """A calendar in the table. A day is None while it was never read."""

    state: ProfileState
    title: str
    told: str
    """How things stand with it, empty if all is well."""
    days: tuple[DayAvailability | None, ...]
    is_opening: bool = False
    """Soon after a start: what was read of it earlier is not known yet."""


class TeamModel(QAbstractTableModel):
    """Rows and what all ticked calendars have in common. A tick in the first column compares the calendar."""

    ticked = Signal()

    def __init__(self, words: Words, says: TeamWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._says = says
        self.rows: tuple[Row, ...] = ()
        self.first: date | None = None
        self.compared: set[str] = set()
        """Names of the ticked calendars."""
        self.common: tuple[IntervalSet, ...] = (IntervalSet(),) * DAYS
        """Of each date, where all of these are bookable."""

    @property
    def hours(self) -> tuple[int, int]:
        """The minutes of the day at which the bars begin and end, whole hours."""
        every = [each for row in self.rows for day in row.days if day is not None for each in day.bookable]
        start = min((each.start for each in every), default=_EARLIEST)
        end = max((each.end for each in every), default=_LATEST)
        return min(start // 60 * 60, _EARLIEST), max(-(-end // 60) * 60, _LATEST)

    def show_week(self, first: date, rows: tuple[Row, ...], common: tuple[IntervalSet, ...]) -> None:
        """Show a week; who reads in the table stays where they are while the calendars are the same."""
        is_same = [row.state.name for row in rows] == [row.state.name for row in self.rows]
        if not is_same:
            self.beginResetModel()
        self.first, self.rows, self.common = first, rows, common
        if not is_same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, DAYS))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, DAYS)

    def day_of(self, column: int) -> date | None:
        """The date of a column, None of the first one."""
        return None if column == 0 or self.first is None else self.first + timedelta(days=column - 1)

    def brief(self, index: Index) -> str:
        """What a day comes to, where its stretches need more room than there is."""
        row = self.rows[index.row()]
        day = row.days[index.column() - 1]
        if day is None or not day.bookable:
            return self._says.stretches(day, is_opening=row.is_opening)
        return self._says.total(day)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else DAYS + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        day = self.day_of(section) if orientation is Qt.Orientation.Horizontal else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr("Calendar") if day is None else self._says.column(day)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, day = self.rows[index.row()], self.day_of(index.column())
        if day is None:
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return row.title
                case Qt.ItemDataRole.ToolTipRole:
                    return "\n".join(each for each in (row.title, row.told) if each)
                case Qt.ItemDataRole.AccessibleDescriptionRole:
                    return row.told
                case Qt.ItemDataRole.CheckStateRole:
                    is_ticked = row.state.name in self.compared
                    return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
                case _:
                    return None
        said = self._says.stretches(row.days[index.column() - 1], is_opening=row.is_opening)
        if role == Qt.ItemDataRole.DisplayRole:
            return said
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._says.spoken(row.title, day, said)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if index.column() != 0 or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick(self.rows[index.row()].state.name, is_on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def tick(self, name: str, *, is_on: bool) -> None:
        """Compare a calendar, or no more."""
        self.compared = self.compared | {name} if is_on else self.compared - {name}
        self.ticked.emit()
