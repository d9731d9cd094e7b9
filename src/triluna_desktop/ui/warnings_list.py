"""The line in the sidebar that counts what may be a slip, and the list that it opens. Nothing opens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.ui.float_card import GAP, FloatCard
from triluna_desktop.ui.inspector_cards import link_button
from triluna_desktop.ui.shapes import Shape, ShapeButton, ShapeMark
from triluna_desktop.ui.styled import scrolled
from triluna_desktop.ui.warning_card import RowCard, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.warning_words import WarningRow, WarningWords

_WIDTH, _MARGIN = 400, 16
_HIGHEST, _LOWEST = 460, 60
"""Of the rows: what does not fit is scrolled."""
_AT_ONCE, _A_STEP = 9, 1
"""Cards: as many as are seen, then those below. One takes 1 to 2 ms."""
MOST_ROWS = 50
"""More are counted and not listed: who has so many begins with the first."""


class WarningsLine(QWidget):
    """ "3 things to look at", or nothing."""

    opened = Signal()

    def __init__(self, theme: Theme, words: WarningWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.button = link_button("")
        self.button.clicked.connect(lambda: self.opened.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(ShapeMark(Shape.WARNING, theme, "muted"))
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def show_count(self, number: int) -> None:
        """Count what there is to look at; of nothing there is no line."""
        self.button.setText(self._words.count(number))
        self.setVisible(number > 0)


class WarningsList(FloatCard):
    """The list. Tab goes through it, Esc closes it. What was put away is behind a link at its foot."""

    show_requested = Signal(object)
    fix_requested = Signal(object)
    dismissed = Signal(object)
    brought_back = Signal(object)

    def __init__(self, theme: Theme, words: WarningWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setFixedWidth(_WIDTH)
        self._wanted: list[Shown] = []
        """What is to be shown, in order."""
        self._cards: dict[Shown, RowCard] = {}
        self.filling = QTimer(self)
        """Makes the cards that are out of sight at first, a few at a time."""
        self.filling.setInterval(0)
        self.filling.timeout.connect(self._go_on)
        self._show_again: Callable[[], None] = lambda: None
        self.heading = QLabel()
        self.heading.setProperty("look", "strong")
        self.more = QLabel()
        self.more.setProperty("look", "small")
        self.note = QLabel(self.tr("None of this is wrong by itself. What you put away stays away."))
        self.note.setProperty("look", "small")
        self.note.setWordWrap(True)
        self.away_button = link_button("")
        self.away_button.setCheckable(True)
        self.away_button.clicked.connect(lambda: self._show_again())
        close = ShapeButton(Shape.CLOSE, self.tr("Close"), theme)
        close.clicked.connect(lambda: self.hide())
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(close)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._inside = inside
        self._scroll = scrolled(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 10, _MARGIN, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.more)
        column.addWidget(self.note)
        column.addWidget(self.away_button, 0, Qt.AlignmentFlag.AlignLeading)

    def hideEvent(self, event: QHideEvent) -> None:
        """The next time it begins with what is to be looked at."""
        super().hideEvent(event)
        self.filling.stop()
        self.away_button.setChecked(False)

    @property
    def rows(self) -> list[RowCard]:
        """What there is to look at, as far as it is made."""
        return [card for card in self._made() if not card.shown.is_away]

    @property
    def away(self) -> list[RowCard]:
        """What was put away, while it is shown."""
        return [card for card in self._made() if card.shown.is_away]

    def _made(self) -> list[RowCard]:
        return [self._cards[each] for each in self._wanted if each in self._cards]

    def show_rows(
        self, rows: Sequence[WarningRow], away: Sequence[WarningRow], length: int, *, may_write: bool
    ) -> None:
        """Show these; ``length`` is that of an appointment, in minutes. ``away``: what the user put away."""
        self._show_again = lambda: self.show_rows(rows, away, length, may_write=may_write)
        place = self._focused()
        words, shows_away = self._words, self.away_button.isChecked() and bool(away)
        self._wanted = [
            Shown(
                row, words.sentence(row, length), words.fix(row.first), may_write or row.first.date is None, False
            )
            for row in rows[:MOST_ROWS]
        ]
        if shows_away:
            self._wanted += [Shown(row, words.sentence(row, length), "", False, True) for row in away[:MOST_ROWS]]
        self._drop_others()
        self._make(max(_A_STEP, _AT_ONCE - len(self._cards)))
        self.away_button.setText(self.tr("Hide what you put away") if shows_away else words.away(len(away)))
        self.away_button.setVisible(bool(away))
        self.heading.setText(words.count(len(rows)) if rows else self.tr("Nothing to look at"))
        self.more.setText(words.more(len(rows) - MOST_ROWS))
        self.more.setVisible(len(rows) > MOST_ROWS)
        self.setAccessibleName(self.heading.text())
        self._fit()
        self._focus(place)
        if len(self._cards) < len(self._wanted):
            self.filling.start()

    def _drop_others(self) -> None:
        """Take away the cards that are not wanted any more; the others stay as they are."""
        self.filling.stop()
        wanted = set(self._wanted)
        for shown in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(shown)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _make(self, most: int) -> None:
        """Make so many of the cards that are not there yet, each in its place."""
        at, before = 0, None
        for shown in self._wanted:
            card = self._cards.get(shown)
            if card is None and most > 0:
                most -= 1
                card = self._cards[shown] = RowCard(shown)
                card.show_requested.connect(self.show_requested)
                card.fix_requested.connect(self.fix_requested)
                card.dismissed.connect(self.dismissed)
                card.brought_back.connect(self.brought_back)
                self._column.insertWidget(at, card)
                card.show()
            if card is not None:
                card.part_from(before)
                at, before = at + 1, card

    def _go_on(self) -> None:
        self._make(_A_STEP)
        if len(self._cards) == len(self._wanted):
            self.filling.stop()
            self._fit()

    def _focused(self) -> tuple[int, int] | None:
        """The row and, of its links, the one that have the keyboard."""
        for at, card in enumerate(self._made()):
            for number, link in enumerate(card.links):
                if link.hasFocus():
                    return at, number - len(card.links)
        return None

    def _focus(self, place: tuple[int, int] | None) -> None:
        """Who goes through the list by keyboard goes on at the row that took the place of the one that went."""
        if place is None:
            return
        if self._focused() is not None:
            return
        cards = self._made()
        if cards:
            links = cards[min(place[0], len(cards) - 1)].links
            links[max(place[1], -len(links))].setFocus()
        else:
            (self.away_button if self.away_button.isVisibleTo(self) else self).setFocus()

    def _fit(self) -> None:
        layout, column = self.layout(), self._column
        if layout is None:
            return
        column.activate()
        inner = _WIDTH - 2 * _MARGIN
        wanted = column.totalHeightForWidth(inner) if self._cards else 0
        self._scroll.setFixedHeight(0)
        layout.activate()
        around = layout.totalHeightForWidth(_WIDTH)
        parent = self.parentWidget()
        room = _HIGHEST if parent is None else min(_HIGHEST, parent.height() - 2 * GAP - around)
        self._scroll.setFixedHeight(max(_LOWEST if wanted else 0, min(wanted + 4, room)))
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))
        self.place_again()

    def reached(self, stop: QWidget) -> None:
        """Bring it into sight."""
        if self._inside.isAncestorOf(stop):
            self._scroll.ensureWidgetVisible(stop, 0, 24)
