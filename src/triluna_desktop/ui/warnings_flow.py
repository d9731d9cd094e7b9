"""Looking for what may be a slip, off the window's thread, and leading to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer

from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.warnings import OfferWarning
    from triluna_desktop.session.callers import Limits
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.warning_words import WarningRow, WarningWords
    from triluna_desktop.ui.warnings_list import WarningsLine, WarningsList

WEEKS_AHEAD = 8
_REST_MS = 400
"""After the last change: while many edits are made, nobody looks at their slips."""


class WarningsFlow(QObject):
    """Made with the window; looks when the calendar has come to rest."""

    def __init__(self, context: PageContext, run_command: Callable[[str], None]) -> None:
        super().__init__(context.page)
        self._session, self._settings, self._clock = context.session, context.settings, context.clock
        self._page, self._week, self._spawn = context.page, context.week, context.spawn
        self._words, self._theme = context.words, context.theme
        self._run_command = run_command
        self._found: tuple[OfferWarning, ...] = ()
        self._is_looking = False
        self._is_known = False
        """Whether all dates that are looked at were read from the server."""
        self._looked_on: date | None = None
        self._is_far = False
        """Whether the week on screen lay after these dates."""
        self.list: WarningsList | None = None
        self.line: WarningsLine | None = None
        """In the sidebar, once there was something to look at."""
        self.resting = QTimer(self)
        self.resting.setSingleShot(True)
        self.resting.setInterval(_REST_MS)
        self.resting.timeout.connect(self._look)
        self.resting.start()
        context.week.dawn.timeout.connect(self._look_at_the_date)
        context.week.period_changed.connect(lambda *_: self._on_period())

    @property
    def rows(self) -> tuple[WarningRow, ...]:
        """What there is to look at, without what was put away."""
        return self._rows(put_away=False)

    @property
    def away(self) -> tuple[WarningRow, ...]:
        """What is so and was put away."""
        return self._rows(put_away=True)

    def _rows(self, *, put_away: bool) -> tuple[WarningRow, ...]:
        from triluna_desktop.ui.warning_words import name_of, rows_of

        away = self._put_away()
        return rows_of([each for each in self._found if (name_of(each) in away) is put_away])

    def on_changes(self) -> None:
        """Something else may be odd now."""
        self.resting.start()

    def on_status(self) -> None:
        """Dates that were read and hold nothing are told by the status alone."""
        if not self._is_known:
            self.resting.start()

    def _look_at_the_date(self) -> None:
        """At midnight one day is over, and another comes into sight."""
        if self._looked_on is not None and self._looked_on != self._clock.now().date():
            self.resting.start()

    def open(self) -> None:
        """Open the list beside its line, or over the week where the sidebar is hidden."""
        shown = self._ready_list()
        self._fill(shown)
        if self.line is not None and self.line.isVisible():
            shown.open_beside(QRect(self.line.mapToGlobal(QPoint(0, 0)), self.line.size()))
        else:
            corner = self._page.week_view.mapToGlobal(QPoint(0, 0))
            shown.open_beside(QRect(corner, corner))

    # -- looking -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._is_looking:
            self.resting.start()  # Once that is over.
            return
        self._is_looking = True
        self._spawn(self._looking(), "look for slips in what callers are offered")

    async def _looking(self) -> None:
        from triluna_desktop.session.callers import Limits

        try:
            today = self._clock.now().date()
            weekday = self._page.week_view.first_weekday
            first = today - timedelta(days=(today.isoweekday() - weekday) % 7)
            limits = Limits(length=self._length, first_weekday=weekday)
            found: tuple[OfferWarning, ...] = ()
            # Of what was never read from the server nothing can be said.
            self._is_known = self._session.callers.is_known(first, first + timedelta(days=WEEKS_AHEAD * 7 - 1))
            self._looked_on = today
            if self._is_known:
                found = await self._session.callers.warnings(first, WEEKS_AHEAD * 7, limits=limits)
                found += await self._of_shown_week(first + timedelta(weeks=WEEKS_AHEAD), limits)
            self._found = tuple(each for each in found if not _is_over(each, today))
        finally:
            self._is_looking = False
        self._show()

    async def _of_shown_week(self, after: date, limits: Limits) -> tuple[OfferWarning, ...]:
        """Of the week on screen, where it lies after these dates: there the user may be at work.

        That it is closed is seen; of weekly hours all is said already.
        """
        first, last = self._week.shown_week()
        self._is_far = first >= after
        if not self._is_far or not self._session.callers.is_known(first, last):
            return ()
        found = await self._session.callers.warnings(first, 7, limits=limits)
        return tuple(each for each in found if each.date is not None and each.interval is not None)

    def _on_period(self) -> None:
        today = self._clock.now().date()
        if self._is_far or self._week.shown_week()[0] > today + timedelta(weeks=WEEKS_AHEAD - 1):
            self.resting.start()

    @property
    def _length(self) -> int:
        return self._settings.get(table.CALLERS_LENGTH)

    def _show(self) -> None:
        rows = self.rows if self._found else ()
        if rows and self.line is None:
            from triluna_desktop.ui.warnings_list import WarningsLine

            self.line = WarningsLine(self._theme, self._says)
            self.line.opened.connect(self.open)
            self._page.sidebar.add_below(self.line)
        if self.line is not None:
            self.line.show_count(len(rows))
        if self.list is not None and self.list.isVisible():
            self._fill(self.list)

    @property
    def _says(self) -> WarningWords:
        from triluna_desktop.ui.warning_words import WarningWords

        return WarningWords(self._words)

    # -- the list ------------------------------------------------------------------------------------------------

    def _ready_list(self) -> WarningsList:
        if self.list is None:
            from triluna_desktop.ui.warnings_list import WarningsList

            self.list = WarningsList(self._theme, self._says, self._page)
            self.list.show_requested.connect(self._lead_to)
            self.list.fix_requested.connect(self._fix)
            self.list.dismissed.connect(self._dismiss)
            self.list.brought_back.connect(self._bring_back)
        return self.list

    def _fill(self, shown: WarningsList) -> None:
        shown.show_rows(self.rows, self.away, self._length, may_write=not self._session.is_read_only)

    def _lead_to(self, row: WarningRow) -> None:
        if self.list is not None:
            self.list.hide()
        warning, view = row.first, self._page.week_view
        if warning.date is None:
            self._run_command("weekly_hours")
            return
        self._week.reveal(warning.date)
        if warning.item is not None and view.board.content.entry(warning.item.key) is not None:
            view.select((warning.item.key,))
        elif warning.interval is not None:
            view.set_slot_cursor(warning.date, warning.interval.start, warning.interval.end)
        view.setFocus()

    def _fix(self, row: WarningRow) -> None:
        edit = self._edit_of(row.first)
        if edit is None:
            self._lead_to(row)
            return
        if self.list is not None:
            self.list.hide()
        if row.first.date is not None:
            self._week.reveal(row.first.date)
        self._week.flow.apply(edit, done=self._page.week_view.setFocus)

    def _edit_of(self, warning: OfferWarning) -> Edit | None:
        """What the fix does, made of the calendar as it is now; None where it leads somewhere."""
        from triluna_desktop.domain import edits
        from triluna_desktop.domain.models import Entry, Pattern
        from triluna_desktop.domain.slots import make_bookable

        if warning.date is None:
            return None
        if isinstance(warning.item, Entry):
            view = self._session.item(warning.item.key)
            return None if view is None else edits.delete(view.item)
        if warning.interval is None:
            return None
        shown = self._session.days(warning.date, 1)
        return make_bookable(
            warning.date,
            warning.interval,
            self._session.mode_settings,
            [each.item for each in shown.patterns if isinstance(each.item, Pattern)],
            [each.item for each in shown.entries if isinstance(each.item, Entry)],
            is_open=False,
        )

    # -- what was put away ---------------------------------------------------------------------------------------

    def _put_away(self) -> frozenset[str]:
        return frozenset(self._settings.get(table.WARNINGS_DISMISSED).split(","))

    def _dismiss(self, row: WarningRow) -> None:
        today = self._clock.now().date()
        kept = [name for name in self._put_away() if name and not _was(name, today)]
        self._keep_away({*kept, *row.names})

    def _bring_back(self, row: WarningRow) -> None:
        self._keep_away({name for name in self._put_away() if name} - set(row.names))

    def _keep_away(self, names: set[str]) -> None:
        chosen.remember(self._settings, {table.WARNINGS_DISMISSED: ",".join(sorted(names))})
        self._show()


def _is_over(warning: OfferWarning, today: date) -> bool:
    """Whether it is about a date that is over; a week is not before its last day is."""
    if warning.date is None:
        return False
    last = warning.date + timedelta(days=6) if warning.interval is None else warning.date
    return last < today


def _was(name: str, today: date) -> bool:
    """Whether a name is that of a slip more than a week ago, which cannot come back."""
    when = name.split("/")[1] if "/" in name else ""
    return when[:1].isdecimal() and when < (today - timedelta(days=7)).isoformat()
