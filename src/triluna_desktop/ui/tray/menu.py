"""The menu of the icon. It is made anew when what it says is otherwise, and never while it is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from triluna_desktop.domain.quick import What
from triluna_desktop.session import ConnectionState
from triluna_desktop.session.quick import ForMinutes, RestOfDay, UntilNextEntry
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QAction

    from triluna_desktop.domain.now import Line, NowView
    from triluna_desktop.session import Status
    from triluna_desktop.session.quick import Until
    from triluna_desktop.ui.tray.words import TrayWords
    from triluna_desktop.ui.words import Words

LINES_TODAY, LINES_TOMORROW = 6, 4
"""Beyond these a line says how many there are more: a menu that fills the screen hides what it is for."""
MINUTES = (15, 30, 60)


class TrayMenu(QObject):
    """What can be done from the tray. What is clicked goes out as a signal; nothing is done here."""

    quick_requested = Signal(object, object)
    """`What` and `Until`."""
    until_requested = Signal(object)
    """`What`, until a time that is to be asked for."""
    release_requested = Signal()
    date_requested = Signal(object)
    """Show the window at this date."""
    popover_requested = Signal()
    pause_requested = Signal(bool)
    window_requested = Signal()
    quit_requested = Signal()

    def __init__(self, words: Words, tray_words: TrayWords) -> None:
        super().__init__()
        self._words = words
        self._tray_words = tray_words
        self._shown: object = None
        self._waiting: tuple[NowView, Status, bool, bool] | None = None
        self.add_profiles: Callable[[QMenu], None] | None = None
        """Puts the switcher of profiles in, where there are several."""
        self.menu = QMenu()
        self.menu.setAccessibleName(self.tr("TriLuna"))
        self.menu.aboutToHide.connect(self._catch_up)

    def show_state(self, view: NowView, status: Status, *, can_release: bool, is_paused: bool) -> None:
        """Say how it stands."""
        # Of the present minute nothing is said but what it brings about: the menu is not another one each minute.
        said = (
            self._tray_words.tooltip(view, status),
            [(self._tray_words.line(line), line.date, line.is_now) for line in (*view.today, *view.tomorrow)],
            (can_release, is_paused, status.state is ConnectionState.READ_ONLY),
        )
        if said == self._shown:
            return
        if self.menu.isVisible():
            self._waiting = (view, status, can_release, is_paused)
            return
        self._shown = said
        self._build(view, status, can_release=can_release, is_paused=is_paused)

    def forget(self) -> None:
        """Make the menu anew when it is told next: its words are others."""
        self._shown = None

    def _catch_up(self) -> None:
        if self._waiting is None:
            return
        (view, status, can_release, is_paused), self._waiting = self._waiting, None
        self._shown = None
        # Not from under the click that closes it.
        QTimer.singleShot(
            0, self, lambda: self.show_state(view, status, can_release=can_release, is_paused=is_paused)
        )

    def _build(self, view: NowView, status: Status, *, can_release: bool, is_paused: bool) -> None:
        menu = self.menu
        for child in menu.findChildren(QMenu):
            child.deleteLater()
        menu.clear()
        self._say(menu, self._tray_words.quick.standing(view))
        coming, connection = (
            each[:1].upper() + each[1:]
            for each in (self._tray_words.next(view), self._tray_words.connection(status))
        )
        if coming:
            self._say(menu, coming)
        if self._tray_words.asks_for_user(status):
            self._add(menu, self.tr("{sentence}…").format(sentence=connection), self.window_requested.emit)
        elif connection:
            self._say(menu, connection)
        menu.addSeparator()
        may_write = status.state is not ConnectionState.READ_ONLY
        self._add_quick(menu, What.BLOCK, self.tr("Block now"), view, is_on=may_write)
        self._add_quick(menu, What.OPEN, self.tr("Open now"), view, is_on=may_write)
        release = self._add(menu, self.tr("Release early"), self.release_requested.emit)
        release.setEnabled(can_release and may_write)
        menu.addSeparator()
        self._add_day(menu, self.tr("Today"), view.at.date, view.today, LINES_TODAY)
        if view.tomorrow:
            self._add_day(menu, self.tr("Tomorrow"), view.tomorrow[0].date, view.tomorrow, LINES_TOMORROW)
        self._add(menu, self.tr("Show today…"), self.popover_requested.emit)
        menu.addSeparator()
        if self.add_profiles is not None:
            self.add_profiles(menu)
        pause = self._add(menu, self.tr("Pause syncing"), lambda: self.pause_requested.emit(not is_paused))
        pause.setCheckable(True)
        pause.setChecked(is_paused)
        self._add(menu, self.tr("Show the window"), self.window_requested.emit)
        self._add(menu, self.tr("Quit"), self.quit_requested.emit)

    def _add_quick(self, menu: QMenu, what: What, title: str, view: NowView, *, is_on: bool) -> None:
        submenu = add_submenu(menu, title)
        submenu.setEnabled(is_on)

        def add(text: str, until: Until) -> None:
            self._add(submenu, text, partial(self.quick_requested.emit, what, until))

        for minutes in MINUTES:
            add(self.tr("%n minutes", "", minutes), ForMinutes(minutes))
        if view.next is not None:
            at = dates.time_text(view.next.start, self._words.locale)
            add(self.tr("Until the next entry, {time}").format(time=at), UntilNextEntry())
        self._add(submenu, self.tr("Until…"), partial(self.until_requested.emit, what))
        add(self.tr("Rest of the day"), RestOfDay())

    def _add_day(self, menu: QMenu, title: str, day: date, lines: tuple[Line, ...], limit: int) -> None:
        self._say(menu, title if lines else self.tr("Nothing more today"))
        for line in lines[:limit]:
            text = self._tray_words.line_now(line) if line.is_now else self._tray_words.line(line)
            self._add(menu, text, partial(self.date_requested.emit, day))
        if len(lines) > limit:
            self._add(menu, self._tray_words.more(len(lines) - limit), partial(self.date_requested.emit, day))
        menu.addSeparator()

    def _say(self, menu: QMenu, sentence: str) -> None:
        menu.addAction(plain(sentence)).setEnabled(False)

    def _add(self, menu: QMenu, text: str, deed: Callable[[], object]) -> QAction:
        action = menu.addAction(plain(text))
        action.triggered.connect(lambda _checked=False: deed())
        return action


def add_submenu(menu: QMenu, title: str) -> QMenu:
    """A menu in a menu, of which nothing stays once it is deleted.

    Of one that `QMenu.addMenu` makes of a title, PySide keeps the Python object, and with it those of all its
    actions: of a menu that is built anew again and again, ever more. As the menu goes, that can crash.
    """
    submenu = QMenu(title, menu)
    menu.addMenu(submenu)
    return submenu


def plain(text: str) -> str:
    """What stands behind an ampersand would be taken for a key, and left out."""
    return text.replace("&", "&&")
