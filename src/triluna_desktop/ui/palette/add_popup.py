"""The quick add (Q): one typed line, what it was understood to say, and then, on Enter, an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from triluna_desktop.domain.conflicts import conflicts_with
from triluna_desktop.domain.edits import create
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.quick_add import Habits, QuickAdd, read_quick_add
from triluna_desktop.domain.said import Problem
from triluna_desktop.ui.palette.add_words import AddWords
from triluna_desktop.ui.palette.popup import PalettePopup

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.vocabulary import Vocabulary
    from triluna_desktop.session import Session
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

USUAL_LENGTH = 30
"""Minutes of a stretch of which only the start was typed: those of a click on the grid."""


class AddPopup(PalettePopup):
    """``consider`` draws what an edit would leave, None nothing; ``add`` writes it, or gives back why not."""

    def __init__(
        self,
        session: Session,
        words: Words,
        clock: Clock,
        vocabulary: Callable[[], Vocabulary],
        is_available: Callable[[], bool],
        consider: Callable[[Edit | None], object],
        add: Callable[[Edit, Callable[[], None], Callable[[str], None]], object],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(theme, parent)
        self._session, self._words, self._clock, self._vocabulary = session, words, clock, vocabulary
        self._is_available, self._consider, self._add = is_available, consider, add
        self.sentences = AddWords(words)
        self.found = QuickAdd(is_available=False, problem=Problem.EMPTY)
        """What was understood last."""
        self._edit: Edit | None = None
        self.call(self.tr("Quick add"), self.tr("Add: block or open, when, and a title"))
        self.remark = QLabel()
        """How it was read, and what is in the way."""
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.setProperty("look", "muted")
        self.remark.setContentsMargins(14, 0, 14, 10)
        self.remark.hide()
        self._column.addWidget(self.remark)

    def text_changed(self) -> None:
        """Say what is understood so far, and draw it."""
        habits = Habits(self._session.mode_settings, self._is_available(), USUAL_LENGTH)
        self.found = found = read_quick_add(self.edit.text(), self._clock.now(), habits, self._vocabulary())
        items = found.items(new_key)
        self._edit = create(*items) if items else None
        if self._edit is None:
            self._remark("")
            # While one types nothing is wrong yet, but what can be no date or time is.
            is_wrong = found.problem not in (Problem.EMPTY, Problem.NO_TIME)
            self.tell(self.sentences.problem(found), "error" if is_wrong else "muted")
        else:
            overlaps = self.sentences.overlaps(self._others(items))
            readings = self.sentences.readings(found)
            self._remark(self._words.together([each for each in (overlaps, readings) if each] or [""]))
            self.tell(self.sentences.understood(found), "plain")
        self._consider(self._edit)

    def _others(self, items: tuple[Item, ...]) -> list[Entry]:
        """The entries that stand where something is to be added."""
        found: dict[str, Entry] = {}
        for item in items:
            if isinstance(item, Entry):
                there = [each.item for each in self._session.days(item.date, 1).entries]
                clashing = conflicts_with(item, [each for each in there if isinstance(each, Entry)])
                found |= {each.key: each for each in clashing}
        return list(found.values())

    def _remark(self, sentence: str) -> None:
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def rest_height(self, width: int) -> int:
        """The room that the remark takes."""
        return self.remark.heightForWidth(width) if self.remark.isVisibleTo(self) else 0

    def enter(self) -> None:
        """Write what was understood."""
        self.text_changed()  # Time may have passed since: "in 30 min" counts from now.
        if self._edit is not None:
            self._add(self._edit, self.hide, lambda sentence: self.tell(sentence, "error"))
        elif self.found.problem is Problem.EMPTY:
            self.hide()
        else:
            self.tell(self.sentences.problem(self.found), "error")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is considered any more."""
        self._consider(None)
        super().hideEvent(event)
