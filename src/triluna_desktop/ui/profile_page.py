"""The page of a profile: the week or the first-run page, its commands, its settings, and what is remembered.

The constructor makes what the first paint shows, the week alone in its place; `ProfilePage.furnish`, right after
it, all the rest. So what is imported at the top is what the first paint needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from triluna_desktop.domain.time import week_of
from triluna_desktop.session import Changes
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.week_notice import grid_state
from triluna_desktop.ui.week_page import WeekPage
from triluna_desktop.ui.week_view import WeekView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from PySide6.QtWidgets import QDialog

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.first_run import FirstRunPage
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.dialog import SettingsDialog
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.toast import Toast

    WayBack: TypeAlias = Callable[[], tuple[str, Callable[[], None]] | None]

_HOUR_HEIGHT = table.GRID_HOUR_HEIGHT.default


class ProfilePage(QWidget):
    """What the window shows of a profile. The constructor reads memory and the store: no network, no keyring.

    The first paint may follow it and `begin`; nothing works before `furnish`. ``try_demo`` opens the demo
    calendar, from the first-run page.
    """

    title_changed = Signal(str)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: Theme,
        clock: Clock,
        *,
        try_demo: Callable[[], None],
    ) -> None:
        super().__init__()
        self._session = session
        self.settings = settings
        self.theme = theme
        self.clock = clock
        self._try_demo = try_demo
        self._ends: list[Callable[[], None]] = []
        """What is to be called when the page goes."""
        self._spoken = chosen.locale(settings, self.locale())
        """One object for all words: how times are written may change."""
        self.week_view = WeekView(
            theme,
            clock,
            first_weekday=chosen.first_weekday_at_start(self.settings, self.locale()),
            snap=settings.get(table.GRID_SNAP),
            locale=self._spoken,
        )
        self.page = WeekPage(self.week_view)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._apply_settings()

    def begin(self) -> None:
        """Show the first days. The page has its place in the window by now."""
        self._show_first_days()
        self.week_view.setFocus()

    # -- building ------------------------------------------------------------------------------------------------

    def _show_first_days(self) -> None:
        """Show the days with which the controller will begin."""
        first = self.week_view.today
        if self._first_days > 1:
            first = week_of(first, self.week_view.first_weekday)
        view = self._session.days(first, self._first_days)
        self.week_view.set_days(view, self._session.availability(first, self._first_days))
        if not view.loaded:
            self.week_view.set_state(grid_state(self._session.status, loaded=False))

    @property
    def _first_days(self) -> int:
        return 1 if self.settings.get(table.GRID_LAST_VIEW) == "day" else 7

    def furnish(
        self,
        *,
        spawn: Spawn,
        account: AccountActions,
        deeds: Mapping[str, Callable[[], object]],
        is_demo: bool = False,
    ) -> None:
        """Make the rest of the page and let it work. ``spawn`` may keep work until an event loop runs.

        ``deeds`` are the commands of the window around it.
        """
        from triluna_desktop.ui.bulk_flow import BulkFlow
        from triluna_desktop.ui.calendar_flows import CalendarFlows
        from triluna_desktop.ui.caller_flows import CallerFlows
        from triluna_desktop.ui.first_steps_flow import FirstStepsFlow, Ways
        from triluna_desktop.ui.history_flow import HistoryFlow
        from triluna_desktop.ui.keyring_flow import KeyringFlow
        from triluna_desktop.ui.news_flow import NewsFlow
        from triluna_desktop.ui.offer_flow import OfferFlow
        from triluna_desktop.ui.page_context import PageContext
        from triluna_desktop.ui.page_deeds import page_deeds
        from triluna_desktop.ui.page_work import PageWork
        from triluna_desktop.ui.palette_flow import PaletteFlow
        from triluna_desktop.ui.settings_flow import SettingsFlow
        from triluna_desktop.ui.week_controller import WeekController
        from triluna_desktop.ui.window_commands import WindowCommands
        from triluna_desktop.ui.words import Words

        self.theme.install_sheet()
        self._work = PageWork(self, spawn)
        spawn = self._work.spawn
        self.words = Words(self._spoken)
        self.week_view.furnish()
        chosen.remember_first_weekday(self.settings, self.locale())
        self.week_view.first_weekday = chosen.first_weekday(self.settings, self.locale())
        self.page.furnish(self.theme, self.words, self.clock, self._make_inspector, self._make_toast)
        self.week = WeekController(
            self._session,
            self.page,
            self.words,
            self.clock,
            spawn,
            first_weekday=self.week_view.first_weekday,
            days=self._first_days,
            parent=self,
        )
        self.keyring = KeyringFlow(self.week, account, spawn, self)
        context = PageContext(
            self._session, self.settings, self.words, self.theme, self.clock, spawn, self.page, self.week
        )
        self.history = HistoryFlow(context)
        self.offers = OfferFlow(context)
        self.bulk = BulkFlow(context)
        self.calendar = CalendarFlows(context, self.bulk)
        self.callers = CallerFlows(context, self.run_command)
        self.choosing = SettingsFlow(self, context, account, is_demo=is_demo)
        ways = Ways(self._try_demo, self.open_settings, self.calendar.weekly.open, self.focus)
        self.first_steps = FirstStepsFlow(context, self._stack, self.keyring, account, ways, is_demo=is_demo)
        self.news = NewsFlow(self.settings, self.week, self)
        self.palettes = PaletteFlow(context, lambda: self.commands, self.open_settings)
        self.commands = WindowCommands(self, lambda: self._stack.currentWidget() is self.page)
        self.commands.add({**page_deeds(self), **deeds})
        self.commands.ask_reasons(self.palettes.grid.reason)
        self.commands.install()
        self._connect()
        self._show_settings()
        self.week.start()
        self._ends += [self._session.subscribe(self._on_changes)]
        self._ends += [self.bulk.end, self.calendar.end, self.choosing.end]
        self._show_status()
        self.news.begin()
        self.focus()

    def _make_inspector(self) -> Inspector:
        from triluna_desktop.ui.inspector import Inspector

        inspector = Inspector(self.theme, self.words, self.week.inspecting.clashes)
        weekly = self.calendar.weekly
        for flow in (self.week.inspecting, self.history, self.offers, self.bulk, self.callers, weekly):
            flow.wire(inspector)
        return inspector

    def _make_toast(self, over: QWidget) -> Toast:
        from triluna_desktop.ui.toast import Toast

        toast = Toast(self.theme, over)
        toast.undo_requested.connect(self.week.flow.undo)
        return toast

    def _connect(self) -> None:
        from PySide6.QtGui import QGuiApplication

        page = self.page
        page.toolbar.settings_requested.connect(self.open_settings)
        page.toolbar.now_requested.connect(self.palettes.open_now_menu)
        page.sidebar.layers.changed.connect(self._on_layers)
        page.sidebar_changed.connect(self._on_sidebar)
        for part in (self.week_view, page.toolbar):
            part.command_requested.connect(self.run_command)
        self.week.period_changed.connect(self._on_period)
        self.week.connect_requested.connect(self.open_account)
        self.week.details_requested.connect(lambda text: QGuiApplication.clipboard().setText(text))

    # -- commands ------------------------------------------------------------------------------------------------

    def run_command(self, name: str) -> None:
        """Carry out a command by its name; one of a later version is passed over."""
        self.commands.run(name)

    @property
    def title(self) -> str:
        """What the window's title says: the period on the screen."""
        return self.page.toolbar.title.text

    @property
    def least_width(self) -> int:
        """In pixels, for the toolbar to be whole."""
        return self.page.toolbar.minimumSizeHint().width()

    def take_switcher(self, switcher: QWidget, way_back: WayBack) -> None:
        """Put the list of calendars into the sidebar. ``way_back`` leads from the first-run page to another."""
        self.page.sidebar.add_above(switcher)
        self.first_steps.offer_way_back(way_back)

    def take_place_of(self, other: ProfilePage) -> None:
        """Show the dates and the hours that another page shows."""
        self.week.show(other.week.first, other.week.days)
        self.page.toolbar.view.choose("day" if self.week.days == 1 else "week")
        mine, theirs = self.week_view, other.week_view
        mine.set_zoom(theirs.zoom)
        mine.scroll_by(theirs.grid.scroll - mine.grid.scroll)

    def may_leave(self) -> bool:
        """Save what is typed and close what was opened; False, and back to it, where that asks something."""
        for dialog in self._dialogs():
            dialog.close()
            if dialog.isVisible():
                dialog.raise_()
                dialog.activateWindow()
                return False
        return self.week.inspecting.finish_typing()

    def _dialogs(self) -> list[QDialog]:
        from PySide6.QtWidgets import QDialog

        return [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]

    def focus(self) -> None:
        """Give the keyboard to the week, or to the first-run page."""
        if self.first_run is not None and self.first_steps.is_shown:
            self.first_run.take_focus()
        else:
            self.week_view.setFocus()

    @property
    def first_run(self) -> FirstRunPage | None:
        """The first steps, once they were shown."""
        return self.first_steps.page

    def show_date(self, day: date) -> None:
        """Turn to the week, or the day, that holds the date."""
        self.week.show_date(day)

    def report(self, sentence: str, details: str = "", advice: str | None = None) -> None:
        """Show what went wrong in the app itself, in a banner; the error funnel's last stop."""
        self.week.report(sentence, details, advice)

    def open_settings(self) -> SettingsDialog:
        """Open the settings."""
        return self.choosing.open()

    def open_account(self) -> None:
        """Open the settings at the account page, ready for a token."""
        self.open_settings().show_account()

    # -- what the session says -----------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        self.week.on_changes(changes)
        self.history.on_changes()
        self.offers.on_changes()
        self.callers.on_changes(changes)
        self.palettes.calendar_changed()
        if changes.status:
            self.first_steps.show()

    def show_again(self) -> None:
        """Say everything anew: titles are hidden, or times are written in another way."""
        self.week.refresh_now()
        self._on_changes(Changes(dates=None, status=True))
        self.title_changed.emit(self.title)

    def _show_status(self) -> None:
        self.week.show_status()
        self.first_steps.show()

    # -- settings ------------------------------------------------------------------------------------------------

    def _apply_settings(self) -> None:
        """Those of the grid and its place."""
        get = self.settings.get
        self.week_view.set_layers(**chosen.layers(self.settings))
        self.week_view.set_masked(is_on=get(table.PRIVACY_MASK_TITLES))
        self.week_view.set_zoom(get(table.GRID_HOUR_HEIGHT) / _HOUR_HEIGHT)
        self.page.set_sidebar(get(table.WINDOW_SIDEBAR_VISIBLE))

    def _show_settings(self) -> None:
        """Those of what works, and of the parts around the grid."""
        self.choosing.start()
        self.page.sidebar.layers.set_shown(**chosen.layers(self.settings))
        self.calendar.modes.show()

    def _on_layers(self, available: bool, blocked: bool, patterns: bool) -> None:
        self.week_view.set_layers(available=available, blocked=blocked, patterns=patterns)
        chosen.remember_layers(self.settings, available=available, blocked=blocked, patterns=patterns)

    def _on_sidebar(self, is_shown: bool) -> None:
        chosen.remember(self.settings, {table.WINDOW_SIDEBAR_VISIBLE: is_shown})

    def _on_period(self, _first: date, days: int) -> None:
        self.title_changed.emit(self.title)
        chosen.remember(self.settings, {table.GRID_LAST_VIEW: "day" if days == 1 else "week"})

    # -- the end -------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Remember how the page stood, and show nothing more: the store may be closed next."""
        from PySide6.QtCore import QTimer

        chosen.remember(self.settings, {table.GRID_HOUR_HEIGHT: round(self.week_view.zoom * _HOUR_HEIGHT)})
        for end in (*self._ends, *(timer.stop for timer in self.findChildren(QTimer))):
            end()

    def retire(self, tell: Callable[[str], None]) -> None:
        """Another page is shown instead: end, and go when all work is done. ``tell`` hears of what fails then."""
        self.week.flow.instead = tell
        self.end()
        self.hide()
        # The collector may take its time with a page; megabytes of pictures need not wait for it.
        self.week_view.forget_pictures()
        self._work.retire()
