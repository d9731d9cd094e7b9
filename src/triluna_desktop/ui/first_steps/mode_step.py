"""The step that asks how the account keeps its calendar: two small days, and what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from triluna_desktop.domain.availability import Mode

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from triluna_desktop.ui.theme import Theme

_PICTURE = QSize(72, 92)
_HOURS = 12.0
"""Hours of the day in the picture."""
_OPENINGS = ((1.5, 4.5), (7.0, 10.0))
_BLOCKS = ((3.0, 5.0), (8.0, 9.5))


class DayPicture(QWidget):
    """A day: hatched where callers book nothing, plain where they can; what one draws in it has a border."""

    def __init__(self, mode: Mode, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opens = mode is Mode.AVAILABLE_TIMES
        self._theme = theme
        self.setFixedSize(_PICTURE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.palette
        day = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.bg)
        painter.drawRoundedRect(day, 6, 6)
        hatch = QBrush(colours.muted, Qt.BrushStyle.BDiagPattern)
        if self._opens:
            painter.setBrush(hatch)
            painter.drawRoundedRect(day, 6, 6)
        hour = (day.height() - 8) / _HOURS
        for start, end in _OPENINGS if self._opens else _BLOCKS:
            place = QRectF(day.x() + 6, day.y() + 4 + start * hour, day.width() - 12, (end - start) * hour)
            painter.setPen(QPen(colours.open_line if self._opens else colours.block_line, 1.5))
            painter.setBrush(colours.open_bg if self._opens else colours.block_bg)
            painter.drawRoundedRect(place, 4, 4)
            if not self._opens:
                painter.setBrush(hatch)
                painter.drawRoundedRect(place, 4, 4)
        painter.end()


class ModeCard(QFrame):
    """A mode: its name to choose, its picture and what it means. A click anywhere chooses it."""

    def __init__(self, mode: Mode, name: str, meaning: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.button = QRadioButton(name)
        self.button.setAccessibleDescription(meaning)
        text = QLabel(meaning)
        text.setWordWrap(True)
        text.setProperty("look", "muted")
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.button)
        words.addWidget(text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(DayPicture(mode, theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.button.setFocus()
            self.button.click()


class ModeStep(QWidget):
    """Each choice holds at once."""

    chosen = Signal(object)
    """A `domain.availability.Mode`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        note = QLabel(
            self.tr("TriLuna does not tell apps which mode your account uses. Choose the same as on its website.")
        )
        note.setWordWrap(True)
        note.setProperty("look", "muted")
        self.cards = {
            Mode.AVAILABLE_TIMES: ModeCard(
                Mode.AVAILABLE_TIMES,
                self.tr("Available times"),
                self.tr("Everything is closed. Callers can book only what you make available."),
                theme,
            ),
            Mode.UNAVAILABLE_TIMES: ModeCard(
                Mode.UNAVAILABLE_TIMES,
                self.tr("Unavailable times"),
                self.tr("Your hours are open each day. Callers can book them, but for what you block."),
                theme,
            ),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(note)
        self._group = QButtonGroup(self)  # Two cards: without it each button would be a group of its own.
        for mode, card in self.cards.items():
            self._group.addButton(card.button)
            card.button.clicked.connect(lambda _=False, mode=mode: self.chosen.emit(mode))
            column.addWidget(card)
        column.addStretch(1)

    def show_mode(self, mode: Mode) -> None:
        """Show which one holds."""
        self.cards[mode].button.setChecked(True)

    def take_focus(self) -> None:
        """The keyboard goes to the one that holds."""
        next(card.button for card in self.cards.values() if card.button.isChecked()).setFocus()
