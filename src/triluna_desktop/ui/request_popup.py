"""What opens from the status bar's meter: the hour's requests in words, as a plot and as a table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.request_plot import HIGHEST, KINDS, LOWEST, RequestPlot, kind_name, paint_swatch
from triluna_desktop.ui.request_words import RequestWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.session.requests import RequestKind, Stretch
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_ROW = 24
_MARGIN = 16
_WIDTH = 456


class RequestPopup(QFrame):
    """Shows how things stand while it is open; `refresh` brings it up to date."""

    def __init__(
        self, session: Session, theme: Theme, words: Words, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self._theme = theme
        self._words = words
        self._clock = clock
        self._says = RequestWords(words)
        self.setProperty("look", "popup")
        self.setAccessibleName(self.tr("Requests to the server"))
        self.setFixedWidth(_WIDTH)
        self.total = QLabel()
        self.total.setProperty("look", "number")
        self.unit = QLabel()
        self.unit.setProperty("look", "muted")
        self.sentences = QLabel()
        self.sentences.setWordWrap(True)
        self.sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heading = QLabel(self.tr("In the hour up to each moment"))
        heading.setProperty("look", "section")
        self.plot = RequestPlot(theme, words)
        self.table = self._make_table()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        column.setSpacing(0)
        column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self.sentences)
        column.addSpacing(14)
        column.addWidget(heading)
        column.addSpacing(4)
        column.addWidget(self.plot)
        column.addSpacing(10)
        column.addWidget(self.table)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(KINDS), 0)
        table.setProperty("look", "figures")
        table.setAccessibleName(self.tr("Requests by kind and hour"))
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setIconSize(QSize(18, 12))
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setFixedHeight(_ROW)
        table.setFixedHeight(_ROW * (len(KINDS) + 1))
        return table

    # -- showing -------------------------------------------------------------------------------------------------

    def open_over(self, button: QWidget) -> None:
        """Open above a button, in line with its end."""
        self.refresh()
        is_mirrored = self.isRightToLeft()
        corner = button.mapToGlobal(QPoint(0 if is_mirrored else button.width(), -6))
        room = button.screen().availableGeometry()
        around = self.sizeHint().height() - self.plot.height()
        self.plot.setFixedHeight(max(LOWEST, min(HIGHEST, room.height() - around)))
        self.adjustSize()
        x = corner.x() if is_mirrored else corner.x() - self.width()
        y = corner.y() - self.height()
        self.move(
            max(room.left(), min(x, room.right() + 1 - self.width())),
            max(room.top(), min(y, room.bottom() + 1 - self.height())),
        )
        self.show()
        self.table.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self) -> None:
        """Show how things stand now."""
        requests = self._session.requests
        self.total.setText(self._words.number(requests.used))
        self.unit.setText(
            self.tr("of {limit} requests in the last hour").format(limit=self._words.number(requests.limit))
        )
        said = (
            self._says.elsewhere(requests.elsewhere),
            self._says.reading(self._session.status, requests.polling),
            self._says.forecast(requests.forecast()),
        )
        self.sentences.setText("\n".join(sentence for sentence in said if sentence))
        self.sentences.setVisible(any(said))
        hours = requests.by_hour()
        course = requests.course()
        self.plot.show_course(course, requests.limit, requests.kept, self._ticks(course, hours))
        self._fill_table(hours)

    def _ticks(self, course: Sequence[Stretch], hours: Sequence[Stretch]) -> list[tuple[int, str]]:
        """The full hours along the plot."""
        ends = {each.end: index + 1 for index, each in enumerate(course)}
        begins = [each.end - 3600 for each in hours]
        return [(ends[begin], self._hour_text(begin)) for begin in begins if begin in ends]

    def _hour_text(self, at: float) -> str:
        return self._says.clock_time(datetime.fromtimestamp(at, self._clock.now().tzinfo))

    def _fill_table(self, hours: Sequence[Stretch]) -> None:
        table = self.table
        table.setColumnCount(len(hours) + 1)
        self._set_header(0, self.tr("Kind"), Qt.AlignmentFlag.AlignLeading)
        for column, hour in enumerate(hours, start=1):
            begin = datetime.fromtimestamp(hour.end, self._clock.now().tzinfo) - timedelta(hours=1)
            self._set_header(column, self._says.clock_time(begin), Qt.AlignmentFlag.AlignTrailing)
        for row, kind in enumerate(KINDS):
            name = QTableWidgetItem(self._icon(kind), kind_name(kind))
            table.setItem(row, 0, name)
            for column, hour in enumerate(hours, start=1):
                number = hour.counts.get(kind, 0)
                item = QTableWidgetItem(self._words.number(number))
                item.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
                if number == 0:
                    item.setForeground(self._theme.palette.muted)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        if table.currentRow() < 0:
            table.setCurrentCell(0, 0)

    def _set_header(self, column: int, text: str, align: Qt.AlignmentFlag) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.table.setHorizontalHeaderItem(column, item)

    def _icon(self, kind: RequestKind) -> QIcon:
        scale = self.devicePixelRatioF()
        picture = QPixmap(QSize(18, 12) * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_swatch(painter, kind, self._theme.palette)
        painter.end()
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # As it is, and not tinted with the colour of the selection.
        return icon

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
