"""The window of the team week. It stands beside the main window and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.menu_button import MenuButton
from triluna_desktop.ui.settings.choice_box import NumberBox
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.styled import scrolled, take_room
from triluna_desktop.ui.team.team_cells import ROW_HEIGHT, TeamCells
from triluna_desktop.ui.team.team_model import TeamModel
from triluna_desktop.ui.toolbar import PeriodTitle

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent

    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.team.team_words import TeamWords
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_SIDE = 272
_TEXT = 6
"""Pixels that the style sheet does not leave free in a number's field."""
_LIST = 120
"""Pixels: the least height of the list."""
_NAMES, _LEAST_NAMES = 190, 110
"""Pixels for the names: as a rule, and where the days would have no room beside them."""
_SIZE = (1120, 640)
_STEP, _LONGEST = 15, 12 * 60
"""Minutes: of the length's arrows, and of the longest that is looked for."""


class TeamDialog(EnterDialog):
    """The table, the weeks, which calendars show, and what the ticked ones have in common."""

    turn_requested = Signal(int)
    today_requested = Signal()
    calendar_requested = Signal(str, object)
    """A calendar's name and a date that shall be shown in the main window."""
    hidden_changed = Signal(str, bool)
    """A calendar's name, and whether it is in the table."""
    copy_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        words: Words,
        says: TeamWords,
        names: ProfileWords,
        length: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Team week"))
        take_room(self, *_SIZE)
        self.model = TeamModel(words, says, self)
        self._says = says
        self.title = PeriodTitle(theme)
        self.today_button = QPushButton(self.tr("This week"))
        self.back_button = ShapeButton(Shape.BACK, self.tr("The week before"), theme)
        self.forward_button = ShapeButton(Shape.FORWARD, self.tr("The week after"), theme)
        self.shown_button = MenuButton(self.tr("Calendars"))
        self.shown_button.setAccessibleName(self.tr("Which calendars are in the table"))
        self.shown_menu = QMenu(self)
        self.shown_button.setMenu(self.shown_menu)
        self.table = self._make_table(theme, names)
        self.hours = QLabel()
        self.hours.setProperty("look", "small")
        self.length = NumberBox()
        self.length.setRange(_STEP, _LONGEST)
        self.length.setSingleStep(_STEP)
        self.length.show_with(self.tr("{number} min", "minutes"))
        self.length.setValue(length)
        self.length.setAccessibleName(self.tr("For at least so many minutes"))
        self.length.lineEdit().setTextMargins(_TEXT, 0, _TEXT, 0)
        self.found = QLabel()
        self.found.setProperty("look", "muted")
        self.found.setWordWrap(True)
        self.list = QListWidget()
        self.list.setProperty("look", "list")
        self.list.setAccessibleName(self.tr("When all ticked calendars are bookable"))
        self.copy_button = QPushButton(self.tr("Copy the list"))
        for button in (
            *(self.today_button, self.back_button, self.forward_button),
            *(self.shown_button, self.copy_button),
        ):
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        self._arrange()
        self.back_button.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward_button.clicked.connect(lambda: self.turn_requested.emit(1))
        self.today_button.clicked.connect(lambda: self.today_requested.emit())
        self.copy_button.clicked.connect(lambda: self.copy_requested.emit())
        self.table.activated.connect(self._on_activated)
        theme.changed.connect(self.table.viewport().update)

    def _make_table(self, theme: Theme, names: ProfileWords) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegate(TeamCells(theme, names, table))
        table.setProperty("look", "list")
        table.setAccessibleName(self.tr("The bookable time of all calendars"))
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(56)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, _NAMES)
        self._names_width = header.sectionSize(0)
        self.model.modelReset.connect(self._fit_names)
        return table

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self.today_button, self.back_button, self.forward_button):
            top.addWidget(widget)
        top.addWidget(self.title, 1)
        top.addWidget(self.shown_button)
        heading = QLabel(self.tr("When are they all bookable?"))
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        least = QLabel(self.tr("For at least"))
        least.setBuddy(self.length)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(least)
        row.addWidget(self.length, 1)
        side = QFrame()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addLayout(row)
        column.addWidget(self._make_result(), 1)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeading)
        week = QVBoxLayout()
        week.setSpacing(6)
        week.addWidget(self.table, 1)
        week.addWidget(self.hours)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(week, 1)
        body.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(body, 1)

    def _make_result(self) -> QScrollArea:
        """What is found and what is to be known of it, which may need more room than there is."""
        result = QWidget()
        inner = QVBoxLayout(result)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.found)
        inner.addWidget(self.list, 1)
        self.list.setMinimumHeight(_LIST)
        area = scrolled(result)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give long names more room where there is some."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        header = self.table.horizontalHeader()
        if header.sectionSize(0) != self._names_width:
            return  # The user chose another width.
        width = self.table.width()
        least = max(_LEAST_NAMES, min(_NAMES, width // 3))
        header.resizeSection(0, max(least, min(self.table.sizeHintForColumn(0), width // 4)))
        self._names_width = header.sectionSize(0)

    def show_choice(self, states: tuple[ProfileState, ...], titles: list[str], hidden: frozenset[str]) -> None:
        """Offer which calendars are in the table."""
        self.shown_menu.clear()
        for state, title in zip(states, titles, strict=True):
            action = QAction(title.replace("&", "&&"), self.shown_menu)
            action.setCheckable(True)
            action.setChecked(state.name not in hidden)
            action.toggled.connect(lambda is_on, name=state.name: self.hidden_changed.emit(name, not is_on))
            self.shown_menu.addAction(action)

    def show_found(self, sentence: str, spans: list[str]) -> None:
        """Show what the ticked calendars have in common; who reads the list stays where they are."""
        start, end = self.model.hours
        self.hours.setText(self._says.hours(start, end))
        self.found.setText(sentence)
        self.copy_button.setEnabled(bool(spans))
        if spans == [self.list.item(row).text() for row in range(self.list.count())]:
            return
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems(spans)

    def _on_activated(self, index: QModelIndex) -> None:
        """Enter or a double click: the calendar, at this date, in the main window."""
        day = self.model.day_of(index.column())
        if day is not None:
            self.calendar_requested.emit(self.model.rows[index.row()].state.name, day)
