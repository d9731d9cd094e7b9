"""The line in the sidebar that counts what may be a slip, and the list that it opens. Nothing opens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from triluna_desktop.ui.float_card import GAP, FloatCard
from triluna_desktop.ui.flow import FlowLayout
from triluna_desktop.ui.inspector_cards import breakable, link_button
from triluna_desktop.ui.shapes import Shape, ShapeButton, ShapeMark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QPushButton

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.warning_words import WarningRow, WarningWords

_WIDTH = 400
_HIGHEST, _LOWEST = 460, 60
"""Of the rows: what does not fit is scrolled."""
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


class RowCard(QWidget):
    """One slip: the sentence, and what can be done about it."""

    show_requested = Signal(object)
    fix_requested = Signal(object)
    dismissed = Signal(object)
    brought_back = Signal(object)
    """Each with the `WarningRow`."""

    def __init__(self, row: WarningRow, sentence: str, fix: str, *, may_fix: bool, is_away: bool = False) -> None:
        super().__init__()
        text = QLabel(breakable(sentence))
        text.setAccessibleName(sentence)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self.sentence = sentence
        self.show_button = link_button(self.tr("Show"))
        self.fix_button = link_button(fix)
        self.dismiss_button = link_button(self.tr("Put away"))
        self.back_button = link_button(self.tr("Bring back"))
        self.fix_button.setEnabled(may_fix)
        links = FlowLayout(14)
        named: list[tuple[QPushButton, SignalInstance]] = [(self.show_button, self.show_requested)]
        if is_away:
            text.setProperty("look", "muted")
            named.append((self.back_button, self.brought_back))
        elif fix:
            named += [(self.fix_button, self.fix_requested), (self.dismiss_button, self.dismissed)]
        else:
            named.append((self.dismiss_button, self.dismissed))
        self.links = [button for button, _ in named]
        for button, signal in named:
            button.setAccessibleName(
                self.tr("{action}: {sentence}").format(action=button.text(), sentence=sentence)
            )
            button.clicked.connect(lambda _=False, tells=signal: tells.emit(row))
            links.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(3)
        column.addWidget(text)
        column.addLayout(links)


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
        self.rows: list[RowCard] = []
        self.away: list[RowCard] = []
        """What was put away, while it is shown."""
        self._rules: list[QWidget] = []
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
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(0)
        self._inside = inside
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 6, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.more)
        column.addWidget(self.note)
        column.addWidget(self.away_button, 0, Qt.AlignmentFlag.AlignLeading)

    def hideEvent(self, event: QHideEvent) -> None:
        """The next time it begins with what is to be looked at."""
        super().hideEvent(event)
        self.away_button.setChecked(False)

    def show_rows(
        self, rows: Sequence[WarningRow], away: Sequence[WarningRow], length: int, *, may_write: bool
    ) -> None:
        """Show these; ``length`` is that of an appointment, in minutes. ``away``: what the user put away."""
        self._show_again = lambda: self.show_rows(rows, away, length, may_write=may_write)
        place = self._focused()
        for widget in (*self.rows, *self.away, *self._rules):
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rules = []
        shows_away = self.away_button.isChecked() and bool(away)
        sentences = {row: self._words.sentence(row, length) for row in (*rows[:MOST_ROWS], *away[:MOST_ROWS])}
        self.rows = [
            RowCard(row, sentences[row], self._words.fix(row.first), may_fix=may_write or row.first.date is None)
            for row in rows[:MOST_ROWS]
        ]
        self.away = [
            RowCard(row, sentences[row], "", may_fix=False, is_away=True)
            for row in (away[:MOST_ROWS] if shows_away else ())
        ]
        for card in (*self.rows, *self.away):
            self._add(card)
        self.away_button.setText(self.tr("Hide what you put away") if shows_away else self._words.away(len(away)))
        self.away_button.setVisible(bool(away))
        self.heading.setText(self._words.count(len(rows)) if rows else self.tr("Nothing to look at"))
        self.more.setText(self._words.more(len(rows) - MOST_ROWS))
        self.more.setVisible(len(rows) > MOST_ROWS)
        self.setAccessibleName(self.heading.text())
        for card in (*self.rows, *self.away):
            card.show()
        self._fit()
        self._focus(place)

    def _add(self, card: RowCard) -> None:
        if self._column.count():
            rule = QFrame()
            rule.setProperty("look", "rule")
            rule.setFixedHeight(1)
            self._rules.append(rule)
            self._column.addWidget(rule)
        card.show_requested.connect(self.show_requested)
        card.fix_requested.connect(self.fix_requested)
        card.dismissed.connect(self.dismissed)
        card.brought_back.connect(self.brought_back)
        self._column.addWidget(card)

    def _focused(self) -> tuple[int, int] | None:
        """The row and, of its links, the one that have the keyboard."""
        for at, card in enumerate((*self.rows, *self.away)):
            for number, link in enumerate(card.links):
                if link.hasFocus():
                    return at, number - len(card.links)
        return None

    def _focus(self, place: tuple[int, int] | None) -> None:
        """Who goes through the list by keyboard goes on at the row that took the place of the one that went."""
        if place is None:
            return
        cards = [*self.rows, *self.away]
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
        inner = _WIDTH - 22
        wanted = column.totalHeightForWidth(inner) if self.rows or self.away else 0
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
