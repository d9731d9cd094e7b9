"""Opening the overview, working its figures out off the GUI thread, and going to a date from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.session import Changes
    from triluna_desktop.ui.looks.dialog import OverviewDialog
    from triluna_desktop.ui.page_context import PageContext

_REFRESH_MS = 250
"""How long after a change the year is worked out anew: while many changes are read, once is enough."""


class OverviewFlow(QObject):
    """Made with the window; the dialog is made when it is first asked for."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._theme, self._spawn = context.words, context.theme, context.spawn
        self.dialog: OverviewDialog | None = None
        self.refreshing = QTimer(self)
        self.refreshing.setSingleShot(True)
        self.refreshing.setInterval(_REFRESH_MS)
        self.refreshing.timeout.connect(self._refresh)
        context.page.sidebar.hours.overview_requested.connect(self.open)
        self.end: Callable[[], None] = context.session.subscribe(self._on_changes)
        """To be called when the window closes."""

    def open(self) -> None:
        """Show the year of the date that the week is at."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        from triluna_desktop.ui.looks.dialog import OverviewDialog
        from triluna_desktop.ui.looks.words import LookWords

        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = OverviewDialog(LookWords(self._words), self._theme, self._week.today, self._page)
        dialog.year_wanted.connect(self._want)
        dialog.day_chosen.connect(self._go_to)
        dialog.finished.connect(self._closed)
        dialog.show()
        dialog.activateWindow()
        dialog.map.setFocus()
        self._want(dialog.year)

    def _want(self, year: int) -> None:
        """Have the server asked for what of the year was not read yet, and show what is known meanwhile."""
        self._look_at(year)
        self._refresh()

    def _look_at(self, year: int) -> None:
        from triluna_desktop.ui.looks.figures import YearFigures

        first, days = YearFigures.span(year, self._page.week_view.first_weekday)
        self._session.look_at(first, first + timedelta(days=days - 1))

    def _refresh(self) -> None:
        self.refreshing.stop()
        if self.dialog is not None and self.dialog.isVisible():
            self._spawn(self._work_out(self.dialog.year), "work out a year's hours")

    async def _work_out(self, year: int) -> None:
        from triluna_desktop.ui.looks.figures import YearFigures

        first_weekday = self._page.week_view.first_weekday
        first, days = YearFigures.span(year, first_weekday)
        hours = await self._session.callers.year(first, days)
        if self.dialog is not None and self.dialog.isVisible():
            figures = YearFigures.of(year, first_weekday, hours, self._session.callers.is_known)
            self.dialog.show_figures(figures)

    def _go_to(self, day: date) -> None:
        """Turn the week to a date; the overview stays, as one may want to go on, and goes on being read."""
        self._week.show_date(day)
        if self.dialog is not None:
            self._look_at(self.dialog.year)

    def _closed(self, _: int) -> None:
        first, last = self._week.shown_week()
        self._session.look_at(first, last)
        self._page.week_view.setFocus()

    def _on_changes(self, changes: Changes) -> None:
        if self.dialog is None or not self.dialog.isVisible() or self.refreshing.isActive():
            return
        # Dates that were read and hold nothing are told by the status alone.
        touches = changes.dates is None or changes.patterns or bool(changes.dates)
        if touches or (changes.status and self.dialog.is_incomplete):
            self.refreshing.start()
