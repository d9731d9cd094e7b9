"""What applying would do, before it is done: a row a stretch, the calls, the hours, the entries lying over it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeView, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFocusEvent

    from triluna_desktop.domain.weekly_plan import Row
    from triluna_desktop.session.weekly import WeeklyPreview
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.weekly.words import WeeklySentences

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLOURS = {"+": "open", "−": "red", "~": "accent"}


class _Column(IntEnum):
    VERB = 0
    WHAT = 1
    CALLS = 2


class _Rows(QAbstractTableModel):
    """The difference in order of the week."""

    def __init__(self, words: WeeklySentences, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        if rows == self._rows:
            return  # Whoever reads the list stays where they are.
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("What happens"), self.tr("Stretch"), self.tr("The server is asked to"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        words = self._words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{verb}: {row}. {calls}").format(
                verb=words.verb(row), row=words.row(row), calls=words.calls(row)
            )
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _Column.VERB:
            colour: QColor = getattr(self._theme.palette, _COLOURS[words.sign(row)])
            return QBrush(colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.row(row)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match _Column(index.column()):
            case _Column.VERB:
                return f"{words.sign(row)}  {words.verb(row)}"
            case _Column.WHAT:
                return words.row(row)
            case _Column.CALLS:
                return words.calls(row)


class _List(QTreeView):
    """Let the keyboard, and who cannot see the list, begin at its first row."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))


class ReviewPage(QWidget):
    """Shows; the buttons are the dialog's."""

    def __init__(self, words: WeeklySentences, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.rows = _Rows(words, theme, self)
        self.heading = QLabel(self.tr("What would change"))
        self.heading.setProperty("look", "heading")
        self.list = _list(self.rows, words)
        self.list.setAccessibleName(self.tr("What would change"))
        theme.changed.connect(self.list.viewport().update)
        self.counted, self.requests, self.hours, self.overriding = QLabel(), QLabel(), QLabel(), QLabel()
        self.unread = QLabel(
            self.tr("Some of the next 12 weeks were not read from the server yet: more entries may stand there.")
        )
        self.requests.setProperty("look", "muted")
        self.overriding.setProperty("look", "muted")
        self.unread.setProperty("look", "amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        for label in (self.counted, self.hours, self.requests, self.overriding, self.unread):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)

    def show_preview(self, preview: WeeklyPreview, first_weekday: int) -> None:
        """Show what a draft would change, in order of a week that begins on ``first_weekday`` (0 is Sunday)."""
        words = self._words
        # In a week's order already, but for the day with which it begins.
        rows = sorted(preview.plan.rows, key=lambda row: (row.item.weekday - first_weekday) % 7)
        self.rows.show_rows(tuple(rows))
        self.counted.setText(words.counted(preview.plan))
        self.hours.setText(words.hours_change(preview.open_before, preview.open_after))
        self.requests.setText(words.requests(preview.plan))
        self.overriding.setText(words.overriding(preview))
        self.unread.setVisible(not preview.is_loaded)

    def sums(self) -> str:
        """All that stands under the list, for who cannot see it."""
        labels = (self.counted, self.hours, self.requests, self.overriding, self.unread)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self))


def _list(rows: _Rows, words: WeeklySentences) -> _List:
    view = _List()
    view.setModel(rows)
    view.setProperty("look", "list")
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = view.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
    header.setSectionsClickable(False)
    width = view.fontMetrics().horizontalAdvance
    samples = {
        _Column.VERB: (f"+  {each}" for each in words.verbs()),
        _Column.CALLS: words.all_calls(),
    }
    for column, texts in samples.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        heading = str(rows.headerData(column, Qt.Orientation.Horizontal))
        header.resizeSection(column, max(map(width, (heading, *texts))) + 28)
    header.setSectionResizeMode(_Column.WHAT, QHeaderView.ResizeMode.Stretch)
    return view
