"""Between the session and the page with the week: which dates show, what is selected, what was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import week_of
from triluna_desktop.session import ConnectionState, SendState
from triluna_desktop.ui.edit_flow import EditFlow
from triluna_desktop.ui.inspector_flow import InspectorFlow
from triluna_desktop.ui.notices import Action, Notice, Notices
from triluna_desktop.ui.week_notice import grid_state

if TYPE_CHECKING:
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import KeyringTrouble
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words

_LOOK_BACK, _LOOK_AHEAD = 12 * 7, 26 * 7
"""Days around today in which an edit that needs a decision is looked for: what the app keeps in step."""
_DAWN_MS = 30_000
_MAY_LACK_TOKEN = frozenset({ConnectionState.NO_TOKEN, ConnectionState.SYNCING, ConnectionState.LOADING})
"""States in which there may be no token; at the start the latter two are told before it is looked for."""


class WeekController(QObject):
    """Holds the dates on screen and nothing else: the session holds the calendar, the parts show it."""

    period_changed = Signal(object, int)
    """The first date on screen, and how many."""
    connect_requested = Signal()
    details_requested = Signal(str)
    extend_requested = Signal()
    """The template that ends shall go on."""
    news_requested = Signal()
    """What is new shall be shown."""
    token_requested = Signal()
    """The keyring shall be asked for the token again."""

    def __init__(
        self,
        session: Session,
        page: WeekPage,
        words: Words,
        clock: Clock,
        spawn: Spawn,
        *,
        first_weekday: int,
        days: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self._words = words
        self._clock = clock
        self._first_weekday = first_weekday
        self.today = clock.now().date()
        self.first = self.today
        self.days = days
        self._is_known = True
        """Whether all that is shown was read from the server."""
        self.flow = EditFlow(session, words, spawn, self)
        self._notices = Notices(self)
        self._problem: Notice | None = None
        self._keyring: Notice | None = None
        self._remark: Notice | None = None
        """What is said only while there is nothing weightier."""
        self._reminder: Notice | None = None
        """The same, and said as long as it is so."""
        self._news: Notice | None = None
        self._offered: Edit | None = None
        """What the toast offers to undo."""
        self.inspecting = InspectorFlow(session, page, words, clock, self.flow, self, self)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(0)
        self._pending.timeout.connect(self.refresh_now)
        self.dawn = QTimer(self)
        self.dawn.setInterval(_DAWN_MS)
        self.dawn.timeout.connect(self._look_at_the_date)
        self._connect()

    def _connect(self) -> None:
        page, view = self._page, self._page.week_view
        page.toolbar.today_requested.connect(self.show_today)
        page.toolbar.turn_requested.connect(self.turn)
        page.toolbar.view_chosen.connect(self.show_view)
        page.toolbar.brush_chosen.connect(view.set_brush)
        page.sidebar.month.day_chosen.connect(self.show_date)
        page.sidebar.month.month_shown.connect(self._show_dots)
        page.banner.action_requested.connect(self._do)
        page.banner.put_away.connect(self._put_away)
        page.status_bar.sync_requested.connect(self.flow.sync)
        page.status_bar.meter.open_with(self._session)
        view.brush_changed.connect(lambda is_available: page.toolbar.show_brush(is_available=is_available))
        view.days_requested.connect(self.show)
        view.let_go.connect(self._show_notice)
        view.edit_requested.connect(lambda edit: self.flow.apply(edit, answered=view.finish_edit))
        view.selection_changed.connect(self.inspecting.on_selection)
        view.open_requested.connect(self.inspecting.open)
        view.undo_requested.connect(self.flow.undo)
        view.redo_requested.connect(self.flow.redo)
        view.weekly_hours_requested.connect(self.inspecting.show_weekly_hours)

    def start(self) -> None:
        """Show today's week, or today, and keep up with the date."""
        self.show_today()
        self.dawn.start()

    # -- which dates ---------------------------------------------------------------------------------------------

    def show(self, first: date, days: int) -> None:
        """Show these dates."""
        is_other = (first, days) != (self.first, self.days)
        self.first, self.days = first, days
        self._page.toolbar.show_period(first, days)
        self._session.look_at(first, first + timedelta(days=days - 1))
        self.refresh_now()
        if is_other:
            self.period_changed.emit(first, days)

    def show_date(self, day: date) -> None:
        """Show the week, or the day, that holds a date."""
        self.show(day if self.days == 1 else week_of(day, self._first_weekday), self.days)

    def show_today(self) -> None:
        """Show today's week, or today."""
        self.show_date(self.today)

    def turn(self, steps: int) -> None:
        """Go on (1) or back (-1) by what is shown."""
        self.show(self.first + timedelta(days=steps * self.days), self.days)

    def show_view(self, name: str) -> None:
        """Show a "day" or a "week": the day of the cursor or of what is selected, or the week around the day."""
        view = self._page.week_view
        day = view.board.cursor_or_near(view.cursor_day).head if self.days > 1 else self.first
        if name == "day":
            self.show(day, 1)
        else:
            self.show(week_of(day, self._first_weekday), 7)

    def set_first_weekday(self, weekday: int) -> None:
        """Let weeks start on another day; 0 is Sunday."""
        self._first_weekday = weekday
        self._page.week_view.first_weekday = weekday
        self.show_date(self.first + timedelta(days=self.days // 2))

    def _look_at_the_date(self) -> None:
        today = self._clock.now().date()
        if today != self.today:
            self.today = today
            self.refresh_now()

    # -- what they hold ------------------------------------------------------------------------------------------

    def on_changes(self, changes: Changes) -> None:
        """The session told of changes: show them once control is back at the event loop."""
        if changes.status:
            self.show_status()
        touches = changes.dates is None or changes.patterns or bool(changes.dates)
        # Dates that were read and hold nothing are told by the status alone.
        if touches or (changes.status and not self._is_known):
            self._pending.start()

    def refresh_now(self) -> None:
        """Show what the session holds."""
        self._pending.stop()
        session, page = self._session, self._page
        view = session.days(self.first, self.days)
        page.week_view.set_days(view, session.availability(self.first, self.days))
        week = week_of(self.first, self._first_weekday)
        page.sidebar.month.show_dates(self.first, self.days, self.today, self._first_weekday)
        is_known = view.loaded if self.days == 7 else session.days(week, 7).loaded
        page.sidebar.hours.show_week(session.availability(week, 7), self.today, is_known=is_known)
        self._is_known = view.loaded and is_known
        self._show_grid_state(loaded=view.loaded)
        self.inspecting.refresh()
        if self._offered is not None and self._session.last_edit is not self._offered:
            self._offered = None
            page.toast.withdraw_undo()

    def show_status(self) -> None:
        """Show how things stand with the server."""
        status = self._session.status
        self._page.status_bar.show_status(status)
        self._show_notice()
        is_read_only = self._session.is_read_only
        self._page.week_view.set_read_only(is_read_only)
        self._page.toolbar.set_read_only(is_read_only)
        inspector = self._page.open_inspector
        if inspector is not None:
            inspector.set_read_only(is_read_only)
        self._show_grid_state(loaded=self._session.days(self.first, self.days).loaded)

    def report(self, sentence: str, details: str, advice: str | None = None) -> None:
        """Show a fault of the app itself until it is put away."""
        self._problem = self._notices.problem(sentence, details, advice)
        self._show_notice()

    def tell_keyring(self, trouble: KeyringTrouble | None) -> None:
        """Say what keeps the keyring from giving the token, until that is put away or no longer so."""
        self._keyring = None if trouble is None else self._notices.keyring(trouble)
        self._show_notice()

    def show_asking(self, *, is_asking: bool, of_server: bool = True) -> None:
        """Show that what the user asked for is being tried; the status bar tells of the server alone."""
        if of_server:
            self._page.status_bar.show_asking(is_asking=is_asking)
        self._page.banner.show_asking(is_asking=is_asking)

    def _show_notice(self) -> None:
        """The banner comes and goes between drags: it moves the hours, and a drag must end where it is let go."""
        status = self._session.status
        if status.state not in _MAY_LACK_TOKEN:
            self._keyring = None  # Another one was pasted.
        if not self._page.week_view.pointer.is_down:
            notice = self._problem or self._keyring or self._notices.notice_for(status) or self._remark
            self._page.banner.show_notice(notice or self._reminder or self._news)

    def tell_session_only(self) -> None:
        """Say that the token is in no keyring, until that is put away."""
        self._remark = self._notices.session_only()
        self.show_status()

    def tell_news(self, notice: Notice | None) -> None:
        """Say that something is new, where there is nothing else to say."""
        self._news = notice
        self._show_notice()

    def remind(self, notice: Notice | None) -> None:
        """Say something as long as it is so and nothing weightier is to be said."""
        self._reminder = notice
        self._show_notice()

    def _show_grid_state(self, *, loaded: bool) -> None:
        self._page.week_view.set_state(grid_state(self._session.status, loaded=loaded))

    def _show_dots(self, first: date, last: date) -> None:
        self._page.sidebar.month.set_dots(self._session.dates_with_entries(first, last))

    # -- what was done -------------------------------------------------------------------------------------------

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Tell the user in passing."""
        self._offered = self._session.last_edit if can_undo else None
        self._page.toast.show_sentence(sentence, can_undo=can_undo)

    def show_edit(self, edit: Edit) -> None:
        """Turn to the dates of an edit, if none of them is on screen."""
        days = [change.item.date for change in edit.changes if isinstance(change.item, Entry)]
        last = self.first + timedelta(days=self.days - 1)
        if days and not any(self.first <= day <= last for day in days):
            self.show_date(days[0])

    def shown_week(self) -> tuple[date, date]:
        """The first and the last date of the week on screen, or of the week of the day on screen."""
        first = week_of(self.first, self._first_weekday)
        return first, first + timedelta(days=6)

    def reveal(self, day: date) -> None:
        """Turn to a date, if it is not on screen."""
        if not self.first <= day < self.first + timedelta(days=self.days):
            self.show_date(day)

    def _do(self, action: Action) -> None:
        match action:
            case Action.CONNECT:
                self.connect_requested.emit()
            case Action.SYNC:
                self.flow.sync()
            case Action.ACCEPT_SHRINK:
                self.flow.accept_shrink()
            case Action.SHOW_DECISION:
                self._show_first_decision()
            case Action.READ_TOKEN:
                self.token_requested.emit()
            case Action.EXTEND:
                self.extend_requested.emit()
            case Action.NEWS:
                self.news_requested.emit()
            case Action.COPY_DETAILS:
                if self._problem is not None:
                    self.details_requested.emit(self._problem.details)

    def _put_away(self, notice: Notice) -> None:
        if notice is self._problem:
            self._problem = None
            self.show_status()
        elif notice is self._keyring:
            self._keyring = None
            self.show_status()
        elif notice is self._remark:
            self._remark = None
        elif notice is self._news:
            self._news = None

    def _show_first_decision(self) -> None:
        """Turn to the first edit that the server refused."""
        first = self.today - timedelta(days=_LOOK_BACK)
        view = self._session.days(first, _LOOK_BACK + _LOOK_AHEAD)
        for each in (*view.entries, *view.patterns):
            if each.state not in (SendState.CONFLICT, SendState.REJECTED):
                continue
            if isinstance(each.item, Entry):
                self.reveal(each.item.date)
                self._page.week_view.select((each.item.key,))
            else:
                self.inspecting.show_weekly_hours(each.item)
            return
