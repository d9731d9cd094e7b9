"""The search (/, Ctrl+F): what is to come first, then weekly hours, then the past; Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from triluna_desktop.session.search import Found, StoreError
from triluna_desktop.ui.palette.popup import PalettePopup
from triluna_desktop.ui.palette.rows import PaletteRow
from triluna_desktop.ui.palette.search_words import SearchWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.vocabulary import Vocabulary
    from triluna_desktop.session import ItemView
    from triluna_desktop.session.search import Query, Search
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

TYPING_MS = 80
"""How long after the last key it is looked for."""
AGAIN_MS = 300
"""How long after a change of the calendar: a sync brings many."""
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class SearchPopup(PalettePopup):
    """``go_to`` turns to a date, at a minute of it if one was said; ``show_item`` shows what was chosen."""

    def __init__(
        self,
        search: Search,
        words: Words,
        vocabulary: Callable[[], Vocabulary],
        is_masked: Callable[[], bool],
        was_read: Callable[[], bool],
        today: Callable[[], date],
        go_to: Callable[[date, int | None], object],
        show_item: Callable[[Item], object],
        spawn: Spawn,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(theme, parent)
        self._search, self._vocabulary, self._is_masked, self._today = search, vocabulary, is_masked, today
        self._was_read = was_read
        self._go_to, self._show_item, self._spawn = go_to, show_item, spawn
        self._sentences = SearchWords(words)
        self._asked = 0
        self._found: tuple[Found, bool, bool] | None = None
        """What is shown of what is typed; whether the server was read by then, and whether titles were hidden."""
        self._wants_enter = False
        """Enter was pressed while it was still being looked for."""
        self.call(self.tr("Search"), self.tr("Search titles, notes and dates"))
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(TYPING_MS)
        self.typing.timeout.connect(self.look)
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(AGAIN_MS)
        self.again.timeout.connect(self._look_again)

    def text_changed(self) -> None:
        """Look for it when the typing rests."""
        self._wants_enter, self._found = False, None
        if self.edit.text().strip():
            self.typing.start()
            return
        self.typing.stop()
        self._asked += 1
        self.offer(())
        self.tell(self._sentences.hint(is_masked=self._is_masked()))

    def enter(self) -> None:
        """Go to what is chosen; where it is still being looked for, to the first that is found."""
        if self.typing.isActive():
            self._wants_enter = True
            self.look()
        else:
            super().enter()

    def calendar_changed(self) -> None:
        """What is on the screen may be found otherwise by now."""
        if self.isVisible() and self.edit.text().strip() and not self.again.isActive():
            self.again.start()

    def _look_again(self) -> None:
        # Else what is typed is looked for in a moment, or was put away.
        if self.isVisible() and self.edit.text().strip() and not self.typing.isActive():
            self.look()

    def look(self) -> None:
        """Look for what is typed."""
        self.typing.stop()
        self._asked += 1
        text = self.edit.text().strip()
        query = self._search.read(text, self._vocabulary(), is_masked=self._is_masked())
        self._spawn(self._find(text, query, self._asked), "search")

    async def _find(self, text: str, query: Query, asked: int) -> None:
        try:
            found = await self._search.find(query)
        except StoreError as error:
            if asked == self._asked:
                self._found = None
                self.offer(())
                self.tell(self._sentences.failed(str(error)), "error")
            return
        if asked == self._asked and self.isVisible():  # Else something else is typed by now.
            self._show(text, query, found)

    def _show(self, text: str, query: Query, found: Found) -> None:
        shown = (found, self._was_read(), self._is_masked())
        if shown != self._found:
            chosen = None if self._found is None else self.list.currentIndex().data(_SPOKEN)
            self._found = shown
            self._offer(text, query, found)
            self._choose_again(chosen)
        if self._wants_enter:
            self._wants_enter = False
            if found.total or query.first is not None:
                super().enter()

    def _choose_again(self, spoken: str | None) -> None:
        """Keep the keyboard at the row that it was at, where that is still there."""
        for number in range(self.model.rowCount()):
            index = self.model.index(number, 0)
            if spoken is not None and index.data(_SPOKEN) == spoken:
                self.list.setCurrentIndex(index)

    def _offer(self, text: str, query: Query, found: Found) -> None:
        masked = self._is_masked()
        rows: list[PaletteRow] = []
        if query.first is not None:
            day, minute = query.first, query.start
            rows.append(PaletteRow(self._sentences.go_to(day), deed=lambda: self._go_to(day, minute)))
        rows += self._group(self.tr("To come"), found.coming)
        rows += self._group(self.tr("Every week"), found.weekly)
        rows += self._group(self.tr("Past"), found.past)
        self.offer(rows)
        if found.total:
            self.tell(self._sentences.count(found))
        else:
            self.tell(self._sentences.nothing(text, query, is_masked=masked, was_read=self._was_read()))

    def _group(self, heading: str, views: Iterable[ItemView]) -> list[PaletteRow]:
        masked, today = self._is_masked(), self._today()
        rows = [
            PaletteRow(
                self._sentences.title(view, is_masked=masked),
                self._sentences.detail(view, today),
                self._sentences.spoken(view, today, is_masked=masked),
                deed=lambda item=view.item: self._show_item(item),  # type: ignore[misc] # mypy knows no default of a lambda.
            )
            for view in views
        ]
        return [PaletteRow(heading), *rows] if rows else []
