"""The window "What changed": a list to look through, and under it what can be done with the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.session.history import Actor
from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.history.model import Column, HistoryModel
from triluna_desktop.ui.history.row_card import RowCard
from triluna_desktop.ui.inspector_cards import link_button
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.styled import take_room

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session.history import History, HistoryRow
    from triluna_desktop.ui.history.history_words import HistoryWords

TYPING_MS = 200
"""How long after the last key the list is read anew."""
_ANYBODY = "anybody"
_SIZE = (820, 580)
_TEXT_WIDTH = 160
_PADDING = 36
"""Pixels that the style sheet puts around a cell's words, and a little more."""


class HistoryDialog(EnterDialog):
    """Lies over the window and leaves it usable. It changes nothing itself: it emits what was asked for."""

    restore_requested = Signal(object)
    """Bring back the version of this `HistoryRow`."""
    show_requested = Signal(object)
    """Turn the week to what this row is about."""
    undo_requested = Signal()

    def __init__(self, history: History, words: HistoryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.setWindowTitle(self.tr("What changed"))
        self.model = HistoryModel(history, words, self)
        self.card = RowCard(words)
        self._build(words)
        self._connect()

    def _build(self, words: HistoryWords) -> None:
        self.actor = Segments(
            self.tr("By whom"),
            (
                Segment(_ANYBODY, self.tr("All")),
                Segment(Actor.THIS_APP.value, self.tr("This app"), self.tr("What you changed in this app")),
                Segment(Actor.ELSEWHERE.value, self.tr("Elsewhere"), self.tr("What was changed elsewhere")),
                Segment(Actor.SYNC.value, self.tr("Sync"), self.tr("What came of bringing two versions together")),
            ),
        )
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Search titles and notes"))
        self.text.setAccessibleName(self.tr("Search titles and notes"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(_TEXT_WIDTH)
        self.only = QLabel()
        self.only.setTextFormat(Qt.TextFormat.PlainText)
        self.everything_button = link_button(self.tr("Show all entries"))
        self.only_row = QWidget()
        narrowed = QHBoxLayout(self.only_row)
        narrowed.setContentsMargins(0, 0, 0, 0)
        narrowed.addWidget(self.only)
        narrowed.addWidget(self.everything_button)
        narrowed.addStretch(1)
        self.list = _list(self.model, words)
        self.list.setAccessibleName(self.tr("Changes, newest first"))
        self.empty = QLabel()
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        self.close_button = QPushButton(self.tr("Close"))
        self.kept = QLabel()
        self.kept.setProperty("look", "muted")
        self.kept.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.actor)
        head.addStretch(1)
        head.addWidget(self.text, 2)
        foot = QHBoxLayout()
        foot.addWidget(self.kept, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.only_row)
        column.addWidget(self.pages, 1)
        column.addWidget(self.card)
        column.addLayout(foot)
        # Enter in the field must not press a button somewhere else.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(TYPING_MS)
        self.typing.timeout.connect(lambda: self._read(self.model.key))
        self.text.textChanged.connect(lambda: self.typing.start())
        self.model.looked.connect(self._on_looked)
        self.actor.chosen.connect(lambda: self._read(self.model.key))
        self.everything_button.clicked.connect(lambda: self.show_history())
        self.list.selectionModel().currentRowChanged.connect(self._show_card)
        self.list.activated.connect(lambda: self._with_row(self.show_requested.emit))
        self.card.restore_button.clicked.connect(lambda: self._with_row(self.restore_requested.emit))
        self.card.show_button.clicked.connect(lambda: self._with_row(self.show_requested.emit))
        self.card.undo_button.clicked.connect(lambda: self.undo_requested.emit())
        self.close_button.clicked.connect(self.reject)

    def show_history(self, key: str | None = None, name: str = "") -> None:
        """Open it: for everything, or for the one item with this key, which sentences call ``name``."""
        self.only_row.setVisible(key is not None)
        self.name_item(name)
        self.actor.choose(_ANYBODY)
        self.text.clear()
        self.typing.stop()
        self._read(key)
        if not self.isVisible():
            take_room(self, *_SIZE)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def name_item(self, name: str) -> None:
        """Say of which item this is the history."""
        self.only.setText(self.tr("Only {name}").format(name=name))

    def refresh(self) -> None:
        """Something was changed: show it, and whether the row that is looked at can still be restored."""
        self.model.refresh()
        self._show_state()
        self._show_card()

    def tell(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say how a wish went."""
        self.card.tell(sentence, can_undo=can_undo)

    @property
    def row(self) -> HistoryRow | None:
        """The row that is looked at."""
        return self.model.row_at(self.list.currentIndex())

    def _read(self, key: str | None) -> None:
        """Read the list anew: of one item, or of everything."""
        actor = None if self.actor.value == _ANYBODY else Actor(self.actor.value)
        self.model.show(key=key, actor=actor, text=self.text.text())
        self._show_first()

    def _on_looked(self) -> None:
        """The text was looked for, and what is chosen in the list stays so where anything is."""
        if self.list.currentIndex().isValid():
            self._show_state()
        else:
            self._show_first()

    def _show_first(self) -> None:
        self._show_state()
        first = self.model.index(0, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.list.selectionModel().setCurrentIndex(first, flags)
        self._show_card()

    def _show_state(self) -> None:
        days = self._history.days_kept
        self.kept.setText(
            self.tr("Changes are kept for %n days, on this computer only.", "", days)
            if days
            else self.tr("No more changes are kept: that is switched off in the settings, under Privacy.")
        )
        if self.model.is_looking and self.model.rowCount() == 0:
            return  # It is not known yet whether there is anything.
        is_empty = self.model.rowCount() == 0
        self.pages.setCurrentWidget(self.empty if is_empty else self.list)
        self.empty.setText(
            self.tr("Nothing of what is kept matches.")
            if self.model.is_narrowed
            else self.tr("Nothing was changed yet. Changes made here and elsewhere will be listed here.")
        )

    def _show_card(self) -> None:
        row = self.row
        self.card.setVisible(row is not None)
        if row is not None:
            self.card.show_row(row, can_restore=self._history.is_restorable(row))

    def _with_row(self, then: Callable[[HistoryRow], object]) -> None:
        row = self.row
        if row is not None:
            then(row)


def _list(model: HistoryModel, words: HistoryWords) -> QTreeView:
    view = QTreeView()
    view.setModel(model)
    view.setProperty("look", "list")
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
    header = view.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
    header.setSectionsClickable(False)
    header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
    samples = {Column.WHEN: words.widest_whens(), Column.WHO: [words.actor(each) for each in Actor]}
    for column, texts in samples.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(column, max(map(view.fontMetrics().horizontalAdvance, texts)) + _PADDING)
    return view
