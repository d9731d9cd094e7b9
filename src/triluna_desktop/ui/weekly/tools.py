"""The bar over the week: the brush, weeks to start from, a day for other days, a step back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton

from triluna_desktop.domain.weekly import WEEKDAYS, WORKING_DAYS, Preset
from triluna_desktop.ui.segments import Segment, Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.weekly.words import WeeklySentences


class Tools(QFrame):
    """Says what is wanted; it changes nothing."""

    brush_chosen = Signal(bool)
    """True: a drag makes available time."""
    preset_chosen = Signal(object)
    """A `Preset`."""
    copy_wanted = Signal()
    """A day shall be copied: whoever knows which one answers by `open_copy_menu`."""
    copy_chosen = Signal(int, object)
    """The weekday to copy, and a frozenset of those that shall be like it."""
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, sentences: WeeklySentences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences = sentences
        self._is_read_only = False
        self.setProperty("look", "bar")
        self.brush = Segments(
            self.tr("What a drag makes"),
            (
                Segment("open", self.tr("Make available"), self.tr("A drag makes available time"), "open"),
                Segment("block", self.tr("Block time"), self.tr("A drag blocks time"), "block"),
            ),
        )
        self.preset_button = QPushButton(self.tr("Start from…"))
        self.preset_button.setToolTip(self.tr("Fill the whole week anew"))
        self.copy_button = QPushButton(self.tr("Copy a day…"))
        self.undo_button = QPushButton(self.tr("Undo"))
        self.redo_button = QPushButton(self.tr("Redo"))
        self.hours = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.brush)
        for button in (self.preset_button, self.copy_button, self.undo_button, self.redo_button):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.hours)
        self.brush.chosen.connect(lambda value: self.brush_chosen.emit(value == "open"))
        self.preset_button.clicked.connect(lambda: self._open(self._preset_menu(), self.preset_button))
        self.copy_button.clicked.connect(lambda: self.copy_wanted.emit())
        self.undo_button.clicked.connect(lambda: self.undo_requested.emit())
        self.redo_button.clicked.connect(lambda: self.redo_requested.emit())

    # -- what it shows -------------------------------------------------------------------------------------------

    def show_brush(self, *, is_available: bool) -> None:
        """Show what a drag makes."""
        self.brush.choose("open" if is_available else "block")

    def show_keys(self, opening: str, blocking: str) -> None:
        """Name in the tips the letters that choose what a drag makes; empty where there is none."""
        self.brush.show_key("open", opening)
        self.brush.show_key("block", blocking)

    def show_state(self, *, can_undo: bool, can_redo: bool) -> None:
        """Whether there are steps to go back and forth."""
        self.undo_button.setEnabled(can_undo and not self._is_read_only)
        self.redo_button.setEnabled(can_redo and not self._is_read_only)

    def show_hours(self, sentence: str) -> None:
        """How much callers can book in such a week."""
        self.hours.setText(sentence)

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether nothing can be changed."""
        self._is_read_only = is_read_only
        for widget in (self.brush, self.preset_button, self.copy_button):
            widget.setEnabled(not is_read_only)
        if is_read_only:
            self.show_state(can_undo=False, can_redo=False)

    # -- menus ---------------------------------------------------------------------------------------------------

    def open_copy_menu(self, weekday: int) -> None:
        """Offer which days shall be like a weekday."""
        if not self._is_read_only:
            self._open(self._copy_menu(weekday), self.copy_button)

    def whole_menu(self, weekday: int) -> QMenu:
        """The menu of the whole week: how to fill it, and what to do with a weekday."""
        menu = self._preset_menu()
        menu.addSeparator()
        self._fill_copy(menu, weekday)
        menu.setEnabled(not self._is_read_only)
        return menu

    def _preset_menu(self) -> QMenu:
        menu = _menu(self)
        for preset in Preset:
            action = menu.addAction(self._sentences.preset(preset))
            action.triggered.connect(lambda _=False, each=preset: self.preset_chosen.emit(each))
        return menu

    def _copy_menu(self, weekday: int) -> QMenu:
        menu = _menu(self)
        self._fill_copy(menu, weekday)
        return menu

    def _fill_copy(self, menu: QMenu, weekday: int) -> None:
        day = self._sentences.full_day(weekday)
        heading = menu.addAction(self.tr("Make as {day} is:").format(day=day))
        heading.setEnabled(False)
        self._add_copy(menu, self.tr("The other working days"), weekday, WORKING_DAYS)
        self._add_copy(menu, self.tr("All other days"), weekday, frozenset(WEEKDAYS))
        menu.addSeparator()
        for offset in range(1, len(WEEKDAYS)):
            other = (weekday + offset) % len(WEEKDAYS)
            self._add_copy(menu, self._sentences.full_day(other), weekday, frozenset({other}))

    def _add_copy(self, menu: QMenu, text: str, weekday: int, to: frozenset[int]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _=False: self.copy_chosen.emit(weekday, to - {weekday}))
        return action

    def _open(self, menu: QMenu, button: QPushButton) -> None:
        x = button.width() - menu.sizeHint().width() if self.isRightToLeft() else 0
        menu.popup(button.mapToGlobal(QPoint(x, button.height() + 2)))


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
