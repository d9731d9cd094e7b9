"""What closing the window means: it hides into a tray that is there, and ends the app where there is none."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.quick import What
from triluna_desktop.session.quick import ForMinutes
from triluna_desktop.system import settings as table
from triluna_desktop.system.profile_book import KnownProfile
from triluna_desktop.ui.profiles.profile_state import ProfileState, Standing
from triluna_desktop.ui.tray.host import TrayHost
from triluna_desktop.ui.tray.residence import Residence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.session import Session
    from triluna_desktop.ui.theme import Theme

    Settle = Callable[..., "Settled"]


class SettableHost(TrayHost):
    """Offscreen there is never a tray: here there is one when the test says so."""

    is_there = True

    def check(self) -> bool:
        if self.is_there is not self._was_there:
            self._was_there = self.is_there
            self.changed.emit(self.is_there)
        return self.is_there


class Settled:
    """A window and where it lives."""

    def __init__(self, page: WindowPage, theme: Theme, *, is_there: bool, is_hidden: bool) -> None:
        self.page = page
        self.window = page.window
        self.host = SettableHost()
        self.host.is_there = self.host._was_there = is_there
        if is_hidden:
            self.window.hide()
        self.home = Residence(
            page.window,
            page.session,
            page.settings,
            theme,
            page.clock,
            page._spawn,
            is_hidden=is_hidden,
            host=self.host,
        )

    def set_tray(self, *, is_there: bool) -> None:
        """The tray comes or goes, and D-Bus or the close look tells of it."""
        self.host.is_there = is_there
        self.host.check()

    def wish_to_hide(self) -> None:
        self.page.settings.set(table.WINDOW_CLOSE_TO_TRAY, True)


@pytest.fixture
def settle(make_window: MakeWindow, window_theme: Theme) -> Iterator[Settle]:
    homes: list[Settled] = []

    def make(*, is_there: bool = True, is_hidden: bool = False) -> Settled:
        page = make_window(entry("Client meeting", "15:30", "16:30"))
        homes.append(Settled(page, window_theme, is_there=is_there, is_hidden=is_hidden))
        QApplication.processEvents()  # The icon comes in turns of their own.
        return homes[-1]

    yield make
    for each in homes:
        each.home.end()


def test_closing_ends_the_app_unless_the_user_wants_otherwise(settle: Settle) -> None:
    home = settle()
    home.window.close()
    assert home.page.closed == 1


def test_closing_hides_the_window_into_the_tray_and_the_app_goes_on(settle: Settle) -> None:
    home = settle()
    home.wish_to_hide()
    home.window.close()
    assert (home.window.isVisible(), home.page.closed) == (False, 0)
    home.home.tray.menu.window_requested.emit()
    assert home.window.isVisible()


def test_the_first_time_that_closing_hides_the_window_it_is_said_where_the_app_is(
    settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    # Offscreen there is no tray whose balloon could be looked at.
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, _title, sentence, *_: said.append(sentence))
    home = settle()
    home.window.showMinimized()
    home.window.bring_up()
    home.wish_to_hide()
    assert said == []
    home.window.close()
    assert said == ["The app goes on in the tray: a click on its icon shows today, “Quit” in its menu ends it."]
    home.window.bring_up()
    home.window.close()
    assert len(said) == 1


def test_quitting_does_not_say_that_the_app_goes_on(settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *told: said.append(told[2]))
    home = settle()
    home.wish_to_hide()
    home.window.quit()
    assert said == []


@pytest.mark.parametrize("way", ["menu", "command"])
def test_quitting_quits_whatever_closing_means(settle: Settle, way: str) -> None:
    home = settle()
    home.wish_to_hide()
    if way == "menu":
        home.window.close()
        home.home.tray.menu.quit_requested.emit()
    else:
        home.window.run_command("quit")
    assert home.page.closed == 1


def test_without_a_tray_closing_ends_the_app_and_choosing_to_hide_says_why(settle: Settle) -> None:
    home = settle(is_there=False)
    home.wish_to_hide()
    assert home.page.toast.startswith("This desktop shows no tray icons")
    assert "triluna-desktop block 30m" in home.page.toast
    home.window.close()
    assert home.page.closed == 1


def test_a_tray_that_goes_while_the_window_is_hidden_brings_it_back_and_says_why(settle: Settle) -> None:
    home = settle()
    home.wish_to_hide()
    home.window.close()
    home.set_tray(is_there=False)
    assert home.window.isVisible()
    assert home.page.toast == "The tray with the app's icon is gone, so the window is here again."


def test_the_tray_is_looked_at_closely_only_while_the_window_is_hidden(settle: Settle) -> None:
    home = settle()
    assert not home.host._look.isActive()
    home.window.hide()
    assert home.host._look.isActive()
    home.window.bring_up()
    assert not home.host._look.isActive()


def test_an_icon_is_made_anew_for_a_tray_that_comes_late(settle: Settle) -> None:
    home = settle(is_there=False)
    before = home.home.tray.icon
    home.set_tray(is_there=True)
    assert home.home.tray.icon is not before
    QApplication.processEvents()
    assert home.home.tray.icon.isVisible()
    assert home.home.tray.icon.toolTip().endswith("next: Client meeting 15:30")


def test_a_hidden_start_waits_for_a_panel_and_shows_the_window_where_none_comes(settle: Settle) -> None:
    home = settle(is_there=False, is_hidden=True)
    assert not home.window.isVisible()
    assert home.home.grace.isActive()
    home.home.grace.timeout.emit()
    assert home.window.isVisible()
    assert home.page.toast.startswith("This desktop shows no tray icons")


def test_a_hidden_start_stays_hidden_where_the_panel_comes_late(settle: Settle) -> None:
    home = settle(is_there=False, is_hidden=True)
    home.set_tray(is_there=True)
    assert not home.home.grace.isActive()
    assert not home.window.isVisible()


def test_at_the_end_of_the_desktop_session_closing_is_meant(settle: Settle) -> None:
    home = settle()
    home.wish_to_hide()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    home.home._on_session_end()
    home.window.close()
    assert home.page.closed == 1


def test_an_entry_of_the_tray_opens_in_the_window(settle: Settle) -> None:
    home = settle()
    home.wish_to_hide()
    home.window.close()
    home.home.tray.menu.date_requested.emit(THURSDAY)
    first, _ = home.page.shown_dates
    assert home.window.isVisible()
    assert first <= THURSDAY


def test_the_settings_say_where_else_time_can_be_blocked_where_there_is_no_tray(settle: Settle) -> None:
    dialog = settle(is_there=False).window.profile.open_settings()
    dialog.show_page(dialog.tray)
    assert dialog.tray.no_tray.isVisible()
    assert "“All commands…”" in dialog.tray.no_tray.text()
    assert "triluna-desktop block 30m" in dialog.tray.no_tray.text()


class Calendars:
    """Two calendars, of which one is shown."""

    def __init__(self) -> None:
        self.shown = "default"
        self._told: list[Callable[[], None]] = []

    def states(self) -> tuple[ProfileState, ...]:
        ann, ben = KnownProfile("default", "Ann & Co", "#5746af"), KnownProfile("ben", "Ben", "#0d7d6c")
        return (
            ProfileState(ann, self.shown == "default"),
            ProfileState(ben, self.shown == "ben", unsent=2, standing=Standing.DECISION),
        )

    def session_of(self, _name: str) -> Session | None:
        return None

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._told.append(callback)
        return lambda: self._told.remove(callback)

    def show(self, name: str, *, raises: bool = True) -> None:
        assert not raises, "the window stays where it is"
        self.shown = name
        for told in self._told:
            told()


def test_the_menu_switches_between_calendars_and_says_which_one_the_icon_tells_of(
    make_window: MakeWindow, window_theme: Theme
) -> None:
    page = make_window(entry("Client meeting", "15:30", "16:30"))
    calendars = Calendars()
    page.window.follow(calendars)  # type: ignore[arg-type]  # Of a Profiles, what the tray uses.
    home = Settled(page, window_theme, is_there=True, is_hidden=False)
    assert home.home.tray.icon.toolTip().startswith("Ann & Co · ")
    menu = home.home.tray.menu.menu
    listed = next(action for action in menu.actions() if action.text() == "Calendar").menu()
    assert isinstance(listed, QMenu)
    lines = [(action.text(), action.isChecked()) for action in listed.actions()]
    assert lines == [("Ann && Co", True), ("Ben (needs your attention)", False)]
    listed.actions()[1].trigger()
    QApplication.processEvents()
    assert calendars.shown == "ben"
    assert home.home.tray.icon.toolTip().startswith("Ben · ")
    home.home.end()


def test_of_a_menu_that_was_built_anew_nothing_stays(settle: Settle) -> None:
    tray = settle().home.tray

    def rebuild() -> None:
        tray.menu.forget()
        tray.refresh()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def count() -> int:
        gc.collect()
        return sum(isinstance(each, QMenu | QAction) for each in gc.get_objects())

    rebuild()
    before = count()
    assert before
    for _ in range(5):
        rebuild()
    assert count() == before


def test_what_is_done_from_the_tray_is_said_in_the_window_where_it_can_be_seen(settle: Settle) -> None:
    home = settle()
    home.page.store.read(lambda tx: tx.add_loaded(THURSDAY, THURSDAY.replace(day=THURSDAY.day + 2)))
    menu = home.home.tray.menu.menu
    submenu = next(action for action in menu.actions() if action.text() == "Open now").menu()
    assert isinstance(submenu, QMenu)
    next(action for action in submenu.actions() if action.text() == "30 minutes").trigger()
    assert home.page.toast == "Bookable until 13:54."
    assert home.page.window.profile.page.toast.undo_button.isVisible()


@pytest.mark.parametrize("is_in_front", [True, False], ids=["in front", "hidden"])
def test_what_the_window_in_front_has_said_is_no_notification_too(settle: Settle, *, is_in_front: bool) -> None:
    home = settle()
    home.page.store.read(lambda tx: tx.add_loaded(THURSDAY, THURSDAY.replace(day=THURSDAY.day + 2)))
    if is_in_front:
        home.window.activateWindow()
    else:
        home.wish_to_hide()
        home.window.close()
    QApplication.processEvents()
    assert (QApplication.activeWindow() is home.window) is is_in_front
    noticed: list[str] = []
    home.page.session.notices.noticed.append(lambda: noticed.append("something"))
    home.home.tray.menu.quick_requested.emit(What.OPEN, ForMinutes(30))
    assert noticed == ([] if is_in_front else ["something"])


def test_the_window_waits_for_no_picture_and_no_desktop_while_the_tray_is_made(settle: Settle) -> None:
    home = settle()
    home.home.tray.renew()
    assert home.home.tray.icon.icon().isNull()
    QApplication.processEvents()
    assert home.home.tray.icon.isVisible()
    assert not home.home.tray.icon.icon().isNull()
