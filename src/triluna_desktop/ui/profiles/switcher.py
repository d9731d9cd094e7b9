"""The calendars in the sidebar: one click, or Ctrl and a digit, shows another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.profiles.badge import paint_badge
from triluna_desktop.ui.profiles.signs import paint_sign, paint_unsent

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from triluna_desktop.ui.profiles.profile_list import ProfileList
    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.theme import Theme

ROW_HEIGHT = 30
_BADGE = 20
_GAP = 8
NUMBERED = 9
"""So many have a key of their own."""


def key_of(number: int) -> str:
    """The key that shows the calendar at a place of the list, counted from 1; empty where there is none."""
    return f"Ctrl+{number}" if 1 <= number <= NUMBERED else ""


class ProfileButton(QAbstractButton):
    """A calendar: its sign, its name, and what waits there."""

    step_requested = Signal(int)
    """The keyboard shall go to the button above (-1) or below (1)."""

    def __init__(
        self, state: ProfileState, number: int, theme: Theme, words: ProfileWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._number = number
        self._theme = theme
        self._words = words
        self.setCheckable(True)
        self.setFixedHeight(ROW_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_state(state)

    def show_state(self, state: ProfileState) -> None:
        """Show how things stand now."""
        self.state = state
        self.setText(self._words.title(state.known))
        self.setChecked(state.is_shown)
        # One stop for the Tab key; the arrow keys go on from there.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if state.is_shown else Qt.FocusPolicy.NoFocus)
        key = QKeySequence(key_of(self._number)).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(self._words.tooltip(state, key))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._words.with_key(state, key))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def nextCheckState(self) -> None:
        """What is shown says the window, not the click: it may be kept from going."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_requested.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, box = self._theme.palette, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(colours.accent if self.hasFocus() else Qt.PenStyle.NoPen)
            is_marked = self.isChecked() or self.underMouse()
            ground = colours.accent_soft if self.isChecked() else colours.line2
            painter.setBrush(ground if is_marked else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 7, 7)
        inner = self.rect().adjusted(6, 0, -8, 0)
        place = QRectF(inner.left(), (self.height() - _BADGE) / 2, _BADGE, _BADGE)
        paint_badge(painter, self._mirrored(place), self.text(), self.state.known.colour, self._theme)
        left, right = inner.left() + _BADGE + _GAP, float(inner.right())
        painter.setFont(self.font())
        beside = QRectF(left, 0, right - left, self.height())
        beside.setRight(paint_sign(painter, beside, self._mirrored, self.state, self._theme))
        unsent = self._words.unsent(self.state.unsent) if self.state.unsent else ""
        right = paint_unsent(painter, beside, self._mirrored, unsent, self._theme)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(colours.accent if self.isChecked() else colours.text)
        room = QRectF(left, 0, max(0.0, right - left), self.height())
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        aligned = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._mirrored(room), self.style().visualAlignment(self.layoutDirection(), aligned), text)
        painter.end()

    def _mirrored(self, place: QRectF) -> QRectF:
        if self.isRightToLeft():
            place.moveLeft(self.width() - place.right())
        return place


class Switcher(QWidget):
    """The list, with the ways to make it longer. Of a single calendar it shows only the way to a second one."""

    add_requested = Signal()
    manage_requested = Signal()
    team_requested = Signal()

    def __init__(
        self, profiles: ProfileList, theme: Theme, words: ProfileWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._theme = theme
        self._words = words
        self.buttons: dict[str, ProfileButton] = {}
        self.setAccessibleName(self.tr("Calendars"))
        self._heading = QLabel(self.tr("Calendars"))
        self._heading.setProperty("look", "section")
        self.add_button = _link(self.tr("Add a calendar…"))
        self.manage_button = _link(self.tr("Manage…"))
        self.manage_button.setAccessibleName(self.tr("Manage calendars…"))
        self.team_button = _link(self.tr("Team week…"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(1)
        ways = QHBoxLayout()
        ways.setSpacing(14)
        ways.addWidget(self.team_button)
        ways.addWidget(self.manage_button)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._rows)
        column.addLayout(ways)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_button.clicked.connect(self.add_requested)
        self.manage_button.clicked.connect(self.manage_requested)
        self.team_button.clicked.connect(self.team_requested)
        profiles.changed.connect(self.refresh)
        theme.changed.connect(self.update)
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it is now."""
        states = self._profiles.states
        names = [state.name for state in states] if len(states) > 1 else []
        if list(self.buttons) != names:
            self._rebuild([state for state in states if state.name in names])
        else:
            for state in states:
                if state.name in self.buttons:
                    self.buttons[state.name].show_state(state)
        for widget in (self._heading, self.manage_button, self.team_button):
            widget.setVisible(bool(names))

    def focus_shown(self) -> None:
        """Give the keyboard to the calendar that is shown."""
        for button in self.buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self, states: list[ProfileState]) -> None:
        for button in self.buttons.values():
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for number, state in enumerate(states, start=1):
            button = ProfileButton(state, number, self._theme, self._words)
            button.clicked.connect(lambda _=False, name=state.name: self._profiles.switch(name))
            button.step_requested.connect(lambda step, name=state.name: self._step(name, step))
            self._rows.addWidget(button)
            self.buttons[state.name] = button

    def _step(self, name: str, step: int) -> None:
        names = list(self.buttons)
        self.buttons[names[(names.index(name) + step) % len(names)]].setFocus(Qt.FocusReason.OtherFocusReason)


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("look", "link")
    # Where the sidebar is too low for all it holds, it scrolls instead of squeezing these to nothing.
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
