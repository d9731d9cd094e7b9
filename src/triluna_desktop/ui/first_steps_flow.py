"""Which page is on the screen, the week or the first steps; and what is chosen in those holds at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget, QWidget

    from triluna_desktop.domain.availability import Mode
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.system.settings import AnySetting
    from triluna_desktop.ui.first_run import FirstRunPage
    from triluna_desktop.ui.keyring_flow import KeyringFlow
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.settings.account_actions import AccountActions

    WayBack = Callable[[], tuple[str, Callable[[], None]] | None]

_NEEDS_ACCOUNT = frozenset({ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN})


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the first steps lead."""

    try_demo: Callable[[], object]
    open_settings: Callable[[], object]
    open_weekly_hours: Callable[[], object]
    focus: Callable[[], object]
    """Give the keyboard to the page that is on the screen."""


class FirstStepsFlow:
    """Makes the page when it is first needed."""

    def __init__(
        self,
        context: PageContext,
        stack: QStackedWidget,
        keyring: KeyringFlow,
        account: AccountActions,
        ways: Ways,
        *,
        is_demo: bool,
    ) -> None:
        self._stack, self._keyring, self._account, self._ways = stack, keyring, account, ways
        self._session, self._settings, self._spawn = context.session, context.settings, context.spawn
        self._week_page, self._week = context.page, context.week
        self._words, self._theme = context.words, context.theme
        self._is_demo = is_demo
        self.page: FirstRunPage | None = None
        self._is_under_way = False
        """The user goes through the steps."""
        self._is_passed = False
        """The user wants the week, in this run, with an account or without."""
        self.way_back: WayBack = lambda: None
        """The title of another calendar and how it is shown, where there is one."""

    @property
    def is_shown(self) -> bool:
        """Whether the first steps are on the screen."""
        return self.page is not None and self._stack.currentWidget() is self.page

    def show(self) -> None:
        """The first steps until something was loaded and while there is no token that works; else the week."""
        status = self._session.status
        needs_account = (
            not self._is_demo and not self._is_passed and not status.ever_synced and status.state in _NEEDS_ACCOUNT
        )
        # While a token is being saved the session has it already: what it may do is told here.
        is_saving = self.page is not None and self.is_shown and self.page.is_saving
        stays = needs_account or self._is_under_way or is_saving
        wanted: QWidget = self._made() if stays else self._week_page
        if self._stack.currentWidget() is not wanted:
            self._stack.setCurrentWidget(wanted)
            self._ways.focus()
            if needs_account and status.state is ConnectionState.NEEDS_TOKEN:
                self._made().form.tell_refused()

    def open(self) -> None:
        """Go through the steps once more. The demo has no account to connect."""
        self._is_under_way = True
        self._made().begin()
        self.show()

    def offer_way_back(self, way_back: WayBack) -> None:
        """Offer another calendar while this one has no account."""
        self.way_back = way_back
        if self.page is not None:
            self.page.offer_way_back(way_back())

    def _made(self) -> FirstRunPage:
        if self.page is None:
            from triluna_desktop.ui.first_run import FirstRunPage  # Not needed where there is an account.

            page = self.page = FirstRunPage(
                self._account, self._spawn, self._words, self._theme, has_account=not self._is_demo
            )
            page.demo_requested.connect(self._ways.try_demo)
            page.settings_requested.connect(self._ways.open_settings)
            page.form.saved.connect(self._on_token_saved)
            page.under_way.connect(self._on_under_way)
            page.finished.connect(self._on_finished)
            page.shown.connect(lambda _: self._show_choices())
            page.mode.chosen.connect(self._choose_mode)
            page.hours.chosen.connect(self._choose_hours)
            self._stack.addWidget(page)
            page.offer_way_back(self.way_back())
            self._keyring.tell_on(page)
        self._show_choices()
        return self.page

    def _show_choices(self) -> None:
        if self.page is not None:
            settings = self._session.mode_settings
            self.page.mode.show_mode(settings.mode)
            self.page.hours.show_hours(settings)

    def _on_token_saved(self) -> None:
        # The page gives way to the week, and with it the form that says so.
        if self.page is not None and self.page.form.is_for_this_session:
            self._week.tell_session_only()

    def _on_under_way(self) -> None:
        self._is_under_way = True

    def _on_finished(self) -> None:
        self._is_under_way = False
        self._is_passed = True
        wants_weekly = self.page is not None and self.page.hours.weekly_box.isChecked()
        self.show()
        if wants_weekly and self.page is not None:
            self.page.hours.weekly_box.setChecked(False)
            self._ways.open_weekly_hours()

    # -- what is chosen ------------------------------------------------------------------------------------------

    def _choose_mode(self, mode: Mode) -> None:
        self._set({table.CALENDAR_MODE: mode.value})

    def _choose_hours(self, hours: Interval, by_weekday: tuple[Interval | None, ...]) -> None:
        from triluna_desktop.domain.modes import hours_to_text

        self._set(
            {
                table.CALENDAR_DEFAULT_START: hours.start,
                table.CALENDAR_DEFAULT_END: hours.end,
                table.CALENDAR_HOURS: hours_to_text(by_weekday),
            }
        )

    def _set(self, values: dict[AnySetting, object]) -> None:
        try:
            self._settings.set_all(values)
        except SettingError as error:
            self._week.report(error.problem, "")
            self._show_choices()
