"""The popover of the tray: today to drag over, *Block now* as buttons, closed by Esc and by a click elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.helpers.tray_page import TrayPage
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.time import parse_time
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.tray.popover import Popover, place_beside
from triluna_desktop.ui.tray.words import TrayWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

    from triluna_desktop.ui.theme import Theme


@pytest.fixture
def tray(tmp_path: Path, window_theme: Theme) -> Iterator[TrayPage]:
    page = TrayPage(
        tmp_path,
        window_theme,
        [entry("Hours", "09:00", "15:30", is_available=True), entry("Client meeting", "15:30", "16:30")],
    )
    window_theme.install_sheet()
    page.tray.open_popover()
    QTest.qWaitForWindowActive(page.popover)
    yield page
    page.end()


def drag(popover: Popover, start: str, end: str) -> None:
    """Drag with the mouse from one time of today to another."""
    view = popover.view
    left, width = view.grid.column_span(0)
    x = left + width - 3
    top, bottom = (QPointF(x, view.grid.y_of(parse_time(time))) for time in (start, end))
    button, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type
    for kind, at, which, held in (
        (kinds.MouseButtonPress, top, button, button),
        (kinds.MouseMove, (top + bottom) / 2, none, button),
        (kinds.MouseMove, bottom, none, button),
        (kinds.MouseButtonRelease, bottom, button, none),
    ):
        where = QPointF(view.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(view, QMouseEvent(kind, at, where, which, held, Qt.KeyboardModifier.NoModifier))
    QApplication.processEvents()


def shown(tray: TrayPage) -> list[str]:
    return tray.page.entries(THURSDAY)


def test_it_says_how_it_stands_and_shows_the_present_hour(tray: TrayPage) -> None:
    popover = tray.popover
    assert (popover.standing.text(), popover.next.text()) == ("Bookable until 15:30", "Next: Client meeting 15:30")
    now = popover.view.grid.y_of(parse_time("13:24"))
    assert popover.view.grid.header < now < popover.view.height() / 2


def test_it_says_what_keeps_callers_from_seeing_what_is_done_here(tray: TrayPage) -> None:
    popover = tray.popover
    tray.page.say(ConnectionState.OFFLINE, unsent=2)
    tray.settle()
    assert (popover.trouble.isVisible(), popover.trouble.text()) == (True, "Offline: 2 changes not sent yet")
    # What is being sent would only make the strip jump.
    tray.page.say(ConnectionState.SYNCING, unsent=2)
    tray.settle()
    assert not popover.trouble.isVisible()
    # What the server takes and never confirms is not: the next read ends well, and nothing goes out.
    tray.page.say(ConnectionState.SYNCED, unsent=2, confirms_writes=False)
    tray.settle()
    assert popover.trouble.isVisible()
    assert popover.trouble.text() == "The server confirms no changes: 2 changes not sent yet"


def test_at_midnight_it_shows_the_first_hours_of_the_new_day(tray: TrayPage) -> None:
    view = tray.popover.view
    tray.pass_time_to("23:59")
    view.show_now()
    tray.page.clock.advance(120)
    tray.ring()
    tray.settle()
    tray.popover.refresh_now()
    assert view.grid.first == THURSDAY + timedelta(days=1)
    assert view.grid.header <= view.grid.y_of(1) < view.height()


def test_enter_presses_the_button_that_has_the_keyboard(tray: TrayPage) -> None:
    thirty = next(button for button in tray.popover.buttons if button.text() == "30 min")
    thirty.setFocus()
    QTest.keyClick(thirty, Qt.Key.Key_Return)
    tray.settle()
    assert tray.popover.said.text() == "Blocked until 13:54."


def test_a_drag_over_today_blocks_and_with_the_other_brush_opens(tray: TrayPage) -> None:
    drag(tray.popover, "17:00", "18:00")
    assert shown(tray)[-1] == "17:00-18:00"
    made = tray.page.session.days(THURSDAY, 1).entries[-1].item
    assert not made.is_available
    tray.popover.what.choose("open")
    tray.popover.what.chosen.emit("open")
    drag(tray.popover, "18:30", "19:00")
    assert tray.page.session.days(THURSDAY, 1).entries[-1].item.is_available


def test_block_now_is_a_button_that_says_what_it_did_and_can_be_undone(tray: TrayPage) -> None:
    popover = tray.popover
    thirty = next(button for button in popover.buttons if button.text() == "30 min")
    assert thirty.accessibleName() == "Block now: 30 min"
    thirty.click()
    tray.settle()
    assert popover.said.text() == "Blocked until 13:54."
    assert popover.standing.text() == "Blocked until 13:54"
    assert popover.release_button.isEnabled()
    before = shown(tray)
    popover.undo_button.click()
    tray.settle()
    assert shown(tray) != before
    assert popover.standing.text() == "Bookable until 15:30"


def test_release_early_gives_the_rest_back(tray: TrayPage) -> None:
    popover = tray.popover
    assert not popover.release_button.isEnabled()
    popover.buttons[0].click()
    tray.settle()
    popover.release_button.click()
    tray.settle()
    assert popover.standing.text() == "Bookable until 15:30"


def test_escape_gives_up_the_selection_first_and_then_closes(tray: TrayPage) -> None:
    view = tray.popover.view
    view.select(("Client meeting",))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert tray.popover.isVisible()
    assert view.selected == ()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not tray.popover.isVisible()


def test_it_works_by_keyboard_alone(tray: TrayPage) -> None:
    view = tray.popover.view
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert len(shown(tray)) == 3
    reached = set()
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    wanted = {
        button for button in tray.popover.findChildren(QPushButton) if button.isVisible() and button.isEnabled()
    }
    unchosen = {each for each in wanted if each.isCheckable() and not each.isChecked()}  # The arrows go there.
    assert wanted - unchosen <= reached


def test_a_click_elsewhere_closes_it_and_the_click_on_the_icon_that_did_so_does_not_open_it_again(
    tray: TrayPage,
) -> None:
    popover = tray.popover
    QApplication.sendEvent(popover, QEvent(QEvent.Type.WindowDeactivate))
    assert not popover.isVisible()
    tray.tray.open_popover()
    assert not popover.isVisible()


def test_a_second_click_on_the_icon_closes_it(tray: TrayPage) -> None:
    tray.tray.open_popover()
    assert not tray.popover.isVisible()


def test_the_strip_hides_titles_where_the_privacy_setting_says_so(tray: TrayPage) -> None:
    tray.page.settings.set(table.PRIVACY_MASK_TITLES, True)
    assert tray.popover.view.words.is_masked
    tray.page.settings.set(table.PRIVACY_MASK_TITLES, False)
    assert not tray.popover.view.words.is_masked


def test_what_was_said_before_titles_were_hidden_is_taken_back(tray: TrayPage) -> None:
    tray.popover.say("Nothing was changed: “Client meeting” blocks this time on purpose.")
    tray.page.settings.set(table.PRIVACY_MASK_TITLES, True)
    tray.settle()
    assert tray.popover.said.text() == tray.popover.said.accessibleName() == ""


def test_editing_an_entry_is_handed_to_the_window(tray: TrayPage) -> None:
    tray.popover.view.open_requested.emit("Client meeting")
    assert [item.key for item in tray.items] == ["Client meeting"]
    assert not tray.popover.isVisible()


def test_with_a_token_that_may_only_read_nothing_can_be_pressed(tray: TrayPage) -> None:
    tray.page.say(ConnectionState.READ_ONLY)
    tray.settle()
    assert not any(button.isEnabled() for button in (*tray.popover.buttons, tray.popover.release_button))
    drag(tray.popover, "17:00", "18:00")
    assert len(shown(tray)) == 2


@pytest.mark.parametrize(
    ("icon", "expected"),
    [
        (QRect(1000, 780, 22, 22), (840, 174)),  # A panel below, on the right.
        (QRect(1250, 0, 22, 22), (934, 28)),  # One above; the card stays on the screen.
        (QRect(0, 400, 22, 22), (6, 6)),  # One on the left, in the middle: over the icon as far as there is room.
    ],
)
def test_it_stands_beside_the_icon_inside_of_the_screen(icon: QRect, expected: tuple[int, int]) -> None:
    at = place_beside(icon, QRect(0, 0, 340, 600), QRect(6, 6, 1268, 788))
    assert (at.x(), at.y()) == expected


class HeldWork:
    """Starts nothing before the test says so, as where the disk is slow. It stands for the task as well."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._work: list[Coroutine[object, object, object]] = []
        self._callbacks: list[Callable[[object], object]] = []

    def spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        del name
        self._work.append(work)
        return self

    def add_done_callback(self, callback: Callable[[object], object]) -> None:
        self._callbacks.append(callback)

    def finish(self) -> None:
        for work in self._work:
            self._runner.run(work)
        for callback in self._callbacks:
            callback(self)


def test_what_is_being_written_as_another_calendar_is_shown_finds_the_popover_still_there(
    tray: TrayPage, window_theme: Theme
) -> None:
    held = HeldWork(tray.page.runner)
    words = Words(tray.page.window.locale())
    tray_words = TrayWords(words, tray.page.clock)
    popover = Popover(
        tray.page.session, words, tray_words, window_theme, tray.page.clock, held.spawn, first_weekday=1, snap=15
    )
    popover.open_beside(QRect())
    drag(popover, "17:00", "18:00")
    popover.end()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shiboken6.isValid(popover)
    held.finish()
    assert shown(tray)[-1] == "17:00-18:00"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(popover)
