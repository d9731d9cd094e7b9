"""Saying what callers are still offered: at the foot of the window, beside the entry, and of a block aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.session import SendState
from triluna_desktop.ui.offer_words import OfferWords

if TYPE_CHECKING:
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext

_MINUTE_MS = 30_000
"""What is over is left out: looked at twice a minute while something is unsent."""


class OfferFlow(QObject):
    """Follows the session. What lies ahead is worked out once control is at the event loop, in portions."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words = OfferWords(context.words, context.clock)
        self.showing = QTimer(self)
        self.showing.setSingleShot(True)
        self.showing.setInterval(0)
        self.showing.timeout.connect(self._show)
        self.minute = QTimer(self)
        self.minute.setInterval(_MINUTE_MS)
        self.minute.timeout.connect(self._show)
        self.marking = QTimer(self)
        self.marking.setSingleShot(True)
        self.marking.setInterval(0)
        self.marking.timeout.connect(self._mark)
        context.week.period_changed.connect(lambda: self.marking.start())
        self.on_changes()

    def wire(self, inspector: Inspector) -> None:
        """Let the inspector's cards say what callers see of the entry."""
        for card in (inspector.form.send_card, inspector.pattern.send_card):
            card.sentence_of = self._sentence_of

    def on_changes(self) -> None:
        """The session told of changes."""
        self.showing.start()

    def _show(self) -> None:
        coming = self._session.offers.coming()
        label = self._page.status_bar.offers
        if coming.is_whole or (coming.gaps and not label.text()):
            self._page.status_bar.show_offers(self._words.ahead(coming.gaps))
        if not coming.is_whole:
            self.showing.start()
        else:
            self.marking.start()
        if coming.gaps and not self.minute.isActive():
            self.minute.start()
        elif not coming.gaps and coming.is_whole:
            self.minute.stop()

    def _mark(self) -> None:
        """Say it in the blocks on screen, a step after the bar: each step leaves time for a frame."""
        gaps = self._session.offers.gap(self._week.first, self._week.days)
        self._page.week_view.set_offers({gap.date: gap for gap in gaps}, self._spoken)

    def _sentence_of(self, view: ItemView) -> str:
        gaps = self._session.offers.of(view) if view.state is not SendState.SENT else ()
        return self._words.sending(view, gaps)

    def _spoken(self, key: str) -> str:
        view = self._session.item(key)
        if view is None or view.state is SendState.SENT:
            return ""
        return self._words.spoken(self._session.offers.of(view))
