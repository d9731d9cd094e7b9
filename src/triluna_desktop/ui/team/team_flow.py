"""Fills the team week from the sessions of the open calendars, and keeps it right while they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from triluna_desktop.domain.team import bookable_spans, common_spans, on_the_wall
from triluna_desktop.domain.time import week_of
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen, dates
from triluna_desktop.ui.profiles.profile_state import Standing
from triluna_desktop.ui.styled import come_to_screen
from triluna_desktop.ui.team.team_dialog import TeamDialog
from triluna_desktop.ui.team.team_model import DAYS, Row
from triluna_desktop.ui.team.team_words import TeamWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, tzinfo

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.team import Span
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.ui.main_window import MainWindow
    from triluna_desktop.ui.profiles.profile_list import ProfileList
    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords


class TeamFlow(QObject):
    """Belongs to the main window, whatever calendar that shows."""

    def __init__(self, profiles: ProfileList, names: ProfileWords, window: MainWindow) -> None:
        super().__init__(window)
        self._profiles = profiles
        self._names = names
        self._window = window
        self._hidden: frozenset[str] = frozenset()
        self._shown = ""
        """The calendar in the main window when the week was last asked for."""
        self._ends: dict[Session, Callable[[], None]] = {}
        self._spans: tuple[Span, ...] = ()
        """What the ticked calendars have in common."""
        self.dialog: TeamDialog | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        # Not what the list says of them alone: one that was opened has the same row as before.
        self._unsubscribe = profiles.profiles.subscribe(self._on_profiles)

    def open(self) -> None:
        """Show the week that the main window shows."""
        page = self._window.profile
        if self.dialog is None:
            self._words = page.words
            self._says = TeamWords(self._words)
            length = page.settings.get(table.CALLERS_LENGTH)
            self.dialog = TeamDialog(page.theme, self._words, self._says, self._names, length, self._window)
            self.dialog.turn_requested.connect(lambda weeks: self._show(self.first + timedelta(weeks=weeks)))
            self.dialog.today_requested.connect(lambda: self._show(self._window.profile.clock.now().date()))
            self.dialog.calendar_requested.connect(self._show_calendar)
            self.dialog.hidden_changed.connect(self._hide)
            self.dialog.copy_requested.connect(self._copy)
            self.dialog.length.valueChanged.connect(self.refresh)
            self.dialog.model.ticked.connect(self.refresh)
            self.dialog.finished.connect(self._unfollow)
        self._show(page.week.first)
        if not self.dialog.isVisible():
            come_to_screen(self.dialog, self._window)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.table.setFocus()

    def _on_profiles(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Show what all calendars hold now."""
        dialog = self.dialog
        if dialog is None:
            return
        states, zone = self._profiles.states, self._zone
        if self._shown != next((state.name for state in states if state.is_shown), ""):
            self._look()
        self._says.use(self._window.profile.words)
        shown = [state for state in states if state.name not in self._hidden]
        rows = tuple(self._row(state) for state in shown)
        compared = [row for row in rows if row.state.name in dialog.model.compared]
        spans = self._common(compared, zone) if len(compared) > 1 else ()
        days = (self.first + timedelta(days=number) for number in range(DAYS))
        dialog.show_choice(states, [self._names.title(state.known) for state in states], self._hidden)
        dialog.model.show_week(self.first, rows, tuple(on_the_wall(spans, day, zone) for day in days))
        self._spans = spans
        unread = [row.title for row in compared if None in row.days]
        opening = [row.title for row in compared if row.is_opening]
        found = [self._says.found(len(spans), len(compared), unread, opening)]
        if len(compared) > 1 and not unread:
            found += self._says.doubts(compared)
        dialog.show_found("\n\n".join(found), [self._says.span(span, zone) for span in spans])

    def _row(self, state: ProfileState) -> Row:
        session = self._follow(state)
        return Row(
            state,
            self._names.title(state.known),
            self._names.state(replace(state, is_shown=False)),
            self._days_of(session),
            is_opening=session is None and state.standing is Standing.WELL,
        )

    def end(self) -> None:
        """The main window closes."""
        self._soon.stop()
        self._unsubscribe()
        self._let_go()

    @property
    def _zone(self) -> tzinfo:
        zone = self._window.profile.clock.now().tzinfo
        if zone is None:
            raise RuntimeError("a clock's time has no zone")
        return zone

    def _show(self, day: date) -> None:
        page, dialog = self._window.profile, self.dialog
        if dialog is None:
            return
        self.first = week_of(day, chosen.first_weekday(page.settings, page.locale()))
        locale = self._words.locale
        titles = tuple(dates.range_title(self.first, DAYS, locale, short=short) for short in (False, True))
        week = self._words.number(dates.week_number(self.first))
        dialog.title.show_period(titles, self.tr("Week {number}").format(number=week))
        self._look()
        self.refresh()

    def _look(self) -> None:
        """Have the week read wherever it is not kept in step anyway.

        The shown calendar reads what the main window shows: where it does not know the week, that turns to it.
        """
        for state in self._profiles.states:
            session = self._profiles.profiles.session_of(state.name)
            if state.is_shown:
                self._shown = state.name
                if session is not None and not session.days(self.first, DAYS).loaded:
                    self._window.profile.show_date(self.first)
            elif session is not None:
                session.look_at(self.first, self.first + timedelta(days=DAYS - 1))

    def _follow(self, state: ProfileState) -> Session | None:
        session = self._profiles.profiles.session_of(state.name)
        if session is not None and session not in self._ends:
            self._ends[session] = session.subscribe(self._on_changes)
            if not state.is_shown:  # It may have been opened since the week was turned to.
                session.look_at(self.first, self.first + timedelta(days=DAYS - 1))
        return session

    def _on_changes(self, changes: Changes) -> None:
        if changes.dates is None or changes.dates or changes.patterns:
            self._soon.start()

    def _unfollow(self) -> None:
        """Nobody looks any more: the calendars behind need not read this week again and again."""
        self._soon.stop()  # It would follow them again.
        today = self._window.profile.clock.now().date()
        for state in self._profiles.states:
            session = self._profiles.profiles.session_of(state.name)
            if session is not None and session in self._ends and not state.is_shown:
                session.look_at(today, today)
        self._let_go()

    def _let_go(self) -> None:
        for end in self._ends.values():
            end()
        self._ends = {}

    def _days_of(self, session: Session | None) -> tuple[DayAvailability | None, ...]:
        if session is None or not session.days(self.first, DAYS).loaded:
            return (None,) * DAYS
        return session.availability(self.first, DAYS)

    def _common(self, rows: list[Row], zone: tzinfo) -> tuple[Span, ...]:
        """When all of these are bookable, from now on."""
        dialog = self.dialog
        if dialog is None:
            return ()
        now = self._window.profile.clock.now()
        soonest = now.replace(second=0, microsecond=0) + timedelta(minutes=1 if now.second else 0)
        calendars = [bookable_spans([day for day in row.days if day is not None], zone) for row in rows]
        return common_spans(calendars, least=timedelta(minutes=dialog.length.value()), after=soonest)

    def _show_calendar(self, name: str, day: date) -> None:
        self._profiles.switch(name)
        page = self._window.profile
        if any(state.is_shown and state.name == name for state in self._profiles.states):
            page.show_date(day)

    def _hide(self, name: str, is_hidden: bool) -> None:
        self._hidden = self._hidden | {name} if is_hidden else self._hidden - {name}
        self._soon.start()

    def _copy(self) -> None:
        if self.dialog is None:
            return
        rows = self.dialog.model.rows
        titles = [row.title for row in rows if row.state.name in self.dialog.model.compared]
        QGuiApplication.clipboard().setText(self._says.copied(titles, self._spans, self._zone))
