"""What the search of the settings found: a list, each hit with the name of its page."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.settings.page import Place, SettingsPage


_SLIPS_FROM = 4
"""Letters: shorter words are alike to too many."""
_ALIKE = 0.8
"""Of `difflib.SequenceMatcher.ratio`: one slip in five letters."""


def folded(text: str) -> str:
    """A text without case and accents, as both sides of a comparison: "Größe" is found by "grosse"."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def rank(typed: str, label: str, about: str, page: str, *, takes_slips: bool = False) -> int | None:
    """How well something fits what was typed, the less the better; None where a word of it is nowhere.

    A word counts where it begins a word: first in the label, then in what else is said, then in the page's name.
    ``takes_slips``: a word with a letter too many, too few or in another's place counts as well.
    """
    total = 0
    for word in folded(typed).split():
        for cost, text in enumerate((label, about, page)):
            said = folded(text)
            if any(part.startswith(word) for part in said.replace(",", " ").split()) or word in said.split():
                total += cost
                break
            if len(word) > 2 and word in said:  # Inside of a word, as "line" in "offline".
                total += cost + 3
                break
            if takes_slips and len(word) >= _SLIPS_FROM and get_close_matches(word, _words(said), 1, _ALIKE):
                total += cost + 6
                break
        else:
            return None
    return total


def _words(said: str) -> list[str]:
    return re.findall(r"\w+", said)


class Hits(QWidget):
    """The list, or a sentence where there is nothing."""

    chosen = Signal(int, object)
    """The page's number, and the `page.Place` on it."""

    def __init__(self, pages: Callable[[], tuple[SettingsPage, ...]], parent: QWidget | None = None) -> None:
        """``pages``: asked for when something is searched."""
        super().__init__(parent)
        self._pages = pages
        self.said = QLabel()
        self.said.setProperty("look", "muted")
        self.said.setWordWrap(True)
        # Without the list it has all the room there is, and stands where it stood.
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Settings found"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 20, 18, 12)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        self._found: list[tuple[int, Place]] = []

    def show_hits(self, typed: str) -> None:
        """Look on all pages for what was typed."""
        pages = self._pages()
        self._found = _found(pages, typed) or _found(pages, typed, takes_slips=True)
        self.list.clear()
        for number, place in self._found:
            text = self.tr("{setting}\n{page}").format(setting=place.label, page=pages[number].title)
            item = QListWidgetItem(text, self.list)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self.tr("{setting}, on the page {page}").format(setting=place.label, page=pages[number].title),
            )
        self.list.setVisible(bool(self._found))
        self.list.setCurrentRow(0 if self._found else -1)
        self.said.setText(
            self.tr("%n settings found", "", len(self._found))
            if self._found
            else self.tr("No setting is called “{typed}”. Try another word.").format(typed=typed.strip())
        )
        self.said.setAccessibleName(self.said.text())

    def enter(self) -> None:
        """Give the list the keyboard, at its first hit."""
        if self._found:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_first(self) -> None:
        """Go to the best hit."""
        if self._found:
            self.chosen.emit(*self._found[0])

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(*self._found[self.list.row(item)])


def _found(pages: tuple[SettingsPage, ...], typed: str, *, takes_slips: bool = False) -> list[tuple[int, Place]]:
    """What fits, with the number of its page, the best first."""
    ranked = []
    for number, page in enumerate(pages):
        for place in page.places:
            how_well = rank(typed, place.label, place.about, page.title, takes_slips=takes_slips)
            if how_well is not None:
                # Of the same rank, what stands on a page by itself comes before a line of a list there.
                ranked.append((how_well, place.before is not None, number, place))
    ranked.sort(key=lambda each: each[:3])
    return [(number, place) for _, _, number, place in ranked]
