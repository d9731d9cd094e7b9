"""What a click on the icon opens: how it stands, *Block now*, and today to drag over."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.quick import What
from triluna_desktop.session.quick import ForMinutes, RestOfDay
from triluna_desktop.ui.edit_flow import EditFlow
from triluna_desktop.ui.flow import FlowLayout
from triluna_desktop.ui.page_work import PageWork
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.tray.menu import MINUTES
from triluna_desktop.ui.tray.picture import Badge
from triluna_desktop.ui.tray.state import badge_of
from triluna_desktop.ui.tray.today import TodayView
from triluna_desktop.ui.week_notice import grid_state

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.now import NowView
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Changes, Session, Status
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.tray.words import TrayWords
    from triluna_desktop.ui.words import Words

_WIDTH, _HEIGHT = 340, 600
_GAP = 6
_CLICK_SECONDS = 0.4
"""The click on the icon that takes the focus away, and so closes the popover, does not open it again."""


class Popover(QFrame):
    """A window of its own without a frame. Esc closes it, and so does the loss of the focus."""

    quick_requested = Signal(object, object)
    """`What` and `Until`."""
    release_requested = Signal()
    entry_requested = Signal(object)
    """Show this entry in the window."""

    def __init__(
        self,
        session: Session,
        words: Words,
        tray_words: TrayWords,
        theme: Theme,
        clock: Clock,
        spawn: Spawn,
        *,
        first_weekday: int,
        snap: int,
    ) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._session = session
        self._words = words
        self._tray_words = tray_words
        self._clock = clock
        self._offered: Edit | None = None
        """What the button offers to undo."""
        self._hidden_at = 0.0
        self.setProperty("look", "popover")
        self.setAutoFillBackground(True)
        self.setWindowTitle(self.tr("Today"))
        self.standing = QLabel()
        self.standing.setProperty("look", "heading")
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.next = QLabel()
        self.next.setProperty("look", "small")
        self.next.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble = QLabel()
        """What keeps callers from seeing what is here: without it, what is done here seems done."""
        self.trouble.setProperty("look", "status-amber")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.standing, self.next, self.trouble):
            label.setWordWrap(True)
        self.what = Segments(
            self.tr("What the buttons and a drag do"),
            (
                Segment(What.BLOCK.value, self.tr("Block"), look="block"),
                Segment(What.OPEN.value, self.tr("Open"), look="open"),
            ),
        )
        self.buttons: list[QPushButton] = []
        self.release_button = QPushButton(self.tr("Release early"))
        self.release_button.clicked.connect(lambda: self.release_requested.emit())
        self.view = TodayView(theme, clock, first_weekday=first_weekday, snap=snap, locale=words.locale)
        self.view.furnish()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("look", "small")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.undo_button = QPushButton(self.tr("Undo"))
        self._work = PageWork(self, spawn)
        self.flow = EditFlow(session, words, self._work.spawn, self)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(0)
        self._pending.timeout.connect(self.refresh_now)
        self._lay_out()
        self._connect()
        self._take_brush(What.BLOCK.value)
        self._end = session.subscribe(self._on_changes)

    def _lay_out(self) -> None:
        quick = FlowLayout()
        for minutes in MINUTES:
            self._add_quick(quick, self.tr("%n min", "", minutes), ForMinutes(minutes))
        self._add_quick(quick, self.tr("Rest of the day"), RestOfDay())
        quick.addWidget(self.release_button)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.setSpacing(6)
        head.addWidget(self.standing)
        head.addWidget(self.next)
        head.addWidget(self.trouble)
        head.addWidget(self.what)
        head.addLayout(quick)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self._foot.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)

    def _add_quick(self, row: FlowLayout, text: str, until: object) -> None:
        button = QPushButton(text)
        button.clicked.connect(lambda: self.quick_requested.emit(What(self.what.value), until))
        self.buttons.append(button)
        row.addWidget(button)

    def _connect(self) -> None:
        view = self.view
        self.what.chosen.connect(self._take_brush)
        view.edit_requested.connect(lambda edit: self.flow.apply(edit, answered=view.finish_edit))
        view.brush_changed.connect(lambda is_open: self._show_brush(is_open=is_open))
        view.undo_requested.connect(self.flow.undo)
        view.redo_requested.connect(self.flow.redo)
        view.open_requested.connect(self._open_in_window)
        self.undo_button.clicked.connect(self.flow.undo)

    # -- opening and closing -------------------------------------------------------------------------------------

    def toggle(self, icon: QRect) -> None:
        """Open beside the icon, which is a rectangle of the screen, maybe empty; or close."""
        if self.isVisible():
            self.hide()
        elif time.monotonic() - self._hidden_at > _CLICK_SECONDS:
            self.open_beside(icon)

    def open_beside(self, icon: QRect) -> None:
        """Open beside the icon; where nobody knows where that is, at the pointer."""
        place = icon if icon.isValid() else QRect(self.cursor().pos(), self.cursor().pos())
        screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.move(place_beside(place, self.rect(), room))
        self._tell("")
        self.refresh_now()
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.show_now()
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def end(self) -> None:
        """Close for good, once what was dragged is written."""
        self._end()
        self._pending.stop()
        self.hide()
        self._work.retire()

    def event(self, event: QEvent) -> bool:
        """Another window took the focus: but not a menu of this one."""
        if event.type() is QEvent.Type.WindowDeactivate and QApplication.activePopupWidget() is None:
            self.hide()
        elif event.type() is QEvent.Type.Hide:
            self._hidden_at = time.monotonic()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; the strip has it first, for a drag or a selection to be given up. Enter presses a button."""
        button = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()  # As in a dialog, which this looks like; Qt gives Enter to a button there only.
        else:
            super().keyPressEvent(event)

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_state(self, now: NowView, status: Status, *, can_release: bool, is_read_only: bool) -> None:
        """Say how it stands."""
        self.standing.setText(self._tray_words.quick.standing(now))
        coming = self._tray_words.next(now)
        self.next.setText(coming[:1].upper() + coming[1:])
        self.next.setVisible(bool(coming))
        # What is being sent is no trouble, and a line that comes for a moment would make the strip jump.
        trouble = "" if badge_of(status) is Badge.UNSENT else self._tray_words.connection(status)
        self.trouble.setText(trouble[:1].upper() + trouble[1:])
        self.trouble.setVisible(bool(trouble))
        self.release_button.setEnabled(can_release and not is_read_only)
        for button in self.buttons:
            button.setEnabled(not is_read_only)
        self.view.set_read_only(is_read_only)
        if self.isVisible():
            self._pending.start()

    def refresh_now(self) -> None:
        """Show today as the session holds it."""
        self._pending.stop()
        today = self._clock.now().date()
        days = self._session.days(today, 1)
        is_next_day = self.view.grid.first != today
        self.view.set_days(days, self._session.availability(today, 1))
        if is_next_day:
            self.view.show_now()  # At midnight the present hour is no longer at the foot of the strip.
        self.view.set_state(grid_state(self._session.status, loaded=days.loaded))
        if self._offered is not None and self._session.last_edit is not self._offered:
            self._offered = None
            self.undo_button.hide()

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Tell below the strip."""
        self._offered = self._session.last_edit if can_undo else None
        self._tell(sentence)

    def show_edit(self, edit: Edit) -> None:
        """Bring what was edited into view."""
        entries = [change.item for change in edit.changes if isinstance(change.item, Entry)]
        if entries:
            self.view.reveal(entries[0].start, entries[0].end)

    def show_asking(self, *, is_asking: bool) -> None:
        """The popover has no place for this: nothing in it asks the server."""

    def _tell(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        self._foot.setVisible(bool(sentence))
        self.undo_button.setVisible(self._offered is not None)

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and (changes.dates is None or changes.patterns or changes.dates):
            self._pending.start()

    # -- the brush -----------------------------------------------------------------------------------------------

    def _take_brush(self, value: str) -> None:
        self.view.set_brush(value == What.OPEN.value)
        self._name_buttons()

    def _show_brush(self, *, is_open: bool) -> None:
        self.what.choose((What.OPEN if is_open else What.BLOCK).value)
        self._name_buttons()

    def _name_buttons(self) -> None:
        is_open = self.what.value == What.OPEN.value
        for button in self.buttons:
            name = self.tr("Open now: {length}") if is_open else self.tr("Block now: {length}")
            button.setAccessibleName(name.format(length=button.text()))
            button.setToolTip(name.format(length=button.text()))

    def _open_in_window(self, key: str) -> None:
        view = self._session.item(key)
        if view is not None:
            self.hide()
            self.entry_requested.emit(view.item)


def place_beside(icon: QRect, card: QRect, room: QRect) -> QPoint:
    """Where a card goes: over or under the icon, on the side with more room, and inside of the room."""
    x = icon.center().x() - card.width() // 2
    is_below = icon.center().y() < room.center().y()
    y = icon.bottom() + 1 + _GAP if is_below else icon.top() - _GAP - card.height()
    x = max(room.left(), min(x, room.right() + 1 - card.width()))
    y = max(room.top(), min(y, room.bottom() + 1 - card.height()))
    return QPoint(x, y)
