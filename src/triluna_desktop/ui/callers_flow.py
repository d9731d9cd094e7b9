"""The caller preview beside the week: what it looks at, and that it keeps up, also while something is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from triluna_desktop.domain.models import Entry
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.starts import Appointment
    from triluna_desktop.session import ItemView
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.callers.card import CallersCard
    from triluna_desktop.ui.callers.panel import CallersPanel
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext

_MINUTE_MS = 30_000
"""What is too near to be booked grows with the clock: looked at twice a minute."""


def appointment(settings: Settings) -> Appointment:
    """What the user takes for an appointment."""
    from triluna_desktop.domain.starts import Appointment

    return Appointment(
        settings.get(table.CALLERS_LENGTH), settings.get(table.CALLERS_STEP), settings.get(table.CALLERS_NOTICE)
    )


class CallersFlow(QObject):
    """Made with the window; the panel is made when it is first opened."""

    appointment_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._settings, self._clock = context.session, context.settings, context.clock
        self._page, self._week = context.page, context.week
        self._words, self._theme = context.words, context.theme
        self.panel: CallersPanel | None = None
        self.card: CallersCard | None = None
        """In the inspector."""
        self._day: date | None = None
        """The date of what the inspector shows."""
        self.showing = QTimer(self)
        self.showing.setSingleShot(True)
        self.showing.setInterval(0)
        self.showing.timeout.connect(self.refresh)
        self.minute = QTimer(self)
        self.minute.setInterval(_MINUTE_MS)
        self.minute.timeout.connect(self.refresh)
        view = context.page.week_view
        view.hand_moved.connect(self.refresh)
        for signal in (view.selection_changed, view.slot_cursor_changed, context.week.period_changed):
            signal.connect(lambda *_: self.on_changes())

    @property
    def is_open(self) -> bool:
        """Whether the panel is on screen."""
        return self.panel is not None and self.panel.isVisibleTo(self._page)

    def toggle(self) -> None:
        """Open the panel, or close it."""
        if self.is_open:
            self.close()
            return
        panel = self._ready_panel()
        panel.show_appointment(appointment(self._settings))
        panel.period.choose(self._settings.get(table.CALLERS_PERIOD))
        self._page.show_panel(is_shown=True)
        self.minute.start()
        self.refresh()

    def close(self) -> None:
        """Take it away; the grid has the keyboard then."""
        self.minute.stop()
        self._page.show_panel(is_shown=False)
        self._show_card()
        self._page.week_view.setFocus()

    def on_appointment(self) -> None:
        """Another length or step was chosen, here or in the settings."""
        if self.panel is not None:
            self.panel.show_appointment(appointment(self._settings))
        self.appointment_changed.emit()
        self.on_changes()

    def on_changes(self) -> None:
        """Something else may be offered, or another day is looked at."""
        if self.is_open or self._day is not None:
            self.showing.start()

    def on_status(self) -> None:
        """Dates that were read and hold nothing are told by the status alone."""
        if self.is_open and self.panel is not None and self.panel.is_incomplete:
            self.showing.start()

    def refresh(self) -> None:
        """Show what is offered; while something is dragged, what would be if it were let go now."""
        self.showing.stop()
        self._show_card()
        if self.panel is None or not self.is_open:
            return
        first, days = self._dates()
        trying = self._page.week_view.board.gestures.trying
        wanted = appointment(self._settings)
        self.panel.show_preview(self._session.callers.starts(first, days, wanted, trying=trying))
        hand = self._page.week_view.board.gestures.preview
        if hand is not None:
            self.panel.bring_to_sight(hand.lead.date)

    def wire(self, inspector: Inspector) -> None:
        """Give the inspector a card with the starts of the date that it is about."""
        from triluna_desktop.ui.callers.caller_words import CallerWords
        from triluna_desktop.ui.callers.card import CallersCard

        self.card = CallersCard(self._theme, CallerWords(self._words, self._clock))
        self.card.day.start_chosen.connect(self._show_start)
        inspector.add_card(self.card)
        inspector.shown.connect(self._tell_of)

    def _tell_of(self, views: tuple[ItemView, ...]) -> None:
        item = views[0].item if len(views) == 1 else None
        self._day = item.date if isinstance(item, Entry) and item.date >= self._week.today else None
        self._show_card()

    def _show_card(self) -> None:
        """There is none beside the panel, which shows more."""
        if self.card is None:
            return
        self.card.setVisible(self._day is not None and not self.is_open)
        if self._day is not None and not self.is_open:
            wanted = appointment(self._settings)
            trying = self._page.week_view.board.gestures.trying
            self.card.show_preview(
                self._session.callers.starts(self._day, 1, wanted, trying=trying), wanted.length
            )

    def _dates(self) -> tuple[date, int]:
        if self._settings.get(table.CALLERS_PERIOD) == "week":
            first, last = self._week.shown_week()
            today = self._week.today
            if first < today <= last:  # Nobody books what is over.
                return today, (last - today).days + 1
            return first, 7
        view = self._page.week_view
        preview = view.board.gestures.preview
        if preview is not None:
            return preview.lead.date, 1
        return view.board.cursor_or_near(view.cursor_day).head, 1

    def _ready_panel(self) -> CallersPanel:
        if self.panel is None:
            from triluna_desktop.ui.callers.caller_words import CallerWords
            from triluna_desktop.ui.callers.panel import CallersPanel

            self.panel = CallersPanel(self._theme, CallerWords(self._words, self._clock))
            self.panel.appointment_chosen.connect(self._remember)
            self.panel.period_chosen.connect(self._show_period)
            self.panel.start_chosen.connect(self._show_start)
            self.panel.closed.connect(self.close)
            self._page.add_panel(self.panel)
        return self.panel

    def _remember(self, wanted: Appointment) -> None:
        chosen.remember(
            self._settings,
            {
                table.CALLERS_LENGTH: wanted.length,
                table.CALLERS_STEP: wanted.step,
                table.CALLERS_NOTICE: wanted.notice,
            },
        )
        self.appointment_changed.emit()
        self.refresh()

    def _show_period(self, period: str) -> None:
        chosen.remember(self._settings, {table.CALLERS_PERIOD: period})
        self.refresh()

    def _show_start(self, day: date, minute: int) -> None:
        """Put the slot cursor where the appointment would lie."""
        self._week.reveal(day)
        end = min(minute + self._settings.get(table.CALLERS_LENGTH), 24 * 60)
        self._page.week_view.set_slot_cursor(day, minute, end)
